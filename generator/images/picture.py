"""What a page needs to show a picture: its files, their sizes, their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from generator.values import Value

Format = Literal["webp", "jpeg", "svg"]

SUFFIXES: Mapping[Format, str] = {"webp": "webp", "jpeg": "jpg", "svg": "svg"}


class ImageFile(Value, frozen=True):
    """One file of a picture: POSIX path below the site, and its size."""

    path: str
    format: Format
    width_px: int
    height_px: int


class Picture(Value, frozen=True):
    """The same picture in several widths and formats, narrowest first within a format."""

    files: tuple[ImageFile, ...]

    def srcset(self, image_format: Format, root: str = "") -> str:
        """The `srcset` of one `<source>`, empty where there is none; `root` goes before each path, as `../../` does."""
        chosen = (file for file in self.files if file.format == image_format)
        return ", ".join(f"{root}{file.path} {file.width_px}w" for file in chosen)

    @property
    def fallback(self) -> ImageFile:
        """The file for `<img src>`, which every browser shows: the drawing, or the photograph's JPEG."""
        return next(file for file in self.files if file.format != "webp")
