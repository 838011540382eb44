"""Places: from a path in the data, or a character of one of its texts, to line and column in the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from generator.diagnostics import Span
from generator.parse.draft import Columns, place
from generator.parse.scalars import character_indexes

if TYPE_CHECKING:
    from generator.parse.compose import Composed, Node, Path

BODY: Path = ("body",)


@dataclass(frozen=True)
class SourceMap:
    """The places of a document. They are worked out when somebody asks, which is when there is a problem."""

    path: str
    yaml_text: str
    """The YAML as it was read: mended, and with the lines of the file."""
    columns: Columns = field(default_factory=dict)
    body_text: str | None = None
    body_line: int = 0
    """The line of the body's first character, from 0."""

    def value(self, path: Sequence[str | int]) -> Span:
        """Where the value at `path` begins, or the nearest value around it."""
        if tuple(path) == BODY and self.body_text is not None:
            return self._place(self.body_line, 0)
        _, node = self._nearest(tuple(path))
        return self._place(node.line, node.column)

    def key(self, path: Sequence[str | int]) -> Span:
        """Where the key of the value at `path` begins; for an item of a list, the item itself."""
        found, node = self._nearest(tuple(path))
        if len(found) == len(path) and node.key:
            return self._place(*node.key)
        return self._place(node.line, node.column)

    def holds(self, path: Sequence[str | int]) -> bool:
        """Whether something stands at `path`, an empty value included."""
        return tuple(path) in self._composed.nodes

    def at(self, path: Sequence[str | int], offset: int) -> Span:
        """Where the character at `offset` of the text at `path` stands; `("body",)` is the Markdown of a `.md` file."""
        if tuple(path) == BODY and self.body_text is not None:
            before = self.body_text[:offset]
            return self._place(self.body_line + before.count("\n"), len(before) - before.rfind("\n") - 1)
        found, node = self._nearest(tuple(path))
        if len(found) < len(path):
            return self._place(node.line, node.column)
        raw = self.yaml_text[node.start : node.end]
        indexes = character_indexes(raw, node.style, self._text(found))
        index = node.start + (indexes[min(offset, len(indexes) - 1)] if indexes else 0)
        return self.in_yaml(index)

    def in_yaml(self, index: int) -> Span:
        """Where the character at `index` of `yaml_text` stands, comments included."""
        line = self.yaml_text.count("\n", 0, index)
        return self._place(line, index - self.yaml_text.rfind("\n", 0, index) - 1)

    @cached_property
    def _composed(self) -> Composed:
        # Here, because it loads PyYAML, which a document without problems does without.
        from generator.parse.compose import compose

        return compose(self.yaml_text)

    def _nearest(self, path: Path) -> tuple[Path, Node]:
        """The longest beginning of `path` at which something stands; the document itself stands at `()`."""
        nodes = self._composed.nodes
        found = next(path[:length] for length in range(len(path), -1, -1) if path[:length] in nodes)
        return found, nodes[found]

    def _text(self, path: Path) -> str:
        value = self._composed.data
        for step in path:
            value = value[step]
        return value if isinstance(value, str) else ""

    def _place(self, line: int, column: int) -> Span:
        return place(self.path, self.columns, line, column)
