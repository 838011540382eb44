"""References inside a text: `[[kind:id]]`, `[[kind:id|words]]`, `{{ figure:id }}`, and pictures by their file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_PATTERN = re.compile(
    r"\[\[(?P<kind>[^\[\]|:\n]+):(?P<id>[^\[\]|\n]+)(?:\|(?P<words>[^\[\]\n]+))?\]\]"
    r"|\{\{\s*figure:(?P<figure>[^{}\n]+)(?:\n\s*)?\}\}"
)
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
    """Every reference in `text`, in order; kinds and ids are as written, not checked."""
    for match in _PATTERN.finditer(text):
        yield _reference(match)


def images(text: str) -> Iterator[tuple[str, int]]:
    """The address of every picture in `text`, however Markdown names it, and where that begins."""
    if "](" not in text and "]:" not in text:
        return
    for match in _IMAGE.finditer(text):
        yield match["address"] or match["elsewhere"], match.start()


def expand(text: str, replace: Callable[[InlineReference], str]) -> str:
    """`text` with every reference replaced by what `replace` makes of it."""
    return _PATTERN.sub(lambda match: replace(_reference(match)), text)


def escape_markdown(text: str) -> str:
    """`text` so that CommonMark shows it as it is."""
    return _MARKUP.sub(r"\\\1", text)


def _reference(match: re.Match[str]) -> InlineReference:
    if match["figure"] is not None:
        return InlineReference("figure", match["figure"].strip(), None, match.start(), number=True)
    return InlineReference(match["kind"].strip(), match["id"].strip(), match["words"], match.start(), number=False)
