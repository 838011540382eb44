"""Which records a brochure holds, and in what order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from generator.derive import Derived
from generator.library import Key, key_of
from generator.model import (
    Activity,
    Brochure,
    Figure,
    Honour,
    Initiative,
    Lecture,
    Person,
    Policy,
    Record,
    Route,
    Service,
    Source,
    Story,
)
from generator.model.site import Chapter
from generator.values import Value

R = TypeVar("R", bound=Record)


class ChapterRecords(Value, frozen=True):
    """What one chapter shows; empty where the brochure leaves a section out."""

    chapter: Chapter
    stories: tuple[Story, ...]
    people: tuple[Person, ...]
    initiatives: tuple[Initiative, ...]
    scripts: tuple[Lecture, ...]
    """Lectures with their text."""
    events: tuple[Lecture | Activity, ...]
    """Lectures that are only reported, and activities."""
    routes: tuple[Route, ...]


class Selection(Value, frozen=True):
    """Everything in one brochure. Groups belong to the chapters in order; a last group to no chapter's region."""

    chapters: tuple[ChapterRecords, ...]
    policies: tuple[tuple[Policy | Service, ...], ...]
    figures: tuple[tuple[Figure, ...], ...]
    sources: tuple[Source, ...]

    def labels(self) -> dict[Key, str]:
        """The records that have a place of their own, with its label."""
        shown: list[Record] = [record for group in self.policies for record in group]
        for part in self.chapters:
            shown.extend(part.stories + part.people + part.initiatives + part.scripts + part.events + part.routes)
        return {key_of(record): label_of(record) for record in shown}


def label_of(record: Record) -> str:
    return f"{record.kind}-{record.id}"


def select(derived: Derived, brochure: Brochure) -> Selection:
    """The records of the brochure's regions and sections."""
    areas = _areas(derived, brochure)
    stories = _stories(derived, brochure, areas)
    chapters = tuple(
        _chapter(derived, brochure, chapter, area, told)
        for chapter, area, told in zip(brochure.chapters, areas, stories, strict=True)
    )
    policies = _policies(derived, brochure, areas)
    figures = _by_chapter(areas, derived.published(Figure)) if "figures" in brochure.sections else ()
    return Selection(chapters, policies, figures, _sources(derived, chapters, policies, figures))


def regions_of(derived: Derived, brochure: Brochure) -> frozenset[str]:
    """Every region of the brochure's chapters."""
    return frozenset().union(*_areas(derived, brochure))


def _areas(derived: Derived, brochure: Brochure) -> tuple[frozenset[str], ...]:
    """The regions of each chapter; one that stands under two chapters' regions belongs to the nearer."""
    heads = [chapter.region for chapter in brochure.chapters]
    areas = []
    for head in heads:
        own = derived.regions.within(head)
        nearer = [derived.regions.within(other) for other in heads if other != head and other in own]
        areas.append(own.difference(*nearer))
    return tuple(areas)


def _stories(derived: Derived, brochure: Brochure, areas: tuple[frozenset[str], ...]) -> list[tuple[Story, ...]]:
    """Each story once: where it is first named, else in the chapter of its region."""
    if "stories" not in brochure.sections:
        return [() for _ in brochure.chapters]
    named: dict[str, int] = {}
    for number, chapter in enumerate(brochure.chapters):
        for story in chapter.stories:
            named.setdefault(story, number)
    told: list[tuple[Story, ...]] = []
    for number, (chapter, area) in enumerate(zip(brochure.chapters, areas, strict=True)):
        if chapter.stories:
            told.append(tuple(derived.library.find(Story, story) for story, at in named.items() if at == number))
        else:
            free = (story for story in derived.published(Story) if story.id not in named)
            told.append(tuple(story for story in free if story.region in area))
    return told


def _chapter(
    derived: Derived, brochure: Brochure, chapter: Chapter, area: frozenset[str], stories: tuple[Story, ...]
) -> ChapterRecords:
    def within(model: type[R], section: str) -> tuple[R, ...]:
        if section not in brochure.sections:
            return ()
        return tuple(record for record in derived.published(model) if record.region in area)

    lectures = within(Lecture, "lectures")
    return ChapterRecords(
        chapter=chapter,
        stories=stories,
        people=tuple(sorted(within(Person, "people"), key=lambda person: _rank(derived, person))),
        initiatives=within(Initiative, "initiatives"),
        scripts=tuple(lecture for lecture in lectures if lecture.script),
        events=(
            *(lecture for lecture in lectures if not lecture.script),
            *sorted(within(Activity, "lectures"), key=lambda activity: activity.when or activity.date or "9"),
        ),
        routes=within(Route, "routes"),
    )


def _rank(derived: Derived, person: Person) -> tuple[bool, int, str]:
    """Those honoured first, by the order of the honour roll."""
    orders = [derived.library.find(Honour, held.honour).order for held in person.honours]
    return not orders, min(orders, default=0), person.id


def _policies(
    derived: Derived, brochure: Brochure, areas: tuple[frozenset[str], ...]
) -> tuple[tuple[Policy | Service, ...], ...]:
    shown: list[Policy | Service] = []
    if "policies" in brochure.sections:
        shown.extend(derived.published(Policy))
    if "services" in brochure.sections:
        shown.extend(derived.published(Service))
    return _by_chapter(areas, shown) if shown else ()


def _by_chapter(areas: tuple[frozenset[str], ...], records: Iterable[R]) -> tuple[tuple[R, ...], ...]:
    """A group a chapter, and one for what belongs to no region."""
    groups: list[list[R]] = [[] for _ in (*areas, None)]
    for record in records:
        if record.region is None:
            groups[-1].append(record)
            continue
        for group, area in zip(groups, areas, strict=False):
            if record.region in area:
                group.append(record)
    return tuple(map(tuple, groups))


def _sources(
    derived: Derived,
    chapters: tuple[ChapterRecords, ...],
    policies: tuple[tuple[Policy | Service, ...], ...],
    figures: tuple[tuple[Figure, ...], ...],
) -> tuple[Source, ...]:
    """Every source that a record of the book rests on, in the order first met."""
    met: dict[str, None] = {}
    for part in chapters:
        records = (*part.stories, *part.people, *part.initiatives, *part.scripts, *part.events, *part.routes)
        met.update((cited.source, None) for record in records for cited in record.sources)
    for group in figures:
        met.update((figure.source, None) for figure in group)
    for rules in policies:
        met.update((cited.source, None) for record in rules for cited in record.sources)
    return tuple(derived.library.find(Source, source) for source in met)
