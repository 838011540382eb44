"""Printed books: the brochures that the site's settings declare, set by Typst from JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from generator.artifact import Artifact
from generator.derive import Derived
from generator.diagnostics import Checked, Diagnostic, Span, diagnostic, has_errors, in_order
from generator.fonts import Fonts, find_fonts
from generator.library import Key
from generator.model import Brochure
from generator.render.print.brochure import book
from generator.render.print.compiler import TypesettingError, typeset
from generator.render.print.words import BREAK_POINT, WORD_JOINER

__all__ = ["TypesettingError", "render_brochures"]


def render_brochures(derived: Derived, *, today: date) -> Checked[tuple[Artifact, ...]]:
    """`brochures/<id>.pdf` for every brochure of the settings.

    Reports missing-glyph, and then makes none of the brochures that lack one.
    Raises FontsNotFoundError and TypesettingError.
    """
    if not derived.config.brochures:
        return Checked(())
    fonts = find_fonts()
    artifacts: list[Artifact] = []
    found: list[Diagnostic] = []
    for brochure in derived.config.brochures:
        made = _brochure(derived, brochure, fonts, today)
        found.extend(made.diagnostics)
        if made.value is not None:
            artifacts.append(made.value)
    return Checked(tuple(artifacts), in_order(found))


def _brochure(derived: Derived, brochure: Brochure, fonts: Fonts, today: date) -> Checked[Artifact | None]:
    content = book(derived, brochure)
    missing = tuple(_missing_glyphs(derived, content, fonts))
    if has_errors(missing):
        return Checked(None, missing)
    return Checked(Artifact(f"brochures/{brochure.id}.pdf", typeset(content, fonts, today=today)), missing)


def _missing_glyphs(derived: Derived, content: dict[str, Any], fonts: Fonts) -> Iterator[Diagnostic]:
    """Typst drops what no font has without a word, so every character is looked up beforehand."""
    whole = "".join(text for _, text in _texts(content, ""))
    lacking = frozenset(fonts.missing(whole)) - {WORD_JOINER, BREAK_POINT}
    if not lacking:
        return
    for owner, text in _texts(content, ""):
        for character in dict.fromkeys(text):
            if character in lacking:
                yield _missing(derived, owner, character)


def _missing(derived: Derived, owner: str, character: str) -> Diagnostic:
    entry = derived.library.entries.get(Key(owner))
    code = f"U+{ord(character):04X}"
    if entry is None:
        return diagnostic(
            "missing-glyph", Span("site_config.yml"), record="site_config.yml", character=character, code=code
        )
    return diagnostic("missing-glyph", entry.place("title"), record=entry.record.title, character=character, code=code)


def _texts(value: Any, owner: str) -> Iterator[tuple[str, str]]:
    """Every string of the book with the key of the record that it belongs to."""
    if isinstance(value, str):
        yield owner, value
    elif isinstance(value, dict):
        nearest = value.get("owner", owner)
        for part in value.values():
            yield from _texts(part, nearest)
    elif isinstance(value, list):
        for part in value:
            yield from _texts(part, owner)
