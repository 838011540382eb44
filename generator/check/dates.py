"""Time: dates that lost a character, events that come after the report of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Entry, Library
from generator.model import Activity, PartialDate, Record, Source, Story
from generator.model.fields import Path, texts
from generator.model.lost_dates import DAMAGED, readings
from generator.model.stories import TimelineEntry

_WRITTEN = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
_QUOTED_AS_WRITTEN = frozenset({"open_points", "note", "credit_line", "as_written", "quote", "misconceptions"})
"""Fields that show the source's own slips on purpose."""


def in_texts(library: Library, _today: date) -> Iterator[Diagnostic]:
    """`20224月` in a text: the reading is proposed, never applied; and days that no calendar has."""
    for entry in library.entries.values():
        for path, text in texts(entry.record):
            if not _QUOTED_AS_WRITTEN.intersection(path):
                yield from _damaged_in(entry, path, text)
                yield from _impossible_in(entry, path, text)


def _damaged_in(entry: Entry, path: Path, text: str) -> Iterator[Diagnostic]:
    for match in DAMAGED.finditer(text):
        proposed = readings(match[0])
        if proposed:
            place = entry.within(path, match.start())
            yield diagnostic("damaged-date-in-text", place, value=match[0], readings=proposed)


def _impossible_in(entry: Entry, path: Path, text: str) -> Iterator[Diagnostic]:
    for match in _WRITTEN.finditer(text):
        try:
            date(int(match[1]), int(match[2]), int(match[3] or 1))
        except ValueError:
            yield diagnostic("impossible-date", entry.within(path, match.start()), value=match[0])


def after_the_report(library: Library, _today: date) -> Iterator[Diagnostic]:
    """An event later than the publication of every source that tells of it."""
    for entry in library.entries.values():
        reports = [library.get(f"source:{citation.source}") for citation in entry.record.sources]
        published = [report.published for report in reports if isinstance(report, Source) and report.published]
        if not published or len(published) < len(reports):
            continue
        for happened, path in _happened(entry.record):
            if _later(happened, max(published)):
                yield diagnostic("event-after-source", entry.place(*path), date=happened, published=max(published))


def _happened(record: Record) -> Iterator[tuple[PartialDate, Path]]:
    """The dates of what a record tells as done."""
    if isinstance(record, Activity) and record.when:
        if record.state != "planned":
            yield record.when.start, ("when",)
    elif record.date:
        yield record.date, ("date",)
    if isinstance(record, Story):
        yield from ((point.when.start, ("timeline", at, "when")) for at, point in _done(record))


def _done(story: Story) -> Iterator[tuple[int, TimelineEntry]]:
    return ((at, point) for at, point in enumerate(story.timeline) if not point.planned)


def _later(happened: PartialDate, published: PartialDate) -> bool:
    """Later at the precision that both have."""
    length = min(len(happened), len(published))
    return happened[:length] > published[:length]


RULES = (in_texts, after_the_report)
