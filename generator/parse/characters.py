"""Characters that nobody typed on purpose: control, invisible, lost and home-made ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from generator.parse.draft import MOST_OF_ONE_CODE, Draft

_UNWANTED = (
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]",
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]",
)
_ODD = re.compile(
    f"(?P<control>{_UNWANTED[0]}+)|(?P<invisible>{_UNWANTED[1]}+)"
    "|(?P<replacement>\ufffd+)|(?P<private>[\ue000-\uf8ff\U000f0000-\U0010fffd]+)"
)
_DROPPED = re.compile("|".join(_UNWANTED))
_NAMES = {
    "\u00ad": "软连字符",
    "\u200b": "零宽空格",
    "\u200c": "零宽非连接符",
    "\u200d": "零宽连接符",
    "\u200e": "从左到右标记",
    "\u200f": "从右到左标记",
    "\u202a": "从左到右嵌入",
    "\u202b": "从右到左嵌入",
    "\u202c": "方向结束",
    "\u202d": "从左到右强制",
    "\u202e": "从右到左强制",
    "\u2060": "零宽不换行",
    "\ufeff": "字节顺序标记",
}


def may_hold_odd_characters(text: str) -> bool:
    """Whether it takes a closer look; quick, and mostly no. None of them is printable, but for one."""
    return not text.replace("\n", "").replace("\u3000", "").isprintable() or "\ufffd" in text


def odd_characters(draft: Draft, *, is_guessed: bool) -> None:
    """Reports `control-character`, `invisible-character`, `replacement-character` and `private-use-character`.

    The first two are taken out: one of them may stand inside a key or an id that is right without it.
    A text whose encoding was guessed has lost characters through that; it is told once, elsewhere.
    """
    if not _ODD.search("\n".join(draft.lines)):
        return
    for number, line in enumerate(draft.lines):
        for match in islice(_ODD.finditer(line), MOST_OF_ONE_CODE):
            if match.lastgroup != "replacement" or not is_guessed:
                code, arguments = _told(match)
                draft.report(code, number, match.start(), related=None, **arguments)
        draft.drop(number, _DROPPED)


def odd_escapes(value: str, written: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Codes, with their arguments, of the odd characters of a value that stand in the file as escapes only."""
    for match in islice(_ODD.finditer(value), MOST_OF_ONE_CODE):
        if match[0] not in written:
            yield _told(match)


def without_unwanted(value: str) -> str:
    """The value without the characters that are taken out of a file."""
    return _DROPPED.sub("", value)


def _told(match: re.Match[str]) -> tuple[str, dict[str, str]]:
    first = match[0][0]
    codepoint = f"U+{ord(first):04X}"
    match match.lastgroup:
        case "control":
            return "control-character", {"codepoint": codepoint}
        case "invisible":
            name = _NAMES.get(first, "") or unicodedata.name(first, "无名")
            return "invisible-character", {"name": name, "codepoint": codepoint}
        case "replacement":
            return "replacement-character", {}
        case _:
            return "private-use-character", {"codepoint": codepoint}
