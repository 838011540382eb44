"""Drawn landscapes for covers, chapter openers and stories: ridges, level lines and a path, made from a seed.

Never a sun or a disc, an emblem or the outline of a map (see the visual guide): only hills.
Coordinates run from 0 to 1 in both directions, y downwards; a curve is its first point, then cubic pieces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

Point = tuple[float, float]
Curve = list[list[float]]
"""`[[x, y], [c1x, c1y, c2x, c2y, x, y], …]`."""

_DECIMALS = 4


def landscape(seed: str, *, level_lines: int) -> dict[str, Any]:
    """The same hills for the same seed; `ridges` from the farthest to the nearest."""
    numbers = _numbers(seed)
    horizon = 0.34 + 0.16 * next(numbers)
    rise = 0.07 + 0.11 * next(numbers)
    ridges = 3 + int(next(numbers) * 2.99)
    return {
        "lines": [_level_line(numbers, (row + 1) / (level_lines + 1), horizon) for row in range(level_lines)],
        "ridges": [_ridge(numbers, row / ridges, horizon, rise) for row in range(ridges)],
        "path": _smooth(_path(numbers)),
    }


def _numbers(seed: str) -> Iterator[float]:
    """An endless run of numbers from 0 to 1, the same on every machine."""
    block = hashlib.sha256(seed.encode()).digest()
    while True:
        for position in range(0, len(block), 2):
            yield int.from_bytes(block[position : position + 2], "big") / 65535
        block = hashlib.sha256(block).digest()


def _ridge(numbers: Iterator[float], nearness: float, horizon: float, rise: float) -> Curve:
    """Nearer ridges lie lower and roll more gently."""
    base = horizon + (1.0 - horizon) * nearness
    height = rise * (1.0 - 0.45 * nearness)
    knots = 7 + int(next(numbers) * 3.99)
    heights = [base + height * (2 * next(numbers) - 1) for _ in range(knots)]
    return _smooth(list(zip(_columns(knots), heights, strict=True)))


def _level_line(numbers: Iterator[float], depth: float, horizon: float) -> Curve:
    """Lines of equal height, calm at the top of the sky and livelier above the hills."""
    swing = 0.006 + 0.028 * depth
    heights = [0.03 + (horizon + 0.02) * depth + swing * (next(numbers) - 0.5) for _ in range(7)]
    return _smooth(list(zip(_columns(7), heights, strict=True)))


def _path(numbers: Iterator[float]) -> list[Point]:
    """A way that climbs from the lower left to the ridge on the right."""
    steps = 7
    return [
        (0.03 + 0.94 * step / (steps - 1), 0.95 - 0.3 * step / (steps - 1) + 0.05 * (next(numbers) - 0.5))
        for step in range(steps)
    ]


def _columns(count: int) -> list[float]:
    """Even places across, with a little beyond both edges so that no end shows."""
    return [-0.05 + 1.1 * column / (count - 1) for column in range(count)]


def _smooth(points: Sequence[Point]) -> Curve:
    """A Catmull-Rom curve through the points, as cubic pieces."""
    padded = [points[0], *points, points[-1]]
    curve: Curve = [_rounded(points[0])]
    for index, (start, end) in enumerate(pairwise(points)):
        before, after = padded[index], padded[index + 3]
        first = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        second = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        curve.append(_rounded(first + second + end))
    return curve


def _rounded(values: Sequence[float]) -> list[float]:
    return [round(value, _DECIMALS) for value in values]
