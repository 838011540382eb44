"""Photographs: there, readable, with a credit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Library
from generator.model import Person, Record

_FOLDER = "content/media"


def missing(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A cover or portrait that is not in the media folder."""
    for entry in library.entries.values():
        for field, name in _pictures(entry.record):
            if f"{_FOLDER}/{name}" not in library.media:
                yield diagnostic("missing-media", entry.place(field), path=f"{_FOLDER}/{name}")


def credits_given(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A file without the `.yml` beside it that names who made it and what it shows."""
    for path, file in library.media.items():
        if file.credit is None:
            yield diagnostic("media-without-credit", Span(path), path=path)


def _pictures(record: Record) -> Iterator[tuple[str, str]]:
    if record.cover:
        yield "cover", record.cover
    if isinstance(record, Person) and record.portrait:
        yield "portrait", record.portrait


RULES = (missing, credits_given)
