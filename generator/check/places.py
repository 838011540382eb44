"""Places on the globe: no more precise than anybody can vouch for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Entry, Library
from generator.model import Place, Region
from generator.model.types import Location

_DECIMALS = 4
"""Eleven metres; more would promise what no editor has measured."""


def precision(library: Library, _today: date) -> Iterator[Diagnostic]:
    """Coordinates with more than four decimals."""
    for entry in library.entries.values():
        for field, location in _locations(entry):
            for name in ("lat", "lon"):
                value = str(getattr(location, name))
                if len(value.partition(".")[2]) > _DECIMALS:
                    yield diagnostic("coordinate-precision", entry.place(field, name), value=value)


def _locations(entry: Entry) -> Iterator[tuple[str, Location]]:
    if isinstance(entry.record, Region) and entry.record.centre:
        yield "centre", entry.record.centre
    if isinstance(entry.record, Place) and entry.record.location:
        yield "location", entry.record.location


RULES = (precision,)
