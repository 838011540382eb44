"""The page being written, as its template sees it: addresses, cards, prose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Protocol

from markupsafe import Markup

from generator import inline, markdown
from generator.derive.cards import Card
from generator.derive.facts import SiteFacts
from generator.derive.views import Links, SourceView
from generator.library import Key
from generator.model import Citation, Honour, Kind, Person
from generator.model.places import Palette
from generator.quantity import edition
from generator.render.site.compiler import as_html
from generator.render.site.environment import macro
from generator.render.site.site import CoverView, FigureView, HolderView, Site
from generator.validity import PolicyStatus
from generator.values import Value


class PersonView(Value, frozen=True):
    card: Card
    post: str | None


class HeldView(Value, frozen=True):
    card: Card
    edition: str
    when: str


class CitedView(Value, frozen=True):
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
_HEADING = "<h2"


class Page:
    """`url` is root-relative (`stories/x/`); `root` leads from the page back to the root."""

    def __init__(self, site: Site, url: str, *, key: Key | None = None, root: str | None = None) -> None:
        self.site = site
        self.url = url
        self.key = key
        self.depth = url.count("/")
        self.root = "../" * self.depth if root is None else root
        self._marked: set[str] | None = None
        """Terms that are explained on the page already, or are what the page is about."""
        self._covers: dict[str, CoverView] = {}

    @property
    def config(self) -> SiteFacts:
        return self.site.config

    @property
    def absolute(self) -> str:
        return self.config.url + self.url

    @cached_property
    def links_of_record(self) -> Links:
        """What surrounds the record of this page."""
        return self.site.facts.get(f"links:{self.key}", Links) or Links((), {}, ())

    def href(self, url: str) -> str:
        """The address of a root-relative `url` from this page."""
        return self.root + url or "./"

    def link(self, card: Card) -> Markup:
        """A link with the card's title; names of two to four characters are not broken across lines."""
        return as_html(f'<a href="{self.root}{card.url}">{self.site.link_words(card)}</a>')

    def links(self, cards: Iterable[Card]) -> Markup:
        return as_html("、".join([self.link(card) for card in cards]))

    def fragment(self, macro: str, card: Card, level: int) -> Markup:
        """What `macro` makes of `card`."""
        return self.shared((macro, card.key, level), macro, card, level)

    def shared(self, key: tuple[object, ...], macro: str, *arguments: object) -> Markup:
        """What `macro` makes of the arguments: made once for the site, with the address of the root left open."""
        made = self.site.fragment(key, lambda: _made(Page(self.site, "", root=_ROOT), macro, arguments))
        return as_html(made.replace(_ROOT, self.root))

    def prose(self, text: str) -> Markup:
        """Markdown of a record as HTML; the first mention on the page of each term leads to its explanation."""
        rendered = markdown.to_html(text, self.site, self.href)
        terms = self.site.terms()
        if terms is None:
            return as_html(rendered)
        if self._marked is None:
            self._marked = {terms.at[self.url]} if self.url in terms.at else set()
        beginning, tag = f'<a class="term" href="{self.root}', self.site.term_tag
        return as_html(terms.mark(rendered, lambda word: beginning + tag(terms, word), self._marked))

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
        prose = self.prose(text)
        if not quotes:
            return prose
        first, *others = str(prose).split(_HEADING)
        parts = [first, *(_HEADING + part for part in others)]
        rest = [str(quote) for quote in quotes]
        woven = [part + (rest.pop(0) if rest and position else "") for position, part in enumerate(parts)]
        return Markup("".join([*woven, *rest]))

    def plain(self, text: str) -> str:
        """The words of a summary or a definition, without markup."""
        return markdown.to_text(text, self.site)

    def cover(self, card: Covered) -> CoverView:
        if card.key not in self._covers:
            self._covers[card.key] = self.site.cover(card.key, card.palette, card.cover)
        return self._covers[card.key]

    def find(self, kind: str, record_id: str) -> Card | None:
        return self.site.card(f"{kind}:{record_id}")

    def ref(self, key: str | None) -> Card | None:
        return self.site.card(key) if key else None

    def refs(self, keys: Iterable[str]) -> list[Card]:
        find = self.site.card
        return [card for key in keys if (card := find(key))]

    def cards(self, kind: str, ids: Iterable[str]) -> list[Card]:
        """Published ones only, in the order given."""
        return self.refs([f"{kind}:{record_id}" for record_id in ids])

    def people(self, ids: Iterable[str]) -> list[PersonView]:
        """Persons with their posts."""
        return [PersonView(card, self.site.facts.get(f"post:{card.id}", str)) for card in self.cards("person", ids)]

    def linking(self, kind: Kind) -> list[Card]:
        """Records of one kind that refer to this page's record."""
        return self.refs(self.links_of_record.inside.get(kind, ()))

    def children(self, _kind: str, record_id: str) -> list[Card]:
        return self.refs(self.site.keys(f"children:{record_id}"))

    def in_series(self, key: str) -> list[tuple[Card, str]]:
        return [(card, card.date or "时间未载") for card in self.refs(self.site.keys(f"sessions:{key}"))]

    def source(self, source_id: str) -> SourceView | None:
        return self.site.source(source_id)

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
        return [view for view in map(self.site.figure, dict.fromkeys(ids)) if view]

    def figures_of(self, cards: Sequence[Card]) -> list[FigureView]:
        return self.figures(card.id for card in cards)

    def figure_text(self, figure_id: str) -> str:
        return self.site.figure_text(figure_id) or ""

    def policy_status(self, policy_id: str) -> PolicyStatus | None:
        return self.site.policy_status(policy_id)

    def holders(self, honour: Honour) -> list[HolderView]:
        return self.site.holders(honour.id)

    def honours_held(self, person: Person) -> list[HeldView]:
        found = ((self.find("honour", held.honour), held) for held in person.honours)
        return [
            HeldView(card, edition(held.edition), held.year.chinese if held.year else "")
            for card, held in found
            if card
        ]


def _made(page: Page, name: str, arguments: tuple[object, ...]) -> str:
    return str(macro(name)(page, *arguments))
