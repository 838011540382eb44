"""What the templates of front pages and of pages without a record show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from generator.derive.cards import Card
from generator.derive.fronts import Home, MainRegion, RegionHome
from generator.derive.sections import DOORS, SECTIONS
from generator.model import KINDS, MODELS, Kind
from generator.model.places import Palette
from generator.render.site.page import Page
from generator.render.site.site import FigureView
from generator.values import Value


class Door(Value, frozen=True):
    url: str
    title: str
    text: str
    count: int
    measure: str


class GroupView(Value, frozen=True):
    """Some cards of one kind, and where the rest of them are."""

    title: str
    style: str
    cards: list[Card]
    total: int
    measure: str
    more: str | None


class RegionView(Value, frozen=True):
    above: str
    numbers: list[FigureView]
    more_numbers: str | None
    groups: list[GroupView]
    below: list[Card]


class RegionCard(Value, frozen=True):
    """A region's card with its motto, which says more on the home page than a summary."""

    key: str
    title: str
    url: str
    summary: str
    motto: str | None
    palette: Palette
    seal: str
    cover: str | None


def home_context(page: Page) -> dict[str, Any]:
    home = page.site.facts.need("home", Home)
    regions = main_regions(page)
    return {
        "p": page,
        "headline": home.headline,
        "introduction": home.introduction,
        "examples": home.examples,
        "lead": page.ref(home.lead),
        "doors": browse_doors(page, (kind for kind, _ in DOORS)),
        "regions": regions,
        "regions_title": f"{_count_word(len(regions))}个地方" if len(regions) > 1 else "这个地方",
        "numbers": page.figures(home.numbers),
        "stories": page.refs(home.stories),
        "events": [(card, when) for key, when in home.events if (card := page.ref(key))],
        "all_events": home.all_events,
        "books": home.books,
    }


def counts(page: Page) -> dict[Kind, int]:
    """How many records each list has."""
    return dict(page.site.facts.need("counts", tuple[tuple[Kind, int], ...]))


def browse_doors(page: Page, kinds: Iterable[Kind] = KINDS) -> list[Door]:
    """Lists that have something in them."""
    told, counted = dict(DOORS), counts(page)
    return [_door(kind, told.get(kind), counted[kind]) for kind in kinds if kind in counted]


def _door(kind: Kind, told: str | None, count: int) -> Door:
    section = SECTIONS[kind]
    return Door(f"{MODELS[kind].plural}/", section.heading, told or section.introduction, count, section.measure)


def main_regions(page: Page) -> list[RegionCard]:
    found = page.site.facts.need("main-regions", tuple[MainRegion, ...])
    return [_region_card(page.site.need_card(region.key), region.motto) for region in found]


def _region_card(card: Card, motto: str | None) -> RegionCard:
    return RegionCard(card.key, card.title, card.url, card.summary, motto, card.palette, card.seal, card.cover)


def region_view(page: Page, region_id: str) -> RegionView:
    home = page.site.facts.need(f"region:{region_id}", RegionHome)
    return RegionView(
        above=home.above,
        numbers=page.figures(home.numbers),
        more_numbers=home.more_numbers,
        groups=[
            GroupView(
                SECTIONS[group.kind].heading,
                group.style,
                page.refs(group.keys),
                group.total,
                SECTIONS[group.kind].measure,
                group.more,
            )
            for group in home.groups
        ],
        below=page.refs(home.below),
    )


def _count_word(number: int) -> str:
    return "〇一两三四五六七八九十"[number] if number <= 10 else str(number)
