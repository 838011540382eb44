"""Which files a photograph becomes, and where they are. Arithmetic only: nothing is decoded here."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Literal

from generator.images.picture import SUFFIXES, Format, ImageFile, Picture
from generator.values import Value, astuple

ImageType = Literal["JPEG", "PNG", "WEBP"]


class ImageInfo(Value, frozen=True):
    """What the header of a photograph says; the size is that of the upright picture."""

    path: str
    type: ImageType
    width_px: int
    height_px: int
    digest: str
    """SHA-256 of the file, in hexadecimal."""

    def to_json(self) -> str:
        return json.dumps(astuple(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> ImageInfo:
        """What `to_json` gave."""
        return cls(*json.loads(text))


class RenditionSpec(Value, frozen=True):
    """The files to make of a photograph, whatever its size."""

    files: tuple[tuple[Format, int], ...] = (("webp", 480), ("webp", 960), ("webp", 1600), ("jpeg", 960))
    """Formats with widths, narrowest first. Browsers that cannot read WebP are rare enough for one JPEG."""
    recipe: int = 2
    """Raise it when the making changes, so that names change too."""


SPEC = RenditionSpec()


def renditions(info: ImageInfo, spec: RenditionSpec = SPEC) -> Picture:
    """The files to make, narrowest first; never wider than the photograph."""
    wanted = dict.fromkeys((image_format, min(width, info.width_px)) for image_format, width in spec.files)
    # In `srcset` blanks and commas part one address from the next.
    name = re.sub(r"[^\w.-]+", "-", PurePosixPath(info.path).stem)
    stem = f"assets/media/{name}-{info.digest[:12]}-v{spec.recipe}"
    return Picture(
        tuple(
            ImageFile(f"{stem}-{width}.{SUFFIXES[image_format]}", image_format, width, rendition_height(info, width))
            for image_format, width in wanted
        )
    )


def rendition_height(info: ImageInfo, width_px: int) -> int:
    return max(1, round(info.height_px * width_px / info.width_px))
