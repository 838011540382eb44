"""Whatever is done to the content: a build that goes on from earlier ones makes what a build from nothing makes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from edits import CONFIG, EDITS, Disk, Edit, World
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from trees import digests

from generator.build import Built, Work, build

PARTS = ("site", "data")
Step = tuple[Edit, str, int]

_NUMBERS = st.integers(0, 10_000)
_EDITS = st.builds(Edit, st.sampled_from(sorted(EDITS)), _NUMBERS, _NUMBERS)
_RUNS = ("none", "site", "data", "strict", "cut", "all", "all", "good", "good", "good", "good", "good")
"""What is run after an edit: nothing, a part of a build, a build that is cut short, a whole one; or the edit is taken
back if the content is not good."""
_STEPS = st.lists(st.tuples(_EDITS, st.sampled_from(_RUNS), st.integers(0, 3)), min_size=1, max_size=10)

_MORE = int(os.environ.get("RONGGUANG_SEQUENCES", "0"))
"""So many sequences, others each time, in place of the two hundred that are always the same."""


@settings(
    max_examples=_MORE or 200,
    derandomize=not _MORE,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    # To make a sequence shorter takes minutes, so that is left to those who look for the reason.
    phases=[Phase.generate, *([Phase.shrink] if _MORE else [])],
)
@given(_STEPS)
def test_any_sequence_of_edits_comes_to_what_a_build_from_nothing_makes(steps: Sequence[Step]) -> None:
    with TemporaryDirectory(prefix="rongguang-") as folder:
        project = _Project(Path(folder))
        for edit, run, at in steps:
            edit.apply(project.world)
            project.go_on(run, at)
        if not project.compare():
            project.mend()
            assert project.compare()


def test_settings_that_cannot_be_read_hide_what_texts_were_held_against(tmp_path: Path) -> None:
    project = _Project(tmp_path)
    project.world.data[CONFIG]["wording"] = [{"avoid": "喝茶", "use": "饮茶"}]
    project.go_on()
    assert project.compare()
    project.world.raw[CONFIG] = b"title: [\n"
    project.go_on()
    assert not project.compare()


class _CutError(Exception):
    """The machine went off."""


class _Project:
    """A project that is edited and built, and the same content built from nothing beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._root = folder / "project"
        self.world = World()
        self._good = self.world.copy()
        self._disk = Disk(self._root)
        self._disk.write(self.world)
        assert self._build().site, "the project is good to begin with"

    def go_on(self, run: str = "all", at: int = 0) -> None:
        """Write the world, and run something."""
        self._disk.write(self.world)
        match run:
            case "none":
                pass
            case "site" | "data":
                self._build(only=(run,))
            case "strict":
                self._build(strict=True)
            case "cut":
                self._cut(at)
            case "good":
                if self._build().site is None:
                    self.mend()
                    self._build()
            case _:
                self._build()

    def mend(self) -> None:
        """Back to the last content that was published."""
        self.world = self._good.copy()
        self._disk.write(self.world)

    def compare(self) -> bool:
        """Hold this project against the same content built from nothing; whether it could be published."""
        site = self._root / "build" / "site"
        before = digests(site)
        warm = self._build()
        with TemporaryDirectory(dir=self._folder) as folder:
            Disk(Path(folder)).write(self.world)
            cold = build(Path(folder), Path(folder) / "build", today=self.world.day, only=PARTS)
            assert _told(warm) == _told(cold)
            if cold.site is None:
                assert digests(site) == before
                return False
            assert _differences(site, cold.site) == {}
        again = self._build()
        assert (again.work.parsed, again.work.rendered, again.work.written) == (0, (), 0)
        return True

    def _build(self, *, only: Sequence[str] = PARTS, strict: bool = False) -> Built:
        built = build(self._root, self._root / "build", today=self.world.day, only=only, strict=strict)
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
            build(self._root, self._root / "build", today=self.world.day, only=PARTS, progress=progress)


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


def test_a_project_may_lie_in_a_folder_of_any_name(tmp_path: Path) -> None:
    assert _Project(tmp_path / "一 50%20#1?mode=rw").compare()
