"""Photographs: there, readable, with a credit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from datetime import date

from generator import inline
from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Entry, Library
from generator.model import Person, Record
from generator.model.fields import texts

_FOLDER = "content/media"
_FILE_NAME = re.compile(r"\.(?:jpe?g|png|webp)$|^(?:img|dsc|image)[_-]?\d+$", re.IGNORECASE)


def missing(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A cover, a portrait or a picture in a text that is not in the media folder."""
    for key, entry in library.entries.items():
        for field, name in _named(entry.record):
            if f"{_FOLDER}/{name}" not in library.media:
                yield diagnostic("missing-media", library.whole(key).place(field), path=f"{_FOLDER}/{name}")
        # Pictures of other hosts are reported as such.
        absent = {name for name in entry.pictures if ":" not in name and f"{_FOLDER}/{name}" not in library.media}
        if absent:
            yield from _absent(library.whole(key), absent)


def credits_given(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A file without the `.yml` beside it that names who made it, or whose words are only a file name."""
    for path, file in library.media.items():
        if file.credit is None:
            yield diagnostic("media-without-credit", Span(path), path=path)
        elif _FILE_NAME.search(file.credit.alt):
            yield diagnostic("media-without-alt", Span(f"{path}.yml"), path=path)


def consented(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A living person in a photograph whose consent does not reach to photographs."""
    for path, file in library.media.items():
        for name in file.credit.people if file.credit else ():
            person = library.get(f"person:{name}")
            if isinstance(person, Person) and person.living != "no" and not _may_be_shown(person):
                yield diagnostic("photo-without-consent", Span(f"{path}.yml"), name=person.shown_name)


def _may_be_shown(person: Person) -> bool:
    return person.consent is not None and "photo" in person.consent.scope


def _named(record: Record) -> Iterator[tuple[str, str]]:
    if record.cover:
        yield "cover", record.cover
    if isinstance(record, Person) and record.portrait:
        yield "portrait", record.portrait


def _absent(entry: Entry, names: Set[str]) -> Iterator[Diagnostic]:
    """Every place of a text that shows one of the pictures."""
    for path, text in texts(entry.record):
        for address, offset in inline.images(text):
            if address in names:
                yield diagnostic("missing-media", entry.within(path, offset), path=f"{_FOLDER}/{address}")


LIBRARY_RULES = (missing, credits_given, consented)
