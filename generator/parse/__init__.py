"""A file to a `Document`: plain data with every value's place, and the Markdown below it.

Bytes are decoded (`encoding`). A text in which nothing is wrong and nothing is unusual is read as it stands
(`plain`); any other goes the long way (`mending`), which finds out what is wrong. Places are worked out when
somebody asks for them (`spans`).
"""

from __future__ import annotations

from generator.diagnostics import Checked, Span, diagnostic
from generator.parse.characters import may_hold_odd_characters
from generator.parse.document import Body, Document
from generator.parse.encoding import decode
from generator.parse.plain import read_plain
from generator.parse.spans import SourceMap
from generator.source import TEXT_LIMIT_BYTES, SourceFile, megabytes

__all__ = ["Body", "Document", "SourceMap", "parse"]


def parse(file: SourceFile) -> Checked[Document | None]:
    """The document in `file`; None where it cannot be read at all."""
    if len(file.data) > TEXT_LIMIT_BYTES:
        size, limit = megabytes(len(file.data)), megabytes(TEXT_LIMIT_BYTES)
        return Checked(None, (diagnostic("too-large", Span(file.path), size=size, limit=limit),))
    decoded = decode(file.data)
    if not decoded.guess and not may_hold_odd_characters(decoded.text):
        document = _plain_document(file.path, decoded.text)
        if document:
            return Checked(document)
    # Here, because it loads PyYAML, which a run over good files does without.
    from generator.parse.mending import parse_mending

    return parse_mending(file, decoded)


def _plain_document(path: str, text: str) -> Document | None:
    """The document in a text that has nothing unusual in it; None where that is not certain."""
    if not path.endswith(".md"):
        plain = read_plain(text)
        return Document(path, plain.data, None, SourceMap(path, text), plain.has_gaps) if plain else None
    end = text.find("\n---\n") + 1
    if not text.startswith("---\n") or end < 4:
        return None
    matter = text[3:end]
    plain = read_plain(matter)
    if plain is None or not isinstance(plain.data, dict):
        return None
    body = _body(text, end + 4)
    spans = SourceMap(path, matter, {}, body.text, body.line - 1)
    return Document(path, plain.data, body, spans, plain.has_gaps)


def _body(text: str, start: int) -> Body:
    """The Markdown that begins at `start`, or with the first line behind it that is not blank."""
    rest = text[start:]
    blank = len(rest) - len(rest.lstrip())
    first = start + rest.rfind("\n", 0, blank) + 1 if blank < len(rest) else start
    return Body(text[first:], text.count("\n", 0, first) + 1)
