"""What an editor wrote in a record, walked once for all rules that look at texts."""

from __future__ import annotations

from generator.model import Record
from generator.model.fields import Path, texts
from generator.values import Value


class Written(Value, frozen=True):
    """The texts of a record, each with its path."""

    texts: tuple[tuple[Path, str], ...]
    joined: str
    """All of them in one piece: where a rule finds no sign of a problem in it, it need not look at each."""
    signs: bytes
    """The same with a question mark for whatever is not ASCII. Bytes are searched several times faster than text."""


def written(record: Record) -> Written:
    found = tuple(texts(record))
    # What is put between them keeps patterns from reaching out of one into the next.
    joined = "\n\0\n".join(["", *(text for _, text in found)])
    return Written(found, joined, joined.encode("ascii", "replace"))
