"""Paints the hills that share cards stand on. Everything is masked in narrow bands: most of a card is bare paper."""

from __future__ import annotations

import math
from collections.abc import Iterator

from PIL import Image, ImageDraw

from generator.images import hills
from generator.images.hills import Frame, Height
from generator.images.tones import PAPER, PATH, Colour, Tones, mix

_SMOOTH = 3
"""Masks are drawn this many times larger and reduced: Pillow's own polygons have hard edges."""

_STEP_PX = 12

_Points = list[tuple[float, float]]


def draw_landscape(frame: Frame, tones: Tones, variant: int) -> Image.Image:
    """Hills below a sky in the colour of paper, the same for the same arguments on every machine."""
    crests = [_points(frame, height) for height in hills.ridges(frame, variant)]
    image = Image.new("RGB", (frame.width_px, frame.height_px), PAPER)
    _paint_level_lines(image, frame, tones, crests[0])
    for rank, points in enumerate(crests):
        _paint_ridge(image, frame, hills.ridge_colours(tones, rank), points)
        _paint_contours(image, frame, points)
    _paint_path(image, frame, variant)
    return image


def _points(frame: Frame, height: Height) -> _Points:
    return [
        (x, height(x / frame.width_px) * frame.height_px) for x in range(0, frame.width_px + 2 * _STEP_PX, _STEP_PX)
    ]


def _band(frame: Frame, points: _Points, above: float = 0.0, below: float = 0.0) -> tuple[int, int]:
    """The rows that the points take, and so many more."""
    heights = [y for _, y in points]
    return max(0, math.floor(min(heights) - above)), min(frame.height_px, math.ceil(max(heights) + below))


def _paint_level_lines(image: Image.Image, frame: Frame, tones: Tones, far: _Points) -> None:
    """Lines that are level at the top and take the shape of the farthest ridge as they come down to it."""
    lines = [
        ([(x, frame.height_px * (level + (y / frame.height_px - frame.horizon) * shape)) for x, y in far], strength)
        for level, shape, strength in hills.level_lines(frame)
    ]
    top, bottom = _band(frame, [point for points, _ in lines for point in points], 2, 2)
    mask = Image.new("L", (frame.width_px * 2, (bottom - top) * 2))
    canvas = ImageDraw.Draw(mask)
    for points, strength in lines:
        _draw_thin(canvas, frame, points, top, round(255 * strength))
    image.paste(tones.line, (0, top), mask.reduce(2))


def _draw_thin(canvas: ImageDraw.ImageDraw, frame: Frame, points: _Points, top: float, fill: int) -> None:
    """On a canvas of twice the size that begins at the row `top`."""
    canvas.line([(2 * x, 2 * (y - top)) for x, y in points], fill=fill, width=max(2, round(3 * frame.unit)))


def _paint_ridge(image: Image.Image, frame: Frame, colours: tuple[Colour, Colour], points: _Points) -> None:
    top, bottom = _band(frame, points, 1, 1)
    fade = _fade((frame.width_px, frame.height_px - top), colours, hills.MIST * frame.height_px)
    edge = bottom - top
    image.paste(fade.crop((0, edge, *fade.size)), (0, bottom))
    image.paste(fade.crop((0, 0, fade.width, edge)), (0, top), _below(points, frame.width_px, top, bottom))


def _fade(size: tuple[int, int], colours: tuple[Colour, Colour], span_px: float) -> Image.Image:
    """One colour turning into the other over the first `span_px` rows."""
    rows = min(size[1], math.ceil(span_px))
    fading = bytes(channel for y in range(rows) for channel in mix(*colours, y / span_px))
    column = fading + bytes(colours[1]) * (size[1] - rows)
    return Image.frombytes("RGB", (1, size[1]), column).resize(size, Image.Resampling.NEAREST)


def _below(points: _Points, width_px: int, top: int, bottom: int) -> Image.Image:
    """A smooth mask of what lies under `points`, for the rows from `top` to `bottom` only."""
    mask = Image.new("L", (width_px * _SMOOTH, (bottom - top) * _SMOOTH))
    edge = [(x * _SMOOTH, (y - top) * _SMOOTH) for x, y in points]
    floor = mask.height + _SMOOTH
    ImageDraw.Draw(mask).polygon([(0, floor), *edge, (edge[-1][0], floor)], fill=255)
    return mask.reduce(_SMOOTH)


def _paint_contours(image: Image.Image, frame: Frame, points: _Points) -> None:
    """Faint lines that follow the crest."""
    gap = hills.CONTOUR_GAP * frame.height_px
    top, bottom = _band(frame, points, 0, (len(hills.CONTOURS) + 1) * gap)
    mask = Image.new("L", (frame.width_px * 2, (bottom - top) * 2))
    canvas = ImageDraw.Draw(mask)
    for number, white in enumerate(hills.CONTOURS, start=1):
        _draw_thin(canvas, frame, points, top - number * gap, white)
    image.paste((255, 255, 255), (0, top), mask.reduce(2))


def _paint_path(image: Image.Image, frame: Frame, variant: int) -> None:
    """A dotted path that winds from the lower left over the ridges."""
    dots = list(_dots(frame, variant))
    radius = hills.PATH_DOT_PX / 2 * frame.unit
    top, bottom = _band(frame, dots, radius + 1, radius + 1)
    mask = Image.new("L", (frame.width_px * _SMOOTH, (bottom - top) * _SMOOTH))
    canvas = ImageDraw.Draw(mask)
    for x, y in dots:
        box = (x - radius, y - top - radius, x + radius, y - top + radius)
        canvas.ellipse([round(value * _SMOOTH) for value in box], fill=220)
    image.paste(PATH, (0, top), mask.reduce(_SMOOTH))


def _dots(frame: Frame, variant: int) -> Iterator[tuple[float, float]]:
    height, (start, end), steps = hills.path(frame, variant), hills.PATH_ENDS, frame.width_px
    gap = hills.PATH_GAP_PX * frame.unit
    walked, before = gap, None
    for step in range(steps + 1):
        x = start + (end - start) * step / steps
        here = (x * frame.width_px, height(x) * frame.height_px)
        walked += math.dist(before, here) if before else 0.0
        before = here
        if walked >= gap:
            walked = 0.0
            yield here
