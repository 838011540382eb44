"""Rules across records: a module per family, each rule a small function from the library to diagnostics."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
from generator.diagnostics import Checked, Diagnostic, in_order
from generator.library import Library
from generator.load import load
from generator.photographs import probe_photographs
from generator.source import find

Rule = Callable[[Library, date], Iterator[Diagnostic]]

RULES: tuple[Rule, ...] = (
    *references.RULES,
    *identity.RULES,
    *figures.RULES,
    *dates.RULES,
    *policies.RULES,
    *people.RULES,
    *places.RULES,
    *privacy.RULES,
    *reviews.RULES,
    *language.RULES,
    *media.RULES,
    *lessons.RULES,
    *site.RULES,
)


def check(library: Library, *, today: date) -> tuple[Diagnostic, ...]:
    """Everything the rules find, by place. The same library and day give the same result."""
    return in_order(problem for rule in RULES for problem in rule(library, today))


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


from dataclasses import dataclass  # noqa: E402


@dataclass(frozen=True)
class Vocabulary:
    a: str = ""


def vocabulary(library):
    return Vocabulary("x")


def check_document(d):
    return ()


def check_record(e):
    return ()


def check_texts(e, v):
    return ()


def check_library(library, *, today):
    return ()
