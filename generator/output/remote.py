"""Files below a URL, by fsspec: loaded only when a URL was given, and imported only here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from itertools import islice
from typing import Any, TypeVar

from generator.faults import MachineFaultError
from generator.output.files import replace_file
from generator.values import Value

T = TypeVar("T")

_AT_ONCE = 200
"""Files on their way together: their bytes are in memory, and each waits some ten milliseconds for an answer."""


class RemoteFolder(Value, frozen=True):
    """Pickles; each process opens the file system for itself. Paths are POSIX, below the folder."""

    url: str

    def __truediv__(self, name: str) -> RemoteFolder:
        return RemoteFolder(f"{self.url}/{name}")

    def write(self, path: str, data: bytes) -> None:
        """In one step: the file is there whole or not at all, as object stores have it."""
        self.write_all(((path, data),))

    def write_all(self, files: Iterable[tuple[str, bytes]]) -> None:
        system, root = _system(self.url)
        for some in _chunks(files):
            if _is_local(system):
                for path, data in some:
                    replace_file(f"{root}/{path}", data)
            else:
                system.pipe({f"{root}/{path}": data for path, data in some})

    def send(self, path: str, source: str) -> None:
        """A local file of any size, not in one step."""
        system, root = _system(self.url)
        if _is_local(system):
            system.makedirs(f"{root}/{path}".rpartition("/")[0], exist_ok=True)
        system.put_file(source, f"{root}/{path}")

    def fetch(self, path: str, target: str) -> None:
        system, root = _system(self.url)
        system.get_file(f"{root}/{path}", target)

    def read(self, path: str) -> bytes:
        """Raises FileNotFoundError."""
        system, root = _system(self.url)
        data: bytes = system.cat_file(f"{root}/{path}")
        return data

    def copy(self, paths: Iterable[str], target: RemoteFolder) -> None:
        """Files to the same paths below another folder of the same store, which does it by itself."""
        system, root = _system(self.url)
        _, target_root = _system(target.url)
        for some in _chunks(paths):
            system.copy([f"{root}/{path}" for path in some], [f"{target_root}/{path}" for path in some])

    def remove(self, path: str) -> None:
        system, root = _system(self.url)
        with suppress(FileNotFoundError):
            system.rm_file(f"{root}/{path}")

    def remove_all(self) -> None:
        """The folder and all that is in it."""
        system, root = _system(self.url)
        system.invalidate_cache()
        with suppress(FileNotFoundError):
            system.rm(root, recursive=True)

    def names(self) -> list[str]:
        """Of the files and folders right in it."""
        system, root = _system(self.url)
        system.invalidate_cache()
        with suppress(FileNotFoundError):
            return [str(path).rstrip("/").rpartition("/")[2] for path in system.ls(root, detail=False)]
        return []

    def paths(self) -> list[str]:
        """Of all files below it."""
        system, root = _system(self.url)
        system.invalidate_cache()
        return [str(path)[len(root) + 1 :] for path in system.find(root)]


@cache
def _system(url: str) -> tuple[Any, str]:
    """The file system and the path on it."""
    try:
        # On a disk folders have to be made; object stores have none, and do not know the option.
        options = {"auto_mkdir": True} if url.startswith(("file:", "local:")) else {}
        system, root = import_module("fsspec").core.url_to_fs(url, **options)
    except (ImportError, ValueError) as error:
        raise MachineFaultError(
            f"{url} needs `pip install rongguang[cluster]` and the package of its protocol: {error}"
        ) from None
    return system, str(root).rstrip("/")


def _is_local(system: Any) -> bool:
    return "file" in system.protocol


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    coming = iter(values)
    while some := list(islice(coming, _AT_ONCE)):
        yield some
