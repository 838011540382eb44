"""The same tasks on a real cluster of worker processes, one of which is killed while it works."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

import pytest
import tasks
from conftest import TODAY, write_project
from local_cluster import local_cluster
from trees import digests

from generator.build import build
from generator.output import Tree, open_output
from generator.output.workspace import SharedFile, Workspace
from generator.run import ClusterFaultError, Executor, WorkerDiedError, open_executor, run_tasks

TASKS = 60


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with local_cluster(2) as address:
        yield address


@pytest.fixture
def facts(tmp_path: Path) -> str:
    (tmp_path / "facts").write_text("".join(chr(48 + number % 70) for number in range(1000)))
    return str(tmp_path / "facts")


@pytest.mark.parametrize("scheme", ["", "file://"], ids=["shared-disk", "object-store"])
def test_a_worker_killed_at_work_leaves_no_trace(cluster: str, facts: str, tmp_path: Path, scheme: str) -> None:
    out = f"{scheme}{tmp_path}/out"
    with open_output(out) as output, open_executor(url=cluster) as executor, Workspace(out, far=True) as workspace:
        tree = output.prepare(None, None).tree
        told = list(_with_a_murder(executor, tree, workspace.share(facts)))
        output.publish()
    (tmp_path / "here").mkdir()
    with open_output(tmp_path / "here") as output, Workspace(str(tmp_path / "here")) as workspace:
        arguments = _arguments(output.prepare(None, None).tree, workspace.share(facts))
        assert told == [text for _, text in run_tasks(None, tasks.write_pages, arguments)]
        output.publish()
    assert digests(_site(tmp_path / "out")) == digests(tmp_path / "here" / "site")
    assert len(told) == TASKS
    assert not list((tmp_path / "out").glob("run-*")), "shared files go with their run"


@pytest.mark.parametrize(("scheme", "step"), [("", "site"), ("file://", "read")])
def test_a_build_is_the_same_on_a_cluster_that_loses_a_worker(
    cluster: str, tmp_path: Path, scheme: str, step: str
) -> None:
    root = write_project(tmp_path / "project", {f"stories/s{number}.md": _story(number) for number in range(400)})
    with open_executor(url=cluster) as executor:
        victim = max(run_tasks(executor, tasks.process, range(20)))
    killed: list[str] = []

    def progress(begun: str) -> None:
        if begun == step:
            Timer(0.05, lambda: killed.append(step) or os.kill(victim, signal.SIGKILL)).start()
        elif step in killed:
            killed.append(begun)

    out = f"{scheme}{tmp_path}/out"
    there = build(root, out, today=TODAY, only=("site", "data"), executor=cluster, progress=progress)
    here = build(root, tmp_path / "here", today=TODAY, only=("site", "data"), jobs=1)
    assert len(killed) > 1, "the build was over before a worker was killed"
    assert there.diagnostics == here.diagnostics == ()
    assert there.files == here.files > 800
    assert digests(_site(tmp_path / "out")) == digests(tmp_path / "here" / "site")


def test_a_worker_that_dies_of_a_task_changes_nothing(cluster: str, tmp_path: Path) -> None:
    arguments = [(str(tmp_path / "died"), number) for number in range(20)]
    with open_executor(url=cluster) as executor:
        assert list(run_tasks(executor, tasks.die_once, arguments)) == [10 if n == 5 else n * 2 for n in range(20)]
    assert (tmp_path / "died").exists()


def test_arguments_are_taken_as_the_cluster_can_use_them(cluster: str) -> None:
    taken = []
    with open_executor(url=cluster) as executor:
        results = run_tasks(executor, tasks.double, (taken.append(number) or number for number in range(500)))
        assert [next(results) for _ in range(10)] == [number * 2 for number in range(10)]
        assert len(taken) <= 10 + executor.at_once
        results.close()
    with open_executor(url=cluster) as executor, pytest.raises(OSError, match="No space left"):
        list(run_tasks(executor, tasks.refuse_seven, range(500)))


def test_a_task_that_no_worker_survives_is_told() -> None:
    once = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    with (
        local_cluster(1, settings=once) as address,
        pytest.raises(WorkerDiedError, match="could not do a task"),
        open_executor(url=address) as executor,
    ):
        list(run_tasks(executor, tasks.die, range(2)))


def test_a_cluster_that_goes_away_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with local_cluster(1) as address, open_executor(url=address) as executor:
        schedulers = run_tasks(executor, tasks.parent, range(1000))
        os.kill(next(schedulers), signal.SIGKILL)
        with pytest.raises(WorkerDiedError, match="is gone"):
            list(schedulers)
    assert capfd.readouterr().err == ""


def test_workers_that_all_go_are_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker is started as `docs/scale.md` says, but for the nanny, which would start another."""
    monkeypatch.setattr("generator.run.cluster._LOOK_S", 0.2)
    monkeypatch.setenv("PYTHONPATH", str(Path(tasks.__file__).parent))
    with local_cluster(0) as address:
        command = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny"]
        worker = subprocess.Popen([*command, "--no-dashboard"], stderr=subprocess.DEVNULL)
        with worker, open_executor(url=address) as executor:
            results = run_tasks(executor, tasks.parent, range(1000))
            next(results)
            worker.kill()
            monkeypatch.setattr("generator.run.cluster._WITHOUT_WORKERS_S", 1)
            with pytest.raises(WorkerDiedError, match="no worker is left"):
                list(results)


def test_workers_with_other_code_are_refused(cluster: str) -> None:
    with open_executor(url=cluster, code=tasks.code):
        pass
    with pytest.raises(ClusterFaultError, match="another version of rongguang"):
        open_executor(url=cluster, code=tasks.own_code)


def test_workers_that_do_two_tasks_at_once_are_refused() -> None:
    with local_cluster(1, threads=2) as address, pytest.raises(ClusterFaultError, match="--nthreads 1"):
        open_executor(url=address)


def test_a_cluster_without_workers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.run.cluster._WITHOUT_WORKERS_S", 1)
    with local_cluster(0) as address, pytest.raises(ClusterFaultError, match="no workers"):
        open_executor(url=address)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{port}", "nonsense://127.0.0.1"])
def test_an_address_where_no_cluster_is_is_told(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr("generator.run.cluster._CONNECT_S", 1)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        with pytest.raises(ClusterFaultError, match="no cluster answers"):
            open_executor(url=address.format(port=taken.getsockname()[1]))


def _site(out: Path) -> Path:
    """Where the link leads, or what takes its place in an object store."""
    if (out / "site").exists():
        return out / "site"
    name: str = json.loads((out / "site.json").read_text())["tree"]
    return out / "trees" / name


def _story(number: int) -> str:
    before = f"前一篇是[[story:s{number - 1}]]。" if number else ""
    return f"---\ntitle: 第{number}件小事\nregion: huainan\nsources:\n  - report\n---\n{before}{'正文。' * 300}\n"


def _arguments(tree: Tree, shared: SharedFile) -> Iterator[tuple[Tree, SharedFile, int]]:
    return ((tree, shared, number) for number in range(TASKS))


def _with_a_murder(executor: Executor, tree: Tree, shared: SharedFile) -> Iterator[str]:
    workers = set()
    for number, (process, text) in enumerate(run_tasks(executor, tasks.write_pages, _arguments(tree, shared))):
        workers.add(process)
        if number == 10:
            os.kill(process, signal.SIGKILL)
        yield text
    assert os.getpid() not in workers
    assert len(workers) >= 2
