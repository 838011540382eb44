"""Which cover art a record gets, and where its file is. Arithmetic only: nothing is drawn here."""

from __future__ import annotations

from hashlib import sha256

from generator.images.picture import ImageFile, Picture
from generator.model.places import Palette
from generator.values import Value

VARIANTS = 8
"""Landscapes of each palette. Bounded: a picture for each of 10,000 records would fill disks with one picture."""

RECIPE = 2
"""Part of every file name. Raise it when the drawing changes, or browsers show the old one from their caches."""

WIDTH_PX = 960
HEIGHT_PX = 560
"""12:7. SVG has no pixels; these are what `<img>` is told."""


class ArtRef(Value, frozen=True):
    """One drawn landscape: a palette and a number from 0 to `VARIANTS` - 1."""

    palette: Palette
    variant: int

    @property
    def picture(self) -> Picture:
        path = f"assets/art/v{RECIPE}-{self.palette}-{self.variant}.svg"
        return Picture((ImageFile(path, "svg", WIDTH_PX, HEIGHT_PX),))


def cover_variant(key: str, palette: Palette) -> ArtRef:
    """The art of the record named `key` (`kind:id`): always the same one, spread evenly over the variants."""
    return ArtRef(palette, int.from_bytes(sha256(key.encode()).digest()[:4], "big") % VARIANTS)
