"""What every place for sites offers, whatever it lies on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NewType, Protocol

from generator.faults import MachineFaultError
from generator.values import Value

Mark = NewType("Mark", str)
"""Names a tree and the state that it was left in. Opaque; a line of text that the caller keeps."""


def is_url(place: str) -> bool:
    """Whether a place is not on this machine's disks."""
    return "://" in place


class BuildInProgressError(MachineFaultError):
    """Another build is writing to the same output folder."""


class RepeatedPathError(Exception):
    """Two artifacts have one path, which is a bug of a renderer and no fault of the machine."""


class Tree(Protocol):
    """The files of one site, by POSIX paths below its root. Pickles, so that workers write into it too.

    Whatever is written twice, with equal bytes, by a task that had to run again, comes out as if written once.
    """

    def write(self, path: str, data: bytes) -> None:
        """Raises OSError; then nothing is at `path` but what was there before."""

    def write_all(self, files: Iterable[tuple[str, bytes]]) -> None:
        """Write many: on a machine's own disk one by one, elsewhere many at a time."""

    def link(self, path: str, source: str) -> None:
        """The local file `source` as `path`, without a copy where the system can; `source` must never change."""

    def read(self, path: str) -> bytes:
        """Raises FileNotFoundError."""

    def remove(self, path: str) -> None:
        """The file, which need not be there, and the folders that it leaves empty."""


class Prepared(Value, frozen=True):
    """A tree to be changed into the next site."""

    tree: Tree
    empty: bool
    """Nothing is in it: everything has to be written. Else it has what the manifest of the base says."""


class Output(Protocol):
    """One output folder, locked for one build."""

    def __enter__(self) -> Output:
        """Raises BuildInProgressError, OSError."""

    def __exit__(self, *_: object) -> None:
        """Gives up the lock; a tree that was prepared and not published goes."""

    def shows(self, base: Mark | None) -> bool:
        """Whether the served site is the tree with this mark, as it was left."""

    def prepare(self, base: Mark | None, spare: Mark | None) -> Prepared:
        """A tree equal to the base, or an empty one where the marks are not those of what is there.

        What was prepared before and not published goes.
        """

    def publish(self) -> Mark:
        """Switch to the prepared tree in one step; gives its mark, the next base.

        Raises OSError; then the former site is still served.
        """

    def follow(self, changed: Iterable[str], removed: Iterable[str]) -> Mark | None:
        """After publishing: bring the former tree to the same state, and give its mark as the next spare.

        `changed` are the paths written or linked in this run: all, if the prepared tree was empty. None, if that
        could not be done (a full disk); it costs the next run time, nothing else.
        """
