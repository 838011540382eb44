"""A project that is edited and built, and the same content built from nothing beside it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from edits import Disk, World
from trees import digests

from generator.build import Built, Work, build
from generator.values import replace

PARTS = ("site", "data")


class _CutError(Exception):
    """The machine went off."""


class Twins:
    """A project that is edited and built, and the same content built from nothing beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.root = folder / "project"
        self.world = World()
        self._good = self.world.copy()
        self._disk = Disk(self.root)
        self._disk.write(self.world)
        assert self.build().site, "the project is good to begin with"

    def go_on(self, run: str = "all", at: int = 0) -> None:
        """Write the world, and run something."""
        self._disk.write(self.world)
        match run:
            case "none":
                pass
            case "site" | "data":
                self.build(only=(run,))
            case "strict":
                self.build(strict=True)
            case "cut":
                self._cut(at)
            case "good":
                if self.build().site is None:
                    self.mend()
                    self.build()
            case _:
                self.build()

    def mend(self) -> None:
        """Back to the last content that was published."""
        self.world = self._good.copy()
        self._disk.write(self.world)

    def compare(self) -> bool:
        """Hold this project against the same content built from nothing; whether it could be published."""
        site = self.root / "build" / "site"
        before = digests(site)
        warm = self.build()
        with TemporaryDirectory(dir=self._folder) as folder:
            Disk(Path(folder)).write(self.world)
            cold = build(Path(folder), Path(folder) / "build", today=self.world.day, only=PARTS)
            assert _told(warm) == _told(cold)
            if cold.site is None:
                assert digests(site) == before
                return False
            assert _differences(site, cold.site) == {}
        again = self.build()
        assert (again.work.parsed, again.work.rendered, again.work.written) == (0, (), 0)
        return True

    def build(self, *, only: Sequence[str] = PARTS, strict: bool = False) -> Built:
        built = build(self.root, self.root / "build", today=self.world.day, only=only, strict=strict)
        if built.site is not None:
            self._good = self.world.copy()
        return built

    def _cut(self, at: int) -> None:
        """A build that ends in the middle of its work."""
        steps = iter(range(at + 1))

        def progress(_: str) -> None:
            if next(steps, None) is None:
                raise _CutError

        with suppress(_CutError):
            build(self.root, self.root / "build", today=self.world.day, only=PARTS, progress=progress)


def _told(built: Built) -> Built:
    """All that a build says but how long it took, where, and how much was to do."""
    return replace(built, site=None, seconds=0, work=Work())


def _differences(warm: Path, cold: Path) -> dict[str, str]:
    ours, theirs = digests(warm), digests(cold)
    return {
        path: "left over" if path not in theirs else "missing" if path not in ours else "another"
        for path in sorted(ours.keys() | theirs.keys())
        if ours.get(path) != theirs.get(path)
    }
