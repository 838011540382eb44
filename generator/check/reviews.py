"""The three reviews: three people, in order, of the text as it stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

import msgspec

from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Entry
from generator.model import Record, Review, Route
from generator.written import Written

_STAGES = ("initial", "second", "final")
_NOT_READ = {"review", "status", "updated"}
_encode = msgspec.json.Encoder(order="sorted").encode


def text_digest(record: Record) -> str:
    """The digest of everything a reviewer read: the record without its review, status and update date."""
    text = record.model_dump(mode="json", exclude=_NOT_READ, exclude_defaults=True)
    return hashlib.sha256(_as_json(record, text)).hexdigest()[:16]


def _as_json(record: Record, text: dict[str, Any]) -> bytes:
    """As `json.dumps` writes it with its keys in order and its characters as they are, in half the time."""
    if isinstance(record, Route):
        # Its length may be a float so small that msgspec writes it otherwise.
        return json.dumps(text, ensure_ascii=False, sort_keys=True).encode()
    return msgspec.json.format(_encode(text), indent=0)


def stages(entry: Entry, _written: Written) -> Iterator[Diagnostic]:
    """Stages in order and by different people; a changed text re-opens the review."""
    if entry.record.review is not None:
        for code, arguments in _problems(entry.record.review, entry.record):
            yield diagnostic(code, entry.place("review"), **arguments)


def _problems(review: Review, record: Record) -> Iterator[tuple[str, dict[str, Any]]]:
    signed = [(name, getattr(review, name)) for name in _STAGES]
    done = [signoff for _, signoff in signed if signoff]
    if done != [signoff for _, signoff in signed[: len(done)]]:
        yield "review-incomplete", {}
    names = [signoff.by for signoff in done]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield "review-same-person", {"name": name}
    days = [signoff.date for signoff in done]
    if days != sorted(days):
        yield "review-order", {}
    if review.final:
        digest = text_digest(record)
        if review.text_digest != digest:
            yield "review-stale", {"digest": digest}


RECORD_RULES = (stages,)
