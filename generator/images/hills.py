"""The shape of a landscape: ridges and a path, as heights. Covers and share cards draw the same hills.

Layered ridges, level lines and a dotted path. Never a disc, rays, a flag, an emblem or the outline of a map.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from hashlib import sha256

from generator.images.tones import PAPER, Colour, Tones, mix
from generator.values import Value

Height = Callable[[float], float]
"""From x to y, both as shares of the picture (0 at the left and at the top)."""

LINE_GAP = 0.027
"""Between level lines, as a share of the height."""
CONTOURS = (30, 24, 18)
"""How much white, of 255, is in the faint lines that follow a crest, from the crest down."""
CONTOUR_GAP = 0.021
"""Between those lines, as a share of the height."""
MIST = 0.26
"""How far below its crest a ridge has the colour of its foot."""
PATH_ENDS = (0.02, 0.98)
PATH_DOT_PX = 5.2
PATH_GAP_PX = 15.0
"""Of a picture that is 1,440 pixels wide."""

_RIDGES = 4
_WAVES = ((1.1, 1.0), (2.3, 0.55), (4.1, 0.24), (7.3, 0.07))
_SHAPES = ((-0.11, 0.0), (0.11, 0.0), (0.0, 0.12), (0.0, -0.10))
"""Slope and bend of the whole range: falling to the left, to the right, a valley, a rise."""


class Frame(Value, frozen=True):
    """How the landscape stands in its picture; shares are of the height."""

    width_px: int
    height_px: int
    horizon: float
    """Where the farthest ridge stands."""
    lines_from: float
    """Where the first level line runs."""

    @property
    def unit(self) -> float:
        """One pixel of a picture that is 1,440 pixels wide."""
        return self.width_px / 1440


def ridges(frame: Frame, variant: int) -> tuple[Height, ...]:
    """Crests from the farthest to the nearest; the farther, the larger the part they take in the shape."""
    numbers = _uniform(f"ridges {variant}")
    slope, bend = _SHAPES[variant % len(_SHAPES)]
    room = 0.91 - frame.horizon
    crests = []
    for rank, share in enumerate((1.0, -0.6, 0.5, -0.3)):
        waves = tuple(
            (rate * (0.85 + 0.3 * next(numbers)), math.tau * next(numbers), weight) for rate, weight in _WAVES
        )
        base = frame.horizon + room * (rank / (_RIDGES - 1)) ** 1.05
        swing = room * (0.165 - 0.02 * rank)
        crests.append(_crest(base, swing, waves, share * slope * room / 0.42, share * bend * room / 0.42))
    return tuple(crests)


def ridge_colours(tones: Tones, rank: int) -> tuple[Colour, Colour]:
    """The colour of a ridge's crest, and of its foot where mist takes it."""
    crest = mix(tones.sky, tones.deep, (0.24, 0.48, 0.74, 0.94)[rank])
    return crest, mix(PAPER, crest, (0.66, 0.74, 0.84, 1.0)[rank])


def level_lines(frame: Frame) -> Iterator[tuple[float, float, float]]:
    """From the top: the height of each line, how much it takes of the farthest ridge's shape, and how strong it is."""
    lines = round((frame.horizon - frame.lines_from) / LINE_GAP)
    for number in range(1, lines):
        share = number / lines
        yield frame.lines_from + (frame.horizon - frame.lines_from) * share, share**1.6, 0.12 + 0.24 * share


def path(frame: Frame, variant: int) -> Height:
    """A way that winds from the lower left over the ridges, between `PATH_ENDS`."""
    numbers = _uniform(f"path {variant}")
    first, second = math.tau * next(numbers), math.tau * next(numbers)
    room = 0.97 - frame.horizon

    def height(x: float) -> float:
        winding = 0.10 * math.sin(math.tau * 1.1 * x + first) * (0.4 + x) - 0.04 * math.sin(math.tau * 2.3 * x + second)
        return 0.965 - room * (0.62 * math.pow(x, 1.3) - winding)

    return height


def _uniform(seed: str) -> Iterator[float]:
    """Numbers from 0 to 1 that depend on `seed` alone, on every machine and in every version of Python."""
    for block in range(1_000):
        digest = sha256(f"{seed}/{block}".encode()).digest()
        yield from (int.from_bytes(digest[at : at + 4], "big") / 2**32 for at in range(0, 32, 4))


def _crest(
    base: float, swing: float, waves: tuple[tuple[float, float, float], ...], slope: float, bend: float
) -> Height:
    def height(x: float) -> float:
        wave = sum(weight * math.sin(math.tau * rate * x + phase) for rate, phase, weight in waves)
        return base + swing * wave / 1.25 + slope * (x - 0.5) + bend * (4 * (x - 0.5) ** 2 - 0.4)

    return height
