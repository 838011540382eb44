"""Language: punctuation, the bureau's own wording, Markdown that is not allowed, what the source leaves open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from generator import inline
from generator.check.vocabularies import Lookup, Replaced
from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Entry, FreePage
from generator.markup import MOST, flood_problems, is_plain, markdown_problems
from generator.punctuation import VERBATIM_FIELDS, punctuation_problems
from generator.written import Written

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


def markup(entry: Entry, written: Written) -> Iterator[Diagnostic]:
    """Raw HTML, dangerous links and the like in prose."""
    if is_plain(written.signs):
        return
    for path, text in written.texts:
        if path[-1] in _PROSE_FIELDS:
            for offset, code, arguments in markdown_problems(text):
                filled: Mapping[str, Any] = arguments
                yield diagnostic(code, entry.within(path, offset), **filled)


def floods(page: FreePage) -> Iterator[Diagnostic]:
    """Markdown of a free page that would stop a renderer."""
    for offset, code, arguments in flood_problems(page.body):
        filled: Mapping[str, Any] = arguments
        yield diagnostic(code, page.document.spans.at(("body",), offset), **filled)


def malformed_references(entry: Entry, written: Written) -> Iterator[Diagnostic]:
    """What begins like a reference inside a text and is none: readers would see the brackets."""
    if not _may_be_malformed(written):
        return
    for path, text in written.texts:
        if inline.openings(text) and not VERBATIM_FIELDS.intersection(path):
            for found, offset in islice(inline.malformed(text), MOST):
                yield diagnostic("malformed-reference", entry.within(path, offset), found=found)


def _may_be_malformed(written: Written) -> bool:
    """Whether there are other openings of references than those of references, or code, in which there are none."""
    signs = written.signs
    opened = (signs.count(b"[[") if b"[" in signs else 0) + (signs.count(b"{{") if b"{" in signs else 0)
    if "【" in written.joined or "｛" in written.joined or (opened and (b"`" in signs or b"~" in signs)):
        return True
    # No reference reaches from one text into the next.
    return opened > 0 and opened != inline.count(written.joined)


def malformed_references_in_page(page: FreePage) -> Iterator[Diagnostic]:
    """The same in a free page."""
    for found, offset in islice(inline.malformed(page.body), MOST):
        yield diagnostic("malformed-reference", page.document.spans.at(("body",), offset), found=found)


def open_points(entry: Entry, _written: Written) -> Iterator[Diagnostic]:
    """Questions that only somebody with the original can settle."""
    for position, point in enumerate(entry.record.open_points):
        yield diagnostic("source-unclear", entry.place("open_points", position), question=point.question)


def wording(entry: Entry, written: Written, lookup: Lookup) -> Iterator[Diagnostic]:
    """Words that the editors' own rules replace; a rule does not fire inside its own replacement."""
    if not lookup.avoided.is_in(written.joined):
        return
    for rule in lookup.wording:
        for path, text in written.texts if rule.avoid in written.joined else ():
            if not _AS_FOUND.intersection(path):
                for offset in islice(_avoidable(text, rule), MOST):
                    place = entry.within(path, offset)
                    yield diagnostic("wording", place, avoid=rule.avoid, use=rule.use, why=rule.why or "")


def _avoidable(text: str, rule: Replaced) -> Iterator[int]:
    """Where the words to avoid stand, but for where they are part of the words to use."""
    if rule.avoid not in text:
        return
    # The words to use come first: where they match, what is inside them is passed over.
    either = re.compile(f"(?P<use>{re.escape(rule.use)})|{re.escape(rule.avoid)}")
    for match in either.finditer(text):
        if match["use"] is None:
            yield match.start()


DOCUMENT_RULES = (punctuation_problems,)
RECORD_RULES = (markup, malformed_references, open_points)
WORD_RULES = (wording,)
PAGE_RULES = (floods, malformed_references_in_page)
