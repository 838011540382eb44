"""Which files a photograph becomes, and where they are. Arithmetic only: nothing is decoded here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from generator.images.picture import SUFFIXES, Format, ImageFile, Picture

ImageType = Literal["JPEG", "PNG", "WEBP"]


@dataclass(frozen=True, slots=True)
class ImageInfo:
    """What the header of a photograph says; the size is that of the upright picture."""

    path: str
    type: ImageType
    width_px: int
    height_px: int
    digest: str
    """SHA-256 of the file, in hexadecimal."""


@dataclass(frozen=True, slots=True)
class RenditionSpec:
    """The files to make of a photograph, whatever its size."""

    widths_px: tuple[int, ...] = (480, 960, 1600)
    formats: tuple[Format, ...] = ("webp", "jpeg")
    recipe: int = 1
    """Raise it when the making changes, so that names change too."""


SPEC = RenditionSpec()


def renditions(info: ImageInfo, spec: RenditionSpec = SPEC) -> Picture:
    """The files to make, narrowest first; never wider than the photograph."""
    widths = sorted({min(width, info.width_px) for width in spec.widths_px})
    # In `srcset` blanks and commas part one address from the next.
    name = re.sub(r"[^\w.-]+", "-", PurePosixPath(info.path).stem)
    stem = f"assets/media/{name}-{info.digest[:12]}-v{spec.recipe}"
    return Picture(
        tuple(
            ImageFile(f"{stem}-{width}.{SUFFIXES[image_format]}", image_format, width, rendition_height(info, width))
            for image_format in spec.formats
            for width in widths
        )
    )


def rendition_height(info: ImageInfo, width_px: int) -> int:
    return max(1, round(info.height_px * width_px / info.width_px))
