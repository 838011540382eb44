"""What a file says: its data, the Markdown below it, and a map to find the place of either."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from generator.parse.spans import SourceMap


@dataclass(frozen=True, slots=True)
class Body:
    """The Markdown of a `.md` file, without the empty lines before it."""

    text: str
    line: int
    """Its first line in the file, from 1."""


@dataclass(frozen=True, slots=True)
class Document:
    """A parsed file. `data` is made of dict, list, str and None, where None means a key without a value."""

    path: str
    data: Any
    body: Body | None
    spans: SourceMap
