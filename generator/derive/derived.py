"""The library with everything computed from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from generator.derive.cards import Card
from generator.derive.links import Relation
from generator.derive.regions import Regions
from generator.library import Key, Library
from generator.model import Kind, Record, SiteConfig
from generator.validity import PolicyStatus
from generator.values import Value

R = TypeVar("R", bound=Record)


class Derived(Value, frozen=True):
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
    shelves: Mapping[Kind, tuple[Card, ...]]
    """Cards of each kind: newest first, those without a date last, then by id."""
    main_regions: Mapping[Kind, frozenset[str]]
    """The titles of the main regions that records of each kind belong to."""

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
        return self.shelves.get(kind, ())

    def linked_from(self, key: Key) -> dict[Kind, tuple[Card, ...]]:
        """The cards of the records that refer to `key`, grouped by kind in the order of kinds."""
        groups: dict[Kind, list[Card]] = defaultdict(list)
        for source in self.backlinks.get(key, ()):
            groups[self.cards[source].kind].append(self.cards[source])
        return {kind: tuple(cards) for kind, cards in groups.items()}
