"""Code in Markdown, in which nothing is a reference, a picture, a heading or a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator

_FENCE = re.compile(r"^(?:[ >]*|[ ]*[-*+] +)(`{3,}|~{3,})")
_TICKS = re.compile("`+")


def without_code(text: str) -> str:
    """`text`, as long as before, with the insides of fenced blocks and of code spans blanked out.

    It takes time proportional to the length.
    """
    if not may_hold_code(text):
        return text
    return _without_spans(_without_fences(text) if "```" in text or "~~~" in text else text)


def may_hold_code(text: str) -> bool:
    return "`" in text or ("~" in text and "~~~" in text)


def _without_fences(text: str) -> str:
    lines: list[str] = []
    fence = ""
    for line in text.splitlines(keepends=True):
        match = _FENCE.match(line)
        if fence:
            is_end = match and match[1].startswith(fence) and not line[match.end() :].strip("`~ \n")
            lines.append(_blanked(line))
            fence = "" if is_end else fence
        elif match and not ("`" in match[1] and "`" in line[match.end() :]):
            fence = match[1]
            lines.append(_blanked(line))
        else:
            lines.append(line)
    return "".join(lines)


def _without_spans(text: str) -> str:
    """Code spans: a run of backticks up to the next run of the same length in the same paragraph."""
    ends: dict[int, list[int]] = {}
    runs = list(_runs(text))
    for start, length, _ in reversed(runs):
        ends.setdefault(length, []).append(start)
    parts: list[str] = []
    position = 0
    paragraph_end = -1
    for start, length, is_escaped in runs:
        while ends[length] and ends[length][-1] <= start:
            ends[length].pop()
        if start < position or is_escaped or not ends[length]:
            continue
        if paragraph_end < start:
            paragraph_end = text.find("\n\n", start) % (len(text) + 1)
        end = ends[length][-1] + length
        if end <= paragraph_end:
            parts += (text[position:start], _blanked(text[start:end]))
            position = end
    return "".join((*parts, text[position:]))


def _runs(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where each run of backticks starts, its length, and whether an odd number of backslashes stands before it."""
    end = 0
    for match in _TICKS.finditer(text):
        before = text[end : match.start()]
        yield match.start(), len(match[0]), (len(before) - len(before.rstrip("\\"))) % 2 == 1
        end = match.end()


def _blanked(text: str) -> str:
    return re.sub(r"[^\n]", "\ue000", text)
