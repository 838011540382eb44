"""The digest store: bytes made once, found again by the digest of everything that shaped them.

Knows no content. Losing it costs time, never correctness: whatever is wrong with the file, it is made anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NewType

Digest = NewType("Digest", str)

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS made (key TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT",
    "CREATE TABLE IF NOT EXISTS birthplace (place TEXT NOT NULL) STRICT",
)
_PASSING = frozenset(
    {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
    | {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM}
)
"""Errors of SQLite that say nothing against the file itself."""


def digest(*parts: bytes | str) -> Digest:
    """Of all parts in order; no two lists of parts share one by running together."""
    state = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return Digest(state.hexdigest())


@cache
def code_digest(*packages: str) -> Digest:
    """Of the files of the named packages, below them too: what was made by other code is not found again."""
    return digest(*(part for package in packages for part in _contents(Path(str(files(package))))))


def _contents(folder: Path) -> Iterable[bytes]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()


class Store:
    """Bytes by digest, in one SQLite file. A context manager; close it to release the file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._used: set[str] = set()
        self._database = self._open()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def remember(self, key: Digest, make: Callable[[], bytes]) -> bytes:
        """What `make` gave for this key, now or in an earlier run."""
        found = self.get(key)
        if found is None:
            found = make()
            self.put(key, found)
        return found

    def get(self, key: Digest) -> bytes | None:
        self._used.add(key)
        try:
            row = self._database.execute("SELECT data FROM made WHERE key = ?", (key,)).fetchone()
        except sqlite3.DatabaseError as error:
            self._recover(error)
            return None
        return bytes(row[0]) if row else None

    def put(self, key: Digest, data: bytes) -> None:
        self._used.add(key)
        try:
            with self._database:
                self._database.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (key, data))
        except sqlite3.DatabaseError as error:
            self._recover(error)

    def forget_unused(self) -> None:
        """Drop what this run did not ask for."""
        try:
            with self._database:
                self._database.execute("CREATE TEMP TABLE used (key TEXT PRIMARY KEY)")
                self._database.executemany("INSERT INTO used VALUES (?)", ((key,) for key in sorted(self._used)))
                self._database.execute("DELETE FROM made WHERE key NOT IN (SELECT key FROM used)")
                self._database.execute("DROP TABLE used")
        except sqlite3.DatabaseError as error:
            self._recover(error)

    def _recover(self, error: sqlite3.DatabaseError) -> None:
        """A damaged file is made anew; what another process holds, or a full disk, is left alone and done without."""
        if error.sqlite_errorcode & 0xFF not in _PASSING:
            self._database.close()
            self._database = self._anew()

    def _open(self) -> sqlite3.Connection:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            database = _connect(self._path)
            if _born_here(database, self._path):
                return database
            database.close()
            return self._anew()
        except sqlite3.DatabaseError as error:
            return _connect(":memory:") if error.sqlite_errorcode & 0xFF in _PASSING else self._anew()
        except OSError:
            return _connect(":memory:")

    def _anew(self) -> sqlite3.Connection:
        """A fresh file, or memory alone where even that fails."""
        try:
            for suffix in ("", "-wal", "-shm"):
                self._path.with_name(f"{self._path.name}{suffix}").unlink(missing_ok=True)
            database = _connect(self._path)
            _born_here(database, self._path)
            return database
        except (OSError, sqlite3.DatabaseError):
            return _connect(":memory:")


def _born_here(database: sqlite3.Connection, path: Path) -> bool:
    """Whether the file was made where it lies.

    A store that came with the content (a pull request can bring one) would put a stranger's bytes into the site.
    Nobody can foretell the number that the file system gives to a file; a copy of our own costs only time.
    """
    found = path.stat()
    place = f"{found.st_dev}:{found.st_ino}"
    places = database.execute("SELECT place FROM birthplace").fetchall()
    if not places and database.execute("SELECT 1 FROM made").fetchone() is None:
        with database:
            database.execute("INSERT INTO birthplace VALUES (?)", (place,))
        return True
    return bool(places == [(place,)])


def _connect(path: Path | str) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        for statement in _SCHEMA:
            database.execute(statement)
    except sqlite3.DatabaseError:
        database.close()  # or Windows would not let the file be removed
        raise
    return database
