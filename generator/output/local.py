"""An output folder on a local file system.

    out/site               a symbolic link to the tree that is served; `os.replace` of a link is atomic
    out/.trees/NAME        the trees
    out/.trees/NAME.mark   the state that the tree was left in; not there while the tree is being changed
    out/.building          the lock

A name is never used twice: a worker of a build that was killed may go on writing for a moment, into a tree that
nobody will believe. Where links cannot be made (Windows without the privilege) `out/site` is the tree itself, and two
renames of folders are the switch; there a reader may meet a moment without a site, never a half one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from typing import BinaryIO

from generator.output.files import LocalTree, copy_folder, remove_folder, replace_file
from generator.output.lock import take
from generator.output.site import Mark, Prepared

_TREES = ".trees"
_LINKS_ALWAYS = os.name == "posix"
"""There a link that cannot be made is a fault of the machine, and no reason for the lesser switch."""


class LocalOutput:
    """See `Output`. Trees go by their names here."""

    def __init__(self, out: str) -> None:
        self._out = out
        self._site = f"{out}/site"
        self._trees = f"{out}/{_TREES}"
        self._lock: BinaryIO | None = None
        self._former: str | None = None
        self._tree: str | None = None
        self._is_site: str | None = None
        """The tree that `site` is, rather than links to."""
        self._published = False

    def __enter__(self) -> LocalOutput:
        os.makedirs(self._trees, exist_ok=True)
        self._lock = take(f"{self._out}/.building")
        return self

    def __exit__(self, *_: object) -> None:
        self._give_up()
        if self._lock:
            self._lock.close()

    def shows(self, base: Mark | None) -> bool:
        name = self._believe(base)
        return name is not None and name == self._shown()

    def prepare(self, base: Mark | None, spare: Mark | None) -> Prepared:
        self._give_up()
        former, twin = self._believe(base), self._believe(spare)
        if former and twin == self._shown():
            # Somebody set the link back by hand. The two are equal and can change places.
            former, twin = twin, former
        self._former, self._tree = former, twin if former and twin else self._fresh()
        self._disown(self._tree)
        self._sweep({former, self._tree, self._shown()})
        if former and self._tree != twin:
            copy_folder(self._folder(former), self._folder(self._tree))
        return Prepared(LocalTree(self._folder(self._tree)), empty=former is None)

    def publish(self) -> Mark:
        assert self._tree, "nothing was prepared"
        mark = self._sign(self._tree)
        try:
            self._switch_link(self._tree)
        except OSError:
            if _LINKS_ALWAYS:
                raise
            self._switch_folder(self._tree)
        self._published = True
        return mark

    def follow(self, changed: Iterable[str], removed: Iterable[str]) -> Mark | None:
        assert self._tree, "nothing was published"
        twin = self._former or self._fresh()
        self._sweep({self._tree, twin})
        try:
            self._disown(twin)
            self._repeat(LocalTree(self._folder(twin)), changed, removed)
            return self._sign(twin)
        except OSError:
            remove_folder(self._folder(twin))
            return None

    def _give_up(self) -> None:
        if self._tree and not self._published:
            remove_folder(self._folder(self._tree))
        self._tree, self._published = None, False

    def _repeat(self, twin: LocalTree, changed: Iterable[str], removed: Iterable[str]) -> None:
        for path in removed:
            twin.remove(path)
        assert self._tree
        shown = self._folder(self._tree)
        for path in changed:
            twin.link(path, f"{shown}/{path}")

    def _folder(self, name: str) -> str:
        return self._site if name == self._is_site else f"{self._trees}/{name}"

    def _shown(self) -> str | None:
        try:
            return os.path.basename(os.readlink(self._site))
        except OSError:
            return self._is_site

    def _fresh(self) -> str:
        name = os.urandom(5).hex()
        os.mkdir(f"{self._trees}/{name}")
        return name

    def _sign(self, name: str) -> Mark:
        """The mark holds the folder's number, so that a folder restored from elsewhere is not taken for this one."""
        mark = f"{name}:{os.urandom(8).hex()}:{os.stat(self._folder(name)).st_ino}"
        replace_file(f"{self._trees}/{name}.mark", mark.encode())
        return Mark(mark)

    def _disown(self, name: str) -> None:
        with suppress(FileNotFoundError):
            os.unlink(f"{self._trees}/{name}.mark")

    def _believe(self, mark: Mark | None) -> str | None:
        """The name of the tree that was left with this mark, if it is still there."""
        if not mark or mark.count(":") != 2:
            return None
        name, _, number = mark.split(":")
        if not self._was_left(name, mark):
            return None
        for folder, is_site in ((f"{self._trees}/{name}", None), (self._site, name)):
            with suppress(OSError):
                if str(os.stat(folder, follow_symlinks=False).st_ino) == number:
                    self._is_site = is_site or self._is_site
                    return name
        return None

    def _was_left(self, name: str, mark: Mark) -> bool:
        try:
            with open(f"{self._trees}/{name}.mark", "rb") as file:
                return file.read() == mark.encode()
        except OSError:
            return False

    def _sweep(self, kept: set[str | None]) -> None:
        """Remove what is left of builds that did not end."""
        for entry in os.listdir(self._trees):
            if entry.partition(".")[0] not in kept:
                path = f"{self._trees}/{entry}"
                remove_folder(path)
                with suppress(OSError):
                    os.unlink(path)

    def _switch_link(self, name: str) -> None:
        fresh = f"{self._out}/.site-link"
        with suppress(FileNotFoundError):
            os.unlink(fresh)
        os.symlink(f"{_TREES}/{name}", fresh, target_is_directory=True)
        # A folder from a copy or from a system without links: the only switch that needs two steps. It goes only
        # once there is a link to take its place.
        self._set_aside()
        os.replace(fresh, self._site)
        remove_folder(self._aside)

    def _switch_folder(self, name: str) -> None:
        self._set_aside()
        os.rename(f"{self._trees}/{name}", self._site)
        self._is_site = name
        remove_folder(self._aside)

    def _set_aside(self) -> None:
        """Move away what is in the place of the link and is none; a tree of ours goes back among the trees."""
        if os.path.islink(self._site) or not os.path.isdir(self._site):
            return
        if self._is_site:
            os.rename(self._site, f"{self._trees}/{self._is_site}")
            self._is_site = None
            return
        # What a build that was killed here left behind.
        remove_folder(self._aside)
        os.rename(self._site, self._aside)

    @property
    def _aside(self) -> str:
        return f"{self._out}/.former"
