"""The strip map of a route: a drawn line of its stops. No map, no border, no scale."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from generator.values import Value

_WIDTH = 1140
_MARGIN = 96
_UPPER, _LOWER = 96, 132
_NAME_PX = 16


class TextLine(Value, frozen=True):
    text: str
    y: int


class StripStop(Value, frozen=True):
    x: int
    y: int
    lines: tuple[TextLine, ...]
    stay: str
    stay_y: int


class StripMap(Value, frozen=True):
    width: int
    height: int
    path: str
    stops: tuple[StripStop, ...]


class Strip(Value, frozen=True):
    """The drawing, and the same told in words for those who do not see it."""

    wide: StripMap
    told: str


def draw_strip(names: Sequence[str], stays: Sequence[int | None]) -> Strip | None:
    """None for fewer than two stops, which make no line."""
    if len(names) < 2:
        return None
    gap = (_WIDTH - 2 * _MARGIN) / (len(names) - 1)
    points = [
        (round(_MARGIN + gap * position), _LOWER if position % 2 == 0 else _UPPER) for position in range(len(names))
    ]
    per_line = max(4, int(min(gap * 1.7, 2 * _MARGIN + 40) / _NAME_PX))
    stops = tuple(
        _stop(point, _wrapped(name, per_line), stay, below=position % 2 == 0)
        for position, (point, name, stay) in enumerate(zip(points, names, stays, strict=True))
    )
    return Strip(StripMap(_WIDTH, 228, _curve(points), stops), "、".join(names))


def _stop(point: tuple[int, int], lines: Sequence[str], stay: int | None, *, below: bool) -> StripStop:
    x, y = point
    told = f"约{stay}分钟" if stay else ""
    first = y + 42 if below else y - 30 - 21 * (len(lines) - 1)
    placed = tuple(TextLine(text, first + 21 * row) for row, text in enumerate(lines))
    return StripStop(x, y, placed, told, placed[-1].y + 21 if below else first - 22)


def _wrapped(name: str, per_line: int) -> tuple[str, ...]:
    """At most two lines of nearly equal length."""
    if len(name) <= per_line:
        return (name,)
    middle = (len(name) + 1) // 2
    if middle <= per_line:
        return name[:middle], name[middle:]
    return name[:per_line], f"{name[per_line : 2 * per_line - 1]}…"


def _curve(points: Sequence[tuple[int, int]]) -> str:
    parts = [f"M{points[0][0]} {points[0][1]}"]
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (x0 + x1) // 2
        parts.append(f"C{middle} {y0} {middle} {y1} {x1} {y1}")
    return " ".join(parts)
