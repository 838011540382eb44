"""The work of rendering, cut into tasks that any process can do: given names, it makes files and tells of what."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from generator.artifact import Artifact
from generator.derive.parts import Part
from generator.facts import Facts
from generator.intake import Again
from generator.library import Key
from generator.model import Record
from generator.output import Tree
from generator.output.workspace import SharedFile
from generator.render.data import record_file, render_part
from generator.render.data.table import Column, columns_name
from generator.render.site.pages import alias_pages, other_page, record_page
from generator.render.site.site import Site
from generator.store import FactReader, packed
from generator.values import Value

DATA, PART = "data:", "part:"
"""How the names of units begin: a record's data, a part of the open data. All others are pages."""


class WantedRecord(NamedTuple):
    """A record with the units to make of it."""

    key: str
    units: tuple[str, ...]
    whole: bytes | None
    """The record as another process of this run pickled it."""
    path: str
    """The file that it is in, where it has to be read again."""


class Job(Value, frozen=True):
    """Some units to make."""

    root: Path
    facts: SharedFile
    """The store's file, or a copy of its facts."""
    run: str
    """Names the state of the facts: a process keeps what it read of them for one run only."""
    tree: Tree
    records: tuple[WantedRecord, ...] = ()
    names: tuple[str, ...] = ()
    """Other units."""
    known: Mapping[str, str] = {}
    """Digest of each file that the tree holds from these units already."""


class Made(NamedTuple):
    """A unit that was made."""

    name: str
    files: Mapping[str, str]
    """Digest by path."""
    written: tuple[str, ...]
    """The files that were not in the tree as they are now."""
    reads: bytes
    missing: tuple[str, ...]
    """Facts that were looked for and are not there."""


def make(job: Job) -> list[Made]:
    """Make the units of a job and write their files."""
    return list(_Maker(job, _site(job.facts.local(), job.run)).all())


_open_sites: dict[tuple[str, str], tuple[FactReader, Site]] = {}


def _site(path: str, run: str) -> Site:
    """This process's view of the facts, opened once for each run."""
    if (path, run) not in _open_sites:
        for reader, _ in _open_sites.values():
            reader.close()
        _open_sites.clear()
        reader = FactReader(path)
        _open_sites[path, run] = (reader, Site(Facts(reader)))
    return _open_sites[path, run][1]


class _Maker:
    def __init__(self, job: Job, site: Site) -> None:
        self._job = job
        self._site = site
        self._again = Again(job.root)

    def all(self) -> Iterator[Made]:
        for wanted in self._job.records:
            record = self._record(wanted)
            for unit in wanted.units:
                yield self._made(unit, partial(_of_record, self._site, unit, Key(wanted.key), record))
        for name in self._job.names:
            yield self._made(name, partial(self._other, name))

    def _record(self, wanted: WantedRecord) -> Record:
        if wanted.whole is None:
            return self._again.record(wanted.path, Key(wanted.key)).record
        record = pickle.loads(wanted.whole)
        assert isinstance(record, Record)
        return record

    def _other(self, name: str) -> tuple[Artifact, ...]:
        if name.startswith(PART):
            part = self._site.facts.need(name, Part)
            header = self._site.facts.need(columns_name(part.kind), tuple[Column, ...])
            return render_part(part, header, self._job.tree.read)
        return (other_page(self._site, name),)

    def _made(self, name: str, render: Callable[[], tuple[Artifact, ...]]) -> Made:
        with self._site.facts.noting() as reads:
            artifacts = render()
        files = {artifact.path: file_digest(artifact.data) for artifact in artifacts}
        written = tuple(path for path, digest in files.items() if self._job.known.get(path) != digest)
        self._job.tree.write_all((artifact.path, artifact.data) for artifact in artifacts if artifact.path in written)
        return Made(name, files, written, packed(reads.facts), tuple(sorted(reads.missing)))


def _of_record(site: Site, unit: str, key: Key, record: Record) -> tuple[Artifact, ...]:
    # The record itself is a fact too: its digest.
    site.facts.get(f"record:{key}", tuple[str, str])
    if unit.startswith(DATA):
        return (record_file(site, record),)
    return (record_page(site, key, record), *alias_pages(site, key, record.aliases))


def file_digest(data: bytes) -> str:
    """Size and SHA-256: what the list of open data wants to know of a file as well."""
    return f"{len(data)}:{sha256(data).hexdigest()}"
