"""What the store meets on real machines: damage, strangers, full disks, kills. It costs time, never correctness."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
from pathlib import Path
from typing import Any

import pytest
from edits import DAY
from test_output_faults import in_child
from trees import digests
from twins import Twins

from generator.cli import main


def test_bytes_changed_anywhere_are_noticed(tmp_path: Path) -> None:
    """Some hundred bytes at a time, from the head of the file to its end; by whatever writes into our files."""
    twins = Twins(tmp_path)
    for twelfth in range(12):
        store = _store(twins)
        data = bytearray(store.read_bytes())
        start = len(data) * twelfth // 12
        chance = random.Random(twelfth)
        data[start : start + 300] = chance.randbytes(300) if twelfth % 2 else bytes(chance.sample(range(32, 127), 90))
        store.write_bytes(data)
        _edit(twins, twelfth)
        assert twins.compare()


@pytest.mark.parametrize("damage", ["truncated", "empty", "garbage", "other format", "gone", "log of another"])
def test_a_store_that_is_not_ours_any_longer_is_made_anew(tmp_path: Path, damage: str) -> None:
    twins = Twins(tmp_path)
    store = _store(twins)
    match damage:
        case "truncated":
            os.truncate(store, store.stat().st_size // 2)
        case "empty":
            os.truncate(store, 0)
        case "garbage":
            store.write_bytes(b"not a database at all, but some bytes\n" * 2000)
        case "other format":
            with sqlite3.connect(store) as database:
                database.execute("UPDATE notes SET value = '1' WHERE name = 'format'")
            database.close()
        case "gone":
            store.unlink()
        case _:
            store.with_name(f"{store.name}-wal").write_bytes(b"7" * 40_000)
    _edit(twins, 1)
    assert twins.compare()


def test_a_store_that_somebody_brings_is_not_believed(tmp_path: Path) -> None:
    """Another project's, with records of the same names that say something else."""
    theirs, ours = Twins(tmp_path / "theirs"), Twins(tmp_path / "ours")
    _edit(theirs, 1)
    assert theirs.compare()
    shutil.copy(_store(theirs), _store(ours))
    assert ours.compare()


def test_a_site_of_another_day_under_the_same_store_is_noticed(tmp_path: Path) -> None:
    twins = Twins(tmp_path)
    former = tmp_path / "former"
    shutil.copytree(twins.root / "build" / "site", former)
    _edit(twins, 1)
    assert twins.compare()
    tree = (twins.root / "build" / "site").resolve()
    tree.rename(tmp_path / "aside")
    shutil.copytree(former, tree)
    assert twins.compare()


def test_where_the_store_cannot_be_kept_the_site_is_made_without_one(tmp_path: Path) -> None:
    twins = Twins(tmp_path)
    kept, aside = _store(twins).parent, tmp_path / "aside"
    _edit(twins, 1)
    kept.rename(aside)
    kept.write_text("")
    assert _built(twins) == 0
    kept.unlink()
    aside.rename(kept)
    assert twins.compare()


def test_something_else_in_the_place_of_the_store_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    twins = Twins(tmp_path)
    before = digests(twins.root / "build" / "site")
    _edit(twins, 1)
    store = _store(twins)
    store.unlink()
    (store / "folder").mkdir(parents=True)
    assert _built(twins) == 2
    assert store.name in capsys.readouterr().err
    assert digests(twins.root / "build" / "site") == before
    shutil.rmtree(store)
    assert twins.compare()


@pytest.mark.parametrize("free", [0, 5_000, 40_000, 200_000, 600_000, *range(850_000, 1_100_001, 50_000)])
def test_a_full_disk_leaves_the_former_site_or_makes_the_next(tmp_path: Path, free: int) -> None:
    """Files may not grow beyond a limit: pages fit, the store or what stands beside it does not."""
    twins = Twins(tmp_path)
    site = twins.root / "build" / "site"
    before = digests(site)
    _edit(twins, 1)

    def build() -> None:
        sys.stderr = Path(os.devnull).open("w")  # noqa: SIM115 - or what is told would go into a file too
        resource.setrlimit(resource.RLIMIT_FSIZE, (free, free))
        os._exit(_built(twins))

    status = in_child(build)
    assert status in {0, 2}
    assert (digests(site) == before) == (status == 2)
    assert twins.compare()


@pytest.mark.parametrize("first", [True, False], ids=["cold", "warm"])
def test_a_build_killed_at_any_moment_leaves_what_the_next_can_go_on_from(tmp_path: Path, first: bool) -> None:
    twins = Twins(tmp_path)
    moments = 16
    calls = _calls(twins, first)
    for moment in range(moments):
        before = digests(twins.root / "build" / "site")
        _edit(twins, moment)
        _forget(twins, first)
        assert in_child(lambda moment=moment: _killed(twins, calls * moment // moments)) == -signal.SIGKILL  # type: ignore[misc]
        shown = digests(twins.root / "build" / "site")
        assert twins.compare()
        assert shown in (before, digests(twins.root / "build" / "site"))


def _store(twins: Twins) -> Path:
    (found,) = (twins.root / ".rongguang").glob("store-*.sqlite")
    return found


def _built(twins: Twins) -> int:
    """The exit status of the command."""
    command = ["build", "-C", str(twins.root), "--out", str(twins.root / "build"), "--only", "site,data"]
    return main([*command, "--today", DAY.isoformat()])


def _edit(twins: Twins, number: int) -> None:
    """A body, a title, a record that goes or comes again: whatever has been made of it before."""
    data = twins.world.data
    data["stories/first.md"]["body"] = f"第{number}次写的正文，见[[story:third]]。"
    data["content/person/hu.yml"]["name"] = f"胡梦{'甲乙丙丁'[number % 4]}"
    if data.pop("stories/more.md", None) is None:
        data["stories/more.md"] = {**data["stories/first.md"], "title": f"第{number}篇"}
    twins.go_on("none")


def _forget(twins: Twins, first: bool) -> None:
    if first:
        _store(twins).unlink()


def _killed(twins: Twins, left: int) -> None:
    """Build, and die at one of the calls of functions written in C: of the disk, of the database, of anything."""

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal left
        left -= event == "c_call"
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    twins.build()


def _calls(twins: Twins, first: bool) -> int:
    """About how many such calls a build makes."""
    counted = 0

    def count(_frame: Any, event: str, _argument: Any) -> None:
        nonlocal counted
        counted += event == "c_call"

    _edit(twins, 100)
    _forget(twins, first)
    sys.setprofile(count)
    twins.build()
    sys.setprofile(None)
    return counted
