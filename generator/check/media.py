"""Photographs: there, readable, with a credit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from generator import inline
from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Entry, Library
from generator.model import Person
from generator.model.fields import texts

_FOLDER = "content/media"
_FILE_NAME = re.compile(r"\.(?:jpe?g|png|webp)$|^(?:img|dsc|image)[_-]?\d+$", re.IGNORECASE)


def missing(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A cover, a portrait or a picture in a text that is not in the media folder."""
    for entry in library.entries.values():
        for place, name in _pictures(entry):
            if f"{_FOLDER}/{name}" not in library.media:
                yield diagnostic("missing-media", place(), path=f"{_FOLDER}/{name}")


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


def _pictures(entry: Entry) -> Iterator[tuple[Callable[[], Span], str]]:
    """Names of files, each with what tells its place: asked only where there is a problem."""
    record = entry.record
    if record.cover:
        yield partial(entry.place, "cover"), record.cover
    if isinstance(record, Person) and record.portrait:
        yield partial(entry.place, "portrait"), record.portrait
    for path, text in texts(record):
        for address, offset in inline.images(text):
            if ":" not in address:  # pictures of other hosts are reported as such
                yield partial(entry.within, path, offset), address


RULES = (missing, credits_given, consented)
