"""Front pages: the site's own and each region's, as names of what they show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from generator.derive.cards import Card
from generator.derive.derived import Derived
from generator.derive.facets import region_list_url
from generator.derive.sections import SECTIONS
from generator.library import Key
from generator.model import KINDS, MODELS, Brochure, Figure, Kind, Region
from generator.model.places import Palette
from generator.values import Value

_NEWEST_STORIES = 6
_NEWEST_EVENTS = 6
_MOST_NUMBERS = 8
_MOST_WITHOUT_LIST = 60
"""Cards of one kind on the front page of a region that has no list of its own."""


class BookArt(Value, frozen=True):
    """Enough of a card to draw a cover with."""

    key: str
    palette: Palette
    seal: str
    cover: None = None


class BookView(Value, frozen=True):
    title: str
    subtitle: str
    url: str
    told: str
    art: BookArt


class MainRegion(Value, frozen=True):
    """A region as the home page shows it: its motto says more there than a summary."""

    key: Key
    motto: str | None


class Home(Value, frozen=True):
    """What the site's front page shows."""

    headline: tuple[str, ...]
    introduction: str
    examples: tuple[str, ...]
    lead: Key | None
    numbers: tuple[str, ...]
    """Ids of figures."""
    stories: tuple[Key, ...]
    events: tuple[tuple[Key, str], ...]
    all_events: str | None
    books: tuple[BookView, ...]


class Group(Value, frozen=True):
    """Some records of one kind, and where the rest of them are."""

    kind: Kind
    style: str
    keys: tuple[Key, ...]
    total: int
    more: str | None


class RegionHome(Value, frozen=True):
    """What the front page of a region shows."""

    above: str
    numbers: tuple[str, ...]
    """Ids of figures."""
    more_numbers: str | None
    groups: tuple[Group, ...]
    below: tuple[Key, ...]


def derive_home(derived: Derived) -> Home:
    home = derived.config.home
    stories = derived.cards_of("story")
    lead = derived.cards.get(Key(f"story:{home.lead_story}")) if home and home.lead_story else None
    lead = lead or next(iter(stories), None)
    return Home(
        headline=tuple((home.headline if home else derived.config.title).split("/")),
        introduction=home.introduction if home else derived.config.description,
        examples=home.search_examples if home else (),
        lead=lead.key if lead else None,
        numbers=tuple(home.figures) if home else (),
        stories=tuple(_from_everywhere([card for card in stories if card != lead])),
        events=tuple(_events(derived)),
        all_events="activities/" if derived.cards_of("activity") else None,
        books=tuple(_book(derived, brochure) for brochure in derived.config.brochures),
    )


def derive_main_regions(derived: Derived) -> tuple[MainRegion, ...]:
    shown = (region for region in derived.config.regions if Key(f"region:{region}") in derived.cards)
    return tuple(MainRegion(Key(f"region:{name}"), derived.library.find(Region, name).motto) for name in shown)


def derive_counts(derived: Derived) -> dict[Kind, int]:
    """How many records each list has; kinds without records are left out."""
    return {kind: len(derived.cards_of(kind)) for kind in KINDS if derived.cards_of(kind)}


def _from_everywhere(stories: list[Card]) -> Iterator[Key]:
    """The newest of each main region by turns, so that no region fills the home page alone."""
    turns: dict[str | None, int] = {}
    ranked = []
    for place, card in enumerate(stories):
        turns[card.main] = turns.get(card.main, -1) + 1
        ranked.append((turns[card.main], place, card.key))
    yield from (key for _, _, key in sorted(ranked)[:_NEWEST_STORIES])


def _events(derived: Derived) -> Iterator[tuple[Key, str]]:
    """The newest dated activities and lectures."""
    cards = [card for card in (*derived.cards_of("activity"), *derived.cards_of("lecture")) if card.date]
    newest = sorted(cards, key=lambda card: (card.date or "", card.id), reverse=True)
    yield from ((card.key, card.date or "") for card in newest[:_NEWEST_EVENTS])


def _book(derived: Derived, brochure: Brochure) -> BookView:
    return BookView(
        title=brochure.title,
        subtitle=brochure.subtitle or "",
        url=f"brochures/{brochure.id}.pdf",
        told="，".join(part for part in (brochure.edition, "PDF") if part),
        # The first chapter's own cover: art is drawn for records only.
        art=BookArt(
            f"region:{brochure.chapters[0].region}",
            derived.regions.palette(brochure.chapters[0].region),
            derived.config.seal or derived.config.title[:2],
        ),
    )


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

Inside = Mapping[Kind, list[Card]]


def derive_region_homes(derived: Derived) -> Iterator[tuple[str, RegionHome]]:
    """The front page of every region, by its id."""
    inside = _by_region(derived)
    parts = {part for figure in derived.published(Figure) for part in figure.parts}
    for region in derived.published(Region):
        yield region.id, _region_home(derived, region, inside.get(region.id, {}), parts)


def _by_region(derived: Derived) -> Mapping[str, Inside]:
    """What lies in each region and below it, newest first, by kind."""
    found: dict[str, dict[Kind, list[Card]]] = defaultdict(lambda: defaultdict(list))
    for kind in KINDS:
        for card in derived.cards_of(kind):
            for region in derived.regions.ancestry(card.region):
                found[region.id][kind].append(card)
    return found


def _region_home(derived: Derived, region: Region, inside: Inside, parts: set[str]) -> RegionHome:
    is_main = region.id in derived.config.regions
    numbers = tuple(dict.fromkeys(_numbers(derived, region, inside, parts)))
    more_numbers = region_list_url(derived, "figure", region) if is_main and len(numbers) > _MOST_NUMBERS else None
    return RegionHome(
        above="".join(found.title for found in derived.regions.ancestry(region.parent)),
        numbers=numbers[:_MOST_NUMBERS],
        more_numbers=more_numbers,
        groups=tuple(
            _group(derived, kind, style, most, inside[kind], region if is_main else None)
            for kind, style, most in _REGION_GROUPS
            if kind in inside
        ),
        below=tuple(card.key for card in inside.get("region", ()) if card.id != region.id),
    )


def _numbers(derived: Derived, region: Region, inside: Inside, parts: set[str]) -> Iterator[str]:
    """Ids of figures: those that the record names first, then wholes before their parts."""
    ids = [card.id for card in inside.get("figure", ())]
    yield from (name for name in region.figures if Key(f"figure:{name}") in derived.cards)
    yield from (name for name in ids if derived.library.find(Figure, name).parts)
    yield from (name for name in ids if name not in parts)


def _group(derived: Derived, kind: Kind, style: str, most: int, cards: list[Card], main: Region | None) -> Group:
    is_cut = len(cards) > most and "地区" in SECTIONS[kind].facets
    more = region_list_url(derived, kind, main) if main and is_cut else None
    if more is None and len(cards) > _MOST_WITHOUT_LIST:
        most, more = _MOST_WITHOUT_LIST, f"{MODELS[kind].plural}/"
    shown = cards[:most] if more else cards
    return Group(kind, style, tuple(card.key for card in shown), len(cards), more)
