"""References between records: they lead somewhere, to the right kind, and never in a circle."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import lru_cache, partial
from graphlib import CycleError, TopologicalSorter
from itertools import islice

from generator import inline
from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Entry, Key, Library
from generator.markup import MOST
from generator.model import KINDS, MARKDOWN_KINDS, MODELS, Kind, Organization, Policy, Region, Status
from generator.model.fields import references as declared_references
from generator.model.fields import texts
from generator.punctuation import VERBATIM_FIELDS

_RESEMBLING = 0.75
"""How much alike (of 1) two names have to be for one to be taken for a slip in the other."""

_KIND_BY_NAME: Mapping[str, Kind] = {
    **{kind: kind for kind in KINDS},
    **{MODELS[kind].label: kind for kind in KINDS},
    **{folder: kind for kind, folder in MARKDOWN_KINDS.items()},
}
"""Kinds by what people write for them: besides the kind itself its Chinese label, and the folder it lies in."""

Place = Callable[[], Span]
"""Asked only where there is a problem: to tell a place, a file has to be read once more."""


def dangling(library: Library, _today: date) -> Iterator[Diagnostic]:
    """Fields that name a record which is not there, or may not be shown."""
    for entry in library.entries.values():
        for path, target in declared_references(entry.record):
            yield from _problem(library, target, partial(entry.place, *path), entry)
    if library.config_document is not None:
        for path, target in declared_references(library.config):
            yield from _problem(library, target, partial(library.config_document.spans.value, path), None)
    for media_path, file in library.media.items():
        for _, target in declared_references(file.credit) if file.credit else ():
            # A picture of somebody unpublished may wait for publication together with the person.
            if library.get(target) is None:
                yield from _problem(library, target, partial(Span, f"{media_path}.yml"), None)


def dangling_inline(library: Library, _today: date) -> Iterator[Diagnostic]:
    """The same for `[[kind:id]]` and `{{ figure:id }}` inside texts."""
    for entry in library.entries.values():
        for path, text in texts(entry.record):
            for reference in inline.references(text):
                yield from _inline_problem(library, reference, partial(entry.within, path, reference.offset), entry)
    for page in library.pages:
        for reference in inline.references(page.body):
            place = partial(page.document.spans.at, ("body",), reference.offset)
            yield from _inline_problem(library, reference, place, None)


def malformed_inline(library: Library, _today: date) -> Iterator[Diagnostic]:
    """What begins like a reference inside a text and is none: readers would see the brackets."""
    for entry in library.entries.values():
        for path, text in texts(entry.record):
            if not VERBATIM_FIELDS.intersection(path):
                for found, offset in islice(inline.malformed(text), MOST):
                    yield diagnostic("malformed-reference", entry.within(path, offset), found=found)
    for page in library.pages:
        for found, offset in islice(inline.malformed(page.body), MOST):
            yield diagnostic("malformed-reference", page.document.spans.at(("body",), offset), found=found)


def circular(library: Library, _today: date) -> Iterator[Diagnostic]:
    """Parents, and policies that replace one another, in a circle."""
    regions = {record.id: (record.parent,) if record.parent else () for record in library.every(Region)}
    offices = {record.id: (record.parent,) if record.parent else () for record in library.every(Organization)}
    policies = {record.id: record.supersedes for record in library.every(Policy)}
    for kind, field, edges in (
        ("region", "parent", regions),
        ("organization", "parent", offices),
        ("policy", "supersedes", policies),
    ):
        for cycle in _cycles(edges):
            entry = library.entries[Key(f"{kind}:{cycle[0]}")]
            yield diagnostic("cycle", entry.place(field), path=" → ".join((*cycle, cycle[0])))


def _problem(library: Library, target: str, place: Place, entry: Entry | None) -> Iterator[Diagnostic]:
    found = library.get(target)
    if found is None:
        if not library.is_unread(target):
            yield _dangling(library, target, place())
    elif found.status is not Status.PUBLISHED and (entry is None or entry.record.status is Status.PUBLISHED):
        yield diagnostic("reference-to-unpublished", place(), target=target)


def _inline_problem(
    library: Library, reference: inline.InlineReference, place: Place, entry: Entry | None
) -> Iterator[Diagnostic]:
    if reference.kind not in KINDS:
        yield _unknown_kind(library, reference, place())
    else:
        yield from _problem(library, reference.target, place, entry)


def _unknown_kind(library: Library, reference: inline.InlineReference, place: Span) -> Diagnostic:
    meant = _kinds_with(library, reference.id) or [
        _KIND_BY_NAME[name]
        for name in difflib.get_close_matches(reference.kind, _KIND_BY_NAME, n=1, cutoff=_RESEMBLING)
    ]
    if meant:
        return diagnostic("unknown-kind", place, kind=reference.kind, nearest=meant[0])
    known = "、".join(f"{kind} {MODELS[kind].label}" for kind in KINDS)
    return diagnostic("unknown-kind-no-match", place, kind=reference.kind, known=known)


def _dangling(library: Library, target: str, place: Span) -> Diagnostic:
    kind, _, record_id = target.partition(":")
    elsewhere = _kinds_with(library, record_id)
    if elsewhere:
        return diagnostic("wrong-kind", place, target=target, expected=kind, actual=elsewhere[0])
    known = tuple(key.partition(":")[2] for key in library.entries if key.startswith(f"{kind}:"))
    nearest = _nearest(record_id, known)
    if nearest:
        return diagnostic("dangling-reference", place, target=target, nearest=f"{kind}:{nearest}")
    return diagnostic("dangling-reference-no-match", place, target=target)


def _kinds_with(library: Library, record_id: str) -> list[Kind]:
    """The kinds that have a record of this id."""
    return [kind for kind in KINDS if Key(f"{kind}:{record_id}") in library.entries]


# Whoever takes out one record may leave a thousand references to it; among ten thousand ids each takes half a second.
@lru_cache(maxsize=64)
def _nearest(record_id: str, known: tuple[str, ...]) -> str | None:
    return next(iter(difflib.get_close_matches(record_id, known, n=1, cutoff=_RESEMBLING)), None)


def _cycles(edges: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Each circle once, beginning with its smallest id."""
    try:
        # Nearly always there is none, and the look for each of them below takes long where chains are long.
        TopologicalSorter(edges).prepare()
    except CycleError:
        pass
    else:
        return
    for start in sorted(edges):
        trail = _trail_back_to(start, edges)
        if trail and min(trail) == start:
            yield trail


def _trail_back_to(start: str, edges: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The way from `start` back to itself, or nothing."""
    seen: set[str] = set()
    waiting: list[tuple[str, ...]] = [(start,)]
    while waiting:
        trail = waiting.pop()
        for target in edges.get(trail[-1], ()):
            if target == start:
                return trail
            if target not in seen:
                seen.add(target)
                waiting.append((*trail, target))
    return ()


RULES = (dangling, dangling_inline, malformed_inline, circular)
