"""`rongguang fmt`: punctuation mended and blanks tidied; what a file says, its comments and its layout stay.

Only single characters inside the texts of a file are replaced, found through the same places that
diagnostics use, so that YAML is never written anew. A file that cannot be read is tidied, not mended.
"""

from __future__ import annotations

import os
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path as FilePath
from pathlib import PurePosixPath
from tempfile import mkstemp
from typing import Any, NamedTuple

from generator.parse.compose import Node, Path, compose
from generator.parse.draft import Draft
from generator.parse.matter import split
from generator.parse.scalars import character_indexes
from generator.punctuation import VERBATIM_FIELDS, mend, slips
from generator.source import TEXT_LIMIT_BYTES, TEXT_SUFFIXES, SourceFile, find, is_within

_COMMENT = re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE)
_SET_ASIDE = re.compile(r"#\s*(?:- +)?[a-z_]+: *[\[{\"'|>]")
_BLANKS = re.compile(r"(?<![ \t])[ \t]+$", re.MULTILINE)
_HARD_BREAK = re.compile(r"(?<=\S)  $")
_HARMLESS = frozenset({"folded-chinese", "cut-comment", "full-width-comma"})
"""What `compose` may have found in YAML whose every text is known with its place."""


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def formatted(file: SourceFile) -> bytes:
    """The bytes that `file` should have; formatting them again changes nothing.

    Line ends become `\\n`, characters NFC, blanks at line ends go (but for the two of a Markdown line
    break and those inside a YAML text), and the file ends with one line end.
    """
    if PurePosixPath(file.path).suffix not in TEXT_SUFFIXES or len(file.data) > TEXT_LIMIT_BYTES:
        return file.data
    try:
        text = file.data.decode("utf-8")
    except UnicodeDecodeError:
        return file.data
    text = unicodedata.normalize("NFC", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
    if PurePosixPath(file.path).suffix == ".yml":
        return _yaml(text).encode()
    lines = text.split("\n")
    parts = split(Draft(file.path, lines))
    opening = [line.rstrip(" \t") for line in lines[: parts.yaml_start]]
    matter = _yaml("\n".join(lines[parts.yaml_start : parts.yaml_end]))
    return (_ended("\n".join(opening)) + matter + _ended(_markdown(lines[parts.yaml_end :]))).encode()


def _ended(text: str) -> str:
    """`text` with exactly one line end, or nothing."""
    kept = text.rstrip("\n")
    return f"{kept}\n" if kept else ""


def _markdown(lines: list[str]) -> str:
    tidied = [
        line.rstrip(" \t") + ("  " if _HARD_BREAK.search(line) and following.strip() else "")
        for line, following in pairwise((*lines, ""))
    ]
    return mend("\n".join(tidied))


def _yaml(text: str) -> str:
    composed = compose(text)
    if composed.error or composed.stopped or any(problem.code not in _HARMLESS for problem in composed.problems):
        return text if text.endswith("\n") or not text else f"{text}\n"
    scalars = sorted((node.start, node.end) for node in composed.nodes.values() if node.style != "{")
    edits = sorted((*_mended_texts(text, composed.data, composed.nodes), *_outside(text, scalars)))
    tidied = "".join(_applied(text, edits))
    keeps_ends = scalars and scalars[-1][1] == len(text) and "+" in text[scalars[-1][0] :].partition("\n")[0]
    return tidied if keeps_ends and text.endswith("\n") else _ended(tidied)


def _applied(text: str, edits: Iterable[_Edit]) -> Iterator[str]:
    position = 0
    for edit in edits:
        yield text[position : edit.start]
        yield edit.text
        position = edit.end
    yield text[position:]


def _mended_texts(text: str, data: Any, nodes: Mapping[Path, Node]) -> Iterator[_Edit]:
    for path, node in nodes.items():
        if node.style == "{" or VERBATIM_FIELDS.intersection(path):
            continue
        value = data
        for step in path:
            value = value[step]
        if isinstance(value, str):
            yield from _mended_text(text, node, value)


def _mended_text(text: str, node: Node, value: str) -> Iterator[_Edit]:
    found = slips(value)
    indexes = character_indexes(text[node.start : node.end], node.style, value) if found else []
    for slip in found if indexes else ():
        start = node.start + indexes[slip.offset]
        mark = node.start + indexes[slip.offset + slip.found.index(slip.found.strip())]
        # An escape stands for its character in another way, and a folded line end for a blank: those stay.
        if text.startswith(slip.found, start):
            yield _Edit(start, start + len(slip.found), slip.wanted)
        elif text[mark] == slip.found.strip():
            yield _Edit(mark, mark + 1, slip.wanted)


def _outside(text: str, scalars: list[tuple[int, int]]) -> Iterator[_Edit]:
    """Comments mended and blanks at line ends taken out, wherever no text of the data stands."""
    position = 0
    for start, end in (*scalars, (len(text), len(text))):
        for match in _COMMENT.finditer(text, position, start):
            if not _SET_ASIDE.match(match[0]):
                yield from (
                    _Edit(match.start() + at, match.start() + at + len(old), new) for at, old, new in slips(match[0])
                )
        position = max(position, end)
    starts = [start for start, _ in scalars]
    for match in _BLANKS.finditer(text):
        before = bisect_right(starts, match.start()) - 1
        if before < 0 or scalars[before][1] <= match.start():
            yield _Edit(match.start(), match.end(), "")


def format_project(root: FilePath, *, paths: Iterable[str] = (), write: bool = True) -> tuple[str, ...]:
    """Format the content files of the project at `root`, all or those at or below `paths`; the files that changed.

    `paths` are relative to the project, as POSIX writes them. A file is replaced whole, never half written.
    """
    wanted = tuple(path.strip("/") for path in paths)
    changed = []
    for file in find(root).value:
        if wanted and not is_within(file.path, wanted):
            continue
        after = formatted(file)
        if after != file.data:
            changed.append(file.path)
            if write:
                _replace(root / file.path, after)
    return tuple(changed)


def _replace(target: FilePath, data: bytes) -> None:
    # A name that nobody can foresee: a link laid at a fixed one would have us write outside the project.
    number, name = mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    beside = FilePath(name)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(data)
        beside.chmod(target.stat().st_mode)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
