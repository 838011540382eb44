"""A cluster of worker processes on this machine, until standard input ends: `local_cluster.py WORKERS THREADS`.

A process of its own, for dask's threads are no company for tests that fork.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

TESTS = Path(__file__).parent


@contextmanager
def local_cluster(workers: int, *, threads: int = 1, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of the scheduler."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS))), **(settings or {})}
    command = [sys.executable, __file__, str(workers), str(threads)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL) as process:
        assert process.stdout
        try:
            yield process.stdout.readline().decode().strip()
        finally:
            process.communicate()


def _main(workers: int, threads: int) -> None:
    from distributed import LocalCluster

    with LocalCluster(
        n_workers=workers, threads_per_worker=threads, processes=True, dashboard_address=None, memory_limit=0
    ) as cluster:
        print(cluster.scheduler_address, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    _main(*map(int, sys.argv[1:]))
