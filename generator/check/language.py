"""Language: punctuation, the bureau's own wording, Markdown that is not allowed, what the source leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Library
from generator.markup import MOST, flood_problems, markdown_problems
from generator.model.fields import texts
from generator.model.site import Wording
from generator.punctuation import punctuation_problems

_PROSE_FIELDS = frozenset(
    {
        "body",
        "script",
        "transcript",
        "text",
        "benefit",
        "where",
        "see",
        "task",
        "safety",
        "detail",
        "worksheet",
        "definition",
    }
)

_AS_FOUND = frozenset({"synonyms", "quote", "quotes", "as_written", "credit_line"})
"""Fields that keep other people's words as they are."""


def punctuation(library: Library, _today: date) -> Iterator[Diagnostic]:
    """Half-width punctuation beside Han characters, in every document once."""
    for document in library.documents:
        yield from punctuation_problems(document)


def markup(library: Library, _today: date) -> Iterator[Diagnostic]:
    """Raw HTML, dangerous links and the like in the prose of records; in free pages what would stop a renderer."""
    for page in library.pages:
        for offset, code, arguments in flood_problems(page.body):
            flooded: Mapping[str, Any] = arguments
            yield diagnostic(code, page.document.spans.at(("body",), offset), **flooded)
    for entry in library.entries.values():
        for path, text in texts(entry.record):
            if path[-1] in _PROSE_FIELDS:
                for offset, code, arguments in markdown_problems(text):
                    filled: Mapping[str, Any] = arguments
                    yield diagnostic(code, entry.within(path, offset), **filled)


def wording(library: Library, _today: date) -> Iterator[Diagnostic]:
    """Words that the editors' own rules replace; a rule does not fire inside its own replacement."""
    for entry in library.entries.values():
        for path, text in texts(entry.record):
            for rule in () if _AS_FOUND.intersection(path) else library.config.wording:
                for offset in islice(_avoidable(text, rule), MOST):
                    place = entry.within(path, offset)
                    yield diagnostic("wording", place, avoid=rule.avoid, use=rule.use, why=rule.why or "")


def _avoidable(text: str, rule: Wording) -> Iterator[int]:
    """Where the words to avoid stand, but for where they are part of the words to use."""
    if rule.avoid not in text:
        return
    # The words to use come first: where they match, what is inside them is passed over.
    either = re.compile(f"(?P<use>{re.escape(rule.use)})|{re.escape(rule.avoid)}")
    for match in either.finditer(text):
        if match["use"] is None:
            yield match.start()


def open_points(library: Library, _today: date) -> Iterator[Diagnostic]:
    """Questions that only somebody with the original can settle."""
    for entry in library.entries.values():
        for position, point in enumerate(entry.record.open_points):
            yield diagnostic("source-unclear", entry.place("open_points", position), question=point.question)


RULES = (punctuation, markup, wording, open_points)
