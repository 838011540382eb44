"""The machine fails: a kill at any call of the system, a disk that is full. What is served stays whole."""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from publisher import content, marks, publish, served

from generator.output import open_output

CALLS = ("open", "write", "close", "replace", "link", "unlink", "mkdir", "rmdir", "symlink", "rename")
OLD = {"index.html": "一", "stories/a/index.html": "甲", "data/a.json": "{}"}
NEW = {"index.html": "二", "stories/a/index.html": "甲", "stories/b/index.html": "乙"}
NEXT = {"index.html": "三", "stories/b/index.html": "乙", "data/a.json": "{}"}


@pytest.mark.parametrize("first", [True, False], ids=["into-nothing", "with-a-spare"])
def test_a_kill_at_any_call_leaves_a_whole_site_and_a_next_run_that_is_right(tmp_path: Path, first: bool) -> None:
    """SIGKILL before each call in turn that changes the disk, until one run comes to its end."""
    for count in range(1000):
        out, state = tmp_path / str(count), tmp_path / f"{count}.json"
        if not first:
            publish(out, state, OLD)
        ended = in_child(lambda out=out, state=state, count=count: _killed(out, state, count))  # type: ignore[misc]
        shown = served(out) if (out / "site").exists() else {}
        assert shown in ({} if first else OLD, NEW)
        publish(out, state, NEXT)
        assert served(out) == NEXT
        trees = [path for path in (out / ".trees").iterdir() if path.is_dir()]
        assert [content(tree) for tree in trees] == [NEXT, NEXT]
        if ended == 0:
            assert count > 20
            return
        assert ended == -signal.SIGKILL
    pytest.fail("never ended")


def test_a_full_disk_leaves_the_former_site_and_no_half_file(tmp_path: Path) -> None:
    """A limit on the size of files is a full disk that needs no rights to set up: part of a file, then an error."""
    out, state = tmp_path / "out", tmp_path / "state.json"
    publish(out, state, OLD)
    big = {**NEW, "index.html": "大" * 100_000}

    def build() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        try:
            publish(out, state, big)
        except OSError as error:
            os._exit(7 if error.filename.endswith("index.html") or ".~" in error.filename else 8)

    assert in_child(build) == 7
    assert served(out) == OLD
    with open_output(out) as output:
        assert output.shows(marks(state)[0])
        assert not output.prepare(*marks(state)).empty
    publish(out, state, big)
    assert served(out) == big


def test_a_file_that_could_not_be_written_leaves_what_was_there(tmp_path: Path) -> None:
    out, state = tmp_path / "out", tmp_path / "state.json"
    publish(out, state, OLD)

    def write() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))
        with open_output(out) as output:
            tree = output.prepare(*marks(state)).tree
            for path in ("index.html", "new/index.html"):
                with pytest.raises(OSError, match="too large"):
                    tree.write(path, bytes(100_000))
            tree.remove("data/a.json")
            output.publish()

    assert in_child(write) == 0
    expected = {path: text for path, text in OLD.items() if path != "data/a.json"}
    assert served(out) == expected


def test_the_lock_goes_with_the_process_that_was_killed(tmp_path: Path) -> None:
    def build() -> None:
        with open_output(tmp_path) as output:
            output.prepare(None, None)
            os.kill(os.getpid(), signal.SIGKILL)

    assert in_child(build) == -signal.SIGKILL
    with open_output(tmp_path) as output:
        output.prepare(None, None).tree.write("index.html", b"1")
        output.publish()
    assert served(tmp_path) == {"index.html": "1"}


def _killed(out: Path, state: Path, count: int) -> None:
    """Publish, and die at the call with this number."""
    left = count

    def counted(call: Callable[..., object]) -> Callable[..., object]:
        def stand_in(*arguments: object, **options: object) -> object:
            nonlocal left
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return call(*arguments, **options)

        return stand_in

    for name in CALLS:
        setattr(os, name, counted(getattr(os, name)))
    publish(out, state, NEW)


def in_child(work: Callable[[], None]) -> int:
    """The exit status of a process of its own that does `work`; negative the signal that ended it."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:  # the test's process goes on after the fork, and must not go on twice
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
