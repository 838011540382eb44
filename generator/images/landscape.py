"""Layered ridges, level lines and a dotted path. Never a disc, rays, a flag, an emblem or the outline of a map."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from PIL import Image, ImageDraw

from generator.images.tones import PAPER, PATH, Colour, Tones, mix

Height = Callable[[float], float]
"""From x to y, both as shares of the picture (0 at the left and at the top)."""

_SMOOTH = 3
"""Masks are drawn this many times larger and reduced: Pillow's own polygons have hard edges."""

_STEP_PX = 12
_RIDGES = 4
_LINE_GAP = 0.027
"""Between level lines, as a share of the height."""
_WAVES = ((1.1, 1.0), (2.3, 0.55), (4.1, 0.24), (7.3, 0.07))
_SHAPES = ((-0.11, 0.0), (0.11, 0.0), (0.0, 0.12), (0.0, -0.10))
"""Slope and bend of the whole range: falling to the left, to the right, a valley, a rise."""


@dataclass(frozen=True, slots=True)
class Frame:
    """How the landscape stands in its picture; shares are of the height."""

    width_px: int
    height_px: int
    horizon: float = 0.49
    """Where the farthest ridge stands."""
    lines_from: float = 0.06
    """Where the first level line runs."""
    plain: bool = False
    """Sky in the colour of paper, for text to stand on; otherwise in the palette's."""

    @property
    def unit(self) -> float:
        """One pixel of a picture that is 1,440 pixels wide."""
        return self.width_px / 1440


def draw_landscape(frame: Frame, tones: Tones, variant: int) -> Image.Image:
    """The same picture for the same arguments, on every machine."""
    ridges = _ridges(frame, variant)
    image = _sky(frame, tones)
    _paint_level_lines(image, frame, tones, ridges[0])
    for rank, ridge in enumerate(ridges):
        _paint_ridge(image, frame, _ridge_colours(tones, rank), ridge)
    _paint_path(image, frame, variant)
    return image


def _uniform(seed: str) -> Iterator[float]:
    """Numbers from 0 to 1 that depend on `seed` alone, on every machine and in every version of Python."""
    for block in range(1_000):
        digest = sha256(f"{seed}/{block}".encode()).digest()
        yield from (int.from_bytes(digest[at : at + 4], "big") / 2**32 for at in range(0, 32, 4))


def _ridges(frame: Frame, variant: int) -> tuple[Height, ...]:
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


def _crest(
    base: float, swing: float, waves: tuple[tuple[float, float, float], ...], slope: float, bend: float
) -> Height:
    def height(x: float) -> float:
        wave = sum(weight * math.sin(math.tau * rate * x + phase) for rate, phase, weight in waves)
        return base + swing * wave / 1.25 + slope * (x - 0.5) + bend * (4 * (x - 0.5) ** 2 - 0.4)

    return height


def _ridge_colours(tones: Tones, rank: int) -> tuple[Colour, Colour]:
    """The colour of a ridge's crest, and of its foot where mist takes it."""
    crest = mix(tones.sky, tones.deep, (0.24, 0.48, 0.74, 0.94)[rank])
    return crest, mix(PAPER, crest, (0.66, 0.74, 0.84, 1.0)[rank])


def _sky(frame: Frame, tones: Tones) -> Image.Image:
    size = frame.width_px, frame.height_px
    if frame.plain:
        return Image.new("RGB", size, PAPER)
    return _fade(size, tones.sky, mix(tones.sky, PAPER, 0.45), frame.horizon)


def _fade(size: tuple[int, int], top: Colour, bottom: Colour, share: float) -> Image.Image:
    """`top` turning into `bottom` over `share` of the height."""
    height = size[1]
    span = max(1, round(share * height))
    rows = bytes(channel for y in range(height) for channel in mix(top, bottom, min(1.0, y / span)))
    return Image.frombytes("RGB", (1, height), rows).resize(size, Image.Resampling.NEAREST)


def _points(frame: Frame, height: Height) -> list[tuple[float, float]]:
    return [
        (x, height(x / frame.width_px) * frame.height_px) for x in range(0, frame.width_px + 2 * _STEP_PX, _STEP_PX)
    ]


def _paint_level_lines(image: Image.Image, frame: Frame, tones: Tones, far: Height) -> None:
    """Lines that are level at the top and take the shape of the farthest ridge as they come down to it."""
    bottom = round(frame.height_px * min(1.0, frame.horizon + 0.2))
    mask = Image.new("L", (frame.width_px * 2, bottom * 2))
    canvas = ImageDraw.Draw(mask)
    crest = [(2 * x, y / frame.height_px - frame.horizon) for x, y in _points(frame, far)]
    lines = round((frame.horizon - frame.lines_from) / _LINE_GAP)
    for number in range(1, lines):
        share = number / lines
        level = frame.lines_from + (frame.horizon - frame.lines_from) * share
        points = [(x, 2 * frame.height_px * (level + rise * share**1.6)) for x, rise in crest]
        canvas.line(points, fill=round(255 * (0.12 + 0.24 * share)), width=max(2, round(3 * frame.unit)))
    image.paste(tones.line, (0, 0), mask.reduce(2))


def _paint_ridge(image: Image.Image, frame: Frame, colours: tuple[Colour, Colour], ridge: Height) -> None:
    points = _points(frame, ridge)
    top = max(0, math.floor(min(y for _, y in points)) - 1)
    bottom = min(frame.height_px, math.ceil(max(y for _, y in points)) + 1)
    mask = Image.new("L", (frame.width_px, frame.height_px - top), 255)
    mask.paste(_below(points, frame.width_px, top, bottom), (0, 0))
    image.paste(_fade(mask.size, *colours, 0.26 * frame.height_px / mask.height), (0, top), mask)
    _paint_contours(image, frame, points, top)


def _below(points: list[tuple[float, float]], width_px: int, top: int, bottom: int) -> Image.Image:
    """A smooth mask of what lies under `points`, for the rows from `top` to `bottom` only."""
    mask = Image.new("L", (width_px * _SMOOTH, (bottom - top) * _SMOOTH))
    edge = [(x * _SMOOTH, (y - top) * _SMOOTH) for x, y in points]
    floor = mask.height + _SMOOTH
    ImageDraw.Draw(mask).polygon([(0, floor), *edge, (edge[-1][0], floor)], fill=255)
    return mask.reduce(_SMOOTH)


def _paint_contours(image: Image.Image, frame: Frame, points: list[tuple[float, float]], top: int) -> None:
    """Three faint lines that follow the crest."""
    gap = 0.021 * frame.height_px
    height = min(frame.height_px, math.ceil(max(y for _, y in points) + 4 * gap)) - top
    mask = Image.new("L", (frame.width_px * 2, height * 2))
    canvas = ImageDraw.Draw(mask)
    for number in (1, 2, 3):
        line = [(2 * x, 2 * (y - top + number * gap)) for x, y in points]
        canvas.line(line, fill=36 - 6 * number, width=max(2, round(3 * frame.unit)))
    image.paste((255, 255, 255), (0, top), mask.reduce(2))


def _paint_path(image: Image.Image, frame: Frame, variant: int) -> None:
    """A dotted path that winds from the lower left over the ridges."""
    dots = tuple(_dots(frame, variant))
    radius = 2.6 * frame.unit
    top = max(0, math.floor(min(y for _, y in dots) - radius))
    mask = Image.new("L", (frame.width_px * _SMOOTH, (frame.height_px - top) * _SMOOTH))
    canvas = ImageDraw.Draw(mask)
    for x, y in dots:
        box = (x - radius, y - top - radius, x + radius, y - top + radius)
        canvas.ellipse([round(value * _SMOOTH) for value in box], fill=220)
    image.paste(PATH, (0, top), mask.reduce(_SMOOTH))


def _dots(frame: Frame, variant: int) -> Iterator[tuple[float, float]]:
    numbers = _uniform(f"path {variant}")
    first, second = math.tau * next(numbers), math.tau * next(numbers)
    room = 0.97 - frame.horizon
    walked = gap = 15 * frame.unit
    before: tuple[float, float] | None = None
    for step in range(1_501):
        x = 0.02 + 0.96 * step / 1_500
        winding = 0.10 * math.sin(math.tau * 1.1 * x + first) * (0.4 + x) - 0.04 * math.sin(math.tau * 2.3 * x + second)
        here = (x * frame.width_px, (0.965 - room * (0.62 * x**1.3 - winding)) * frame.height_px)
        walked += math.dist(before, here) if before else 0.0
        before = here
        if walked >= gap:
            walked = 0.0
            yield here
