"""YAML events to plain data: every scalar its characters, and nothing of YAML that hides what is written.

The events come from libyaml one by one, and the composer keeps its own stack: neither nesting nor
aliases can make it recurse or grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import yaml

from generator.parse.characters import odd_escapes, without_unwanted

DEPTH_LIMIT = 20
NODE_LIMIT = 50_000

Path = tuple[str | int, ...]

# PyYAML without libyaml still reads everything, only slower.
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_COMMENT = re.compile(r"[ \t]+(#[^\n]*)")
_DROPPED: Final = object()


class Node(NamedTuple):
    """Where a value stands in the text; lines and columns from 0, `start:end` is the slice of the text."""

    line: int
    column: int
    start: int
    end: int
    style: str | None
    key: tuple[int, int] | None
    """Line and column of the key that names it."""


class Problem(NamedTuple):
    """Something found at a line and column, both from 0."""

    code: str
    line: int
    column: int
    arguments: dict[str, str]
    related: tuple[int, int] | None = None


class Composed(NamedTuple):
    """The first document of a text. `data` is of no use after an `error`, or where a limit `stopped` the reading."""

    data: Any
    nodes: dict[Path, Node]
    problems: list[Problem]
    stopped: bool = False
    error: yaml.YAMLError | None = None


@dataclass(slots=True)
class _Frame:
    """A list or mapping that is being filled; `path` is None inside what is dropped."""

    container: dict[str, Any] | list[Any]
    path: Path | None
    is_flow: bool
    key: Any = None
    key_place: tuple[int, int] | None = None
    keys: dict[str, tuple[int, int]] = field(default_factory=dict)


class _LimitError(Exception):
    """Reading cannot go on; the problem has been noted."""


def compose(text: str) -> Composed:
    """The data of the first document in `text`.

    Reports `duplicate-key`, `bad-key`, `anchor`, `alias`, `merge-key`, `tag`, `several-documents`, `yaml-directive`,
    `full-width-comma`, `cut-comment`, `folded-chinese`, `too-deep`, `too-many-nodes`, and what `odd_escapes` does.
    """
    composer = _Composer(text)
    try:
        composer.run(yaml.parse(text, Loader=_LOADER))
    except _LimitError:
        return Composed(None, composer.nodes, composer.problems, stopped=True)
    except yaml.YAMLError as error:
        return Composed(None, composer.nodes, composer.problems, error=error)
    return Composed(composer.root, composer.nodes, composer.problems)


class _Composer:
    # Events and marks are `Any`: PyYAML's stubs make every mark optional and know nothing of `flow_style`.
    def __init__(self, text: str) -> None:
        self.text = text
        self.root: Any = None
        self.nodes: dict[Path, Node] = {}
        self.problems: list[Problem] = []
        self.stack: list[_Frame] = []
        self.scalars: dict[str, str] = {}
        self.documents = 0
        self.count = 0

    def run(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.NodeEvent):
                self._node(event)
            elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
                self._close()
            elif isinstance(event, yaml.DocumentStartEvent):
                self._document(event)
                if self.documents > 1:
                    return

    def _note(self, code: str, mark: Any, related: tuple[int, int] | None = None, **arguments: str) -> None:
        self.problems.append(Problem(code, mark.line, mark.column, arguments, related))

    def _document(self, event: Any) -> None:
        self.documents += 1
        if event.version or event.tags:
            self._note("yaml-directive", event.start_mark)
        if self.documents > 1:
            self._note("several-documents", event.start_mark)

    def _node(self, event: Any) -> None:
        self.count += 1
        if self.count > NODE_LIMIT:
            self._note("too-many-nodes", event.start_mark, limit=f"{NODE_LIMIT}")
            raise _LimitError
        frame = self.stack[-1] if self.stack else None
        if frame and isinstance(frame.container, dict) and frame.key is None:
            self._key(frame, event)
        else:
            self._value(frame, event)

    def _key(self, frame: _Frame, event: Any) -> None:
        mark = event.start_mark
        self._refuse(event)
        if not isinstance(event, yaml.ScalarEvent) or not event.value:
            self._note("bad-key", mark)
            frame.key = _DROPPED
            if isinstance(event, yaml.CollectionStartEvent):
                self._open(_Frame({} if isinstance(event, yaml.MappingStartEvent) else [], None, True), mark)
            return
        place = (mark.line, mark.column)
        frame.key, frame.key_place = event.value, place
        if event.value == "<<":
            self._note("merge-key", mark)
            frame.key = _DROPPED
        elif event.value in frame.keys:
            self._note("duplicate-key", mark, frame.keys[event.value], key=event.value)
            frame.key = _DROPPED
        else:
            frame.keys[event.value] = place

    def _value(self, frame: _Frame | None, event: Any) -> None:
        path = self._path(frame)
        if not (isinstance(event, yaml.AliasEvent) and frame and frame.key is _DROPPED):
            self._refuse(event)
        if isinstance(event, yaml.ScalarEvent):
            self._look(event, frame)
            value: Any = self._written(event) if event.value or event.style else None
            if event.anchor:
                self.scalars[event.anchor] = value or ""
        elif isinstance(event, yaml.AliasEvent):
            value = self.scalars.get(event.anchor or "")
        else:
            value = {} if isinstance(event, yaml.MappingStartEvent) else []
        self._remember(path, event, frame)
        self._attach(frame, value)
        if isinstance(event, yaml.CollectionStartEvent):
            self._open(_Frame(value, path, bool(event.flow_style)), event.start_mark)

    def _written(self, event: Any) -> str:
        """The value of a scalar. Characters that a file must not contain come in through escapes too."""
        text: str = event.value
        written = self.text[event.start_mark.index : event.end_mark.index]
        if event.style != '"' or "\\" not in written:
            return text
        for code, arguments in odd_escapes(text, written):
            self._note(code, event.start_mark, None, **arguments)
        return without_unwanted(text)

    def _path(self, frame: _Frame | None) -> Path | None:
        if frame is None:
            return ()
        if frame.path is None or frame.key is _DROPPED:
            return None
        step = len(frame.container) if isinstance(frame.container, list) else frame.key
        return (*frame.path, step)

    def _remember(self, path: Path | None, event: Any, frame: _Frame | None) -> None:
        if path is not None:
            start, end = event.start_mark, event.end_mark
            style = event.style if isinstance(event, yaml.ScalarEvent) else "{"
            key = frame.key_place if frame and isinstance(frame.container, dict) else None
            self.nodes[path] = Node(start.line, start.column, start.index, end.index, style, key)

    def _attach(self, frame: _Frame | None, value: Any) -> None:
        if frame is None:
            self.root = value
        elif isinstance(frame.container, list):
            frame.container.append(value)
        else:
            if frame.key is not _DROPPED:
                frame.container[frame.key] = value
            frame.key = None

    def _open(self, frame: _Frame, mark: Any) -> None:
        self.stack.append(frame)
        if len(self.stack) > DEPTH_LIMIT:
            self._note("too-deep", mark, limit=f"{DEPTH_LIMIT}")
            raise _LimitError

    def _close(self) -> None:
        self.stack.pop()

    def _refuse(self, event: Any) -> None:
        """What YAML offers and the content must not use."""
        if isinstance(event, yaml.AliasEvent):
            self._note("alias", event.start_mark, name=event.anchor or "")
            return
        if event.anchor:
            self._note("anchor", event.start_mark, name=event.anchor)
        tag = getattr(event, "tag", None)
        if tag:
            self._note("tag", event.start_mark, tag=tag.replace("tag:yaml.org,2002:", "!!"))

    def _look(self, event: Any, frame: _Frame | None) -> None:
        """What a reader of the file would take otherwise than YAML does."""
        if event.value.isascii():
            return
        start, end = event.start_mark, event.end_mark
        is_plain = not event.style
        wide = re.search("[，、]", event.value) if is_plain and frame and frame.is_flow else None
        if wide:
            self._note("full-width-comma", start, found=wide[0])
        if not _HAN.search(event.value):
            return
        if event.style == ">" or (event.style != "|" and start.line != end.line):
            self._note("folded-chinese", start)
        comment = _COMMENT.match(self.text, end.index) if is_plain else None
        if comment:
            self.problems.append(
                Problem("cut-comment", end.line, end.column + comment.start(1) - end.index, {"value": event.value})
            )
