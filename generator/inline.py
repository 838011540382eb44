"""References inside a text: `[[kind:id]]`, `[[kind:id|words]]`, `{{ figure:id }}`, and pictures by their file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from itertools import pairwise
from typing import NamedTuple

from generator.code_spans import without_code

_RECORD = (
    r"\[\[(?P<kind>[^\[\]|:\n]+):(?P<id>[^\[\]|\\\n]+)"
    # In a table the bar has to be escaped.
    r"(?:\\?\|(?=[^\S\n]*[^\[\]\s])(?P<words>[^\[\]\n]+))?\]\]"
)
_NUMBER = r"\{\{\s*figure:(?P<figure>[^{}\n]+)(?:\n\s*)?\}\}"
_PATTERN = re.compile(f"{_RECORD}|{_NUMBER}")
# What begins with one known character is found several times faster than what begins with either of two.
_RECORDS = re.compile(_RECORD)
_NUMBERS = re.compile(_NUMBER)
_OPENINGS = ("[[", "{{", "【【", "｛｛")
_OPENING = re.compile(r"(?<!\\)(?:\[{2,}|\{{2,}|【{2,}|｛{2,})")
_IMAGE = re.compile(
    r"!\[[^\[\]]*\]\(\s*<?(?P<address>[^\s()<>]+)"
    # An alt text with brackets in it, or an address that stands elsewhere: told by the suffix.
    r"|(?:\]\(|^[ >]*\[[^\[\]\n^][^\[\]\n]*\]:)\s*<?(?P<elsewhere>[^\s()<>]+\.(?:jpe?g|png|webp)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_SUFFIX = re.compile(r"\.(?:[jJ][pP][eE]?[gG]|[pP][nN][gG]|[wW][eE][bB][pP])\b")
_MARKUP = re.compile(r"([\\`*_\[\]<>~|#&])")


class InlineReference(NamedTuple):
    """One reference as written: what it names, the words to show if any, and where it stands in the text."""

    kind: str
    id: str
    words: str | None
    offset: int
    number: bool
    """Whether it was written as `{{ figure:id }}`."""

    @property
    def target(self) -> str:
        return f"{self.kind}:{self.id}"


_made: Callable[[tuple[str, str, str | None, int, bool]], InlineReference] = partial(tuple.__new__, InlineReference)
"""As `InlineReference(...)`, in a third of the time."""


def references(text: str) -> Iterator[InlineReference]:
    """Every reference in `text`, in order; kinds and ids are as written, not checked. Code holds none."""
    for match in _matches(text):
        yield _reference(match, text)


def targets(text: str) -> Iterator[str]:
    """What every reference in `text` names, as `kind:id`, in order."""
    for match in _matches(text):
        kind, name = _named(match, text)
        yield f"{kind}:{name}"


def count(text: str) -> int:
    """How many references `text` holds."""
    return len(_matches(text))


def openings(text: str) -> list[str]:
    """The brackets in `text` that open references, or look as if they did; each kind once."""
    # A single character is found several times faster than two.
    return [opening for opening in _OPENINGS if opening[0] in text and opening in text]


def malformed(text: str) -> Iterator[tuple[str, int]]:
    """Whatever begins like a reference and is none: its opening brackets, and where they stand."""
    opened = openings(text)
    if not opened:
        return
    masked = without_code(text)
    if len(_found(masked)) == sum(map(masked.count, opened)):
        return
    for match in _OPENING.finditer(_PATTERN.sub(lambda match: "\ue000" * len(match[0]), masked)):
        yield match[0][:2], match.start()


def images(text: str) -> Iterator[tuple[str, int]]:
    """The address of every picture in `text`, however Markdown names it, and where that begins."""
    if not may_hold_images(text):
        return
    for match in _IMAGE.finditer(without_code(text)):
        yield match["address"] or match["elsewhere"], match.start()


def may_hold_images(text: str) -> bool:
    return ("](" in text or "]:" in text) and ("![" in text or _SUFFIX.search(text) is not None)


def expand(text: str, replace: Callable[[InlineReference], str]) -> str:
    """`text` with every reference replaced by what `replace` makes of it."""
    found = _matches(text)
    if not found:
        return text
    parts: list[str] = []
    position = 0
    for match in found:
        start, end = match.span()
        parts += (text[position:start], replace(_reference(match, text)))
        position = end
    parts.append(text[position:])
    return "".join(parts)


@lru_cache(maxsize=4096)  # titles come again and again
def escape_markdown(text: str) -> str:
    """`text` so that CommonMark shows it as it is."""
    return _MARKUP.sub(r"\\\1", text)


def _matches(text: str) -> tuple[re.Match[str], ...]:
    return _found(without_code(text)) if "[[" in text or "{{" in text else ()


# What loads a record and what checks it ask for those of the same text, one after the other.
@lru_cache(maxsize=16)
def _found(masked: str) -> tuple[re.Match[str], ...]:
    """The references in a text without its code."""
    records = tuple(_RECORDS.finditer(masked)) if "[[" in masked else ()
    numbers = tuple(_NUMBERS.finditer(masked)) if "{{" in masked else ()
    if not records or not numbers:
        return records or numbers
    found = sorted((*records, *numbers), key=re.Match.start)
    if all(before.end() <= after.start() for before, after in pairwise(found)):
        return tuple(found)
    # One inside the other: only the outer one is a reference.
    return tuple(_PATTERN.finditer(masked))


def _reference(match: re.Match[str], text: str) -> InlineReference:
    """What `match` found in `text` without its code, as it is written there."""
    kind, name = _named(match, text)
    if match.lastgroup == "figure":
        return _made((kind, name, None, match.start(), True))
    words = _written(match, "words", text) if match["words"] is not None else None
    return _made((kind, name, words, match.start(), False))


def _named(match: re.Match[str], text: str) -> tuple[str, str]:
    """The kind and the id."""
    if match.lastgroup == "figure":
        return "figure", _written(match, "figure", text).strip()
    return _written(match, "kind", text).strip(), _written(match, "id", text).strip()


def _written(match: re.Match[str], group: str, text: str) -> str:
    if match.string is text:  # there was no code in it
        return match[group]
    start, end = match.span(group)
    return text[start:end]
