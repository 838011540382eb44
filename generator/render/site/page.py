"""The page being written, as its template sees it: addresses, cards, prose."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from markupsafe import Markup

from generator import inline, markdown
from generator.derive import Card
from generator.library import Key
from generator.model import Citation, Honour, Kind, Person, Record, SiteConfig
from generator.model.places import Palette
from generator.quantity import edition
from generator.render.site.environment import template
from generator.render.site.site import CoverView, FigureView, HolderView, Site, SourceView
from generator.validity import PolicyStatus


@dataclass(frozen=True, slots=True)
class RecordWithCard:
    record: Record
    card: Card


@dataclass(frozen=True, slots=True)
class HeldView:
    card: Card
    edition: str
    when: str


@dataclass(frozen=True, slots=True)
class CitedView:
    """A source with the places in it and the notes on how it was read."""

    source: SourceView
    places: tuple[str, ...]
    notes: tuple[str, ...]


class Covered(Protocol):
    """What has a cover: a card, or something drawn like one."""

    @property
    def key(self) -> str: ...
    @property
    def palette(self) -> Palette: ...
    @property
    def cover(self) -> str | None: ...


_ROOT = "\ue010"
_HEADING = re.compile(r"(?=<h2)")


class Page:
    """`url` is root-relative (`stories/x/`); `root` leads from the page back to the root."""

    def __init__(self, site: Site, url: str, *, key: Key | None = None, root: str | None = None) -> None:
        self.site = site
        self.url = url
        self.key = key
        self.depth = url.count("/")
        self.root = "../" * self.depth if root is None else root
        self._terms: dict[str, str] | None = None

    @property
    def config(self) -> SiteConfig:
        return self.site.config

    @property
    def absolute(self) -> str:
        return self.config.url + self.url

    def href(self, url: str) -> str:
        """The address of a root-relative `url` from this page."""
        return self.root + url or "./"

    def link(self, card: Card) -> Markup:
        """A link with the card's title; names of two to four characters are not broken across lines."""
        return Markup(f'<a href="{self.root}{card.url}">{self.site.link_words(card)}</a>')

    def links(self, cards: Iterable[Card]) -> Markup:
        return Markup("、".join(self.link(card) for card in cards))

    def fragment(self, macro: str, card: Card, level: int) -> Markup:
        """What `macro` makes of `card`."""
        return self.shared((macro, card.key, level), macro, card, level)

    def shared(self, key: tuple[object, ...], macro: str, *arguments: object) -> Markup:
        """What `macro` makes of the arguments: made once for the site, with the address of the root left open."""
        made = self.site.fragment(key, lambda: _made(Page(self.site, "", root=_ROOT), macro, arguments))
        return Markup(made.replace(_ROOT, self.root))

    def prose(self, text: str) -> Markup:
        """Markdown of a record as HTML; the first mention on the page of each term leads to its explanation."""
        rendered = markdown.to_html(text, self.site.derived, self.href)
        terms = self._open_terms()
        if terms:
            rendered = markdown.mark_terms(rendered, terms, self.site.term_pattern)
            self._terms = {word: tag for word, tag in terms.items() if tag not in rendered}
        return Markup(rendered)

    def linked(self, text: str) -> str:
        """Markdown with its references written as plain links, for another Markdown than the records'."""
        return inline.expand(text, self._markdown_link)

    def _markdown_link(self, found: inline.InlineReference) -> str:
        card = self.ref(found.target)
        if card is None:
            return found.words or found.id
        words = self.figure_text(found.id) if found.number else found.words or card.title
        return f"[{inline.escape_markdown(words)}]({self.href(card.url)})"

    def prose_with(self, text: str, quotes: Sequence[Markup]) -> Markup:
        """Prose with a pull quote at the end of each section while there are quotes."""
        parts = _HEADING.split(str(self.prose(text)))
        rest = [str(quote) for quote in quotes]
        woven = [part + (rest.pop(0) if rest and position else "") for position, part in enumerate(parts)]
        return Markup("".join([*woven, *rest]))

    def _open_terms(self) -> dict[str, str]:
        if self._terms is None:
            own = f'{self.url}"'
            self._terms = {
                word: f'<a class="term" href="{self.root}{tag}'
                for word, tag in self.site.term_words.items()
                if not tag.startswith(own)
            }
        return self._terms

    def plain(self, text: str) -> str:
        """The words of a summary or a definition, without markup."""
        return markdown.to_text(text, self.site.derived)

    def cover(self, card: Covered) -> CoverView:
        return self.site.cover(card.key, card.palette, card.cover)

    def find(self, kind: str, record_id: str) -> Card | None:
        return self.site.card(kind, record_id)

    def ref(self, key: str | None) -> Card | None:
        return self.site.derived.cards.get(Key(key)) if key else None

    def refs(self, keys: Iterable[str]) -> list[Card]:
        return [card for card in map(self.ref, keys) if card]

    def cards(self, kind: str, ids: Iterable[str]) -> list[Card]:
        """Published ones only, in the order given."""
        return [card for card in (self.site.card(kind, record_id) for record_id in ids) if card]

    def records(self, kind: str, ids: Iterable[str]) -> list[RecordWithCard]:
        return [RecordWithCard(self.site.derived.record(card.key), card) for card in self.cards(kind, ids)]

    def linking(self, kind: Kind) -> tuple[Card, ...]:
        """Records of one kind that refer to this page's record."""
        sources = self.site.derived.backlinks.get(self.key, ()) if self.key else ()
        return tuple(self.site.derived.cards[source] for source in sources if source.startswith(f"{kind}:"))

    def children(self, _kind: str, record_id: str) -> tuple[Card, ...]:
        return self.site.suborganizations.get(record_id, ())

    def in_series(self, key: str) -> list[tuple[Card, str]]:
        return [(card, card.date or "时间未载") for card in self.site.sessions.get(key, ())]

    def source(self, source_id: str) -> SourceView | None:
        return self.site.sources.get(source_id)

    def citations(self, sources: Iterable[Citation]) -> list[CitedView]:
        """One entry a source, in the order of first mention, with every place in it."""
        by_source: dict[str, list[Citation]] = {}
        for citation in sources:
            by_source.setdefault(citation.source, []).append(citation)
        return [
            CitedView(
                view,
                tuple(citation.where for citation in citations if citation.where),
                tuple(citation.note for citation in citations if citation.note),
            )
            for source, citations in by_source.items()
            if (view := self.source(source))
        ]

    def figures(self, ids: Iterable[str]) -> list[FigureView]:
        known = self.site.figures
        return [known[figure_id] for figure_id in dict.fromkeys(ids) if figure_id in known]

    def figures_of(self, cards: Sequence[Card]) -> list[FigureView]:
        return self.figures(card.id for card in cards)

    def figure_text(self, figure_id: str) -> str:
        return self.site.derived.figure_texts.get(figure_id, "")

    def policy_status(self, policy_id: str) -> PolicyStatus:
        return self.site.derived.policy_statuses[policy_id]

    def holders(self, honour: Honour) -> tuple[HolderView, ...]:
        return self.site.holders.get(honour.id, ())

    def honours_held(self, person: Person) -> list[HeldView]:
        found = ((self.site.card("honour", held.honour), held) for held in person.honours)
        return [
            HeldView(card, edition(held.edition), held.year.chinese if held.year else "")
            for card, held in found
            if card
        ]


def _made(page: Page, macro: str, arguments: tuple[object, ...]) -> str:
    return str(getattr(template("macros.html").module, macro)(page, *arguments))
