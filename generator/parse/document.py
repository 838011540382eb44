"""What a file says: its data, the Markdown below it, and a map to find the place of either."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator.parse.spans import SourceMap
from generator.values import Value


class Body(Value, frozen=True):
    """The Markdown of a `.md` file, without the empty lines before it."""

    text: str
    line: int
    """Its first line in the file, from 1."""


@dataclass(frozen=True)
class Document:
    """A parsed file. `data` is made of dict, list, str and None, where None means a key without a value."""

    path: str
    data: Any
    body: Body | None
    spans: SourceMap
    has_gaps: bool = field(default=True, compare=False)
    """Whether there may be None in the data."""

    @cached_property
    def text(self) -> str:
        """All that was typed, mended, comments included."""
        return f"{self.spans.yaml_text}\n{self.body.text}" if self.body else self.spans.yaml_text

    @cached_property
    def signs(self) -> bytes:
        """The same with a question mark for whatever is not ASCII: bytes are searched several times faster."""
        return self.text.encode("ascii", "replace")
