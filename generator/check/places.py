"""Places on the globe: no more precise than anybody can vouch for."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Entry
from generator.model import Place, Record, Region
from generator.model.types import Location
from generator.written import Written

_DECIMALS = 4
"""Eleven metres; more would promise what no editor has measured."""


def precision(entry: Entry, _written: Written) -> Iterator[Diagnostic]:
    """Coordinates with more than four decimals."""
    for field, location in _locations(entry.record):
        for name in ("lat", "lon"):
            value = str(getattr(location, name))
            if len(value.partition(".")[2]) > _DECIMALS:
                yield diagnostic("coordinate-precision", entry.place(field, name), value=value)


def _locations(record: Record) -> Iterator[tuple[str, Location]]:
    if isinstance(record, Region) and record.centre:
        yield "centre", record.centre
    if isinstance(record, Place) and record.location:
        yield "location", record.location


RECORD_RULES = (precision,)
