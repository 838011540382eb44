"""References inside a text: `[[kind:id]]`, `[[kind:id|words]]`, `{{ figure:id }}`, and pictures by their file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from generator.code_spans import without_code

_PATTERN = re.compile(
    r"\[\[(?P<kind>[^\[\]|:\n]+):(?P<id>[^\[\]|\\\n]+)"
    # In a table the bar has to be escaped.
    r"(?:\\?\|(?=[^\S\n]*[^\[\]\s])(?P<words>[^\[\]\n]+))?\]\]"
    r"|\{\{\s*figure:(?P<figure>[^{}\n]+)(?:\n\s*)?\}\}"
)
_OPENING = re.compile(r"(?<!\\)(?:\[{2,}|\{{2,}|【{2,}|｛{2,})")
_IMAGE = re.compile(
    r"!\[[^\[\]]*\]\(\s*<?(?P<address>[^\s()<>]+)"
    # An alt text with brackets in it, or an address that stands elsewhere: told by the suffix.
    r"|(?:\]\(|^[ >]*\[[^\[\]\n^][^\[\]\n]*\]:)\s*<?(?P<elsewhere>[^\s()<>]+\.(?:jpe?g|png|webp)\b)",
    re.IGNORECASE | re.MULTILINE,
)
_MARKUP = re.compile(r"([\\`*_\[\]<>~|#&])")


@dataclass(frozen=True, slots=True)
class InlineReference:
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


def references(text: str) -> Iterator[InlineReference]:
    """Every reference in `text`, in order; kinds and ids are as written, not checked. Code holds none."""
    for match in _matches(text):
        yield _reference(match, text)


def malformed(text: str) -> Iterator[tuple[str, int]]:
    """Whatever begins like a reference and is none: its opening brackets, and where they stand."""
    if not _OPENING.search(text):
        return
    masked = _PATTERN.sub(lambda match: "\ue000" * len(match[0]), without_code(text))
    for match in _OPENING.finditer(masked):
        yield match[0][:2], match.start()


def images(text: str) -> Iterator[tuple[str, int]]:
    """The address of every picture in `text`, however Markdown names it, and where that begins."""
    if "](" not in text and "]:" not in text:
        return
    for match in _IMAGE.finditer(without_code(text)):
        yield match["address"] or match["elsewhere"], match.start()


def expand(text: str, replace: Callable[[InlineReference], str]) -> str:
    """`text` with every reference replaced by what `replace` makes of it."""
    parts: list[str] = []
    position = 0
    for match in _matches(text):
        parts += (text[position : match.start()], replace(_reference(match, text)))
        position = match.end()
    return "".join((*parts, text[position:]))


def escape_markdown(text: str) -> str:
    """`text` so that CommonMark shows it as it is."""
    return _MARKUP.sub(r"\\\1", text)


def _matches(text: str) -> Iterator[re.Match[str]]:
    if "[[" in text or "{{" in text:
        yield from _PATTERN.finditer(without_code(text))


def _reference(match: re.Match[str], text: str) -> InlineReference:
    """What `match` found in `text` without its code, as it is written there."""
    kind, record_id, words, figure = (
        text[slice(*match.span(name))] if match[name] else None for name in ("kind", "id", "words", "figure")
    )
    if figure is not None:
        return InlineReference("figure", figure.strip(), None, match.start(), number=True)
    return InlineReference((kind or "").strip(), (record_id or "").strip(), words, match.start(), number=False)
