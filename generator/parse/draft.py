"""Text under repair: slips are mended in memory so that reading can go on, and every place stays that of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.diagnostics import Diagnostic, Span, diagnostic

Columns = Mapping[int, list[int]]
"""For each mended line, the column in the file of every character of it and of its end; all from 0."""

MOST_OF_ONE_CODE = 100
"""A file full of one slip is told so often, no more."""
MOST_IN_ALL = 2_000
"""After so many there is no use in mending on."""


@dataclass(slots=True)
class Draft:
    """The lines of a file, what was mended in them, and what was found; lines and columns count from 0."""

    path: str
    lines: list[str]
    columns: dict[int, list[int]] = field(default_factory=dict)
    found: list[Diagnostic] = field(default_factory=list)
    _told: dict[str, int] = field(default_factory=dict)

    @property
    def is_flooded(self) -> bool:
        return sum(self._told.values()) > MOST_IN_ALL

    def replace(self, line: int, start: int, end: int, text: str) -> None:
        """Put `text` where `start:end` of the line was; characters map one to one as far as they go."""
        old = self.lines[line]
        columns = self.columns.setdefault(line, list(range(len(old) + 1)))
        kept = columns[start:end] or columns[start : start + 1]
        columns[start:end] = kept[: len(text)] + kept[-1:] * (len(text) - len(kept))
        self.lines[line] = f"{old[:start]}{text}{old[end:]}"

    def drop(self, line: int, unwanted: re.Pattern[str]) -> None:
        """Take every match of `unwanted`, a single character each, out of the line."""
        old = self.lines[line]
        gone = {match.start() for match in unwanted.finditer(old)}
        if gone:
            columns = self.columns.get(line, range(len(old) + 1))
            self.columns[line] = [column for position, column in enumerate(columns) if position not in gone]
            self.lines[line] = unwanted.sub("", old)

    def report(
        self, code: str, line: int, column: int, /, *, related: tuple[int, int] | None = None, **args: str
    ) -> None:
        """`related` is a second line and column."""
        self._told[code] = self._told.get(code, 0) + 1
        if self._told[code] <= MOST_OF_ONE_CODE:
            places = (self.place(*related),) if related else ()
            self.found.append(diagnostic(code, self.place(line, column), related=places, **args))

    def place(self, line: int, column: int) -> Span:
        return place(self.path, self.columns, line, column)


def place(path: str, columns: Columns, line: int, column: int) -> Span:
    """The place in the file of a place in the mended text."""
    moved = columns.get(line)
    if moved:
        column = moved[min(column, len(moved) - 1)]
    return Span(path, line + 1, column + 1)
