"""Tasks on worker processes: the order, what is under way, and workers that die."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import tasks

from generator.run import ClusterFaultError, Executor, WorkerDiedError, open_executor, run_tasks

TESTS = Path(tasks.__file__).parent
ROOT = TESTS.parent


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    with open_executor(2) as executor:
        yield executor


def test_results_come_in_the_order_of_the_arguments(executor: Executor) -> None:
    assert list(run_tasks(executor, tasks.double, range(100))) == [number * 2 for number in range(100)]
    assert os.getpid() not in set(run_tasks(executor, tasks.process, range(20)))


def test_arguments_are_taken_as_workers_can_use_them(executor: Executor) -> None:
    taken = 0

    def arguments() -> Iterator[int]:
        nonlocal taken
        for number in range(1000):
            taken += 1
            yield number

    results = run_tasks(executor, tasks.double, arguments())
    for number in range(50):
        assert next(results) == number * 2
        assert taken <= number + 1 + max(executor.at_once, 7)


def test_little_work_is_done_here() -> None:
    with open_executor(2) as executor:
        assert set(run_tasks(executor, tasks.process, range(1))) == {os.getpid()}
        assert set(run_tasks(executor, tasks.process, range(6), few=6)) == {os.getpid()}
        assert set(run_tasks(executor, tasks.process, range(7), few=6)).isdisjoint({os.getpid()})
    with open_executor(1) as executor:
        assert set(run_tasks(executor, tasks.process, range(100))) == {os.getpid()}
    assert set(run_tasks(None, tasks.process, range(100))) == {os.getpid()}


def test_a_worker_that_dies_changes_nothing(tmp_path: Path) -> None:
    arguments = [(str(tmp_path / "died"), number) for number in range(40)]
    with open_executor(2) as executor:
        assert list(run_tasks(executor, tasks.die_once, arguments)) == [number * 2 for number in range(40)]
    assert (tmp_path / "died").exists()


def test_a_task_that_no_worker_survives_is_told() -> None:
    with open_executor(2) as executor, pytest.raises(WorkerDiedError, match="memory"):
        list(run_tasks(executor, tasks.die, range(40)))


def test_what_a_task_raises_comes_in_its_turn(executor: Executor) -> None:
    seen = []
    results = run_tasks(executor, tasks.refuse_seven, range(1000))
    with pytest.raises(OSError, match="No space left") as raised:
        seen.extend(results)
    assert raised.value.filename == "a/b.html"
    assert list(run_tasks(executor, tasks.double, range(10))) == [number * 2 for number in range(10)]


def test_an_interrupt_is_the_main_processs_affair(executor: Executor) -> None:
    assert list(run_tasks(executor, tasks.interrupted, range(10))) == list(range(10))


def test_workers_die_with_their_build(tmp_path: Path) -> None:
    script = (
        "import os, sys, tasks\n"
        "from generator.run import open_executor, run_tasks\n"
        "if __name__ == '__main__':\n"
        "    executor = open_executor(2)\n"
        "    list(run_tasks(executor, tasks.note_process, [sys.argv[1]] * 20))\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    (tmp_path / "script.py").write_text(script)
    (tmp_path / "seen").mkdir()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(TESTS)))}
    command = [sys.executable, str(tmp_path / "script.py"), str(tmp_path / "seen")]
    assert subprocess.run(command, env=environment, check=False).returncode == -signal.SIGKILL
    workers = [int(path.name) for path in (tmp_path / "seen").iterdir()]
    assert workers
    for _ in range(200):
        if not any(map(_lives, workers)):
            return
        time.sleep(0.05)
    pytest.fail("a worker goes on without its build")


def test_a_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ClusterFaultError, match=r"pip install rongguang\[cluster\]"):
        open_executor(url="tcp://127.0.0.1:1")


def test_what_a_small_run_does_not_need_is_not_loaded() -> None:
    script = "import sys, generator.run, generator.output; print(' '.join(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    unwanted = {"concurrent.futures", "multiprocessing", "distributed", "fsspec", "tempfile", "shutil", "logging"}
    assert not unwanted & set(loaded.stdout.split())


def _lives(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
