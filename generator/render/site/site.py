"""What pages draw from: facts by name, and the pieces of HTML that many pages share."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from html import escape

from generator import markdown
from generator.derive.cards import Card
from generator.derive.facts import SiteFacts
from generator.derive.views import FigureFact, Holder, Photograph, SourceView, TermWord
from generator.facts import Facts, Reads
from generator.images.art import ArtRef, cover_variant
from generator.images.picture import Picture
from generator.images.renditions import renditions
from generator.library import Key
from generator.model.places import Palette
from generator.photographs import FOLDER
from generator.render.site.shell import Shells
from generator.validity import PolicyStatus
from generator.values import Value

_SHORT_NAME = 4
_TOLD_LENGTH = 90


class FigureView(Value, frozen=True):
    """A figure cut for setting: what stands before the digits, the digits, and the unit."""

    card: Card
    before: str
    number: str
    after: str
    when: str
    publisher: str


class CoverView(Value, frozen=True):
    """A picture of a record; `credit` only where it is a photograph, which is never mirrored."""

    picture: Picture
    credit: Photograph | None
    mirrored: bool

    @property
    def upright(self) -> bool:
        return self.picture.fallback.height_px > self.picture.fallback.width_px


class HolderView(Value, frozen=True):
    """Who holds an honour, and what is told of it: edition, time, region."""

    card: Card
    told: str


class Site:
    """The facts of a site as pages ask for them. Every look is noted by the facts themselves."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._link_words: dict[Key, str] = {}
        self._fragments: dict[object, tuple[str, Reads]] = {}
        self._terms: dict[object, tuple[markdown.Terms | None, Reads]] = {}
        self._shells: dict[object, tuple[Shells, Reads]] = {}
        self._told: dict[object, tuple[str, Reads]] = {}

    @property
    def config(self) -> SiteFacts:
        return self.facts.need("site", SiteFacts)

    @property
    def shells(self) -> Shells:
        return self.facts.remember(self._shells, "shells", lambda: Shells.from_json(self.facts.need("shells", str)))

    def card(self, key: str) -> Card | None:
        """The card of a published record."""
        return self.facts.get(f"card:{key}", Card)

    def need_card(self, key: str) -> Card:
        return self.facts.need(f"card:{key}", Card)

    def link_words(self, card: Card) -> str:
        """The title as the HTML of a link."""
        words = self._link_words.get(card.key)
        if words is None:
            words = escape(card.title)
            if card.kind == "person" and len(card.title) <= _SHORT_NAME:
                words = f'<span class="name">{words}</span>'
            self._link_words[card.key] = words
        return words

    def fragment(self, key: tuple[object, ...], make: Callable[[], str]) -> str:
        """A piece of HTML that many pages show; `make` is called the first time."""
        return self.facts.remember(self._fragments, key, make)

    def photograph(self, name: str | None) -> Photograph | None:
        """The photograph that a record's `cover` or `portrait`, or a picture in a text, names."""
        return self.facts.get(f"photograph:{FOLDER}/{name}", Photograph) if name else None

    def cover(self, key: str, palette: Palette, cover: str | None) -> CoverView:
        """The photograph where there is one, else the art drawn for the record."""
        photograph = self.photograph(cover)
        if photograph is None:
            return _drawn(palette, cover_variant(key, palette).variant, _is_mirrored(key))
        return CoverView(renditions(photograph.info), photograph, mirrored=False)

    def figure(self, figure_id: str) -> FigureView | None:
        fact = self.facts.get(f"figure:{figure_id}", FigureFact)
        if fact is None:
            return None
        card = self.need_card(f"figure:{figure_id}")
        return FigureView(card, fact.before, fact.number, fact.after, fact.when, fact.publisher)

    def figure_fact(self, figure_id: str) -> FigureFact | None:
        return self.facts.get(f"figure:{figure_id}", FigureFact)

    def figure_text(self, figure_id: str) -> str | None:
        fact = self.figure_fact(figure_id)
        return fact.text if fact else None

    def source(self, source_id: str) -> SourceView | None:
        return self.facts.get(f"source:{source_id}", SourceView)

    def policy_status(self, policy_id: str) -> PolicyStatus | None:
        return self.facts.get(f"status:{policy_id}", PolicyStatus)

    def holders(self, honour_id: str) -> list[HolderView]:
        found = self.facts.get(f"holders:{honour_id}", tuple[Holder, ...]) or ()
        return [HolderView(self.need_card(holder.key), holder.told) for holder in found]

    def keys(self, name: str) -> tuple[Key, ...]:
        """A fact that is a list of records."""
        return self.facts.get(name, tuple[Key, ...]) or ()

    def terms(self) -> markdown.Terms | None:
        """The words that are explained where they are first mentioned."""
        return self.facts.remember(self._terms, "terms", self._all_terms)

    def _all_terms(self) -> markdown.Terms | None:
        words = self.facts.get("terms", tuple[TermWord, ...]) or ()
        return markdown.Terms({term.word: term.url for term in words}) if words else None

    def term_tag(self, terms: markdown.Terms, word: str) -> str:
        """What follows the root in the tag of the link to a term: its address, and its explanation as a tooltip."""
        return self.facts.remember(self._told, word, lambda: f'{terms.urls[word]}" title="{escape(self._tell(word))}">')

    def _tell(self, word: str) -> str:
        """The explanation of a term, in one or two lines."""
        told = markdown.to_text(self.facts.get(f"term:{word}", str) or "", self)
        return told if len(told) <= _TOLD_LENGTH else f"{told[: _TOLD_LENGTH - 2]}……"


@cache
def _drawn(palette: Palette, variant: int, mirrored: bool) -> CoverView:
    """There are few of them, and every page shows some."""
    return CoverView(ArtRef(palette, variant).picture, None, mirrored)


def _is_mirrored(key: str) -> bool:
    """Half of the covers, so that neighbours with the same art differ; another byte than the art's own choice."""
    return sha256(key.encode()).digest()[4] % 2 == 1
