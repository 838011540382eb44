"""Whatever is done to the content: a build that goes on from earlier ones makes what a build from nothing makes."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from edits import CONFIG, EDITS, Edit
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from twins import Twins

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
        project = Twins(Path(folder))
        for edit, run, at in steps:
            edit.apply(project.world)
            project.go_on(run, at)
        if not project.compare():
            project.mend()
            assert project.compare()


def test_settings_that_cannot_be_read_hide_what_texts_were_held_against(tmp_path: Path) -> None:
    project = Twins(tmp_path)
    project.world.data[CONFIG]["wording"] = [{"avoid": "喝茶", "use": "饮茶"}]
    project.go_on()
    assert project.compare()
    project.world.raw[CONFIG] = b"title: [\n"
    project.go_on()
    assert not project.compare()


def test_a_project_may_lie_in_a_folder_of_any_name(tmp_path: Path) -> None:
    assert Twins(tmp_path / "一 50%20#1?mode=rw").compare()
