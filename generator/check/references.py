"""References between records: they lead somewhere, to the right kind, and never in a circle."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Container, Iterator, Mapping, Set
from datetime import date
from functools import partial
from heapq import nlargest
from itertools import pairwise

from generator import inline
from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Key, Library
from generator.model import KINDS, MARKDOWN_KINDS, MODELS, Kind, Organization, Policy, Record, Region, Status
from generator.model.fields import references as declared_references
from generator.model.fields import texts
from generator.parse.spans import BODY

_RESEMBLING = 0.75
"""How much alike (of 1) two names have to be for one to be taken for a slip in the other."""
_MOST_COMPARED = 50
_MOST_LOOKED_AT = 1_000_000
"""After so many ids, or a second, there is no use in guessing on what the other names may mean."""

_KIND_BY_NAME: Mapping[str, Kind] = {
    **{kind: kind for kind in KINDS},
    **{MODELS[kind].label: kind for kind in KINDS},
    **{folder: kind for kind, folder in MARKDOWN_KINDS.items()},
}
"""Kinds by what people write for them: besides the kind itself its Chinese label, and the folder it lies in."""

Place = Callable[[], Span]
"""Asked only where there is a problem: to tell a place, a file has to be read once more."""


def dangling(library: Library, _today: date) -> Iterator[Diagnostic]:
    """Fields, `[[kind:id]]` and `{{ figure:id }}` that name a record which is not there, or may not be shown."""
    directory = _Directory(library)
    for key, entry in library.entries.items():
        right = directory.may_name(entry.record)
        wrong = [(path, target) for path, target in declared_references(entry.record) if target not in right]
        if wrong or not right.issuperset(entry.mentions):
            whole = library.whole(key)
            for path, target in wrong:
                yield from directory.problem(target, partial(whole.place, *path))
            for path, text in texts(whole.record):
                yield from _in_text(directory, text, right, partial(whole.within, path))


def dangling_elsewhere(library: Library, _today: date) -> Iterator[Diagnostic]:
    """The same in the settings, in free pages and in the credits of photographs."""
    directory = _Directory(library)
    if library.config_document is not None:
        for path, target in declared_references(library.config):
            if target not in directory.published:
                yield from directory.problem(target, partial(library.config_document.spans.value, path))
    for page in library.pages:
        yield from _in_text(directory, page.body, directory.published, partial(page.document.spans.at, BODY))
    for media_path, file in library.media.items():
        for _, target in declared_references(file.credit) if file.credit else ():
            # A picture of somebody unpublished may wait for publication together with the person.
            if target not in directory.known:
                yield from directory.problem(target, partial(Span, f"{media_path}.yml"))


def _in_text(directory: _Directory, text: str, right: Set[str], place: Callable[[int], Span]) -> Iterator[Diagnostic]:
    """Every place of the text that refers to anything else."""
    for reference in inline.references(text):
        if reference.target not in right:
            yield from directory.problem(reference.target, partial(place, reference.offset))


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
            place = library.whole(Key(f"{kind}:{cycle[0]}")).place(field)
            yield diagnostic("cycle", place, path=" → ".join((*cycle, cycle[0])))


class _Directory:
    """Which records there are, and what somebody may have meant who named another."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self.known: frozenset[str] = frozenset(library.entries)
        self.published = frozenset(
            key for key, entry in library.entries.items() if entry.record.status is Status.PUBLISHED
        )
        self._ids_by_kind: dict[str, Mapping[str, frozenset[str]]] = {}
        self._nearest: dict[str, str | None] = {}
        self._looked_at = 0

    def may_name(self, record: Record) -> frozenset[str]:
        """What the record may name: what is shown names only what is shown as well."""
        return self.published if record.status is Status.PUBLISHED else self.known

    def problem(self, target: str, place: Place) -> Iterator[Diagnostic]:
        """What is wrong with a target that is not there or may not be named."""
        kind, _, record_id = target.partition(":")
        if target in self.known:
            yield diagnostic("reference-to-unpublished", place(), target=target)
        elif kind not in KINDS:
            yield self._unknown_kind(kind, record_id, place())
        elif not self._library.is_unread(target):
            yield self._dangling(target, place())

    def _unknown_kind(self, kind: str, record_id: str, place: Span) -> Diagnostic:
        meant = self._kinds_with(record_id) or [
            _KIND_BY_NAME[name] for name in difflib.get_close_matches(kind, _KIND_BY_NAME, n=1, cutoff=_RESEMBLING)
        ]
        if meant:
            return diagnostic("unknown-kind", place, kind=kind, nearest=meant[0])
        known = "、".join(f"{kind} {MODELS[kind].label}" for kind in KINDS)
        return diagnostic("unknown-kind-no-match", place, kind=kind, known=known)

    def _dangling(self, target: str, place: Span) -> Diagnostic:
        kind, _, record_id = target.partition(":")
        elsewhere = self._kinds_with(record_id)
        if elsewhere:
            return diagnostic("wrong-kind", place, target=target, expected=kind, actual=elsewhere[0])
        # Whoever takes out one record may leave a thousand references to it.
        if target not in self._nearest:
            self._nearest[target] = self._look_for(record_id, kind) if self._looked_at < _MOST_LOOKED_AT else None
        nearest = self._nearest[target]
        if nearest:
            return diagnostic("dangling-reference", place, target=target, nearest=f"{kind}:{nearest}")
        return diagnostic("dangling-reference-no-match", place, target=target)

    def _look_for(self, record_id: str, kind: str) -> str | None:
        known = self._ids(kind)
        # To compare the likeliest exactly takes as long as to look at two thousand.
        self._looked_at += len(known) + 2_000
        return _nearest(record_id, known)

    def _kinds_with(self, record_id: str) -> list[Kind]:
        """The kinds that have a record of this id."""
        return [kind for kind in KINDS if Key(f"{kind}:{record_id}") in self._library.entries]

    def _ids(self, kind: str) -> Mapping[str, frozenset[str]]:
        """The ids of a kind, each with the pairs of characters in it."""
        if kind not in self._ids_by_kind:
            keys = (key.partition(":") for key in self._library.entries)
            self._ids_by_kind[kind] = {
                record_id: _pairs(record_id) for its_kind, _, record_id in keys if its_kind == kind
            }
        return self._ids_by_kind[kind]


def _nearest(record_id: str, known: Mapping[str, frozenset[str]]) -> str | None:
    """The id most like the given one. The exact comparison is slow, so it is made with the likeliest ones only."""
    pairs = _pairs(record_id)
    likely = nlargest(_MOST_COMPARED, known, key=lambda other: len(pairs & known[other]) / (len(known[other]) + 1))
    return next(iter(difflib.get_close_matches(record_id, likely, n=1, cutoff=_RESEMBLING)), None)


def _pairs(record_id: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(record_id)))


def _cycles(edges: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """For each id the circle of which it is the smallest, beginning with it."""
    ahead = {start: {target for target in targets if edges.get(target)} for start, targets in edges.items() if targets}
    behind: dict[str, set[str]] = {node: set() for node in ahead}
    for node, targets in ahead.items():
        for target in targets:
            behind[target].add(node)
    # Nearly always this leaves nothing: only what has something ahead and something behind can be on a circle.
    _drop(ahead, behind, [node for node in ahead if not ahead[node] or not behind[node]])
    for start in sorted(ahead):
        if start in ahead:
            trail = _trail_back_to(start, edges, ahead)
            if trail:
                yield trail
            _drop(ahead, behind, [start])


def _drop(ahead: dict[str, set[str]], behind: dict[str, set[str]], waiting: list[str]) -> None:
    """Take out the waiting nodes, and those that thereby lose the last one before or after them."""
    while waiting:
        node = waiting.pop()
        for neighbours, opposite in ((behind, ahead), (ahead, behind)):
            for neighbour in neighbours.pop(node, ()):
                opposite[neighbour].discard(node)
                if not opposite[neighbour] and neighbour != node:
                    waiting.append(neighbour)


def _trail_back_to(start: str, edges: Mapping[str, tuple[str, ...]], within: Container[str]) -> tuple[str, ...]:
    """A way from `start` back to itself, or nothing."""
    came_from: dict[str, str] = {}
    waiting = [start]
    while waiting:
        node = waiting.pop()
        for target in edges[node]:
            if target == start:
                return _way(came_from, start, node)
            if target in within and target not in came_from:
                came_from[target] = node
                waiting.append(target)
    return ()


def _way(came_from: Mapping[str, str], start: str, end: str) -> tuple[str, ...]:
    way = [end]
    while way[-1] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))


LIBRARY_RULES = (dangling, dangling_elsewhere, circular)
