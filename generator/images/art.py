"""Which cover art a record gets, and where its files are. Arithmetic only: nothing is drawn here."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from generator.images.picture import SUFFIXES, Format, ImageFile, Picture
from generator.model.places import Palette

VARIANTS = 8
"""Landscapes of each palette. Bounded: a picture for each of 10,000 records would cost more than all their pages."""

RECIPE = 1
"""Part of every file name. Raise it when the drawing changes, or browsers show the old one from their caches."""

FILES: tuple[tuple[Format, int], ...] = (("webp", 480), ("webp", 960), ("webp", 1440), ("jpeg", 960))
"""Browsers that cannot read WebP are rare enough for one JPEG."""


@dataclass(frozen=True, slots=True)
class ArtRef:
    """One drawn landscape: a palette and a number from 0 to `VARIANTS` - 1."""

    palette: Palette
    variant: int

    @property
    def picture(self) -> Picture:
        stem = f"assets/art/v{RECIPE}-{self.palette}-{self.variant}"
        return Picture(
            tuple(
                ImageFile(f"{stem}-{width}.{SUFFIXES[image_format]}", image_format, width, height_px(width))
                for image_format, width in FILES
            )
        )


def cover_variant(key: str, palette: Palette) -> ArtRef:
    """The art of the record named `key` (`kind:id`): always the same one, spread evenly over the variants."""
    return ArtRef(palette, int.from_bytes(sha256(key.encode()).digest()[:4], "big") % VARIANTS)


def height_px(width_px: int) -> int:
    """Cover art is 12:7."""
    return width_px * 7 // 12
