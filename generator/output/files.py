"""A tree on a local file system.

Nothing is changed in place: a file here may be one with the file that is being served. Plain strings and few calls of
the system, for this is the inmost loop of a cold build: pathlib costs more than the calls that it makes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress

from generator.values import Value

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_TRIES = 20
"""A folder just made may be gone again, if it was empty and another process was removing the last file of it."""

_PAGE = "/index.html"
"""What is alone in a folder of its own: where it is new, the folder is so too, and need not be found missing first."""


class LocalTree(Value, frozen=True):
    """See `Tree`."""

    folder: str
    """Absolute."""

    def write(self, path: str, data: bytes) -> None:
        target = f"{self.folder}/{path}"
        if target.endswith(_PAGE):
            with suppress(OSError):
                os.mkdir(target.removesuffix(_PAGE))
        try:
            descriptor = _create(target)
        except FileExistsError:
            replace_file(target, data)
        else:
            _fill(descriptor, target, data)

    def write_all(self, files: Iterable[tuple[str, bytes]]) -> None:
        for path, data in files:
            self.write(path, data)

    def link(self, path: str, source: str) -> None:
        try:
            _link(source, f"{self.folder}/{path}")
        except FileNotFoundError:
            raise
        except OSError:
            # Another disk, a file system without links, or too many of one file.
            with open(source, "rb") as file:
                self.write(path, file.read())

    def read(self, path: str) -> bytes:
        with open(f"{self.folder}/{path}", "rb") as file:
            return file.read()

    def remove(self, path: str) -> None:
        target = f"{self.folder}/{path}"
        try:
            os.unlink(target)
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError:
            if os.path.isdir(target):  # what was a file is the folder of a file of the new site
                return
            raise
        with suppress(OSError):
            while len(target := target.rpartition("/")[0]) > len(self.folder):
                os.rmdir(target)


def replace_file(target: str, data: bytes) -> None:
    """The file is in the one state or the other, never between; raises OSError, then in the former."""
    # Short, for the file's own name may be as long as the system allows.
    between = f"{target.rpartition('/')[0]}/.~{os.urandom(6).hex()}"
    _fill(_create(between), between, data)
    try:
        _move(between, target)
    except OSError:
        os.unlink(between)
        raise


def copy_folder(source: str, target: str) -> None:
    """The files of one folder as hard links in another, which is empty."""
    tree = LocalTree(target)
    folders = [""]
    while folders:
        folder = folders.pop()
        with os.scandir(f"{source}/{folder}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{folder}{entry.name}/")
                else:
                    tree.link(folder + entry.name, entry.path)


def remove_folder(folder: str) -> None:
    """Remove it as far as the system allows. `shutil` takes longer to load than this takes for a small folder."""
    found = [folder]
    for inner in found:
        with suppress(OSError), os.scandir(inner) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    found.append(entry.path)
                else:
                    with suppress(OSError):
                        os.unlink(entry.path)
    for inner in reversed(found):
        with suppress(OSError):
            os.rmdir(inner)


def _create(target: str) -> int:
    """A new open file, in new folders if need be; raises FileExistsError."""
    for _ in range(_TRIES):
        try:
            return os.open(target, _NEW, 0o666)
        except (FileNotFoundError, NotADirectoryError):
            _make_folder(target.rpartition("/")[0])
    return os.open(target, _NEW, 0o666)


def _fill(descriptor: int, target: str, data: bytes) -> None:
    try:
        written = os.write(descriptor, data)
        while written < len(data):
            written += os.write(descriptor, data[written:])
    except OSError as error:
        os.close(descriptor)
        os.unlink(target)
        error.filename = target
        raise
    os.close(descriptor)


def _link(source: str, target: str) -> None:
    for _ in range(_TRIES):
        try:
            os.link(source, target)
        except FileExistsError:
            _clear(target)
        except (FileNotFoundError, NotADirectoryError):
            if not os.path.isfile(source):
                raise
            _make_folder(target.rpartition("/")[0])
        else:
            return
    os.link(source, target)


def _make_folder(folder: str) -> None:
    try:
        os.mkdir(folder)
    except (FileNotFoundError, NotADirectoryError):
        _make_folder(folder.rpartition("/")[0])
        _make_folder(folder)
    except FileExistsError:
        if not os.path.isdir(folder):
            _clear(folder)
            _make_folder(folder)


def _move(between: str, target: str) -> None:
    try:
        os.replace(between, target)
    except OSError:
        if not os.path.isdir(target):
            raise
        _clear(target)
        os.replace(between, target)


def _clear(target: str) -> None:
    """Remove the file or the folder there."""
    try:
        os.unlink(target)
    except FileNotFoundError:
        pass
    except OSError:
        if not os.path.isdir(target):
            raise
        remove_folder(target)
