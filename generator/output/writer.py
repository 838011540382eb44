"""Writing the output: beside the present one, then switched by one rename.

`site` is a symbolic link to one of the trees under `.trees/`. `os.replace` of a link is atomic, so a
reader sees the old site or the new one, and a build that dies leaves the old one as it was. Where links
cannot be made (Windows without the privilege) two renames of folders take their place; there a reader
may meet a moment without a site, never a half one.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO

from generator.artifact import Artifact
from generator.output.site import BuildInProgressError, RepeatedPathError

_TREES = ".trees"
_LOCK = ".building"


class SiteWriter:
    """Collects the files of one build in a tree of its own, and publishes it as `out/site`.

    Use as a context manager: what is not published is removed. Raises BuildInProgressError, OSError.
    """

    def __init__(self, out: Path) -> None:
        self._site = out / "site"
        self._trees = out / _TREES
        self._lock_path = out / _LOCK
        self._tree = self._trees / "none"
        self.pages = 0
        self.files = 0
        self.bytes = 0

    def __enter__(self) -> SiteWriter:
        self._trees.mkdir(parents=True, exist_ok=True)
        self._lock = _take(self._lock_path)
        present = self._site.resolve().name if self._site.is_symlink() else None
        for left_over in self._trees.iterdir():
            if left_over.name != present:
                shutil.rmtree(left_over, ignore_errors=True)
        self._tree = self._trees / ("b" if present == "a" else "a")
        self._tree.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        if not (self._site.exists() and self._site.resolve() == self._tree.resolve()):
            shutil.rmtree(self._tree, ignore_errors=True)
        self._lock.close()

    def write(self, artifacts: Iterable[Artifact]) -> None:
        """Write below the new tree; raises RepeatedPathError."""
        for artifact in artifacts:
            target = self._tree / artifact.path
            target.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                raise RepeatedPathError(artifact.path)
            target.write_bytes(artifact.data)
            self.files += 1
            self.pages += artifact.path.endswith(".html")
            self.bytes += len(artifact.data)

    def carry_over(self, kept: Callable[[str], bool]) -> None:
        """Take from the present site the files whose path is `kept` and that this build did not write.

        They are the same files, not copies, where the system can link: nothing ever writes into a tree twice.
        """
        present = self._site.resolve()
        for file in present.rglob("*") if present.is_dir() else ():
            path = file.relative_to(present)
            target = self._tree / path
            if file.is_file() and kept(path.as_posix()) and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                try:
                    target.hardlink_to(file)
                except OSError:
                    shutil.copyfile(file, target)

    def publish(self) -> Path:
        """Switch `site` to the new tree; returns its path."""
        try:
            _switch_link(self._site, self._tree)
        except OSError:
            if os.name == "posix":
                raise
            _switch_folder(self._site, self._tree)
        return self._site


def _take(path: Path) -> BinaryIO:
    """The open file that holds the lock until it is closed; raises BuildInProgressError.

    The system's own lock: it goes with its process, however that ends. A file with a process number does not, and
    in another container the number of a dead build soon is that of a living program.
    """
    file = path.open("ab")
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        file.close()
        raise BuildInProgressError(str(path)) from None
    return file


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _switch_link(site: Path, tree: Path) -> None:
    fresh = site.with_name(".site-link")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(Path(_TREES) / tree.name, target_is_directory=True)
    if site.is_dir() and not site.is_symlink():
        # A folder from a copy or from a system without links: the only switch that needs two steps. It goes only
        # once there is a link to take its place.
        _set_aside(site)
    fresh.replace(site)
    _remove_former(site)


def _switch_folder(site: Path, tree: Path) -> None:
    if site.exists():
        _set_aside(site)
    tree.rename(site)
    _remove_former(site)


def _set_aside(site: Path) -> None:
    # What a build that was killed here left behind.
    _remove_former(site)
    site.rename(_former(site))


def _remove_former(site: Path) -> None:
    shutil.rmtree(_former(site), ignore_errors=True)


def _former(site: Path) -> Path:
    return site.with_name(".former")
