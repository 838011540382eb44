"""An output folder in an object store, which knows neither links nor folders.

    out/site.json         {"tree": "NAME"}: which tree is the site; written in one step, read by what serves it
    out/trees/NAME/...    the trees
    out/trees/NAME.mark   the state that the tree was left in, or since when it is being changed

A second tree is not made after every build as on a disk, for each file of it costs a request and its room: a run that
finds no spare has the store copy the base. The lock keeps out builds of this machine only. Builds on two machines at
once do not mix, for each writes trees of its own; the site is that of the one that ends last.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from typing import BinaryIO

from generator.output.lock import take
from generator.output.remote import RemoteFolder
from generator.output.site import Mark, Prepared
from generator.values import Value

_BEGUN = "begun "
_SURELY_OVER_S = 24 * 60 * 60
"""After so long a tree that was never finished is not another machine's work in progress."""


class RemoteTree(Value, frozen=True):
    """See `Tree`."""

    folder: RemoteFolder

    def write(self, path: str, data: bytes) -> None:
        self.folder.write(path, data)

    def write_all(self, files: Iterable[tuple[str, bytes]]) -> None:
        self.folder.write_all(files)

    def link(self, path: str, source: str) -> None:
        self.folder.send(path, source)

    def read(self, path: str) -> bytes:
        return self.folder.read(path)

    def remove(self, path: str) -> None:
        self.folder.remove(path)


class RemoteOutput:
    """See `Output`."""

    def __init__(self, url: str) -> None:
        self._out = RemoteFolder(url.rstrip("/"))
        self._trees = self._out / "trees"
        self._lock: BinaryIO | None = None
        self._former: str | None = None
        self._tree: str | None = None
        self._published = False

    def __enter__(self) -> RemoteOutput:
        self._lock = take(_lock_path(self._out.url))
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self._give_up()
        finally:
            if self._lock:
                self._lock.close()

    def shows(self, base: Mark | None) -> bool:
        name = self._believe(base)
        return name is not None and name == self._shown()

    def prepare(self, base: Mark | None, spare: Mark | None) -> Prepared:
        self._give_up()
        former, twin = self._believe(base), self._believe(spare)
        shown = self._shown()
        if former and twin == shown:
            former, twin = twin, former
        self._former, self._tree = former, twin if former and twin else os.urandom(5).hex()
        self._disown(self._tree)
        self._sweep({former, self._tree, shown})
        if former and self._tree != twin:
            source = self._trees / former
            source.copy(source.paths(), self._trees / self._tree)
        return Prepared(RemoteTree(self._trees / self._tree), empty=former is None)

    def publish(self) -> Mark:
        assert self._tree, "nothing was prepared"
        mark = self._sign(self._tree)
        self._out.write("site.json", json.dumps({"tree": self._tree}).encode())
        self._published = True
        return mark

    def follow(self, changed: Iterable[str], removed: Iterable[str]) -> Mark | None:
        assert self._tree, "nothing was published"
        self._sweep({self._tree, self._former})
        if not self._former:
            return None
        twin = self._trees / self._former
        try:
            self._disown(self._former)
            for path in removed:
                twin.remove(path)
            (self._trees / self._tree).copy(changed, twin)
            return self._sign(self._former)
        except OSError:
            return None

    def _give_up(self) -> None:
        if self._tree and not self._published:
            self._remove(self._tree)
        self._tree, self._published = None, False

    def _shown(self) -> str | None:
        try:
            name = json.loads(self._out.read("site.json"))["tree"]
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return None
        return str(name)

    def _sign(self, name: str) -> Mark:
        mark = Mark(f"{name}:{os.urandom(8).hex()}")
        self._trees.write(f"{name}.mark", mark.encode())
        return mark

    def _disown(self, name: str) -> None:
        self._trees.write(f"{name}.mark", f"{_BEGUN}{time.time():.0f}".encode())

    def _believe(self, mark: Mark | None) -> str | None:
        """The name of the tree that was left with this mark."""
        name = (mark or "").partition(":")[0]
        return name if mark and self._left(name) == mark else None

    def _left(self, name: str) -> str:
        try:
            return self._trees.read(f"{name}.mark").decode("ascii", "replace")
        except FileNotFoundError:
            return ""

    def _sweep(self, kept: set[str | None]) -> None:
        for name in {entry.removesuffix(".mark") for entry in self._trees.names()} - kept:
            left = self._left(name)
            if not left.startswith(_BEGUN) or time.time() - float(left[len(_BEGUN) :]) > _SURELY_OVER_S:
                self._remove(name)

    def _remove(self, name: str) -> None:
        (self._trees / name).remove_all()
        self._trees.remove(f"{name}.mark")


def _lock_path(url: str) -> str:
    from hashlib import blake2b
    from tempfile import gettempdir

    user = os.getuid() if hasattr(os, "getuid") else ""
    return f"{gettempdir()}/rongguang-{user}-{blake2b(url.encode(), digest_size=8).hexdigest()}.lock"
