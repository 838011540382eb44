"""Finished pictures in a folder, found again by their keys; what is known of them lies in an index elsewhere.

Content is untrusted, and a pull request can bring a folder of this name too. A file counts only where the index, which
is made here, has its number in the file system, its size and its time, or else its digest.
"""

from __future__ import annotations

import json
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Protocol

from generator.artifact import Artifact
from generator.diagnostics import Checked
from generator.faults import MachineFaultError
from generator.images.picturing import Picturing
from generator.store import Digest, digest
from generator.values import Value, astuple

_COMMIT_EVERY = 20
"""A run that is stopped loses so many pictures at the most."""


class Index(Protocol):
    """Where the rows of a picture are kept between runs; a `Store` is one."""

    def get(self, key: Digest) -> bytes | None: ...

    def put(self, key: Digest, data: bytes) -> None: ...

    def commit(self) -> None: ...


class ShelvedFile(Value, frozen=True):
    """A file as it was when it was written."""

    name: str
    inode: int
    size: int
    mtime_ns: int
    digest: Digest


class PictureStore:
    """A context manager, which commits the index. Where its folder cannot be made, a temporary one takes its place.

    Raises MachineFaultError where the folder is a link: it would have us write wherever that leads.
    """

    def __init__(self, folder: Path, index: Index) -> None:
        self._index = index
        self._uncommitted = 0
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        if folder.is_symlink():
            raise MachineFaultError(f"{folder} is a link")
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            self._temporary = tempfile.TemporaryDirectory(prefix="rongguang-")
            folder = Path(self._temporary.name)
        self.folder = folder

    def __enter__(self) -> PictureStore:
        return self

    def __exit__(self, *_: object) -> None:
        self._commit()
        if self._temporary:
            self._temporary.cleanup()

    def find(self, picturing: Picturing) -> tuple[Path, ...] | None:
        """The files in the order of `picturing.paths`, all of them or None."""
        data = self._index.get(picturing.key)
        files = _from_json(data) if data else ()
        if len(files) != len(picturing.paths):
            return None
        seen = tuple(_seen(self.folder, file) for file in files)
        if None in seen:
            return None
        if seen != files:
            self._put(picturing.key, [file for file in seen if file])
        return self._paths(files)

    def keep(self, picturing: Picturing, artifacts: Iterable[Artifact]) -> tuple[Path, ...]:
        """Write the drawn files and remember them. Raises OSError."""
        return self.remember(picturing, shelve(self.folder, picturing.key, artifacts))

    def remember(self, picturing: Picturing, files: tuple[ShelvedFile, ...]) -> tuple[Path, ...]:
        """Enter files into the index that `shelve` has written, here or in another process."""
        self._put(picturing.key, files)
        return self._paths(files)

    def forget_all_but(self, keys: Iterable[Digest]) -> None:
        """Remove from the folder whatever belongs to none of the pictures with these keys.

        The index is asked for each of them, so that one that knows what it was asked for can forget the rest too.
        """
        kept = {key for key in keys if self._index.get(key)}
        for entry in os.scandir(self.folder):
            if entry.name.partition("-")[0] not in kept:
                with suppress(OSError):
                    _remove(Path(entry.path))

    def _put(self, key: Digest, files: Iterable[ShelvedFile]) -> None:
        self._index.put(key, json.dumps([astuple(file) for file in files]).encode())
        self._uncommitted += 1
        if self._uncommitted == _COMMIT_EVERY:
            self._commit()

    def _commit(self) -> None:
        self._index.commit()
        self._uncommitted = 0

    def _paths(self, files: tuple[ShelvedFile, ...]) -> tuple[Path, ...]:
        return tuple(self.folder / file.name for file in files)


def shelve(folder: Path, key: Digest, artifacts: Iterable[Artifact]) -> tuple[ShelvedFile, ...]:
    """Write the files of one picture, each whole or not at all. Needs no index, so that a worker can do it.

    Raises OSError.
    """
    return tuple(
        _write(folder, f"{key}-{number}{PurePosixPath(artifact.path).suffix}", artifact.data)
        for number, artifact in enumerate(artifacts)
    )


def draw_and_shelve(given: tuple[Path, Picturing]) -> Checked[tuple[ShelvedFile, ...]]:
    """A task for a worker: what comes back is small."""
    folder, picturing = given
    drawn = picturing.draw()
    return Checked(shelve(folder, picturing.key, drawn.value), drawn.diagnostics)


def place(shelved: Path, target: Path) -> None:
    """`target` becomes the same file, or a copy where the system cannot link. Raises OSError."""
    try:
        target.hardlink_to(shelved)
    except OSError:
        shutil.copyfile(shelved, target)


def _write(folder: Path, name: str, data: bytes) -> ShelvedFile:
    target, fresh = folder / name, folder / f".{name}.{os.getpid()}"
    _remove(fresh)
    try:
        # Never through what may lie there, a link for instance.
        with fresh.open("xb") as file:
            file.write(data)
        if target.is_dir() and not target.is_symlink():
            _remove(target)
        fresh.replace(target)
    except OSError:
        _remove(fresh)
        raise
    found = target.lstat()
    return ShelvedFile(name, found.st_ino, found.st_size, found.st_mtime_ns, digest(data))


def _seen(folder: Path, file: ShelvedFile) -> ShelvedFile | None:
    """The file as it is now; None where it is not the one that was written."""
    path = folder / file.name
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size != file.size:
            return None
        now = ShelvedFile(file.name, found.st_ino, found.st_size, found.st_mtime_ns, file.digest)
        # A copy of the folder, as caches of build machines make, has other numbers and the same bytes.
        return now if now == file or digest(path.read_bytes()) == file.digest else None
    except OSError:
        return None


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _from_json(data: bytes) -> tuple[ShelvedFile, ...]:
    return tuple(ShelvedFile(*row) for row in json.loads(data))
