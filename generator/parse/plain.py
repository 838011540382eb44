"""The YAML that nearly every file is written in, read without events and marks.

Block mappings and lists, values on one line, blocks of text behind `|`: what is surely that becomes data here, at
a tenth of the cost. Anything else, and whatever might be a slip, is left to `slips` and `compose`, which can tell
what is wrong and where; so this reader need not be clever, only certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

_DEEPEST = 15
_MOST_LINES = 10_000
"""A line makes four nodes at most: with these two a text stays within the limits of `compose`."""

# A plain value begins with no indicator of YAML and no wide dash, and does not look like a key with a mistyped
# colon; a colon before a blank or a number sign behind one would end it.
_LINES = re.compile(
    r"""
    (?: (?P<indent>\ *+)
        (?P<dash>-\ )?+
        (?: (?P<key>[A-Za-z_][A-Za-z0-9_-]{0,80}+) : (?:\ ++|(?=\n)) )?+
        (?P<value>
            "[^"\\\n]*+" | '[^'\n]*+'
            | \|-?+ \n (?P<margin>\ ++)[^\ \n][^\n]*+ (?:\n(?:(?P=margin)[^\n]*+|(?=\n)))*+
            | (?![a-z_][a-z0-9_]*+\ *+(?:：|:[\u3400-\u9fff]))
              [^\s?:,\[\]{}\#&*!|>'"%@`\-－—–−﹣•●·] [^:\#\n]*+ (?:(?::(?=[^\ \n])|(?<!\ )\#)[^:\#\n]*+)*+ (?<!\ )
        )?+
        | \ *+\#[^\n]*+
    )\n
    | (?P<rest>[\s\S]++)""",
    re.VERBOSE,
)
_MARKED = frozenset("\"'|")
_ROOT = ""


class Plain(NamedTuple):
    """What a text says."""

    data: Any
    has_gaps: bool
    """Whether there are keys without a value."""


def read_plain(text: str) -> Plain | None:
    """What `text` says where `slips` and `compose` surely find nothing in it; None where that is not certain.

    The text holds no odd characters.
    """
    if "\t" in text or "\u3000" in text or text.count("\n") > _MOST_LINES:
        return None
    return _read(_LINES.findall(text))


def _read(lines: Iterable[tuple[str, str, str, str, str, str]]) -> Plain | None:
    # What is open, innermost last, and what it is in. A mapping in column c has level 2c, a list 2c + 1: its dashes may
    # stand in the column of the mapping that it belongs to.
    root: dict[str, Any] = {}
    open_level, opened = -1, cast("Any", root)
    around: list[tuple[int, Any]] = []
    waiting: str | None = _ROOT
    has_gaps = False
    for indent, dash, key, written, margin, rest in lines:
        if not (dash or key):
            if written or rest:
                return None
            continue
        level = 2 * len(indent) + (1 if dash else 0)
        if waiting is not None:
            if level > open_level:
                around.append((open_level, opened))
                opened[waiting] = [] if dash else {}
                open_level, opened = level, opened[waiting]
            else:
                has_gaps = True
        while open_level > level:
            open_level, opened = around.pop()
        if open_level != level or len(around) >= _DEEPEST:
            return None
        if dash and key:
            around.append((level, opened))
            opened.append({})
            open_level, opened = 2 * len(indent + dash), opened[-1]
        if margin and 2 * len(margin) <= open_level:
            return None
        value = _marked(written, margin) if written[:1] in _MARKED else written or None
        if key in opened if key else value is None:
            return None
        if key:
            opened[key] = value
        else:
            opened.append(value)
        waiting = key if value is None else None
    return Plain(root[_ROOT], has_gaps or waiting is not None) if root else None


def _marked(written: str, margin: str) -> str:
    """What stands between quotation marks, or in the lines of a block."""
    if written[0] != "|":
        return written[1:-1]
    mark, _, lines = written.partition("\n")
    text = lines.replace(f"\n{margin}", "\n").removeprefix(margin).rstrip("\n")
    return text if mark == "|-" else f"{text}\n"
