"""Front pages: the site's own and each region's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.derive import Card
from generator.model import MODELS, Brochure, Figure, Kind, Region
from generator.model.places import Palette
from generator.render.site.facets import region_list_url
from generator.render.site.page import Page
from generator.render.site.sections import DOORS, SECTIONS
from generator.render.site.site import FigureView

_NEWEST_STORIES = 6
_NEWEST_EVENTS = 6


@dataclass(frozen=True, slots=True)
class Door:
    url: str
    title: str
    text: str
    count: int
    measure: str


@dataclass(frozen=True, slots=True)
class BookArt:
    """Enough of a card to draw a cover with."""

    key: str
    palette: Palette
    seal: str
    cover: None = None


@dataclass(frozen=True, slots=True)
class BookView:
    title: str
    subtitle: str
    url: str
    told: str
    art: BookArt


@dataclass(frozen=True, slots=True)
class Group:
    """Some cards of one kind, and where the rest of them are."""

    title: str
    style: str
    cards: tuple[Card, ...]
    total: int
    measure: str
    more: str | None


@dataclass(frozen=True, slots=True)
class RegionHome:
    above: str
    numbers: list[FigureView]
    more_numbers: str | None
    groups: tuple[Group, ...]
    below: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class RegionCard:
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
    home, derived = page.config.home, page.site.derived
    stories = derived.cards_of("story")
    lead = page.find("story", home.lead_story) if home and home.lead_story else None
    lead = lead or next(iter(stories), None)
    regions = main_regions(page)
    return {
        "p": page,
        "headline": (home.headline if home else page.config.title).split("/"),
        "introduction": home.introduction if home else page.config.description,
        "examples": home.search_examples if home else (),
        "lead": lead,
        "doors": browse_doors(page, [kind for kind, _ in DOORS]),
        "regions": regions,
        "regions_title": f"{_count_word(len(regions))}个地方" if len(regions) > 1 else "这个地方",
        "numbers": page.figures(home.figures) if home else [],
        "stories": _from_everywhere(page, [card for card in stories if card != lead]),
        "events": list(_events(page)),
        "all_events": "activities/" if derived.cards_of("activity") else None,
        "books": books(page, page.config.brochures),
    }


def _from_everywhere(page: Page, stories: list[Card]) -> list[Card]:
    """The newest of each main region by turns, so that no region fills the home page alone."""
    regions = page.site.derived.regions
    turns: dict[str | None, int] = {}
    ranked = []
    for place, card in enumerate(stories):
        main = regions.main_id_of(card.region)
        turns[main] = turns.get(main, -1) + 1
        ranked.append((turns[main], place, card))
    return [card for _, _, card in sorted(ranked, key=lambda found: found[:2])][:_NEWEST_STORIES]


def browse_doors(page: Page, kinds: list[Kind]) -> list[Door]:
    """Lists that have something in them."""
    told = dict(DOORS)
    counts = ((kind, len(page.site.derived.cards_of(kind))) for kind in kinds)
    return [_door(kind, told.get(kind), count) for kind, count in counts if count]


def _door(kind: Kind, told: str | None, count: int) -> Door:
    section = SECTIONS[kind]
    return Door(f"{MODELS[kind].plural}/", section.heading, told or section.introduction, count, section.measure)


def main_regions(page: Page) -> list[RegionCard]:
    return [_region_card(page, card) for card in page.cards("region", page.config.regions)]


def _region_card(page: Page, card: Card) -> RegionCard:
    record = page.site.derived.record(card.key)
    assert isinstance(record, Region)
    return RegionCard(card.key, card.title, card.url, card.summary, record.motto, card.palette, card.seal, card.cover)


def _events(page: Page) -> Iterator[tuple[Card, str]]:
    """The newest dated activities and lectures."""
    derived = page.site.derived
    cards = [card for card in (*derived.cards_of("activity"), *derived.cards_of("lecture")) if card.date]
    newest = sorted(cards, key=lambda card: (card.date or "", card.id), reverse=True)
    yield from ((card, card.date or "") for card in newest[:_NEWEST_EVENTS])


def books(page: Page, brochures: tuple[Brochure, ...]) -> list[BookView]:
    regions = page.site.derived.regions
    return [
        BookView(
            title=brochure.title,
            subtitle=brochure.subtitle or "",
            url=f"brochures/{brochure.id}.pdf",
            told="，".join(part for part in (brochure.edition, "PDF") if part),
            # The first chapter's own cover: art is drawn for records only.
            art=BookArt(
                f"region:{brochure.chapters[0].region}",
                regions.palette(brochure.chapters[0].region),
                page.config.seal or page.config.title[:2],
            ),
        )
        for brochure in brochures
    ]


_REGION_GROUPS: tuple[tuple[Kind, str, int], ...] = (
    ("story", "cards", 6),
    ("person", "roll", 24),
    ("initiative", "rows", 6),
    ("lecture", "rows", 6),
    ("activity", "rows", 6),
    ("route", "cards", 6),
    ("place", "roll", 12),
    ("policy", "rows", 6),
    ("service", "rows", 6),
    ("lesson", "cards", 6),
    ("organization", "roll", 12),
)
"""What a region's front page shows of each kind, and how many at most."""


def region_home(page: Page, card: Card, region: Region) -> RegionHome:
    inside = page.site.by_region.get(region.id, {})
    regions = page.site.derived.regions
    is_main = region.id in page.config.regions
    figures = _figures(page, region, inside)
    return RegionHome(
        above="".join(found.title for found in regions.ancestry(region.parent)),
        numbers=figures[:8],
        more_numbers=region_list_url(page.site.derived, "figure", region) if is_main and len(figures) > 8 else None,
        groups=tuple(_group(page, kind, style, most, inside[kind], region if is_main else None)
                     for kind, style, most in _REGION_GROUPS if kind in inside),
        below=tuple(found for found in inside.get("region", ()) if found.id != card.id),
    )  # fmt: skip


def _group(page: Page, kind: Kind, style: str, most: int, cards: tuple[Card, ...], main: Region | None) -> Group:
    section = SECTIONS[kind]
    is_cut = len(cards) > most and "地区" in section.facets
    more = region_list_url(page.site.derived, kind, main) if main and is_cut else None
    shown = cards[:most] if more else cards
    return Group(section.heading, style, shown, len(cards), section.measure, more)


def _figures(page: Page, region: Region, inside: Mapping[Kind, tuple[Card, ...]]) -> list[FigureView]:
    """Those that the record names first, then wholes before their parts."""
    ids = [card.id for card in inside.get("figure", ())]
    wholes = [figure_id for figure_id in ids if page.site.derived.library.find(Figure, figure_id).parts]
    rest = [figure_id for figure_id in ids if figure_id not in page.site.wholes]
    return page.figures((*region.figures, *wholes, *rest))


def _count_word(number: int) -> str:
    return "〇一两三四五六七八九十"[number] if number <= 10 else str(number)
