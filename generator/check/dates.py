"""Time: dates that lost a character, events that come after the report of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Entry, Library
from generator.model import Activity, PartialDate, Source
from generator.model.fields import Path, texts
from generator.model.lost_dates import DAMAGED, readings

_QUOTED_AS_WRITTEN = frozenset({"open_points", "note", "credit_line", "as_written", "quote", "misconceptions"})
"""Fields that show the source's own slips on purpose."""


def damaged(library: Library, _today: date) -> Iterator[Diagnostic]:
    """`20224月` in a text: the reading is proposed, never applied."""
    for entry in library.entries.values():
        for path, text in texts(entry.record):
            if not _QUOTED_AS_WRITTEN.intersection(path):
                yield from _damaged_in(entry, path, text)


def _damaged_in(entry: Entry, path: Path, text: str) -> Iterator[Diagnostic]:
    for match in DAMAGED.finditer(text):
        proposed = readings(match[0])
        if proposed:
            place = entry.within(path, match.start())
            yield diagnostic("damaged-date-in-text", place, value=match[0], readings=proposed)


def after_the_report(library: Library, _today: date) -> Iterator[Diagnostic]:
    """An event later than the publication of every source that tells of it."""
    for entry in library.entries.values():
        happened, path = _happened(entry)
        reports = [library.get(f"source:{citation.source}") for citation in entry.record.sources]
        published = [report.published for report in reports if isinstance(report, Source) and report.published]
        if happened and published and len(published) == len(reports) and _later(happened, max(published)):
            place = entry.place(path)
            yield diagnostic("event-after-source", place, date=happened, published=max(published))


def _happened(entry: Entry) -> tuple[PartialDate | None, str]:
    record = entry.record
    if isinstance(record, Activity) and record.when:
        return (None, "when") if record.state == "planned" else (record.when.start, "when")
    return record.date, "date"


def _later(happened: PartialDate, published: PartialDate) -> bool:
    """Later at the precision that both have."""
    length = min(len(happened), len(published))
    return happened[:length] > published[:length]


RULES = (damaged, after_the_report)
