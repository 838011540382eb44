"""Makes units of the output into a tree, in this process or in others, and keeps account of what they came to."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic
from generator.output import Prepared, RepeatedPathError
from generator.run import Executor, open_executor, run_tasks
from generator.spool import Spool
from generator.store import Store, StoreError, Unit, packed
from generator.values import Value

if TYPE_CHECKING:
    from generator.artifact import Artifact
    from generator.output.workspace import SharedFile
    from generator.render.plan import Plan
    from generator.render.work import Job, Made, WantedRecord

_JOB = 50
"""Records or pages that one task makes."""
_WORTH_A_POOL = 150
"""Fewer units than this are made before a pool has started."""
PARTS = ("site", "images", "data", "print")
"""What a build may be asked for, in the order of the work."""
_PATHS: Mapping[str, tuple[str, ...]] = {
    "images": ("assets/art/", "assets/share/", "assets/media/"),
    "data": ("data/", "feeds/", "sitemap", "robots.txt"),
    "print": ("brochures/",),
}
"""Where the parts write; everything else, and every page, is the site's."""


def part_of(path: str) -> str:
    """Which part writes the file at `path` of the site."""
    if path.endswith(".html"):
        return "site"
    return next((part for part, starts in _PATHS.items() if path.startswith(starts)), "site")


class _Sorted(Value, frozen=True):
    """Stale units by how they are made."""

    records: Mapping[str, tuple[str, ...]]
    """By key of the record."""
    pages: tuple[str, ...]
    parts: frozenset[str]
    others: frozenset[str]


def _sorted(stale: Iterable[str]) -> _Sorted:
    records: dict[str, tuple[str, ...]] = {}
    rest: dict[str, list[str]] = {"pages": [], "parts": [], "others": []}
    for name in stale:
        kind, _, key = name.partition(":")
        if kind in {"page", "data"} and key:
            records[key] = (*records.get(key, ()), name)
        elif kind == "part":
            rest["parts"].append(name)
        else:
            rest["others" if kind in {"assets", "whole", "package", "picture", "book"} else "pages"].append(name)
    return _Sorted(
        dict(sorted(records.items())), tuple(rest["pages"]), frozenset(rest["parts"]), frozenset(rest["others"])
    )


class Making:
    """The making of one edition. `found`, `rendered` and `written` tell how it went."""

    def __init__(
        self,
        root: Path,
        store: Store,
        executor: Executor,
        facts: SharedFile,
        prepared: Prepared,
        spool: Spool,
        paths: Mapping[str, str],
        plan: Plan | None,
    ) -> None:
        self._root = root
        self._store = store
        self._executor = executor
        self._facts = facts
        self._tree = prepared.tree
        self._is_empty = prepared.empty
        self._spool = spool
        self._paths = paths
        self._plan = plan
        self._run = os.urandom(8).hex()
        self._paths_made: set[str] = set()
        self._left_over: set[str] = set()
        self._totals: Counter[str] = Counter(json.loads(store.note("totals") or "{}"))
        self.found: list[Diagnostic] = []
        self.rendered: list[str] = []
        self.written: list[str] = []

    def make(self, stale: Sequence[str], progress: Callable[[str], None]) -> None:
        """Make all of the stale units."""
        todo = _sorted(stale)
        progress("site")
        changed = self._in_jobs(len(todo.records), self._record_jobs(todo.records))
        self._in_jobs(len(todo.pages), self._name_jobs(todo.pages))
        self._make_wholes(todo.others)
        progress("data")
        parts = sorted(todo.parts | set(self._parts_of(changed)))
        self._in_jobs(len(parts), self._name_jobs(parts))
        if parts or todo.others & {"whole:data", "package"}:
            self._make_package()
        progress("images")
        self._make_pictures(sorted(name for name in todo.others if name.startswith("picture:")))
        progress("print")
        self._make_books(sorted(name for name in todo.others if name.startswith("book:")))

    def remove(self, dropped: Mapping[str, str]) -> list[str]:
        """Take out what no unit makes any longer: files of units that made less than before, and of `dropped` ones."""
        self._count(dropped, -1)
        gone = sorted((self._left_over | dropped.keys()) - self._paths_made)
        for path in gone:
            self._tree.remove(path)
        self._store.write_note("totals", json.dumps(self._totals))
        return gone

    def carry_over(self, site: Path, parts: Collection[str]) -> None:
        """Take from the present site what these parts wrote, as one unit each, until they are planned again."""
        carried: dict[str, dict[str, str]] = {part: {} for part in parts}
        for folder, _, names in os.walk(site):
            for name in names:
                source = os.path.join(folder, name)  # noqa: PTH118 - there may be many
                path = os.path.relpath(source, site).replace(os.sep, "/")
                if part_of(path) in parts:
                    self._tree.link(path, source)
                    self.written.append(path)
                    carried[part_of(path)][path] = f"{os.path.getsize(source)}:"  # noqa: PTH202 - there may be many
        for part, files in carried.items():
            self._store.plan(part, [f"carried:{part}"])
            self._store.finish((Unit(f"carried:{part}", b"", files),))
            self._count(files, 1)

    def _make_wholes(self, units: Collection[str]) -> None:
        if "assets" in units:
            from generator.render.site.assets import theme_assets

            self._keep("assets", theme_assets())
        if "whole:site" in units:
            from generator.render.site.whole import render_whole

            self._keep("whole:site", render_whole(self._need().derived))
        if "whole:data" in units:
            from generator.render.data import render_whole as render_data

            self._keep("whole:data", render_data(self._need().derived))

    def _make_package(self) -> None:
        from generator.render.data.package import render_package

        files: dict[str, str] = {}
        for listed in (*self._store.all_files("part:%"), self._store.unit_files("whole:data")):
            files |= listed
        self._keep("package", (render_package(self._store.facts, files),))

    def _make_pictures(self, units: Sequence[str]) -> None:
        """Draw what was never drawn; what was, is only linked. Nothing of a finished picture is read here."""
        if not units:
            return
        try:
            self._draw(units)
        except StoreError:
            # What is known of finished pictures is lost; they are drawn again.
            self._draw(units, anew=True)

    def _draw(self, units: Sequence[str], *, anew: bool = False) -> None:
        from generator.images.shelf import PictureStore
        from generator.render.images import made

        pictures = self._need().pictures
        folder = self._store.path.parent
        with Store(folder / "pictures.sqlite", anew=anew) as index, PictureStore(folder / "pictures", index) as shelf:
            # The originals are on this machine.
            with nullcontext(self._executor) if not self._executor.is_far else open_executor() as near:
                drawn = made([pictures[name] for name in units], shelf, near)
            shelf.forget_all_but({picturing.key for picturing in pictures.values()})
            index.forget_unused()
            index.commit()
        self.found.extend(drawn.diagnostics)
        files = dict(drawn.value)
        for name in units:
            paths = pictures[name].paths
            if files.keys() >= set(paths):
                self._link(name, pictures[name].key, {path: files[path] for path in paths})

    def _link(self, name: str, key: str, files: Mapping[str, Path]) -> None:
        for path, source in files.items():
            self._tree.link(path, str(source))
        self._account(name, {path: f"{source.stat().st_size}:{key}" for path, source in files.items()}, files)

    def _make_books(self, units: Collection[str]) -> None:
        """Set those books of which something that they show has changed."""
        if not units:
            return
        from generator.render.print import books

        prepared = books(self._need().derived)
        self.found.extend(prepared.diagnostics)
        held = {}
        for book in prepared.value:
            name = f"book:{Path(book.path).stem}"
            held[name] = book.records
            if not self._is_empty and self._store.unit_files(name) and self._store.note(name) == book.key:
                self._account(name, self._store.unit_files(name), ())
            else:
                self._keep(name, (book.typeset(),))
                self._store.write_note(name, book.key)
        self._store.write_note("books", json.dumps(held))

    def _need(self) -> Plan:
        assert self._plan is not None, "units that need it are only made after planning"
        return self._plan

    def _parts_of(self, units: Iterable[str]) -> Iterator[str]:
        """The parts of the open data that these records' files belong to."""
        from generator.derive.parts import part_name
        from generator.facts import decode

        counts: dict[str, int] = {}
        for unit in units:
            if unit.startswith("data:"):
                key = unit.removeprefix("data:")
                kind = key.partition(":")[0]
                if kind not in counts:
                    fact = self._store.fact(f"parts:{kind}")
                    counts[kind] = decode(fact[1], int) if fact and fact[1] else 1
                yield f"part:{part_name(key, counts[kind])}"

    def _in_jobs(self, units: int, jobs: Iterable[Job]) -> list[str]:
        """Make units in other processes, or here where they are few; the names of those whose files changed."""
        if not units:
            return []
        from generator.render.work import make

        changed: list[str] = []
        executor = self._executor if units >= _WORTH_A_POOL else None
        for made in run_tasks(executor, make, jobs):
            self._store.finish([self._unit(unit) for unit in made])
            changed.extend(unit.name for unit in made if unit.written)
        return changed

    def _record_jobs(self, records: Mapping[str, tuple[str, ...]]) -> Iterator[Job]:
        keys = list(records)
        for start in range(0, len(keys), _JOB):
            some = keys[start : start + _JOB]
            units = [unit for key in some for unit in records[key]]
            yield self._job(units, records=tuple(self._wanted(key, records[key]) for key in some))

    def _name_jobs(self, names: Sequence[str]) -> Iterator[Job]:
        for start in range(0, len(names), _JOB):
            some = tuple(names[start : start + _JOB])
            yield self._job(some, names=some)

    def _job(
        self,
        units: Iterable[str],
        *,
        records: tuple[WantedRecord, ...] = (),
        names: tuple[str, ...] = (),
    ) -> Job:
        from generator.render.work import Job

        known: dict[str, str] = {}
        if not self._is_empty:
            for unit in units:
                known |= self._store.unit_files(unit)
        return Job(self._root, self._facts, self._run, self._tree, records, names, known)

    def _wanted(self, key: str, units: tuple[str, ...]) -> WantedRecord:
        from generator.render.work import WantedRecord

        whole = self._spool.get(key)
        path = "" if whole else self._path_of(key)
        if path and self._executor.is_far:
            whole = self._whole(path, key)
        return WantedRecord(key, units, whole, path)

    def _whole(self, path: str, key: str) -> bytes:
        from generator.intake import Again, pickled
        from generator.library import Key

        return pickled(Again(self._root).record(path, Key(key)).record)

    def _path_of(self, key: str) -> str:
        """The file that a record is in."""
        if key not in self._paths:
            from generator.facts import decode

            fact = self._store.fact(f"record:{key}")
            assert fact is not None, key
            assert fact[1] is not None, key
            return decode(fact[1], tuple[str, str])[1]
        return self._paths[key]

    def _unit(self, made: Made) -> Unit:
        reads = made.reads
        if made.missing:
            reads += packed(self._store.expect_fact(name) for name in made.missing)
        return self._accounted(made.name, made.files, made.written, reads)

    def _keep(self, name: str, artifacts: Iterable[Artifact]) -> None:
        """Write a unit that is made here, in the main process."""
        from generator.render.work import file_digest

        known = {} if self._is_empty else self._store.unit_files(name)
        files: dict[str, str] = {}
        written: list[str] = []
        for artifact in artifacts:
            files[artifact.path] = file_digest(artifact.data)
            if known.get(artifact.path) != files[artifact.path]:
                self._tree.write(artifact.path, artifact.data)
                written.append(artifact.path)
        self._account(name, files, written)

    def _account(self, name: str, files: Mapping[str, str], written: Iterable[str]) -> None:
        self._store.finish((self._accounted(name, files, written),))

    def _accounted(self, name: str, files: Mapping[str, str], written: Iterable[str], reads: bytes = b"") -> Unit:
        if not self._paths_made.isdisjoint(files):
            raise RepeatedPathError(next(path for path in files if path in self._paths_made))
        self._paths_made.update(files)
        if not self._is_empty:
            before = self._store.unit_files(name)
            self._left_over.update(before.keys() - files.keys())
            self._count(before, -1)
        self._count(files, 1)
        self.rendered.append(name)
        self.written.extend(written)
        return Unit(name, reads, files)

    def _count(self, files: Mapping[str, str], sign: int) -> None:
        totals = self._totals
        totals["files"] += sign * len(files)
        for path, told in files.items():
            totals["pages"] += sign * path.endswith(".html")
            totals["bytes"] += sign * int(told.partition(":")[0])
