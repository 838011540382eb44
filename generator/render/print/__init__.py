"""Printed books: the brochures that the site's settings declare, set by Typst from JSON."""

from __future__ import annotations

from datetime import date

from generator.artifact import Artifact
from generator.derive import Derived
from generator.diagnostics import Checked, Diagnostic, has_errors, in_order
from generator.fonts import Fonts, find_fonts
from generator.model import Brochure
from generator.render.print.brochure import book
from generator.render.print.compiler import TypesettingError, typeset
from generator.render.print.glyphs import missing_glyphs

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
    missing = tuple(missing_glyphs(derived, content, fonts))
    if has_errors(missing):
        return Checked(None, missing)
    return Checked(Artifact(f"brochures/{brochure.id}.pdf", typeset(content, fonts, today=today)), missing)
