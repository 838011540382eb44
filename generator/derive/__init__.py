"""What pages and books need beyond the records: cards, links, numbers as words, what holds today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from generator.derive.cards import Card, derive_cards
from generator.derive.links import Relation, derive_backlinks, derive_references, derive_related
from generator.derive.regions import Regions, derive_regions
from generator.derive.urls import permalink, section
from generator.library import Key, Library
from generator.model import Figure, Kind, Policy, Record, SiteConfig
from generator.quantity import figure_text
from generator.validity import PolicyStatus, policy_status, superseded_by

R = TypeVar("R", bound=Record)

__all__ = ["Card", "Derived", "Regions", "Relation", "derive", "permalink", "section"]


@dataclass(frozen=True, slots=True)
class Derived:
    """The library and everything computed from it once, for every renderer to read."""

    library: Library
    today: date
    regions: Regions
    cards: Mapping[Key, Card]
    """Published records only, in library order."""
    named: Mapping[Key, tuple[Key, ...]]
    """What each record refers to."""
    backlinks: Mapping[Key, tuple[Key, ...]]
    """Who refers to each record."""
    related: Mapping[Key, tuple[Relation, ...]]
    figure_texts: Mapping[str, str]
    """By figure id: 1411个."""
    policy_statuses: Mapping[str, PolicyStatus]
    """By policy id, as of `today`."""

    @property
    def config(self) -> SiteConfig:
        return self.library.config

    def record(self, key: str) -> Record:
        """The published record; raises KeyError where there is none."""
        return self.library.entries[self.cards[Key(key)].key].record

    def published(self, model: type[R]) -> tuple[R, ...]:
        """Published records of one kind, by id."""
        return self.library.published(model)

    def cards_of(self, kind: Kind) -> tuple[Card, ...]:
        """Cards of one kind: newest first, those without a date last, then by id."""
        return tuple(sorted((card for card in self.cards.values() if card.kind == kind), key=_newest_first))

    def linked_from(self, key: Key) -> dict[Kind, tuple[Card, ...]]:
        """The cards of the records that refer to `key`, grouped by kind in the order of kinds."""
        groups: dict[Kind, list[Card]] = defaultdict(list)
        for source in self.backlinks.get(key, ()):
            groups[self.cards[source].kind].append(self.cards[source])
        return {kind: tuple(cards) for kind, cards in groups.items()}


def derive(library: Library, *, today: date) -> Derived:
    """Everything renderers need. The library must have passed `check`: references lead somewhere."""
    regions = derive_regions(library)
    policies = library.published(Policy)
    replaced = superseded_by(policies)
    statuses = {policy.id: policy_status(policy, today=today, replaced=policy.id in replaced) for policy in policies}
    cards = derive_cards(library, regions, statuses)
    named = derive_references(library, cards)
    return Derived(
        library=library,
        today=today,
        regions=regions,
        cards=cards,
        named=named,
        backlinks=derive_backlinks(named),
        related=derive_related(cards, named),
        figure_texts={figure.id: figure_text(figure) for figure in library.published(Figure)},
        policy_statuses=statuses,
    )


def _newest_first(card: Card) -> tuple[bool, tuple[int, ...], str]:
    """Sort key: dated cards first, later dates first, a whole year after the days in it, then the id."""
    digits = tuple(-int(part) for part in f"{card.date}-0-0".split("-")[:3]) if card.date else ()
    return not card.date, digits, card.id
