"""The file of a store: opened, believed or made anew, sealed."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path

_FORMAT = "4"
"""Raise it with the tables: a store of another format is made anew."""
_SCHEMA = (
    "CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE made (key TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT",
    "CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,"
    " inode INTEGER NOT NULL, product BLOB NOT NULL) STRICT",
    # Beside the products, the stamps would be as far apart as those are long.
    "CREATE INDEX stamps ON files (path, size, mtime_ns, inode)",
    "CREATE TABLE facts (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, value BLOB) STRICT",
    "CREATE TABLE units (name TEXT PRIMARY KEY, part TEXT NOT NULL, stale INTEGER NOT NULL, reads BLOB NOT NULL,"
    " files TEXT NOT NULL) STRICT",
    "CREATE INDEX stale_units ON units (name) WHERE stale",
)
_SEAL = "-seal"
_HELD = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})


def opened(path: Path, maker: str) -> sqlite3.Connection:
    """The database, made anew unless it is ours: of this format and maker, and born where it lies."""
    try:
        database = _connected(path)
        if _is_ours(database, path, maker):
            return database
        database.close()
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF in _HELD:
            raise
    remove(path)
    database = _connected(path)
    for statement in _SCHEMA:
        database.execute(statement)
    database.executemany(
        "INSERT INTO notes VALUES (?, ?)", (("format", _FORMAT), ("maker", maker), ("birthplace", _birthplace(path)))
    )
    database.commit()
    return database


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=10)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        database.execute("PRAGMA wal_autocheckpoint = 20000")
        database.execute("PRAGMA temp_store = MEMORY")
    except sqlite3.DatabaseError:
        database.close()  # or Windows would not let the file be removed
        raise
    return database


def _is_ours(database: sqlite3.Connection, path: Path, maker: str) -> bool:
    """Whether the file was made by this program where it lies.

    A store that came with the content (a pull request can bring one) would put a stranger's bytes into the site.
    Nobody can foretell the number that the file system gives to a file; a copy of our own costs only time.
    """
    try:
        found = dict(database.execute("SELECT name, value FROM notes WHERE name IN ('format', 'maker', 'birthplace')"))
    except sqlite3.OperationalError:
        return False
    return found == {"format": _FORMAT, "maker": maker, "birthplace": _birthplace(path)}


def _birthplace(path: Path) -> str:
    found = path.stat()
    return f"{found.st_dev}:{found.st_ino}"


def remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", _SEAL):
        path.with_name(f"{path.name}{suffix}").unlink(missing_ok=True)


def seal(path: Path) -> None:
    """Note the state of the closed file. SQLite would not notice bytes that something else changes in it."""
    # Without a seal it is believed all the same: it may have been left by a process that was killed.
    with suppress(OSError):
        path.with_name(f"{path.name}{_SEAL}").write_text(_state(path), "utf-8")


def is_seal_broken(path: Path) -> bool:
    """Whether the file is another than when it was sealed. Takes the seal off."""
    mark = path.with_name(f"{path.name}{_SEAL}")
    try:
        sealed = mark.read_bytes()
    except FileNotFoundError:
        return False
    mark.unlink()
    return sealed != _state(path).encode()


def _state(path: Path) -> str:
    return " ".join(map(_state_of, (path, path.with_name(f"{path.name}-wal"))))


def _state_of(path: Path) -> str:
    try:
        found = path.stat()
    except FileNotFoundError:
        return "-"
    return f"{found.st_size}:{found.st_mtime_ns}"
