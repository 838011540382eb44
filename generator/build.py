"""`rongguang build`: look, read what changed, check, derive, make what it touches, switch. Told from top to bottom."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.content import Changes, Refreshed, collect, look, refresh
from generator.diagnostics import Code, Diagnostic, Span, has_errors, in_order
from generator.faults import MachineFaultError
from generator.making import PARTS
from generator.output import open_output
from generator.output.site import is_url
from generator.program import known_program, program_digest
from generator.publishing import Edition
from generator.run import open_executor
from generator.spool import Spool
from generator.store import Store, StoreError, digest
from generator.values import Value

if TYPE_CHECKING:
    from generator.content import Collection as Content
    from generator.output import Output
    from generator.run import Executor

_TASKS = ("generator.intake", "generator.render.work")
"""What workers do."""

Progress = Callable[[str], None]
"""Called with the name of each step as it begins."""


class Work(Value, frozen=True):
    """What a build had to do."""

    opened: int = 0
    """Source files."""
    parsed: int = 0
    """Source files that said something else than before."""
    rendered: tuple[str, ...] = ()
    """Units of the output that were made: `page:story:x`, `list:stories/`, `data:story:x`, ..."""
    written: int = 0
    """Files of the output that were not there before as they are now."""


class Built(Value, frozen=True):
    """How a build went: everything found, and what was published unless there were errors."""

    diagnostics: tuple[Diagnostic, ...]
    site: Path | str | None = None
    """The folder; where a URL was given, that URL: the site is the tree that `site.json` there names."""
    records: Mapping[str, int] | None = None
    """How many of each kind."""
    pages: int = 0
    files: int = 0
    bytes: int = 0
    seconds: float = 0.0
    work: Work = Work()


def build(
    root: Path,
    out: Path | str,
    *,
    today: date,
    only: Collection[str] = PARTS,
    strict: bool = False,
    jobs: int | None = None,
    executor: str | None = None,
    progress: Progress = lambda _step: None,
) -> Built:
    """Publish the project at `root` as `out/site`; with errors nothing is written and the former site stays.

    Parts that are not asked for stay as the present site has them. What an earlier build into the same folder
    found out is not done again; the site is the same, byte for byte, as if it were.

    `out` may be a URL that fsspec knows. With the address of a dask scheduler as `executor` its workers do the work;
    they have to reach `out`.

    Raises BuildInProgressError, MachineFaultError and OSError: the machine's faults, not the content's.
    """
    begun = time.monotonic()
    given = _Given(root, str(out), today, frozenset(only), strict, begun, progress)
    with (
        _memory(root) as memory,
        open_output(out) as output,
        open_executor(jobs, executor, modules=_TASKS, code=program_digest) as workers,
        Spool(memory) as spool,
    ):
        path, program = memory / _store_name(out), known_program(memory)
        try:
            with Store(path, maker=program, sealed=True) as store:
                return _Build(given, store, workers, output, spool).run()
        except StoreError:
            # Whatever is wrong with it: it can be done without.
            pass
        try:
            with Store(path, maker=program, anew=True, sealed=True) as store:
                return _Build(given, store, workers, output, spool).run()
        except StoreError as error:
            raise MachineFaultError(f"{path.name}: {error}") from error


@contextmanager
def _memory(root: Path) -> Iterator[Path]:
    """The folder for what the next run can use; where nothing can be written, one that goes with this run."""
    folder = root / ".rongguang"
    if folder.is_symlink():
        # Content comes from strangers too: a link here would have us write wherever it leads.
        raise MachineFaultError(f"{folder.name} is a link")
    if _can_write(folder):
        yield folder
    else:
        from tempfile import TemporaryDirectory

        with TemporaryDirectory(prefix="rongguang-") as temporary:
            yield Path(temporary)


def _can_write(folder: Path) -> bool:
    try:
        folder.mkdir(exist_ok=True)
        trial = folder / f"trial-{os.urandom(6).hex()}"
        trial.touch()
        trial.unlink()
    except OSError:
        return False
    return True


def _store_name(out: Path | str) -> str:
    """One store for each output folder: what it remembers is what was written there."""
    place = str(out) if is_url(str(out)) else os.path.abspath(out)  # noqa: PTH100 - `..` goes, links stay
    return f"store-{digest(place)[:8]}.sqlite"


class _Given(Value, frozen=True):
    root: Path
    out: str
    today: date
    only: frozenset[str]
    strict: bool
    begun: float
    progress: Progress


class _Build:
    """One build with an open store."""

    def __init__(self, given: _Given, store: Store, executor: Executor, output: Output, spool: Spool) -> None:
        self._spool = spool
        self._given = given
        self._store = store
        self._executor = executor
        self._edition = Edition(given.root, given.out, store, executor, output, spool, given.only)

    def run(self) -> Built:
        self._given.progress("read")
        changes = look(self._given.root, self._store)
        state = digest(self._given.today.isoformat(), repr(changes.found))
        if not changes and self._was(state):
            return self._built(_found(self._store), Refreshed())
        refreshed = Refreshed()
        if changes:
            now_ns = time.time_ns()
            refreshed = refresh(self._given.root, self._store, changes, self._executor, self._spool, now_ns=now_ns)
        found = self._locally(changes, refreshed) if self._store.note("state") == state else None
        if found is None:
            return self._whole(changes, refreshed, state)
        if self._stops(found):
            return self._fail(found, state)
        _keep_found(self._store, found)
        return self._built(found, refreshed)

    def _was(self, state: str) -> bool:
        """Whether the last build saw the same and there is nothing left to do."""
        if self._store.note("failed") == f"{state} {self._given.strict}":
            return True
        return self._store.note("state") == state and not self._edition.is_behind()

    def _locally(self, changes: Changes, refreshed: Refreshed) -> tuple[Diagnostic, ...] | None:
        """All that is wrong now, where the changes touch nothing but their own files; None where they may."""
        across = json.loads(self._store.note("across") or "[]")
        if not refreshed.is_local or not changes.fresh.keys().isdisjoint(across):
            return None
        if not self._edition.touch(refreshed.records):
            return None
        others = (problem for problem in _found(self._store) if problem.span.path not in changes.fresh)
        return in_order((*others, *refreshed.found))

    def _whole(self, changes: Changes, refreshed: Refreshed, state: str) -> Built:
        """Check and derive across all files."""
        content = collect(self._given.root, self._store, changes, today=self._given.today)
        _keep_across(self._store, content)
        if content.library is None or self._stops(content.found):
            return self._fail(content.found, state)
        from generator.derive import derive

        self._edition.plan(derive(content.library, today=self._given.today), content.records)
        _keep_found(self._store, content.found)
        self._store.write_note("state", state)
        self._store.write_note("failed", "")
        return self._built(content.found, refreshed)

    def _built(self, found: tuple[Diagnostic, ...], refreshed: Refreshed) -> Built:
        if self._store.note("failed") or self._stops(found):
            return Built(found)
        made = self._edition.publish(self._given.progress)
        found = in_order((*found, *made.found))
        if made.site is None:
            return Built(found)
        return Built(
            found,
            made.site,
            made.records,
            made.pages,
            made.files,
            made.bytes,
            time.monotonic() - self._given.begun,
            Work(refreshed.opened, refreshed.parsed, made.rendered, made.written),
        )

    def _stops(self, found: tuple[Diagnostic, ...]) -> bool:
        return has_errors(found) or (self._given.strict and bool(found))

    def _fail(self, found: tuple[Diagnostic, ...], state: str) -> Built:
        """Remember what was read and found; the next run that can go on begins with looking at everything."""
        _keep_found(self._store, found)
        self._store.write_note("state", "")
        self._store.write_note("failed", f"{state} {self._given.strict}")
        self._store.commit()
        return Built(found)


def _keep_across(store: Store, content: Content) -> None:
    paths = {span.path for problem in content.across for span in (problem.span, *problem.related)}
    store.write_note("across", json.dumps(sorted(paths)))


def _keep_found(store: Store, found: Iterable[Diagnostic]) -> None:
    told = [
        (problem.code, _place(problem.span), problem.arguments, list(map(_place, problem.related))) for problem in found
    ]
    store.write_note("found", json.dumps(told, ensure_ascii=False))


def _place(span: Span) -> tuple[str, int, int]:
    return span.path, span.line, span.column


def _found(store: Store) -> tuple[Diagnostic, ...]:
    """What the last run found."""
    told = json.loads(store.note("found") or "[]")
    return tuple(
        Diagnostic(
            Code(code),
            Span(*span),
            tuple((name, value) for name, value in arguments),
            tuple(Span(*at) for at in related),
        )
        for code, span, arguments, related in told
    )
