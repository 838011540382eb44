"""A site and its open data without a store: facts that were just derived, and files that are only read back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from generator.artifact import Artifact
from generator.derive import Derived
from generator.derive.facts import derive_facts
from generator.derive.parts import derive_parts
from generator.facts import Facts, encode
from generator.model import KINDS, Kind
from generator.render.data import record_file, render_part, render_whole
from generator.render.data.package import render_package
from generator.render.data.schema import record_schema
from generator.render.data.table import Column, columns, columns_name
from generator.render.images import plan_shares
from generator.render.site.site import Site
from generator.render.work import file_digest


class FactsInMemory:
    """A reader of facts that were just derived."""

    def __init__(self, facts: Iterable[tuple[str, object]]) -> None:
        self._facts = {name: (number, encode(value)) for number, (name, value) in enumerate(facts, 1)}

    def fact(self, name: str) -> tuple[int, bytes | None] | None:
        return self._facts.get(name)


def site_of(derived: Derived) -> Site:
    """What pages are made from, but for the shells, which take MkDocs to make."""
    shares = plan_shares(derived.config, {kind: len(cards) for kind, cards in derived.shelves.items()})
    return Site(Facts(FactsInMemory([*derive_facts(derived), ("shares", shares)])))


def open_data(derived: Derived) -> Mapping[str, bytes]:
    """Every file of the open data by its path; no two have one path."""
    files: dict[str, bytes] = {}
    site = site_of(derived)
    _add(files, (record_file(site, derived.record(key)) for key in derived.cards))
    listed = dict(_add(files, _parts(derived, files)))
    listed |= _add(files, render_whole(derived))
    facts = [(name, encode(value)) for name, value in derive_facts(derived)]
    facts.extend((columns_name(kind), encode(_header(kind))) for kind in KINDS)

    def beginning(start: str) -> list[tuple[str, bytes]]:
        return sorted(fact for fact in facts if fact[0].startswith(start))

    _add(files, (render_package(beginning, listed),))
    return files


def _parts(derived: Derived, files: Mapping[str, bytes]) -> Iterator[Artifact]:
    for kind in KINDS:
        for part in derive_parts(derived, kind):
            yield from render_part(part, _header(kind), files.__getitem__)


def _header(kind: Kind) -> tuple[Column, ...]:
    return columns(record_schema(kind))


def _add(files: dict[str, bytes], artifacts: Iterable[Artifact]) -> dict[str, str]:
    """The digests of what was added."""
    digests = {}
    for artifact in tuple(artifacts):
        assert artifact.path not in files, artifact.path
        files[artifact.path] = artifact.data
        digests[artifact.path] = file_digest(artifact.data)
    return digests
