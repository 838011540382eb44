"""List pages: every kind, whole and by each facet, cut into pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.derive.cards import Card
from generator.derive.derived import Derived
from generator.derive.facets import Facet, FacetTable, facet, facet_path
from generator.derive.sections import SECTIONS
from generator.library import Key
from generator.model import MODELS, Honour, Kind
from generator.values import Value


class ListPage(Value, frozen=True):
    """One page of a list."""

    kind: Kind
    path: str
    """Folder of the list's first page, as the file system writes it."""
    heading: str
    chosen: tuple[str, str] | None
    """The facet and its value that the list is narrowed to."""
    number: int
    """Of this page, from 1."""
    count: int
    """How many pages the list has."""
    total: int
    """How many records the list has."""
    keys: tuple[Key, ...]
    """The records on this page, in their order."""

    @property
    def url(self) -> str:
        return page_path(self.path, self.number)


def page_path(path: str, number: int) -> str:
    return path if number == 1 else f"{path}page/{number}/"


def list_pages(derived: Derived, kind: Kind, tables: Iterable[FacetTable]) -> Iterator[ListPage]:
    """Every list page of one kind; nothing for a kind without records."""
    cards = _in_order(derived, kind)
    if not cards:
        return
    section = SECTIONS[kind]
    yield from _cut(ListPage(kind, f"{MODELS[kind].plural}/", section.heading, None, 1, 1, 0, ()), cards)
    rank = {card.key: place for place, card in enumerate(cards)}
    for table in tables:
        for value, having in table.cards.items():
            path = facet_path(kind, table.name, table.slugs[value])
            chosen = tuple(sorted(having, key=lambda card: rank[card.key]))
            heading = f"{value}：{section.heading}"
            yield from _cut(ListPage(kind, path, heading, (table.name, value), 1, 1, 0, ()), chosen)


def list_facets(kind: Kind, tables: Iterable[FacetTable]) -> tuple[Facet, ...]:
    """What stands beside every list of the kind."""
    return tuple(facet(kind, table) for table in tables)


def _in_order(derived: Derived, kind: Kind) -> tuple[Card, ...]:
    """Main regions come first in their own order; lists without dates keep the order of ids."""
    cards = derived.cards_of(kind)
    if kind == "region":
        rank = {region: place for place, region in enumerate(derived.regions.main)}
        return tuple(sorted(cards, key=lambda card: (rank.get(card.id, len(rank)), card.id)))
    if kind == "honour":
        order = {honour.id: honour.order for honour in derived.published(Honour)}
        return tuple(sorted(cards, key=lambda card: (order[card.id], card.id)))
    return cards if SECTIONS[kind].order else tuple(sorted(cards, key=lambda card: card.id))


def _cut(of: ListPage, cards: tuple[Card, ...]) -> Iterator[ListPage]:
    size = SECTIONS[of.kind].page_size if SECTIONS[of.kind].style != "roll" else max(len(cards), 1)
    count = -(-len(cards) // size)
    for number in range(1, count + 1):
        keys = tuple(card.key for card in cards[(number - 1) * size : number * size])
        yield ListPage(of.kind, of.path, of.heading, of.chosen, number, count, len(cards), keys)
