"""What every page of a site draws from, computed once: tables that turn a scan of all records into a look-up."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from html import escape

from generator import markdown
from generator.derive import Card, Derived
from generator.images.art import cover_variant
from generator.images.picture import Picture
from generator.images.renditions import renditions
from generator.library import Key
from generator.model import Figure, Honour, Kind, Media, Organization, Person, Policy, Source, Term
from generator.model.places import Palette
from generator.model.stories import Activity, Lecture
from generator.photographs import shown
from generator.quantity import edition

_SHORT_NAME = 4
_NUMBER = re.compile(r"^(\D*)([\d.]+(?:—[\d.]+)?)(.*)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure cut for setting: what stands before the digits, the digits, and the unit."""

    card: Card
    before: str
    number: str
    after: str
    when: str
    publisher: str


@dataclass(frozen=True, slots=True)
class CoverView:
    """A picture of a record; `credit` only where it is a photograph, which is never mirrored."""

    picture: Picture
    credit: Media | None
    mirrored: bool

    @property
    def upright(self) -> bool:
        return self.picture.fallback.height_px > self.picture.fallback.width_px


@dataclass(frozen=True, slots=True)
class SourceView:
    title: str
    url: str
    credit: str


@dataclass(frozen=True, slots=True)
class HolderView:
    """Who holds an honour, and what is told of it: edition, time, region."""

    card: Card
    told: str


class Site:
    """The derived library with the tables that pages look things up in."""

    def __init__(self, derived: Derived) -> None:
        self.derived = derived
        self.config = derived.config
        self._link_words: dict[Key, str] = {}
        self._fragments: dict[tuple[object, ...], str] = {}

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
        if key not in self._fragments:
            self._fragments[key] = make()
        return self._fragments[key]

    def card(self, kind: str, record_id: str) -> Card | None:
        return self.derived.cards.get(Key(f"{kind}:{record_id}"))

    def cover(self, key: str, palette: Palette, cover: str | None) -> CoverView:
        """The photograph where there is one, else the art drawn for the record."""
        file = shown(self.derived.library, cover)
        if file is None or file.info is None:
            return CoverView(cover_variant(key, palette).picture, None, _is_mirrored(key))
        return CoverView(renditions(file.info), file.credit, mirrored=False)

    @cached_property
    def figures(self) -> Mapping[str, FigureView]:
        return {figure.id: self._figure(figure) for figure in self.derived.published(Figure)}

    def _figure(self, figure: Figure) -> FigureView:
        text = self.derived.figure_texts[figure.id]
        match = _NUMBER.match(text)
        before, number, after = match.groups() if match else ("", text, "")
        when = f"截至{figure.as_of.chinese}" if figure.as_of else (figure.period.chinese if figure.period else "")
        source = self.sources.get(figure.source)
        card = self.derived.cards[Key(f"figure:{figure.id}")]
        return FigureView(card, before, number, after, when, source.credit.split("，")[0] if source else "")

    @cached_property
    def sources(self) -> Mapping[str, SourceView]:
        views = {}
        for source in self.derived.published(Source):
            credit = "，".join(part for part in (source.publisher, source.published) if part)
            views[source.id] = SourceView(source.title, f"{Source.plural}/{source.id}/", credit)
        return views

    @cached_property
    def replaced_by(self) -> Mapping[str, Card]:
        """Policies that were superseded, with the card of the one that replaced them."""
        policies = self.derived.published(Policy)
        return {old: self.derived.cards[Key(f"policy:{policy.id}")] for policy in policies for old in policy.supersedes}

    @cached_property
    def wholes(self) -> Mapping[str, Card]:
        """Figures that are part of another, with the card of the whole."""
        return {
            part: self.derived.cards[Key(f"figure:{figure.id}")]
            for figure in self.derived.published(Figure)
            for part in figure.parts
        }

    @cached_property
    def suborganizations(self) -> Mapping[str, tuple[Card, ...]]:
        found: dict[str, list[Card]] = defaultdict(list)
        for organization in self.derived.published(Organization):
            if organization.parent:
                found[organization.parent].append(self.derived.cards[Key(f"organization:{organization.id}")])
        return {parent: tuple(cards) for parent, cards in found.items()}

    @cached_property
    def sessions(self) -> Mapping[str, tuple[Card, ...]]:
        """Activities and lectures of each series, earliest first."""
        found: dict[str, list[Card]] = defaultdict(list)
        held: tuple[Activity | Lecture, ...] = (*self.derived.published(Activity), *self.derived.published(Lecture))
        for record in held:
            if record.series:
                found[record.series].append(self.derived.cards[Key(f"{record.kind}:{record.id}")])
        return {series: tuple(sorted(cards, key=lambda card: card.date or "9")) for series, cards in found.items()}

    @cached_property
    def holders(self) -> Mapping[str, tuple[HolderView, ...]]:
        """Of each honour: persons by id, then the regions and groups that its record names."""
        found: dict[str, list[HolderView]] = defaultdict(list)
        for person in self.derived.published(Person):
            for held in person.honours:
                card = self.derived.cards[Key(f"person:{person.id}")]
                parts = (self.derived.regions.short_name(person.region), edition(held.edition), held.year)
                found[held.honour].append(HolderView(card, " · ".join(part for part in parts if part)))
        for honour in self.derived.published(Honour):
            for holder in honour.holders:
                holding = self.derived.cards.get(Key(holder))
                if holding:
                    place = "" if holding.kind == "region" else self.derived.regions.short_name(holding.region)
                    found[honour.id].append(HolderView(holding, place))
        return {honour: tuple(views) for honour, views in found.items()}

    @cached_property
    def by_region(self) -> Mapping[str, Mapping[Kind, tuple[Card, ...]]]:
        """What lies in each region and below it, newest first, by kind."""
        found: dict[str, dict[Kind, list[Card]]] = defaultdict(lambda: defaultdict(list))
        for kind in dict.fromkeys(card.kind for card in self.derived.cards.values()):
            for card in self.derived.cards_of(kind):
                for region in self.derived.regions.ancestry(card.region):
                    found[region.id][kind].append(card)
        return {region: {kind: tuple(cards) for kind, cards in kinds.items()} for region, kinds in found.items()}

    @cached_property
    def term_words(self) -> Mapping[str, str]:
        """Terms by their title, with the address and the explanation of each as an opening tag without its root."""
        words = {}
        for term in self.derived.published(Term):
            told = markdown.to_text(term.definition, self.derived)
            told = told if len(told) <= 90 else f"{told[:88]}……"
            words[term.title] = f'{Term.plural}/{term.id}/" title="{escape(told)}">'
        return words

    @cached_property
    def term_pattern(self) -> re.Pattern[str] | None:
        return markdown.term_pattern(self.term_words)


def _is_mirrored(key: str) -> bool:
    """Half of the covers, so that neighbours with the same art differ; another byte than the art's own choice."""
    return sha256(key.encode()).digest()[4] % 2 == 1
