"""Characters of a book that no font has, each found where an editor wrote it.

Typst drops what no font has without a word, so every character is looked up beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from generator.derive import Derived
from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.fonts import Fonts
from generator.library import Entry, Key
from generator.model import Person
from generator.model.fields import Path, texts
from generator.render.print.words import BREAK_POINT, WORD_JOINER

_SETTINGS = "site_config.yml"


def missing_glyphs(derived: Derived, book: dict[str, Any], fonts: Fonts) -> Iterator[Diagnostic]:
    """`missing-glyph` once for each character and record that holds it in its own text."""
    without_index = {**book, "index": None}
    named = frozenset(_named(without_index))
    printed = (*_printed(without_index, ""), *_indexed(book["index"], named))
    lacking = frozenset(fonts.missing("".join(text for _, text in printed))) - {WORD_JOINER, BREAK_POINT}
    if not lacking:
        return
    shown = dict.fromkeys((*sorted(named), *(owner for owner, _ in printed)))
    for character in sorted(lacking):
        owners = dict.fromkeys(owner for owner, text in printed if character in text)
        yield from _blamed(derived, character, tuple(shown), tuple(owners))


def _blamed(derived: Derived, character: str, shown: tuple[str, ...], owners: tuple[str, ...]) -> Iterator[Diagnostic]:
    """First what the book shows or names, then the rest of the site, last the places where it is printed."""
    entries = derived.library.entries
    near = [entries[Key(key)] for key in shown if key in entries]
    found = [*_written(near, character), *(_in_settings(derived, character) if "" in owners else ())]
    found = found or list(_written(entries.values(), character))
    yield from found or (_printed_in(derived, owner, character) for owner in owners)


def _written(entries: Iterable[Entry], character: str) -> Iterator[Diagnostic]:
    for entry in entries:
        place = _place_in(entry.record, character, without=_filled_in(entry))
        if place is not None:
            yield _missing(entry.within(*place), entry.record.title, character)


def _in_settings(derived: Derived, character: str) -> Iterator[Diagnostic]:
    document = derived.library.config_document
    place = _place_in(derived.config, character)
    if document is not None and place is not None:
        yield _missing(document.spans.at(*place), _SETTINGS, character)


def _printed_in(derived: Derived, owner: str, character: str) -> Diagnostic:
    entry: Entry | None = derived.library.entries.get(Key(owner))
    if entry is None:
        return _missing(Span(_SETTINGS), _SETTINGS, character)
    return _missing(entry.place("title"), entry.record.title, character)


def _filled_in(entry: Entry) -> frozenset[str]:
    """A person's title is made of the name: no such line is in the file."""
    return frozenset({"title"}) if isinstance(entry.record, Person) else frozenset()


def _place_in(value: BaseModel, character: str, without: frozenset[str] = frozenset()) -> tuple[Path, int] | None:
    """The first text of `value` that holds `character`, and where in it."""
    held = ((path, text.find(character)) for path, text in texts(value) if path[0] not in without)
    return next(((path, offset) for path, offset in held if offset >= 0), None)


def _missing(place: Span, title: str, character: str) -> Diagnostic:
    return diagnostic("missing-glyph", place, record=title, character=character, code=f"U+{ord(character):04X}")


def _printed(value: Any, owner: str) -> Iterator[tuple[str, str]]:
    """Every string of the book with the key of the record that it belongs to."""
    if isinstance(value, str):
        yield owner, value
    elif isinstance(value, dict):
        nearest = value.get("owner", owner)
        for part in value.values():
            yield from _printed(part, nearest)
    elif isinstance(value, list):
        for part in value:
            yield from _printed(part, owner)


def _indexed(index: dict[str, Any], named: frozenset[str]) -> Iterator[tuple[str, str]]:
    """What the templates keep of the index: the names of records that the book mentions."""
    for group in index["groups"]:
        for entry in group["entries"]:
            if named.intersection(entry["keys"]):
                yield entry["owner"], entry["name"]


def _named(value: Any) -> Iterator[str]:
    """The keys of all records that the book mentions."""
    if isinstance(value, dict):
        if "key" in value:
            yield value["key"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _named(part)
