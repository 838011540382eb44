"""A card is what other pages show of a record: enough for lists, links, search and share pictures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial

from generator.derive.regions import Regions
from generator.derive.urls import permalink
from generator.library import Key, Library
from generator.model import (
    Figure,
    Honour,
    Initiative,
    Kind,
    Lesson,
    Organization,
    Person,
    Place,
    Policy,
    Record,
    Region,
    Route,
    Service,
    Status,
    Story,
)
from generator.model.places import Palette
from generator.model.stories import Activity, Lecture
from generator.quantity import edition, figure_text
from generator.validity import PolicyStatus
from generator.values import Value

_NOT_IN_SEALS = r"[^\u4e00-\u9fff\U00020000-\U0003ffff]"


class Card(Value, frozen=True):
    """What lists and links show of one record."""

    key: Key
    kind: Kind
    id: str
    label: str
    """The kind in Chinese."""
    title: str
    url: str
    """Root-relative, no leading slash."""
    summary: str
    region: str | None
    region_name: str
    """From the city down: 淮南市寿县."""
    main: str | None
    """The id of the main region that it belongs to."""
    kicker: str
    """Region and the one thing that tells most: an honour, a type, a status."""
    tags: tuple[str, ...]
    date: str | None
    updated: str | None
    cover: str | None
    """File name under content/media/."""
    seal: str
    """One or two characters for the cover art."""
    palette: Palette
    facets: tuple[tuple[str, str], ...]
    """(facet, value) pairs; facets: 地区, 类型, 荣誉, 主题, 级别, 学段, 对象, 状态."""
    words: tuple[str, ...]
    """Other names under which a search should find it."""
    stub: bool


def derive_cards(library: Library, regions: Regions, statuses: Mapping[str, PolicyStatus]) -> dict[Key, Card]:
    """The cards of all published records, in library order."""
    seats = cache(partial(_seat, regions))
    return {
        key: _card(library, key, entry.record, seats, statuses)
        for key, entry in library.entries.items()
        if entry.record.status is Status.PUBLISHED
    }


class _Seat(Value, frozen=True):
    """What the cards of one region have in common."""

    region: str | None
    full_name: str
    short_name: str
    names: tuple[str, ...]
    main: str | None
    main_title: str | None
    palette: Palette


def _seat(regions: Regions, region: str | None) -> _Seat:
    return _Seat(
        region,
        regions.full_name(region),
        regions.short_name(region),
        regions.names(region),
        regions.main_id_of(region),
        regions.main_of(region),
        regions.palette(region),
    )


def _card(
    library: Library,
    key: Key,
    record: Record,
    seats: Callable[[str | None], _Seat],
    statuses: Mapping[str, PolicyStatus],
) -> Card:
    seat = seats(record.id if isinstance(record, Region) else record.region)
    told = _told_by(library, record, statuses)
    return Card(
        key=key,
        kind=record.kind,
        id=record.id,
        label=record.label,
        title=record.title,
        url=permalink(key),
        summary=record.summary or _fallback_summary(record),
        region=seat.region,
        region_name=seat.full_name,
        main=seat.main,
        kicker=" · ".join(part for part in (seat.short_name, told) if part) or record.label,
        tags=record.tags,
        date=_date(record),
        updated=record.updated,
        cover=record.portrait or record.cover if isinstance(record, Person) else record.cover,
        seal=_seal(library, record, seats),
        palette=seat.palette,
        facets=tuple(_facets(library, record, seat, statuses)),
        words=tuple(_words(record)),
        stub=record.stub,
    )


def _told_by(library: Library, record: Record, statuses: Mapping[str, PolicyStatus]) -> str:
    """The second half of a kicker."""
    match record:
        case Person():
            held = record.honours[0] if record.honours else None
            if held is None:
                return record.roles[0] if record.roles else ""
            return f"{edition(held.edition)}{library.find(Honour, held.honour).title}"
        case Story():
            return record.themes[0] if record.themes else (record.tags[0] if record.tags else "")
        case Policy():
            return statuses[record.id].label
        case Organization() | Place():
            return record.type.label
        case Lesson():
            return f"{record.grade_band.label} · {record.subject}"
        case Route():
            return f"{len(record.stops)}站" if record.stops else "站点待补"
        case Service():
            return record.category
        case Figure():
            return figure_text(record)
        case Region():
            return record.level.label
        case Honour():
            return record.level.label if record.level else record.type.label
        case _:
            return record.label


def _fallback_summary(record: Record) -> str:
    match record:
        case Figure():
            return record.scope or record.as_written
        case Person():
            return record.post or "、".join(record.roles)
        case _:
            return getattr(record, "definition", "") or ""


def _date(record: Record) -> str | None:
    match record:
        case Activity() | Initiative():
            return record.date or (record.when.start if record.when else None)
        case Policy():
            return record.date or record.effective or record.issued
        case Figure():
            return record.as_of or (record.period.start if record.period else None)
        case _:
            return record.date or getattr(record, "published", None)


def _seal(library: Library, record: Record, seats: Callable[[str | None], _Seat]) -> str:
    """Surname of the person, the region's own seal, the first two characters of the theme, else of the title."""
    match record:
        case Person():
            return record.shown_name[0]
        case Story() if record.people:
            return library.find(Person, record.people[0]).shown_name[0]
        case Region() if record.seal:
            return record.seal
        case Story() | Activity() if record.tags:
            return record.tags[0][:2]
        case _:
            return _initials(record.title, seats(record.region).names)


def _initials(title: str, regions: Iterable[str]) -> str:
    """The first two Han characters of a title, after the region's name and a number with its measure word."""
    told = title
    for name in regions:
        told = told.removeprefix(name)
    # Compiled here and not beforehand: it takes milliseconds, and a run for one page only has use for the class.
    told = re.sub(r"^[^\u4e00-\u9fff]*\d+[\u4e00-\u9fff]|^(?:中华人民共和国|关于)", "", told)
    return (re.sub(_NOT_IN_SEALS, "", told) or re.sub(_NOT_IN_SEALS, "", title) or "荣光")[:2]


def _facets(
    library: Library, record: Record, seat: _Seat, statuses: Mapping[str, PolicyStatus]
) -> Iterator[tuple[str, str]]:
    if seat.main_title:
        yield "地区", seat.main_title
    yield from _own_facets(library, record, statuses)
    for tag in record.tags:
        yield "主题", tag
    for audience in record.audience:
        yield "对象", audience.label


def _own_facets(library: Library, record: Record, statuses: Mapping[str, PolicyStatus]) -> Iterator[tuple[str, str]]:
    match record:
        case Person():
            yield from (("荣誉", library.find(Honour, held.honour).title) for held in record.honours)
            yield from (("类型", role) for role in record.roles)
        case Story():
            yield from (("荣誉", library.find(Honour, honour).title) for honour in record.honours)
        case Policy():
            yield "状态", statuses[record.id].label
            yield "类型", record.type.label
        case Lesson():
            yield "学段", record.grade_band.label
            yield "类型", record.subject
        case Route() | Lecture():
            yield from (("学段", band.label) for band in record.grade_bands)
        case Service():
            yield "类型", record.category
        case Organization() | Place() | Honour():
            yield "类型", record.type.label
        case Region():
            yield "级别", record.level.label
        case Figure():
            yield "来源", library.entries[Key(f"source:{record.source}")].record.title
        case _:
            return
    level = getattr(record, "level", None)
    if level is not None and not isinstance(record, Region):
        yield "级别", level.label


def _words(record: Record) -> Iterator[str]:
    yield from getattr(record, "synonyms", ())
    if isinstance(record, Person):
        yield from record.roles
        if record.post:
            yield record.post
    if isinstance(record, Policy) and record.number:
        yield record.number
