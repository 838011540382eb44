"""List pages: every kind, whole and by each facet, twenty-four to a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from generator.derive import Card, Derived
from generator.model import MODELS, Honour, Kind
from generator.render.site.facets import FacetTable, facet_path, facet_tables, facets_html
from generator.render.site.page import Page
from generator.render.site.sections import SECTIONS, Section
from generator.render.site.site import HolderView, Site


@dataclass(frozen=True, slots=True)
class PageLink:
    number: int
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class CardGroup:
    title: str
    cards: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One list, before it is cut into pages."""

    kind: Kind
    path: str
    heading: str
    chosen: tuple[str, str] | None
    cards: tuple[Card, ...]
    tables: tuple[FacetTable, ...]


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list: its folder, and what its template shows."""

    path: str
    title: str
    description: str
    template: str
    page: Page
    context: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RollGroup:
    card: Card
    told: str
    entries: tuple[HolderView, ...]


def list_pages(site: Site, kind: Kind) -> Iterator[ListPage]:
    """Every list page of one kind; nothing for a kind without records."""
    cards = _in_order(site.derived, kind)
    if not cards:
        return
    for listing in _listings(site.derived, kind, cards):
        if SECTIONS[kind].style == "roll":
            yield _honour_roll(site, listing)
        else:
            yield from _cut(site, listing)


def _in_order(derived: Derived, kind: Kind) -> tuple[Card, ...]:
    """Main regions come first in their own order; lists without dates keep the order of ids."""
    cards = derived.cards_of(kind)
    if kind == "region":
        rank = {region: place for place, region in enumerate(derived.regions.main)}
        return tuple(sorted(cards, key=lambda card: (rank.get(card.id, len(rank)), card.id)))
    return cards if SECTIONS[kind].order else tuple(sorted(cards, key=lambda card: card.id))


def _listings(derived: Derived, kind: Kind, cards: tuple[Card, ...]) -> Iterator[Listing]:
    section = SECTIONS[kind]
    tables = facet_tables(derived, kind, section.facets)
    yield Listing(kind, f"{MODELS[kind].plural}/", section.heading, None, cards, tables)
    for table in tables:
        for value, having in table.cards.items():
            kept = set(having)
            path = facet_path(kind, table.name, table.slugs[value])
            chosen = tuple(card for card in cards if card in kept)
            yield Listing(kind, path, f"{value}：{section.heading}", (table.name, value), chosen, tables)


def _cut(site: Site, listing: Listing) -> Iterator[ListPage]:
    section = SECTIONS[listing.kind]
    size = section.page_size
    count = -(-len(listing.cards) // size)
    for number in range(1, count + 1):
        path = _page_path(listing.path, number)
        page = Page(site, path)
        shown = listing.cards[(number - 1) * size : number * size]
        yield ListPage(
            path=path,
            title=listing.heading if number == 1 else f"{listing.heading}（第{number}页）",
            description=f"{section.introduction}共{len(listing.cards)}{section.measure}。",
            template="list.html",
            page=page,
            context=_context(page, listing, section, shown, _paging(listing.path, number, count)),
        )


def _context(
    page: Page, listing: Listing, section: Section, shown: Sequence[Card], pages: list[PageLink | None]
) -> dict[str, Any]:
    return {
        **_head(page, listing),
        "total": len(listing.cards),
        "measure": section.measure,
        "order": section.order,
        "style": section.style,
        "groups": _groups(listing.kind, shown),
        "pages": pages,
    }


def _head(page: Page, listing: Listing) -> dict[str, Any]:
    """What stands above and beside any list: where it is, what it is, how it is narrowed."""
    section = SECTIONS[listing.kind]
    base = f"{MODELS[listing.kind].plural}/"
    here = section.heading if listing.chosen is None else listing.chosen[1]
    above: list[tuple[str, str | None]] = [] if listing.chosen is None else [(section.heading, base)]
    return {
        "p": page,
        "trail": [("首页", ""), *above, (here, None)],
        "heading": listing.heading,
        "introduction": section.introduction,
        "facets": facets_html(page, listing.kind, listing.tables, listing.chosen),
        "chosen": listing.chosen,
        "all_url": base,
    }


def _groups(kind: Kind, shown: Sequence[Card]) -> list[CardGroup]:
    """Services stand under their categories; everything else in one group."""
    if kind != "service":
        return [CardGroup("", tuple(shown))]
    by_category: dict[str, list[Card]] = {}
    for card in shown:
        by_category.setdefault(card.kicker.split(" · ")[-1], []).append(card)
    return [CardGroup(category, tuple(cards)) for category, cards in by_category.items()]


def _page_path(path: str, number: int) -> str:
    return path if number == 1 else f"{path}page/{number}/"


def _paging(path: str, current: int, count: int) -> list[PageLink | None]:
    """First, last, and those around the current page; None where some are left out."""
    shown = sorted({1, count, *range(max(1, current - 2), min(count, current + 2) + 1)})
    links: list[PageLink | None] = []
    for number in shown:
        if links and number - shown[shown.index(number) - 1] > 1:
            links.append(None)
        links.append(PageLink(number, quote(_page_path(path, number)), number == current))
    return links


def _honour_roll(site: Site, listing: Listing) -> ListPage:
    page = Page(site, listing.path)
    kept = {card.id for card in listing.cards}
    honours = sorted(site.derived.published(Honour), key=lambda honour: (honour.order, honour.id))
    groups = [_roll_group(site, honour) for honour in honours if honour.id in kept]
    context = {
        **_head(page, listing),
        "roll": [group for group in groups if group.entries] + [group for group in groups if not group.entries],
    }
    introduction = SECTIONS[listing.kind].introduction
    return ListPage(page.url, listing.heading, introduction, "honour_roll.html", page, context)


def _roll_group(site: Site, honour: Honour) -> RollGroup:
    parts = (honour.type.label, honour.level.label if honour.level else "", honour.body_conferring or "")
    card = site.card("honour", honour.id)
    assert card is not None
    return RollGroup(card, " · ".join(part for part in parts if part), site.holders.get(honour.id, ()))
