"""The content as the store knows it, brought up to date with the files: only what changed is opened.

Nothing here imports the model before a file has changed: a run that finds all as it was is done in no time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Checked, Diagnostic, in_order
from generator.run import Executor, run_tasks
from generator.source import CONFIG_PATH, MEDIA_SUFFIXES, SourceFile, read, scan
from generator.spool import Spool
from generator.store import Stamp, Store
from generator.values import Value, replace

if TYPE_CHECKING:
    from generator.check import Vocabulary
    from generator.intake import Intake, Taken
    from generator.library import Library

_WORDS = ("content/figure/", "content/person/", CONFIG_PATH)
"""Files that say what the texts of all others are held against."""
_SETTLED_NS = 2_000_000_000
"""A file that was changed so shortly before it was read may change again without its time telling: some systems
count in steps of two seconds. It is read once more in the next run."""
_BATCH = 40
_WORTH_A_POOL = 120
"""Fewer files than this are read before a pool has started."""


class Changes(Value, frozen=True):
    """What is not as it was in the last run."""

    fresh: Mapping[str, Stamp]
    """New files, and files whose stamp is another."""
    known: frozenset[str]
    """Those of `fresh` that an earlier run took in."""
    gone: tuple[str, ...]
    found: tuple[Diagnostic, ...]
    """What the look through the folders reports."""

    def __bool__(self) -> bool:
        return bool(self.fresh or self.gone)


class Refreshed(Value, frozen=True):
    """What the changes came to."""

    records: Mapping[str, tuple[str, str]] = {}
    """Digest and file of each record that says something else than before."""
    is_local: bool = True
    """Whether nothing outside of the changed files can tell the difference."""
    found: tuple[Diagnostic, ...] = ()
    """What is wrong with the changed files by themselves."""
    opened: int = 0
    parsed: int = 0


def look(root: Path, store: Store) -> Changes:
    """Compare the files with those that the store knows; none is opened."""
    known = store.stamps()
    listed = scan(root, known)
    fresh = {path: stamp for path, stamp in listed.value.items() if known.get(path) != stamp}
    gone = tuple(sorted(known.keys() - listed.value.keys()))
    return Changes(fresh, frozenset(fresh.keys() & known.keys()), gone, listed.diagnostics)


def refresh(root: Path, store: Store, changes: Changes, executor: Executor, spool: Spool, *, now_ns: int) -> Refreshed:
    """Read what changed into the store; the records of changed files go whole, pickled, by key into the spool."""
    return _Refresh(root, store, changes, executor, spool, now_ns).run()


class _Refresh:
    def __init__(
        self, root: Path, store: Store, changes: Changes, executor: Executor, spool: Spool, now_ns: int
    ) -> None:
        self._root = root
        self._store = store
        self._changes = changes
        self._executor = executor
        self._spool = spool
        self._latest = now_ns - _SETTLED_NS
        # What is reported for its name is reported each time.
        self._unsettled = {problem.span.path for problem in changes.found}
        self._records: dict[str, tuple[str, str]] = {}
        self._found: dict[str, tuple[Diagnostic, ...]] = {}
        self._is_local = not changes.gone
        self._opened = 0
        self._parsed = 0

    def run(self) -> Refreshed:
        fresh = sorted(self._changes.fresh)
        words = [path for path in fresh if path.startswith(_WORDS)]
        others = [path for path in fresh if not path.startswith(_WORDS)]
        self._store.drop_products(self._changes.gone)
        has_lost_words = any(path.startswith(_WORDS) for path in self._changes.gone)
        before = _known_vocabulary(self._store)
        has_new_words = self._take_in(words, before) or has_lost_words
        vocabulary = _vocabulary(self._root, self._store) if has_new_words or before is None else before
        self._take_in(others, vocabulary)
        if vocabulary is not None and vocabulary != before:
            self._hold_against(vocabulary, self._all_but(others))
        _keep_vocabulary(self._store, vocabulary)
        found = tuple(problem for path in fresh for problem in self._found[path])
        return Refreshed(self._records, self._is_local, found, self._opened, self._parsed)

    def _take_in(self, paths: Sequence[str], vocabulary: Vocabulary | None) -> bool:
        """Whether anything that others can know has changed."""
        from generator.intake import Batch, take_in_batch

        has_changed = False
        known = {path: digest for path in paths if (digest := self._digest_of(path))}
        # Photographs are many bytes to send and little work.
        here = [path for path in paths if self._executor.is_far and path.endswith(MEDIA_SUFFIXES)]
        for some, executor in ((here, None), (sorted(set(paths).difference(here)), self._executor_for(paths))):
            batches = (
                Batch(self._root, part, vocabulary, {path: known[path] for path in part if path in known}, sources)
                for part, sources in self._cut(some, executor)
            )
            for taken in run_tasks(executor, take_in_batch, batches):
                has_changed |= self._keep(taken)
        self._is_local &= not has_changed
        return has_changed

    def _digest_of(self, path: str) -> str | None:
        from generator.facts import decode
        from generator.intake import Intake

        product = self._former(path)
        return decode(product, Intake).digest if product else None

    def _former(self, path: str) -> bytes | None:
        """What the file gave in an earlier run."""
        return self._store.product(path) if path in self._changes.known else None

    def _keep(self, taken: Sequence[Taken]) -> bool:
        """Whether anything that others can know has changed."""
        from generator.facts import decode
        from generator.intake import Intake

        self._opened += len(taken)
        has_changed = False
        rows = []
        for file in taken:
            path, stamp = file.path, file.stamp
            for key, whole in file.whole:
                self._spool.add(key, whole)
            before = self._former(path)
            product = file.intake or before
            assert product is not None
            settled = stamp if stamp[1] < self._latest and path not in self._unsettled else (stamp[0], -1, stamp[2])
            rows.append((path, settled, product))
            now = decode(product, Intake)
            self._found[path] = (*now.found, *now.found_in_texts)
            if file.intake is not None:
                self._parsed += 1
                has_changed |= self._compare(decode(before, Intake) if before else None, now)
        self._store.keep_products(rows)
        return has_changed

    def _compare(self, before: Intake | None, now: Intake) -> bool:
        former = dict(before.records) if before else {}
        for key, digest in now.records:
            if former.get(key) != digest:
                self._records[key] = (digest, now.path)
        return before is None or before.outside != now.outside

    def _hold_against(self, vocabulary: Vocabulary, paths: Sequence[str]) -> None:
        """Check the texts of these files once more."""
        from generator.facts import decode, encode
        from generator.intake import Batch, Intake, check_again

        texts = [path for path in paths if not path.endswith(MEDIA_SUFFIXES)]
        executor = self._executor_for(texts)
        batches = (Batch(self._root, part, vocabulary, sources=sources) for part, sources in self._cut(texts, executor))
        for checked in run_tasks(executor, check_again, batches):
            for path, found in checked:
                product = self._store.product(path)
                assert product is not None
                intake = decode(product, Intake)
                if intake.found_in_texts != found:
                    self._store.amend_product(path, encode(intake._replace(found_in_texts=found)))
                    self._found[path] = (*intake.found, *found)

    def _all_but(self, paths: Sequence[str]) -> list[str]:
        return sorted(self._store.stamps().keys() - set(paths))

    def _cut(
        self, paths: Sequence[str], executor: Executor | None
    ) -> Iterator[tuple[tuple[str, ...], tuple[Checked[SourceFile | None], ...]]]:
        """Paths in batches, with the files themselves for workers that are far."""
        for start in range(0, len(paths), _BATCH):
            part = tuple(paths[start : start + _BATCH])
            yield part, tuple(read(self._root, path) for path in part) if executor and executor.is_far else ()

    def _executor_for(self, paths: Sequence[str]) -> Executor | None:
        return self._executor if len(paths) >= _WORTH_A_POOL else None


_VOCABULARY = "vocabulary"


def _known_vocabulary(store: Store) -> Vocabulary | None:
    from generator.check import Vocabulary
    from generator.facts import decode

    data = store.get(_VOCABULARY)
    return decode(data, Vocabulary) if data else None


def _keep_vocabulary(store: Store, vocabulary: Vocabulary | None) -> None:
    from generator.facts import encode

    store.put(_VOCABULARY, encode(vocabulary) if vocabulary else b"")


def _vocabulary(root: Path, store: Store) -> Vocabulary | None:
    """What texts are held against; None where the settings cannot be read."""
    from generator.check import vocabulary
    from generator.facts import decode
    from generator.intake import Again, Intake, loaded_from
    from generator.load import assemble

    again = Again(root)
    products = (store.product(path) for path in sorted(store.stamps()) if path.startswith(_WORDS))
    library = assemble([loaded_from(decode(product, Intake), again) for product in products if product]).value
    return vocabulary(library) if library else None


class Collection(Value, frozen=True):
    """All of the content in outline, and all that is wrong with it."""

    library: Library | None
    records: Mapping[str, tuple[str, str]]
    """Digest and file of each record."""
    found: tuple[Diagnostic, ...]
    across: tuple[Diagnostic, ...]
    """Those of `found` that come from more than one file."""


def _beside_records(library: Library, words: Vocabulary | None) -> Iterator[Diagnostic]:
    """What is wrong with free pages and with credits of photographs; both are few."""
    from generator.check import check_credit_texts, check_page, check_page_texts

    for page in library.pages:
        yield from check_page(page)
        yield from check_page_texts(page, words) if words else ()
    for file in library.media.values():
        yield from check_credit_texts(file, words) if words else ()


def collect(root: Path, store: Store, changes: Changes, *, today: date) -> Collection:
    """The whole content from the store, checked across files."""
    from generator.check import check_library
    from generator.facts import decode
    from generator.intake import Again, Intake, loaded_from
    from generator.load import assemble

    again = Again(root)
    records: dict[str, tuple[str, str]] = {}
    found = [*changes.found]
    found_in_texts: list[Diagnostic] = []
    loaded = []
    for product in store.products():
        intake = decode(product, Intake)
        records.update((key, (digest, intake.path)) for key, digest in intake.records)
        found.extend(intake.found)
        found_in_texts.extend(intake.found_in_texts)
        loaded.append(loaded_from(intake, again))
    rejected = {problem.span.path for problem in changes.found} - store.stamps().keys()
    assembled = assemble(loaded, rejected=rejected)
    library = replace(assembled.value, read_again=again.entry) if assembled.value else None
    across = [*assembled.diagnostics]
    if library:
        # Without settings there is nothing that texts could be held against.
        found.extend(found_in_texts)
        across.extend((*check_library(library, today=today), *_beside_records(library, _known_vocabulary(store))))
    return Collection(library, records, in_order((*found, *across)), tuple(across))
