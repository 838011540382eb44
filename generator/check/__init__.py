"""The rules, a module per family. What a rule looks at decides when it has to run again:

- one document alone (`check_document`), one record alone (`check_record`), one free page alone (`check_page`);
- the texts of one of them against the words of others (`check_texts` and its like, with a `Vocabulary`);
- the whole library (`check_library`), of which it reads everything but texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from generator.check import (
    dates,
    figures,
    identity,
    language,
    lessons,
    media,
    people,
    places,
    policies,
    privacy,
    references,
    reviews,
    site,
)
from generator.check.vocabularies import Vocabulary, lookup, vocabulary
from generator.diagnostics import Checked, Diagnostic, in_order
from generator.library import Entry, FreePage, Library, MediaFile
from generator.load import load
from generator.parse import Document
from generator.photographs import probe_photographs
from generator.source import find
from generator.written import Written, written

__all__ = [
    "Vocabulary",
    "Written",
    "check",
    "check_credit_texts",
    "check_document",
    "check_library",
    "check_page",
    "check_page_texts",
    "check_project",
    "check_record",
    "check_texts",
    "load_project",
    "vocabulary",
    "written",
]

DOCUMENT_RULES = (*language.DOCUMENT_RULES, *privacy.DOCUMENT_RULES)
RECORD_RULES = (
    *language.RECORD_RULES,
    *dates.RECORD_RULES,
    *figures.RECORD_RULES,
    *lessons.RECORD_RULES,
    *people.RECORD_RULES,
    *places.RECORD_RULES,
    *policies.RECORD_RULES,
    *reviews.RECORD_RULES,
    *site.RECORD_RULES,
)
WORD_RULES = (*figures.WORD_RULES, *language.WORD_RULES, *people.WORD_RULES)
"""Of no use where none of the vocabulary's words stands in a text."""
TEXT_RULES = figures.TEXT_RULES
LIBRARY_RULES = (
    *references.LIBRARY_RULES,
    *identity.LIBRARY_RULES,
    *figures.LIBRARY_RULES,
    *dates.LIBRARY_RULES,
    *policies.LIBRARY_RULES,
    *people.LIBRARY_RULES,
    *privacy.LIBRARY_RULES,
    *media.LIBRARY_RULES,
    *site.LIBRARY_RULES,
)


def check_document(document: Document) -> tuple[Diagnostic, ...]:
    """What is wrong with a file whatever it holds: its punctuation, private data in its texts, comments and name."""
    return tuple(problem for rule in DOCUMENT_RULES for problem in rule(document))


def check_record(entry: Entry, texts: Written) -> tuple[Diagnostic, ...]:
    """What is wrong with a whole record, whatever the others say. `texts` are what is written in it."""
    return tuple(problem for rule in RECORD_RULES for problem in rule(entry, texts))


def check_texts(entry: Entry, texts: Written, words: Vocabulary) -> tuple[Diagnostic, ...]:
    """What the texts of a whole record say otherwise than the settings and other records do."""
    ready = lookup(words)
    rules = (*TEXT_RULES, *(WORD_RULES if ready.any.is_in(texts.joined) else ()))
    return tuple(problem for rule in rules for problem in rule(entry, texts, ready))


def check_page(page: FreePage) -> tuple[Diagnostic, ...]:
    """What is wrong with a free page, whatever the records say."""
    return tuple(problem for rule in language.PAGE_RULES for problem in rule(page))


def check_page_texts(page: FreePage, words: Vocabulary) -> tuple[Diagnostic, ...]:
    """What a free page tells that the records do not tell."""
    return tuple(people.masks_in_page(page, lookup(words)))


def check_credit_texts(file: MediaFile, words: Vocabulary) -> tuple[Diagnostic, ...]:
    """What the credit of a photograph tells that the records do not tell."""
    return tuple(people.masks_in_credit(file, lookup(words)))


def check_library(library: Library, *, today: date) -> tuple[Diagnostic, ...]:
    """What is wrong between records. Their texts are read, through `whole`, only where something is."""
    return tuple(problem for rule in LIBRARY_RULES for problem in rule(library, today))


def check(library: Library, *, today: date) -> tuple[Diagnostic, ...]:
    """Everything the rules find, by place. The same library and day give the same result."""
    return in_order((*_each_alone(library), *check_library(library, today=today)))


def _each_alone(library: Library) -> Iterator[Diagnostic]:
    words = vocabulary(library)
    for document in library.documents:
        yield from check_document(document)
    for entry in library.entries.values():
        texts = written(entry.record)
        yield from (*check_record(entry, texts), *check_texts(entry, texts, words))
    for page in library.pages:
        yield from (*check_page(page), *check_page_texts(page, words))
    for file in library.media.values():
        yield from check_credit_texts(file, words)


def load_project(root: Path, *, today: date) -> Checked[Library | None]:
    """The library of the project at `root` with all that reading, loading and checking found."""
    files = find(root)
    # A file may be reported for its name and read all the same.
    read = {file.path for file in files.value}
    rejected = {problem.span.path for problem in files.diagnostics} - read
    loaded = load(files.value, rejected=rejected)
    found = [*files.diagnostics, *loaded.diagnostics]
    if loaded.value is None:
        return Checked(None, in_order(found))
    probed = probe_photographs(root, loaded.value)
    found.extend((*probed.diagnostics, *check(probed.value, today=today)))
    return Checked(probed.value, in_order(found))


def check_project(root: Path, *, today: date) -> tuple[Diagnostic, ...]:
    """All diagnostics of the project at `root`, by place."""
    return load_project(root, today=today).diagnostics
