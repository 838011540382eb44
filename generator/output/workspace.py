"""Files that the processes of one run hand to each other."""

from __future__ import annotations

import os
import time
from typing import Protocol

from generator.output.files import remove_folder
from generator.output.remote import RemoteFolder
from generator.output.site import is_url
from generator.values import Value

_RUN = "run-"
_SURELY_OVER_S = 24 * 60 * 60
"""After so long a folder is not another run's, but what was left of one that was killed."""


class Folder(Protocol):
    """Where files lie that all workers reach. Pickles, and is a key of mappings."""

    def send(self, path: str, source: str) -> None: ...

    def fetch(self, path: str, target: str) -> None: ...

    def names(self) -> list[str]: ...

    def remove_all(self) -> None: ...

    def __truediv__(self, name: str) -> Folder: ...


class LocalFolder(Value, frozen=True):
    """On a disk, which may be one that several machines reach."""

    path: str

    def __truediv__(self, name: str) -> LocalFolder:
        return LocalFolder(f"{self.path}/{name}")

    def send(self, path: str, source: str) -> None:
        from shutil import copyfile

        os.makedirs(self.path, exist_ok=True)
        copyfile(source, f"{self.path}/{path}")

    def fetch(self, path: str, target: str) -> None:
        from shutil import copyfile

        copyfile(f"{self.path}/{path}", target)

    def names(self) -> list[str]:
        return os.listdir(self.path) if os.path.isdir(self.path) else []

    def remove_all(self) -> None:
        remove_folder(self.path)


class SharedFile(Value, frozen=True):
    """A file that the main process shares with every worker. Pickles."""

    folder: Folder
    name: str
    size: int
    own: str | None
    """Its path, if all workers are on the machine that has it."""

    def local(self) -> str:
        """Its path on this machine. Each process fetches it once, and keeps it to its end or until it fetches one of
        another run. Raises OSError.
        """
        if self.own is not None:
            return self.own
        for other in [file for file in _fetched if file.folder != self.folder]:
            remove_folder(os.path.dirname(_fetched.pop(other)))
        if self not in _fetched:
            _fetched[self] = _fetch(self)
        return _fetched[self]


_fetched: dict[SharedFile, str] = {}
"""Of the process and not of a task, for the next task needs the same."""


def _fetch(file: SharedFile) -> str:
    import atexit
    from tempfile import mkdtemp

    folder = mkdtemp(prefix="rongguang-")
    atexit.register(remove_folder, folder)
    target = f"{folder}/{file.name}"
    file.folder.fetch(file.name, target)
    if os.path.getsize(target) != file.size:
        raise OSError(f"{file.name} did not arrive whole")
    return target


class Workspace:
    """A folder of one run, by path or URL, that all workers reach. A context manager; the folder goes at its end."""

    def __init__(self, place: str, *, far: bool = False) -> None:
        """`far`: there are workers on other machines."""
        self._place: Folder = RemoteFolder(place.rstrip("/")) if is_url(place) else LocalFolder(os.path.abspath(place))
        self._far = far
        self._folder = self._place / f"{_RUN}{time.time():.0f}-{os.urandom(4).hex()}"

    def __enter__(self) -> Workspace:
        for name in self._place.names():
            begun = name.removeprefix(_RUN).partition("-")[0]
            if name.startswith(_RUN) and begun.isdigit() and time.time() - int(begun) > _SURELY_OVER_S:
                (self._place / name).remove_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._folder.remove_all()

    def share(self, path: str) -> SharedFile:
        """A local file, which must not change during the run."""
        path = os.path.abspath(path)
        name, size = os.path.basename(path), os.path.getsize(path)
        if self._far:
            self._folder.send(name, path)
        return SharedFile(self._folder, name, size, None if self._far else path)
