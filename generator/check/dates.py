"""Time: dates that lost a character, events that come after the report of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Entry, Library
from generator.model import Activity, PartialDate, Period, Record, Source, Story
from generator.model.fields import Path
from generator.model.lost_dates import DAMAGED, readings
from generator.written import Written

_WRITTEN = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(?:(\d{1,2})日)?")
_SIGNS = (
    # A month but 1 to 12, a year of noughts, or one in other digits than ours.
    re.compile(r"年(?:(?=\d)(?!(?:1[0-2]?|[2-9]|0[1-9])(?!\d))|(?<=0000.)|(?<=[^\D0-9].))"),
    # A day but 1 to 28, which every month has, or digits run together before it.
    re.compile(r"月(?:(?=\d)(?!(?:1\d?|2[0-8]?|[3-9]|0[1-9])(?!\d))|(?<=\d{5}.))"),
    re.compile(r"日(?<=\d{6}.)"),
    re.compile(r"19\d\d(?:19|20)\d\d"),
    re.compile(r"20\d\d(?:19|20)\d\d"),
)
"""What no damaged and no impossible date goes without. Each begins with what is found fast."""
_QUOTED_AS_WRITTEN = frozenset({"open_points", "note", "credit_line", "as_written", "quote", "misconceptions"})
"""Fields that show the source's own slips on purpose."""
_NO_WORDS = frozenset({"text_digest", "sha256", "url"})
"""Fields in which any digits may stand side by side."""


def in_texts(entry: Entry, written: Written) -> Iterator[Diagnostic]:
    """`20224月` in a text: the reading is proposed, never applied; and days that no calendar has."""
    if not _is_suspicious(written.joined):
        return
    for path, text in written.texts:
        if not (_QUOTED_AS_WRITTEN | _NO_WORDS).intersection(path) and _is_suspicious(text):
            yield from _damaged_in(entry, path, text)
            yield from _impossible_in(entry, path, text)


def _is_suspicious(text: str) -> bool:
    return any(sign.search(text) for sign in _SIGNS)


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
    days = {source.id: source.published for source in library.every(Source) if source.published}
    for key, entry in library.entries.items():
        cited = [citation.source for citation in entry.record.sources]
        published = [days[source] for source in cited if source in days]
        if not published or len(published) < len(cited):
            continue
        last = max(published)
        for when, path in _told_as_done(entry.record):
            # What sorts before the report is not later; that settles nearly all of them.
            happened = last if when <= last else Period(when).start
            if _later(happened, last):
                place = library.whole(key).place(*path)
                yield diagnostic("event-after-source", place, date=happened, published=last)


def _told_as_done(record: Record) -> Iterator[tuple[PartialDate | Period, Path]]:
    """When what a record tells as done happened."""
    if isinstance(record, Activity) and record.when:
        if record.state != "planned":
            yield record.when, ("when",)
    elif record.date:
        yield record.date, ("date",)
    if isinstance(record, Story):
        for at, point in enumerate(record.timeline):
            if not point.planned:
                yield point.when, ("timeline", at, "when")


def _later(happened: PartialDate, published: PartialDate) -> bool:
    """Later at the precision that both have."""
    length = min(len(happened), len(published))
    return happened[:length] > published[:length]


RECORD_RULES = (in_texts,)
LIBRARY_RULES = (after_the_report,)
