"""Brochures of a derived library, without a build around them."""

from __future__ import annotations

from generator.artifact import Artifact
from generator.derive import Derived
from generator.diagnostics import Checked
from generator.render.print import books


def render_brochures(derived: Derived) -> Checked[tuple[Artifact, ...]]:
    """`brochures/<id>.pdf` for every brochure of the settings. Raises FontsNotFoundError and TypesettingError."""
    prepared = books(derived)
    return Checked(tuple(book.typeset() for book in prepared.value), prepared.diagnostics)
