"""The colours that pictures are drawn in; `theme/` and the brochure's templates use the same ones."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.places import Palette
from generator.values import Value

Colour = tuple[int, int, int]


class Tones(Value, frozen=True):
    """A palette: the air, the level lines in it, and the nearest ridge."""

    sky: Colour
    line: Colour
    deep: Colour


def colour(text: str) -> Colour:
    """`#RRGGBB`, as the tokens write it."""
    red, green, blue = bytes.fromhex(text.removeprefix("#"))
    return red, green, blue


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """`first` with `share` (0 to 1) of `second` in it."""
    red, green, blue = (round(one + (other - one) * share) for one, other in zip(first, second, strict=True))
    return red, green, blue


PAPER = colour("#FBF8F2")
INK = colour("#1E1A17")
MUTED = colour("#5E554C")
GOLD = colour("#8A6A2B")
RULE = colour("#E4DBCC")
PATH = colour("#F7EACB")

TONES: Mapping[Palette, Tones] = {
    Palette.CINNABAR: Tones(colour("#E9D9C6"), colour("#B5413A"), colour("#8E1A1C")),
    Palette.OCHRE: Tones(colour("#F0E4CB"), colour("#B08A45"), colour("#7A5A22")),
    Palette.GREEN: Tones(colour("#E6E2D0"), colour("#74865F"), colour("#3F5138")),
    Palette.SLATE: Tones(colour("#E3E1DA"), colour("#66707D"), colour("#2C3440")),
    Palette.PLUM: Tones(colour("#EBDDD8"), colour("#96586A"), colour("#5B2B3A")),
}
