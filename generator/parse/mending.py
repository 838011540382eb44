"""A file that is not surely right: what is wrong is mended in memory and reported, and the rest is read.

Odd characters and slips of YAML are mended (`characters`, `slips`), front matter is told from text (`matter`), and
the YAML becomes data (`compose`, behind `reading`).
"""

from __future__ import annotations

from typing import Any

from generator.diagnostics import Checked, in_order
from generator.parse.characters import odd_characters
from generator.parse.document import Body, Document
from generator.parse.draft import Draft
from generator.parse.encoding import Decoded
from generator.parse.matter import Parts, split
from generator.parse.reading import read_yaml, yaml_text
from generator.parse.slips import mend_slips
from generator.parse.spans import SourceMap
from generator.source import SourceFile


def parse_mending(file: SourceFile, decoded: Decoded) -> Checked[Document | None]:
    """The document in `file`, whose text is `decoded`; None where it cannot be read at all.

    Everything that can be mended in memory is mended, so that one run tells all there is to tell.
    """
    draft = Draft(file.path, decoded.text.split("\n"))
    if decoded.guess:
        draft.report("not-utf-8", *_line_and_column(file.data, decoded.wrong_at), guess=decoded.guess)
    if not decoded.text.strip():
        draft.report("empty-file", 0, 0)
        return Checked(None, in_order(draft.found))
    odd_characters(draft, is_guessed=decoded.guess is not None)
    return _parse_text(draft, is_markdown=file.path.endswith(".md"))


def _parse_text(draft: Draft, *, is_markdown: bool) -> Checked[Document | None]:
    parts = split(draft) if is_markdown else Parts(0, len(draft.lines), None)
    if not parts.has_matter:
        return Checked(None, in_order(draft.found))
    mend_slips(draft, parts.yaml_start, parts.yaml_end)
    composed = read_yaml(draft, parts.yaml_start, parts.yaml_end)
    if composed is None or not _is_usable(draft, composed.data, is_markdown=is_markdown):
        return Checked(None, in_order(draft.found))
    body = _body(draft, parts)
    read = yaml_text(draft, parts.yaml_start, parts.yaml_end)
    spans = SourceMap(draft.path, read, draft.columns, body.text if body else None, body.line - 1 if body else 0)
    return Checked(Document(draft.path, composed.data, body, spans), in_order(draft.found))


def _is_usable(draft: Draft, data: Any, *, is_markdown: bool) -> bool:
    """A record is a mapping; a `.yml` file may be a list of records."""
    if data is None:
        draft.report("not-a-mapping" if is_markdown else "empty-file", 0, 0)
    elif isinstance(data, str) or (is_markdown and isinstance(data, list)):
        draft.report("not-a-mapping", 0, 0)
    else:
        return True
    return False


def _body(draft: Draft, parts: Parts) -> Body | None:
    if parts.body is None:
        return None
    lines = draft.lines
    first = next((line for line in range(parts.body, len(lines)) if lines[line].strip()), parts.body)
    return Body("\n".join(lines[first:]), first + 1)


def _line_and_column(data: bytes, wrong_at: int) -> tuple[int, int]:
    """Where the first wrong byte stands, as far as the bytes before it are UTF-8; both from 0."""
    before = data[:wrong_at].decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return before.count("\n"), len(before) - before.rfind("\n") - 1
