"""Draws the cover art that `art` names, as SVG: sharp at every size, a few kilobytes, and no library is loaded for it.

There is nothing in it but numbers and colours of ours, and pages show it with `<img>`, where nothing in it could run.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from generator.artifact import Artifact
from generator.images import hills
from generator.images.art import VARIANTS, ArtRef
from generator.images.hills import Frame, Height
from generator.images.tones import PAPER, PATH, TONES, Colour, Tones, mix
from generator.model.places import Palette
from generator.values import Value

_FRAME = Frame(2880, 1680, horizon=0.49, lines_from=0.06)
"""Coordinates are whole numbers: half a pixel where the picture is 1,440 pixels wide."""

_BEYOND = 1 / 72
"""How far curves go on outside the picture, so that no end shows."""
_PIECES = 24
_PATH_PIECES = 16
_LINE_WIDTH = 2.6
_DELTA = 1e-4


class _Knot(Value, frozen=True):
    """A point of a curve and its slope there, in coordinates of the picture."""

    x: float
    y: float
    slope: float


class _Shapes(Value, frozen=True):
    """The path data of one landscape, whatever its colours."""

    lines: tuple[str, ...]
    crests: tuple[str, ...]
    tops: tuple[float, ...]
    """Where each crest is highest, as a share of the height."""
    way: str


def draw_cover_art(palette: Palette, variant: int) -> tuple[Artifact, ...]:
    """The file of one landscape. The seal is not in it: the page and the brochure set that as text."""
    (file,) = ArtRef(palette, variant).picture.files
    shapes, tones = _shapes(variant), TONES[palette]
    drawn = "".join((*_sky(tones), *_level_lines(shapes, tones), *_ridges(shapes, tones), _path(shapes)))
    box = f'width="{file.width_px}" height="{file.height_px}" viewBox="0 0 {_FRAME.width_px} {_FRAME.height_px}"'
    return (Artifact(file.path, f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{drawn}</svg>\n'.encode()),)


@lru_cache(maxsize=VARIANTS)
def _shapes(variant: int) -> _Shapes:
    crests = [_knots(height, -_BEYOND, 1 + _BEYOND, _PIECES) for height in hills.ridges(_FRAME, variant)]
    return _Shapes(
        lines=tuple(_curve(_level(crests[0], level, shape)) for level, shape, _ in hills.level_lines(_FRAME)),
        crests=tuple(_curve(knots) for knots in crests),
        tops=tuple(min(knot.y for knot in knots) / _FRAME.height_px for knots in crests),
        way=_curve(_knots(hills.path(_FRAME, variant), *hills.PATH_ENDS, _PATH_PIECES)),
    )


def _level(far: list[_Knot], level: float, shape: float) -> list[_Knot]:
    """Level at the top, in the shape of the farthest ridge above it."""
    height = _FRAME.height_px
    rises = ((knot, knot.y - height * _FRAME.horizon) for knot in far)
    return [_Knot(knot.x, height * level + rise * shape, knot.slope * shape) for knot, rise in rises]


def _sky(tones: Tones) -> Iterator[str]:
    yield _fade("sky", (tones.sky, mix(tones.sky, PAPER, 0.45)), 0, _FRAME.horizon)
    yield f'<path fill="url(#sky)" d="M0 0H{_FRAME.width_px}V{_FRAME.height_px}H0z"/>'


def _level_lines(shapes: _Shapes, tones: Tones) -> Iterator[str]:
    yield f'<g fill="none" stroke="{_hex(tones.line)}" stroke-width="{_LINE_WIDTH}">'
    for data, (_, _, strength) in zip(shapes.lines, hills.level_lines(_FRAME), strict=True):
        yield f'<path opacity="{strength:.2f}" d="{data}"/>'
    yield "</g>"


def _ridges(shapes: _Shapes, tones: Tones) -> Iterator[str]:
    left, floor = round(-_BEYOND * _FRAME.width_px), round(1.2 * _FRAME.height_px)
    for rank, (data, top) in enumerate(zip(shapes.crests, shapes.tops, strict=True)):
        yield _fade(f"fade{rank}", hills.ridge_colours(tones, rank), top, top + hills.MIST)
        # The outline is closed far outside the picture, so that of it the lines below show the crest alone.
        yield f'<defs><path id="ridge{rank}" d="{data}V{floor}H{left}z"/></defs>'
        yield f'<use href="#ridge{rank}" fill="url(#fade{rank})"/>'
        yield f'<g fill="none" stroke="#fff" stroke-width="{_LINE_WIDTH}">'
        for number, white in enumerate(hills.CONTOURS, start=1):
            down = round(number * hills.CONTOUR_GAP * _FRAME.height_px)
            yield f'<use href="#ridge{rank}" y="{down}" opacity="{white / 255:.2f}"/>'
        yield "</g>"


def _path(shapes: _Shapes) -> str:
    """Dashes of no length with round ends are dots."""
    dot, gap = hills.PATH_DOT_PX * _FRAME.unit, hills.PATH_GAP_PX * _FRAME.unit
    dots = f'stroke-width="{dot:g}" stroke-linecap="round" stroke-dasharray="0 {gap:g}"'
    return f'<path fill="none" stroke="{_hex(PATH)}" stroke-opacity=".86" {dots} d="{shapes.way}"/>'


def _fade(name: str, colours: tuple[Colour, Colour], top: float, bottom: float) -> str:
    height = _FRAME.height_px
    return (
        f'<linearGradient id="{name}" gradientUnits="userSpaceOnUse" '
        f'x2="0" y1="{round(height * top)}" y2="{round(height * bottom)}">'
        f'<stop stop-color="{_hex(colours[0])}"/><stop offset="1" stop-color="{_hex(colours[1])}"/></linearGradient>'
    )


def _knots(height: Height, start: float, end: float, pieces: int) -> list[_Knot]:
    """`height` at even steps from `start` to `end`."""
    across, down = _FRAME.width_px, _FRAME.height_px
    places = [start + (end - start) * number / pieces for number in range(pieces + 1)]
    rises = [(height(x + _DELTA) - height(x - _DELTA)) / (2 * _DELTA) for x in places]
    return [_Knot(x * across, height(x) * down, rise * down / across) for x, rise in zip(places, rises, strict=True)]


def _curve(knots: list[_Knot]) -> str:
    """Path data: cubic pieces from knot to knot. The steps are even, so each piece goes on where the last one aimed."""
    first, second = knots[:2]
    third = (second.x - first.x) / 3
    here = round(first.x), round(first.y)
    data = [f"M{_pairs((0, 0), here)}"]
    aim = (round(first.x + third), round(first.y + first.slope * third))
    for before, knot in pairwise(knots):
        points = [(round(knot.x - third), round(knot.y - knot.slope * third)), (round(knot.x), round(knot.y))]
        data.append(f"c{_pairs(here, aim, *points)}" if before is first else f"s{_pairs(here, *points)}")
        here = points[-1]
    return "".join(data)


def _pairs(origin: tuple[int, int], *points: tuple[int, int]) -> str:
    """Points relative to `origin`; a minus sign parts numbers as well as a blank does."""
    numbers = (str(value - base) for point in points for value, base in zip(point, origin, strict=True))
    return " ".join(numbers).replace(" -", "-")


def _hex(colour: Colour) -> str:
    return f"#{bytes(colour).hex()}"
