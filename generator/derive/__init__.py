"""What pages and books need beyond the records: cards, links, lists, numbers as words, what holds today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

from generator.derive.cards import Card, derive_cards
from generator.derive.derived import Derived
from generator.derive.links import Relation, derive_backlinks, derive_references, derive_related
from generator.derive.regions import Regions, derive_regions
from generator.derive.urls import permalink, section
from generator.library import Library
from generator.model import Figure, Kind, Policy
from generator.quantity import figure_text
from generator.validity import policy_status, superseded_by

__all__ = ["Card", "Derived", "Regions", "Relation", "derive", "permalink", "section"]


def derive(library: Library, *, today: date) -> Derived:
    """Everything renderers need. The library must have passed `check`: references lead somewhere."""
    regions = derive_regions(library)
    policies = library.published(Policy)
    replaced = superseded_by(policies)
    statuses = {policy.id: policy_status(policy, today=today, replaced=policy.id in replaced) for policy in policies}
    cards = derive_cards(library, regions, statuses)
    named = derive_references(library, cards)
    backlinks = derive_backlinks(named)
    shelves = _shelves(cards.values())
    return Derived(
        library=library,
        today=today,
        regions=regions,
        cards=cards,
        named=named,
        backlinks=backlinks,
        related=derive_related(cards, named, backlinks),
        figure_texts={figure.id: figure_text(figure) for figure in library.published(Figure)},
        policy_statuses=statuses,
        shelves=shelves,
        main_regions={kind: frozenset(_main_regions(of_kind)) for kind, of_kind in shelves.items()},
    )


def _shelves(cards: Iterable[Card]) -> dict[Kind, tuple[Card, ...]]:
    found: dict[Kind, list[Card]] = defaultdict(list)
    for card in cards:
        found[card.kind].append(card)
    return {kind: tuple(sorted(of_kind, key=_newest_first)) for kind, of_kind in found.items()}


def _main_regions(cards: Iterable[Card]) -> Iterator[str]:
    return (value for card in cards for name, value in card.facets if name == "地区")


def _newest_first(card: Card) -> tuple[bool, tuple[int, ...], str]:
    """Sort key: dated cards first, later dates first, a whole year after the days in it, then the id."""
    digits = tuple(-int(part) for part in f"{card.date}-0-0".split("-")[:3]) if card.date else ()
    return not card.date, digits, card.id
