"""A file for every worker: where it lies, and that it is fetched once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from generator.output.workspace import SharedFile, Workspace


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    (tmp_path / "facts.sqlite").write_bytes(b"facts" * 1000)
    return tmp_path / "facts.sqlite"


@pytest.fixture(params=["", "memory://", "file://"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return f"{request.param}{tmp_path}/work"


def travelled(file: SharedFile) -> SharedFile:
    copy: SharedFile = pickle.loads(pickle.dumps(file))
    return copy


def test_on_one_machine_it_is_the_file_itself(facts: Path, tmp_path: Path) -> None:
    with Workspace(str(tmp_path / "work")) as workspace:
        assert travelled(workspace.share(str(facts))).local() == str(facts)
    assert not (tmp_path / "work").exists()


def test_another_machine_fetches_it_once(facts: Path, place: str) -> None:
    with Workspace(place, far=True) as workspace:
        shared = workspace.share(str(facts))
        facts.write_bytes(b"something else")
        path = travelled(shared).local()
        assert Path(path).read_bytes() == b"facts" * 1000
        assert travelled(shared).local() == path
    assert travelled(shared).local() == path, "the run is over for the main process, not for a worker"
    with Workspace(place, far=True) as workspace:
        again = workspace.share(str(facts)).local()
        assert Path(again).read_bytes() == b"something else"
        assert not Path(path).exists(), "a worker that lives long does not fill its disk"
    Path(again).unlink()


def test_what_did_not_arrive_whole_is_not_used(facts: Path, tmp_path: Path) -> None:
    with Workspace(str(tmp_path / "work"), far=True) as workspace:
        shared = workspace.share(str(facts))
        (copy,) = (tmp_path / "work").glob("*/facts.sqlite")
        copy.write_bytes(b"fact")
        with pytest.raises(OSError, match="did not arrive whole"):
            shared.local()


def test_what_a_killed_run_left_goes_after_a_day(facts: Path, tmp_path: Path) -> None:
    for name in ("run-1700000000-abcd", "run-4000000000-abcd", "mine"):
        (tmp_path / "work" / name).mkdir(parents=True)
    with Workspace(str(tmp_path / "work"), far=True) as workspace:
        workspace.share(str(facts))
    assert sorted(path.name for path in (tmp_path / "work").iterdir()) == ["mine", "run-4000000000-abcd"]
