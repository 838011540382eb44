"""The YAML that nearly every file is written in, read without events and marks.

Block mappings and lists, values on one line, blocks of text behind `|`: what is surely that becomes data here, at
a tenth of the cost. Anything else, and whatever might be a slip, is left to `slips` and `compose`, which can tell
what is wrong and where; so this reader need not be clever, only certain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

UNKNOWN: Final = object()
"""What `read_plain` answers when it is not certain."""

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


def read_plain(text: str) -> Any:
    """The data of `text` where `slips` and `compose` surely find nothing in it, otherwise `UNKNOWN`.

    The text holds no odd characters.
    """
    if "\t" in text or "\u3000" in text or text.count("\n") > _MOST_LINES:
        return UNKNOWN
    return _read(_LINES.findall(text))


def _read(lines: Iterable[tuple[str, str, str, str, str, str]]) -> Any:
    root: dict[str, Any] = {}
    # What is open, outermost first. A mapping in column c has level 2c, a list 2c + 1: its dashes may stand in the
    # column of the mapping that it belongs to.
    levels = [-1]
    containers: list[Any] = [root]
    waiting: str | None = _ROOT
    for indent, dash, key, written, margin, rest in lines:
        if not (dash or key):
            if written or rest:
                return UNKNOWN
            continue
        level = 2 * len(indent) + (1 if dash else 0)
        if waiting is not None and level > levels[-1]:
            containers[-1][waiting] = [] if dash else {}
            containers.append(containers[-1][waiting])
            levels.append(level)
        while levels[-1] > level:
            levels.pop()
            containers.pop()
        if levels[-1] != level or len(levels) > _DEEPEST:
            return UNKNOWN
        if dash and key:
            level = 2 * len(indent + dash)
            containers[-1].append({})
            containers.append(containers[-1][-1])
            levels.append(level)
        if margin and 2 * len(margin) <= level:
            return UNKNOWN
        value = _marked(written, margin) if written[:1] in _MARKED else written or None
        if key in containers[-1] if key else value is None:
            return UNKNOWN
        if key:
            containers[-1][key] = value
        else:
            containers[-1].append(value)
        waiting = key if value is None else None
    return root.get(_ROOT, UNKNOWN)


def _marked(written: str, margin: str) -> str:
    """What stands between quotation marks, or in the lines of a block."""
    if written[0] != "|":
        return written[1:-1]
    mark, _, lines = written.partition("\n")
    text = lines.replace(f"\n{margin}", "\n").removeprefix(margin).rstrip("\n")
    return text if mark == "|-" else f"{text}\n"
