"""The digest store: what earlier runs found out and made, in one SQLite file, so that it is not done again.

Knows no content. It keeps what each source file gave, facts by name, the units of the output with the facts that
they were made of, and small things by digest. Losing it costs time, never correctness.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from generator.store import file
from generator.store.digests import Digest, code_digest, digest
from generator.values import Value

__all__ = ["Digest", "FactReader", "Stamp", "Store", "StoreError", "Unit", "code_digest", "digest", "packed"]

Stamp = tuple[int, int, int]
"""Size in bytes, time of the last change in nanoseconds, inode: a file with the same three is the same file."""


# `json.dumps` makes a new encoder for each call that is not all defaults.
_as_json = json.JSONEncoder(ensure_ascii=False).encode

_FEW = 8


class StoreError(Exception):
    """The store cannot be used further: the disk is full, the file damaged or in other hands."""


class Unit(Value, frozen=True):
    """Some files of the output that are made together, and of what."""

    name: str
    reads: bytes
    """The numbers of the facts that it was made of, four bytes each."""
    files: Mapping[str, str]
    """Digest of each file by its path."""


def packed(numbers: Iterable[int]) -> bytes:
    """Fact numbers as `Unit.reads` holds them."""
    return array("I", sorted(numbers)).tobytes()


class FactReader:
    """Reads the facts of a store that another process writes. Close it to release the file."""

    def __init__(self, path: str) -> None:
        # A preview builds in a thread of its own.
        self._database = sqlite3.connect(f"{Path(path).absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)

    def fact(self, name: str) -> tuple[int, bytes | None] | None:
        """Raises StoreError."""
        try:
            row = self._database.execute("SELECT id, value FROM facts WHERE name = ?", (name,)).fetchone()
        except sqlite3.Error as error:
            raise StoreError(str(error)) from error
        return (row[0], row[1]) if row else None

    def close(self) -> None:
        self._database.close()


class Store:
    """One store file. Use as a context manager: what was not committed when it ends is as if it had not been.

    Every method raises StoreError where the file fails it; with `anew` whatever lies there is done away with.
    `maker` names what writes into it: a store of another maker (another version of the program) is made anew.
    So is one that was changed while it was closed, where it is `sealed`; then only one process may use it at a time.
    """

    def __init__(self, path: Path, *, maker: str = "", anew: bool = False, sealed: bool = False) -> None:
        self.path = path
        self._is_sealed = sealed
        self._used: set[str] = set()
        with _translated():
            path.parent.mkdir(parents=True, exist_ok=True)
            if anew or (sealed and file.is_seal_broken(path)):
                file.remove(path)
            self._database = file.opened(path, maker)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()
        if self._is_sealed:
            file.seal(self.path)

    def commit(self) -> None:
        with _translated():
            self._database.commit()

    # Notes: a few words by name.

    def note(self, name: str) -> str | None:
        with _translated():
            row = self._database.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def write_note(self, name: str, value: str) -> None:
        self._run("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    # Small things by digest.

    def remember(self, key: Digest, make: Callable[[], bytes]) -> bytes:
        """What `make` gave for this key, now or in an earlier run."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    def get(self, key: str) -> bytes | None:
        self._used.add(key)
        with _translated():
            row = self._database.execute("SELECT data FROM made WHERE key = ?", (key,)).fetchone()
        return row[0] if row else None

    def put(self, key: str, data: bytes) -> None:
        self._used.add(key)
        self._run("INSERT OR REPLACE INTO made VALUES (?, ?)", (key, data))

    def forget_unused(self) -> None:
        """Drop of the small things what this run did not ask for."""
        with _translated():
            known = [key for (key,) in self._database.execute("SELECT key FROM made") if key not in self._used]
            self._database.executemany("DELETE FROM made WHERE key = ?", ((key,) for key in known))

    # What source files gave.

    def stamps(self) -> dict[str, Stamp]:
        with _translated():
            rows = self._database.execute("SELECT path, size, mtime_ns, inode FROM files")
            return {path: (size, mtime_ns, inode) for path, size, mtime_ns, inode in rows}

    def product(self, path: str) -> bytes | None:
        with _translated():
            row = self._database.execute("SELECT product FROM files WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def products(self) -> Iterator[bytes]:
        """Of all files, by path."""
        with _translated():
            for (product,) in self._database.execute("SELECT product FROM files ORDER BY path"):
                yield product

    def keep_products(self, products: Iterable[tuple[str, Stamp, bytes]]) -> None:
        rows = ((path, *stamp, product) for path, stamp, product in products)
        self._run_many("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", rows)

    def amend_product(self, path: str, product: bytes) -> None:
        """What a file gave is looked at in another light; the file is the same."""
        self._run("UPDATE files SET product = ? WHERE path = ?", (product, path))

    def drop_products(self, paths: Iterable[str]) -> None:
        self._run_many("DELETE FROM files WHERE path = ?", ((path,) for path in paths))

    # Facts.

    def fact(self, name: str) -> tuple[int, bytes | None] | None:
        with _translated():
            row = self._database.execute("SELECT id, value FROM facts WHERE name = ?", (name,)).fetchone()
        return (row[0], row[1]) if row else None

    def set_fact(self, name: str, value: bytes | None) -> int:
        """Its number. Unknown ones are made known, if only as absent."""
        self._run(
            "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            (name, value),
        )
        found = self.fact(name)
        assert found is not None
        return found[0]

    def expect_fact(self, name: str) -> int:
        """The number that a fact has or would have, whether it is there or not."""
        found = self.fact(name)
        return found[0] if found else self.set_fact(name, None)

    def facts(self, beginning: str) -> Iterator[tuple[str, bytes]]:
        """The facts that are there and whose names begin so, by name."""
        with _translated():
            yield from self._database.execute(
                "SELECT name, value FROM facts WHERE name >= ? AND name < ? AND value IS NOT NULL ORDER BY name",
                (beginning, f"{beginning}\U0010ffff"),
            )

    def replace_facts(self, facts: Iterable[tuple[str, bytes]]) -> set[int]:
        """These and no others from now on; the numbers of those that are not what they were."""
        with _translated():
            run = self._database.execute
            if run("SELECT 1 FROM facts").fetchone() is None:
                self._database.executemany("INSERT INTO facts (name, value) VALUES (?, ?)", facts)
                return set()
            run("CREATE TEMP TABLE fresh (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID")
            self._database.executemany("INSERT INTO fresh VALUES (?, ?)", facts)
            changed = {
                number
                for (number,) in run(
                    "SELECT id FROM facts LEFT JOIN fresh USING (name) WHERE facts.value IS NOT fresh.value"
                )
            }
            run(
                "UPDATE facts SET value = fresh.value FROM fresh"
                " WHERE facts.name = fresh.name AND facts.value IS NOT fresh.value"
            )
            run("UPDATE facts SET value = NULL WHERE value IS NOT NULL AND name NOT IN (SELECT name FROM fresh)")
            run("INSERT INTO facts (name, value) SELECT name, value FROM fresh WHERE true ON CONFLICT DO NOTHING")
            run("DROP TABLE fresh")
        return changed

    def copy_facts(self, path: Path) -> None:
        """Write the facts alone, in a file of their own."""
        with _translated():
            self._database.commit()
            self._database.execute("ATTACH ? AS other", (str(path),))
            self._database.execute(
                "CREATE TABLE other.facts (id INTEGER PRIMARY KEY, name TEXT UNIQUE, value BLOB) STRICT"
            )
            self._database.execute("INSERT INTO other.facts SELECT id, name, value FROM facts")
            self._database.commit()
            self._database.execute("DETACH other")

    # Units of the output.

    def plan(self, part: str, names: Iterable[str]) -> dict[str, str]:
        """A part of the output is made of these units from now on: new ones are stale, files of dropped ones given."""
        with _translated():
            run = self._database.execute
            run("CREATE TEMP TABLE planned (name TEXT PRIMARY KEY) WITHOUT ROWID")
            self._database.executemany("INSERT INTO planned VALUES (?)", ((name,) for name in names))
            dropped: dict[str, str] = {}
            others = "FROM units WHERE part = ? AND name NOT IN (SELECT name FROM planned)"
            for (listed,) in run(f"SELECT files {others}", (part,)):
                dropped |= json.loads(listed)
            run(f"DELETE {others}", (part,))
            run(
                "INSERT INTO units SELECT name, ?, 1, x'', '{}' FROM planned WHERE true ON CONFLICT DO NOTHING", (part,)
            )
            run("DROP TABLE planned")
        return dropped

    def spoil(self, changed: Collection[int]) -> None:
        """Every unit that was made of one of these facts is stale."""
        wanted = frozenset(changed)
        if not wanted:
            return
        with _translated():
            touched = [
                (name,) for name, reads in self._perhaps_touched(wanted) if not wanted.isdisjoint(array("I", reads))
            ]
        self._run_many("UPDATE units SET stale = 1 WHERE name = ?", touched)

    def _perhaps_touched(self, numbers: frozenset[int]) -> Iterator[tuple[str, bytes]]:
        """Names and reads of the units that are not stale; of few facts, only where their numbers' bytes are found."""
        units = "SELECT name, reads FROM units WHERE NOT stale"
        if len(numbers) > _FEW:
            yield from self._database.execute(units)
        else:
            for number in numbers:
                yield from self._database.execute(f"{units} AND instr(reads, ?)", (packed([number]),))

    def readers(self, fact: str) -> list[tuple[str, tuple[str, ...]]]:
        """Units that were made of the fact and are not stale, with the paths of their files."""
        number = self.expect_fact(fact)
        with _translated():
            rows = self._database.execute("SELECT name, reads, files FROM units WHERE NOT stale")
            return [(name, tuple(json.loads(listed))) for name, reads, listed in rows if number in array("I", reads)]

    def forget_made(self) -> None:
        """No unit was ever made."""
        self._run("UPDATE units SET stale = 1, reads = x'', files = '{}'", ())

    def spoil_named(self, names: Iterable[str]) -> None:
        self._run_many("UPDATE units SET stale = 1 WHERE name = ?", ((name,) for name in names))

    def stale(self, parts: Collection[str]) -> list[str]:
        """Names of the units of these parts that have to be made, sorted."""
        with _translated():
            rows = self._database.execute("SELECT name, part FROM units WHERE stale ORDER BY name")
            return [name for name, part in rows if part in parts]

    def unit_files(self, name: str) -> dict[str, str]:
        """Digest by path of what the unit made last, whether stale or not."""
        with _translated():
            row = self._database.execute("SELECT files FROM units WHERE name = ?", (name,)).fetchone()
        return json.loads(row[0]) if row else {}

    def all_files(self, like: str = "%") -> Iterator[dict[str, str]]:
        """The files of every unit whose name is like the SQL pattern, by name of unit."""
        with _translated():
            for (listed,) in self._database.execute("SELECT files FROM units WHERE name LIKE ? ORDER BY name", (like,)):
                yield json.loads(listed)

    def finish(self, units: Iterable[Unit]) -> None:
        """These units are made."""
        rows = ((unit.reads, _as_json(unit.files), unit.name) for unit in units)
        self._run_many("UPDATE units SET stale = 0, reads = ?, files = ? WHERE name = ?", rows)

    def _run(self, statement: str, values: tuple[object, ...]) -> None:
        with _translated():
            self._database.execute(statement, values)

    def _run_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        with _translated():
            self._database.executemany(statement, rows)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise StoreError(str(error)) from error
