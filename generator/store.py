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

_SCHEMA = "CREATE TABLE IF NOT EXISTS made (key TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT"


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
        except sqlite3.DatabaseError:
            self._database = self._anew()
            return None
        return bytes(row[0]) if row else None

    def put(self, key: Digest, data: bytes) -> None:
        self._used.add(key)
        try:
            with self._database:
                self._database.execute("INSERT OR REPLACE INTO made VALUES (?, ?)", (key, data))
        except sqlite3.DatabaseError:
            # A full disk or a damaged file: the build goes on without being remembered.
            self._database = self._anew()

    def forget_unused(self) -> None:
        """Drop what this run did not ask for."""
        with self._database:
            kept = {row[0] for row in self._database.execute("SELECT key FROM made")} & self._used
            self._database.execute("CREATE TEMP TABLE kept (key TEXT PRIMARY KEY)")
            self._database.executemany("INSERT INTO kept VALUES (?)", ((key,) for key in kept))
            self._database.execute("DELETE FROM made WHERE key NOT IN (SELECT key FROM kept)")
            self._database.execute("DROP TABLE kept")

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._connect(self._path)
        except sqlite3.DatabaseError:
            return self._anew()

    def _anew(self) -> sqlite3.Connection:
        """A fresh file, or memory alone where even that fails."""
        try:
            self._path.unlink(missing_ok=True)
            return self._connect(self._path)
        except (OSError, sqlite3.DatabaseError):
            return self._connect(":memory:")

    @staticmethod
    def _connect(path: Path | str) -> sqlite3.Connection:
        database = sqlite3.connect(path)
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute(_SCHEMA)
        return database
