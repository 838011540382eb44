"""Printed books: the brochures that the site's settings declare, set by Typst from JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from importlib.metadata import version
from typing import Any

from generator.artifact import Artifact
from generator.derive.derived import Derived
from generator.diagnostics import Checked, Diagnostic, has_errors, in_order
from generator.fonts import Fonts, find_fonts
from generator.library import Key
from generator.model import Brochure
from generator.render.print.brochure import book
from generator.render.print.compiler import TypesettingError, typeset
from generator.render.print.glyphs import missing_glyphs
from generator.render.print.selection import regions_of
from generator.store import Digest, code_digest, digest
from generator.values import Value, replace

__all__ = ["Book", "TypesettingError", "books"]

_FROM_ANYWHERE = frozenset({"policy", "service"})
"""Kinds that a book takes in without regard to its regions."""


class Book(Value, frozen=True):
    """A book before it is set."""

    path: str
    content: Mapping[str, Any]
    records: tuple[Key, ...]
    """Whose texts were read for it."""
    fonts: Fonts
    today: date

    @property
    def key(self) -> Digest:
        """Of everything that shapes the PDF."""
        recipe = (code_digest("generator.render.print"), version("typst"), repr(self.fonts), self.today.isoformat())
        return digest("book", *recipe, json.dumps(self.content, ensure_ascii=False))

    def typeset(self) -> Artifact:
        """Raises TypesettingError."""
        return Artifact(self.path, typeset(self.content, self.fonts, today=self.today))


def books(derived: Derived) -> Checked[tuple[Book, ...]]:
    """Every brochure of the settings; reports missing-glyph, and leaves out those that lack one.

    Raises FontsNotFoundError.
    """
    if not derived.config.brochures:
        return Checked(())
    fonts = find_fonts()
    made: list[Book] = []
    found: list[Diagnostic] = []
    for brochure in derived.config.brochures:
        records = tuple(_read(derived, brochure))
        whole = _with_texts(derived, records)
        content = book(whole, brochure)
        missing = tuple(missing_glyphs(whole, content, fonts))
        found.extend(missing)
        if not has_errors(missing):
            made.append(Book(f"brochures/{brochure.id}.pdf", content, records, fonts, derived.today))
    return Checked(tuple(made), in_order(found))


def _read(derived: Derived, brochure: Brochure) -> Iterator[Key]:
    """The records whose texts the brochure may print."""
    regions = regions_of(derived, brochure)
    for key, card in derived.cards.items():
        if card.region in regions or card.kind in _FROM_ANYWHERE:
            yield key


def _with_texts(derived: Derived, records: tuple[Key, ...]) -> Derived:
    """The same with these records whole, wherever the library has them in outline."""
    library = derived.library
    whole = {key: library.whole(key) for key in records}
    return replace(derived, library=replace(library, entries={**library.entries, **whole}))
