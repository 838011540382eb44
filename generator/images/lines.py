"""Titles in lines: balanced, never beginning with a closing mark nor ending with an opening one.

Sources: GB/T 15834-2011, section 5.
W3C, Requirements for Chinese Text Layout ("Prohibition rules for line start and end").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from generator.values import Value

CLOSING = frozenset("，。、；：？！）》〉」』】〕”’％·…—～")
OPENING = frozenset("（《〈「『【〔“‘")

_HALF_EMPTY = frozenset("，。、；：？！）》”’")
"""Marks whose square is empty at the right: at a line's end that half does not count."""

_PIECE = re.compile(r"……|——|[0-9A-Za-z][0-9A-Za-z.,:%+/@_~'’-]*|\S")
_NARROW = re.compile(r"[0-9A-Za-z]")
_ELLIPSIS = "……"

Measure = Callable[[str], float]


class Glyphs(Value, frozen=True):
    """A piece that is never broken, and where it starts in its line."""

    text: str
    x: float


class Line(Value, frozen=True):
    glyphs: tuple[Glyphs, ...]
    width: float


class Setting:
    """A text cut into pieces and measured once, so that the width of any line is one subtraction."""

    def __init__(self, text: str, measure: Measure, em: float) -> None:
        self.em = em
        self.pieces: list[str] = _PIECE.findall(text)
        self._starts: list[float] = []
        self._ends: list[float] = [0.0]
        for position, piece in enumerate(self.pieces):
            before = self.pieces[position - 1] if position else ""
            self._starts.append(self._ends[-1] + _gap(before, piece) * em)
            self._ends.append(self._starts[-1] + measure(piece))

    def width(self, start: int, end: int) -> float:
        if start == end:
            return 0.0
        hanging = 0.5 * self.em if self.pieces[end - 1] in _HALF_EMPTY else 0.0
        return self._ends[end] - self._origin(start) - hanging

    def line(self, start: int, end: int) -> Line:
        origin = self._origin(start)
        glyphs = (Glyphs(self.pieces[at], self._starts[at] - origin) for at in range(start, end))
        return Line(tuple(glyphs), self.width(start, end))

    def may_end(self, end: int) -> bool:
        """Whether a line may end before the piece at `end`."""
        if end == len(self.pieces):
            return True
        return self.pieces[end][0] not in CLOSING and self.pieces[end - 1][-1] not in OPENING

    def _origin(self, start: int) -> float:
        """Where a line's left edge lies: an opening mark's empty half hangs outside it."""
        return self._starts[start] + (0.5 * self.em if self.pieces[start] in OPENING else 0.0)


def set_lines(text: str, measure: Measure, em: float, width: float, most: int) -> tuple[Line, ...] | None:
    """`text` in as few lines as fit, of widths as equal as can be; None when `most` lines are not enough."""
    setting = Setting(text, measure, em)
    for count in range(1, most + 1):
        cuts = _balance(setting, width, count)
        if cuts:
            return tuple(setting.line(start, end) for start, end in pairwise(cuts))
    return None


def clip(text: str, measure: Measure, em: float, width: float, most: int) -> tuple[Line, ...]:
    """As much of `text` as `most` lines hold, ended by an ellipsis; no line when not one character fits."""
    setting = Setting(text, measure, em)
    room = most * width - measure(_ELLIPSIS)
    end = len(setting.pieces)
    while end and setting.width(0, end) > room:
        end -= 1
    for last in range(end, 0, -1):
        kept = "".join(setting.pieces[:last]).rstrip("，、；：")
        lines = set_lines(kept + _ELLIPSIS, measure, em, width, most)
        if lines:
            return lines
    return ()


def _balance(setting: Setting, width: float, count: int) -> Sequence[int]:
    """Where the lines begin and end; empty when they do not fit."""
    size = len(setting.pieces)
    ideal = setting.width(0, size) / count
    if ideal > width:
        return ()
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, (0,))}
    for line in range(1, count + 1):
        ends = [size] if line == count else [end for end in range(1, size) if setting.may_end(end)]
        found = {end: _cheapest(best, setting, end, width, ideal) for end in ends}
        best = {end: way for end, way in found.items() if way}
    return best[size][1] if size in best else ()


def _cheapest(
    best: dict[int, tuple[float, tuple[int, ...]]], setting: Setting, end: int, width: float, ideal: float
) -> tuple[float, tuple[int, ...]] | None:
    """The best way to end a line at `end`; a break after a mark is worth some raggedness."""
    penalty = 0.0 if setting.pieces[end - 1] in CLOSING else 12.0
    ways = [
        (cost + ((setting.width(start, end) - ideal) / setting.em) ** 2 + penalty, (*cuts, end))
        for start, (cost, cuts) in best.items()
        if start < end and setting.width(start, end) <= width
    ]
    return min(ways, default=None)


def _gap(before: str, piece: str) -> float:
    """In ems, between two pieces: marks that meet share a square, Han and Latin stand a little apart."""
    if piece in OPENING:
        return -0.5 if before in OPENING or before in CLOSING else 0.0
    if before in _HALF_EMPTY and piece in CLOSING and not piece.startswith(("…", "—")):
        return -0.5
    marks = CLOSING | OPENING
    if before and before not in marks and piece not in marks and _narrow(before[-1]) != _narrow(piece[0]):
        return 0.125
    return 0.0


def _narrow(char: str) -> bool:
    return bool(_NARROW.match(char))
