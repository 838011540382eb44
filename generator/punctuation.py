"""Half-width punctuation in Chinese text: where it stands, and the full-width mark that is wanted.

A run of marks is judged as a whole: in `他说:“好!”` the `!` touches a Han character itself, in `“好”,`
the comma does so through the quotation mark. Brackets change in pairs. What is no Chinese text (code,
addresses, references, times, ratios) is left alone because no mark in it touches a Han character, or
because it is masked first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from generator.code_spans import without_code
from generator.diagnostics import Diagnostic, diagnostic
from generator.model import KINDS
from generator.parse import Document
from generator.parse.spans import BODY

HAN = "\u2e80-\u2fdf\u3005\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WIDE = str.maketrans(",:;!?()", "，：；！？（）")

VERBATIM_FIELDS = frozenset({"as_written", "quote", "credit_line", "sha256", "url"})
"""Fields that copy a source to the letter, or hold no text."""

MOST_OF_ONE_DOCUMENT = 200

_WIDE_MARKS = "，。、；：？！（）〔〕【】《》〈〉「」『』“”‘’…—·～"
_HALF_WIDTH = re.compile("[,:;!?()]")
_ONE_MARK = bytes(ord(",") if chr(code) in ":;!()" else code for code in range(256))
_MARK_BESIDE_OTHERS = re.compile(rb",(?:(?=\?)|(?<=\?,))")
_RUN = re.compile(f"[,:;!?(){_WIDE_MARKS}]+")
_OPAQUE = "\ue000"

_ADDRESS = rf"[^\s<>\"'`|(){HAN}{_WIDE_MARKS}]"
# Patterns with the ranges of Chinese take milliseconds to compile; most texts give no occasion to use these.
_HAN = f"[{HAN}]"
_BESIDE_WIDE = f"[,:;!?()](?:(?=[{HAN}{_WIDE_MARKS}])|(?<=[{HAN}{_WIDE_MARKS}].))"
_LINK_TARGET = re.compile(r"\]\([^()\s]*\)")
_BRACKET_OR_BREAK = re.compile("[()（）]|\n(?=\n)")


class Slip(NamedTuple):
    """Half-width text at an offset and what should stand there."""

    offset: int
    found: str
    wanted: str


def slips(text: str) -> tuple[Slip, ...]:
    """Every slip in `text`, which may be Markdown, in order."""
    if not _is_suspicious(text, text.encode("ascii", "replace")):
        return ()
    masked = _mask(text)
    wanted: dict[int, str] = {}
    for match in re.finditer(rf"(?<=[{HAN}])\((?P<year>\d{{4}})\)(?=\d+号)", masked):
        wanted |= {match.start(): "〔", match.end() - 1: "〕"}
    for run in _RUN.finditer(masked):
        if _HALF_WIDTH.search(run[0]) and _is_chinese(masked, run):
            for offset in range(*run.span()):
                if masked[offset] in ",:;!?()":
                    wanted.setdefault(offset, masked[offset].translate(WIDE))
    _pair(masked, wanted)
    return tuple(_with_blank(masked, offset, wanted[offset]) for offset in sorted(wanted))


def mend(text: str) -> str:
    """`text` with every slip mended."""
    parts: list[str] = []
    position = 0
    for slip in slips(text):
        parts += (text[position : slip.offset], slip.wanted)
        position = slip.offset + len(slip.found)
    return "".join((*parts, text[position:]))


def punctuation_problems(document: Document) -> tuple[Diagnostic, ...]:
    """`half-width-punctuation` in every text of the document, its Markdown included."""
    if not _is_suspicious_document(document):
        return ()
    found = (
        diagnostic(
            "half-width-punctuation", document.spans.at(path, slip.offset), found=slip.found.strip(), wanted=slip.wanted
        )
        for path, text in texts(document)
        for slip in slips(text)
    )
    return tuple(islice(found, MOST_OF_ONE_DOCUMENT))


def _is_suspicious_document(document: Document) -> bool:
    """A value's marks stand beside the same characters in the file, unless some of them are written as escapes."""
    return "\\" in document.spans.yaml_text or _is_suspicious(document.text, document.signs)


def texts(document: Document) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text of a document that is not a copy of a source, with its path, in no particular order."""
    open_values: list[tuple[tuple[str | int, ...], Any]] = [((), document.data)]
    while open_values:
        path, value = open_values.pop()
        if isinstance(value, str):
            yield path, value
        elif isinstance(value, dict):
            open_values.extend(((*path, key), inner) for key, inner in value.items() if key not in VERBATIM_FIELDS)
        elif isinstance(value, list):
            open_values.extend(((*path, position), inner) for position, inner in enumerate(value))
    if document.body is not None:
        yield BODY, document.body.text


def _is_suspicious(text: str, signs: bytes) -> bool:
    """Whether there may be a slip; nearly every text is done with here. `signs`: `text` with question marks."""
    if text.isascii():
        return False
    if _has_mixed_brackets(text):
        return True
    # Looking through bytes is several times faster. Whatever is not ASCII is a question mark there.
    is_likely = "?" in text or _MARK_BESIDE_OTHERS.search(signs.translate(_ONE_MARK))
    return bool(is_likely and re.search(_BESIDE_WIDE, text))


def _has_mixed_brackets(text: str) -> bool:
    """Whether there are both half-width and full-width ones, besides those around the targets of links."""
    if not (("(" in text or ")" in text) and ("（" in text or "）" in text)):
        return False
    bare = _LINK_TARGET.sub("]", text)
    return "(" in bare or ")" in bare


@cache
def _masked() -> re.Pattern[str]:
    """What is not running text."""
    return re.compile(
        r"\[\[[^\[\]|\n]*(?:\]\]|\|(?=[^\[\]\n]*\]\]))|\{\{[^{}\n]*\}\}"  # references but for their words, figures
        rf"|(?<![a-z-])(?:{'|'.join(KINDS)}|种类):编号"  # how a reference is written
        r"|(?<=\])\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)|!(?=\[)"  # the target of a link, the mark of an image
        r"|“[,:;!?()]”"  # a mark that is spoken of
        r"|^[ >]*\[[^\[\]\n]+\]:"  # the name of a footnote or of a link
        rf"|(?:https?|mailto|tel):(?:\({_ADDRESS}*\)|{_ADDRESS})*(?:\({_ADDRESS}*\)|(?![,:;!?.]){_ADDRESS})"
        rf"|[{HAN}]?[A-Z]{{1,2}}[{HAN}]?\(\d{{4}}\)\d+号",  # the approval number of a map
        re.MULTILINE,
    )


def _mask(text: str) -> str:
    """`text`, as long as before, with everything that is not running text made opaque."""

    def hide(match: re.Match[str]) -> str:
        return _OPAQUE * len(match[0])

    return _masked().sub(hide, without_code(text))


def _is_chinese(text: str, run: re.Match[str]) -> bool:
    """Whether a Han character stands directly before or after the run of marks."""
    start, end = run.span()
    return any(re.match(_HAN, char) for char in (text[start - 1 : start], text[end : end + 1]) if char)


def _pair(text: str, wanted: dict[int, str]) -> None:
    """Where one bracket of a pair is or becomes full-width, so does the other."""
    opened: list[int] = []
    for match in _BRACKET_OR_BREAK.finditer(text):
        char = match[0]
        if char == "\n":
            opened.clear()
        elif char in "(（":
            opened.append(match.start())
        elif opened:
            pair = (opened.pop(), match.start())
            if any(text[side] in "（）" or side in wanted for side in pair):
                for side in pair:
                    if text[side] in "()":
                        wanted.setdefault(side, text[side].translate(WIDE))


def _with_blank(text: str, offset: int, wanted: str) -> Slip:
    """The slip, with the blank that goes with a half-width mark and not with a full-width one.

    Only for a mark that stands alone: otherwise taking out a blank could join two runs into one.
    """
    before, after, beyond = text[offset - 1 : offset], text[offset + 1 : offset + 2], text[offset + 2 : offset + 3]
    if wanted in "，：；！？）" and after == " " and _is_word(beyond) and not _is_mark(before):
        return Slip(offset, text[offset : offset + 2], wanted)
    if (
        wanted == "（"
        and before == " "
        and _is_word(text[offset - 2 : offset - 1])
        and offset > 1
        and not _is_mark(after)
    ):
        return Slip(offset - 1, text[offset - 1 : offset + 1], wanted)
    return Slip(offset, text[offset], wanted)


def _is_word(char: str) -> bool:
    return bool(char) and ((char.isascii() and char.isalnum()) or re.match(_HAN, char) is not None)


def _is_mark(char: str) -> bool:
    return bool(char) and _RUN.match(char) is not None
