"""From the characters of a YAML scalar's value back to the characters that were typed."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BLANKS = frozenset(" \t\n")
_ESCAPE = re.compile(
    r"\\(?:x(?P<x>[0-9A-Fa-f]{2})|u(?P<u>[0-9A-Fa-f]{4})|U(?P<U>[0-9A-Fa-f]{8})|(?P<fold>\n[ \t]*)|(?P<one>.))",
    re.DOTALL,
)
_ONE_LETTER = {"n": "\n", "t": "\t", "0": "\0", "a": "\a", "b": "\b", "e": "\x1b", "f": "\f", "v": "\v", "r": "\r"}


def character_indexes(raw: str, style: str | None, value: str) -> list[int]:
    """For each character of `value`, the index in `raw` of what stands for it; empty where the two do not fit.

    Blanks are taken loosely, since YAML folds and strips them; every other character is matched exactly.
    """
    typed = list(_typed(raw, style))
    indexes: list[int] = []
    position = 0
    for char in value:
        if char in _BLANKS:
            indexes.append(typed[position][1] if position < len(typed) else len(raw))
            position += position < len(typed) and typed[position][0] in _BLANKS
            continue
        while position < len(typed) and typed[position][0] in _BLANKS:
            position += 1
        if position == len(typed) or typed[position][0] != char:
            return []
        indexes.append(typed[position][1])
        position += 1
    return indexes


def _typed(raw: str, style: str | None) -> Iterator[tuple[str, int]]:
    """The characters that `raw` means, each with its index, in the order of writing."""
    if style in ("|", ">"):
        start = raw.find("\n") + 1
        return ((char, index) for index, char in enumerate(raw[start:], start))
    if style == "'":
        return ((match[0][0], match.start()) for match in re.compile("''|[^']").finditer(raw, 1, len(raw) - 1))
    if style == '"':
        return _unescaped(raw[:-1])
    return ((char, index) for index, char in enumerate(raw))


def _unescaped(raw: str) -> Iterator[tuple[str, int]]:
    index = 1
    while index < len(raw):
        match = _ESCAPE.match(raw, index)
        if match is None:
            yield raw[index], index
            index += 1
            continue
        code = match["x"] or match["u"] or match["U"]
        if code:
            yield chr(min(int(code, 16), 0x10FFFF)), index
        elif match["one"]:
            yield _ONE_LETTER.get(match["one"], match["one"]), index
        index = match.end()
