"""Workers on other machines, by dask.distributed; loaded only when its address was given."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from importlib import import_module
from typing import Any, TypeVar

from generator.run.executor import ClusterFaultError, WorkerDiedError

A = TypeVar("A")
R = TypeVar("R")

_CONNECT_S = 15
_WITHOUT_WORKERS_S = 60
"""How long to wait for workers to come, or to come back."""
_LOOK_S = 5
_AHEAD = 3


class ClusterExecutor:
    """See `Executor`. The scheduler gives the tasks of a worker that died to another."""

    is_far = True

    def __init__(self, url: str, *, code: Callable[[], object] | None = None) -> None:
        self._url = url
        self._distributed: Any = _distributed()
        self._client = self._connect()
        try:
            self._check(code)
        except BaseException:
            self._client.close()
            raise
        self._tasks = self._client.get_executor(pure=False)
        self._workers = self._count()
        self._looked = time.monotonic()

    @property
    def at_once(self) -> int:
        """Workers may come and go while a large archive is built."""
        if time.monotonic() > self._looked + _LOOK_S:
            self._workers = self._count()
            self._looked = time.monotonic()
        return _AHEAD * max(1, self._workers)

    def __enter__(self) -> ClusterExecutor:
        return self

    def __exit__(self, *fault: object) -> None:
        # With a fault there may be no worker to wait for. A task that is still running then goes on for a while.
        self._tasks.shutdown(wait=not any(fault))
        self._client.close()

    def submit(self, function: Callable[[A], R], argument: A) -> Future[R]:
        future: Future[R] = self._tasks.submit(function, argument)
        return future

    def result(self, future: Future[R]) -> R:
        patience = time.monotonic() + _WITHOUT_WORKERS_S
        while True:
            try:
                return future.result(timeout=_LOOK_S)
            except self._distributed.scheduler.KilledWorker as error:
                raise WorkerDiedError(f"the cluster at {self._url} could not do a task: {error}") from None
            except (CancelledError, self._distributed.comm.CommClosedError):
                raise self._gone() from None
            except TimeoutError:
                if future.done():
                    raise
            if self._count():
                patience = time.monotonic() + _WITHOUT_WORKERS_S
            elif time.monotonic() > patience:
                raise WorkerDiedError(f"no worker is left at {self._url}")

    def renew(self) -> bool:
        """The scheduler has tried several workers by then."""
        return False

    def _count(self) -> int:
        try:
            return len(self._client.nthreads())
        except OSError:
            raise self._gone() from None

    def _gone(self) -> WorkerDiedError:
        return WorkerDiedError(f"the cluster at {self._url} is gone")

    def _connect(self) -> Any:
        try:
            return self._distributed.Client(self._url, timeout=_CONNECT_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ClusterFaultError(f"no cluster answers at {self._url}: {error}") from None

    def _check(self, code: Callable[[], object] | None) -> None:
        try:
            self._client.wait_for_workers(1, timeout=_WITHOUT_WORKERS_S)
        except TimeoutError:
            raise ClusterFaultError(f"the cluster at {self._url} has no workers") from None
        if any(threads > 1 for threads in self._client.nthreads().values()):
            raise ClusterFaultError(f"the workers at {self._url} have several threads: start them with --nthreads 1")
        if code:
            ours = code()
            other = sorted(name for name, theirs in self._client.run(code).items() if theirs != ours)
            if other:
                raise ClusterFaultError(f"another version of rongguang is installed on {', '.join(other)}")


def _distributed() -> Any:
    try:
        distributed = import_module("distributed")
    except ImportError as error:
        raise ClusterFaultError(f"a cluster needs `pip install rongguang[cluster]` ({error})") from None
    for name in ("distributed", "distributed.client"):
        # What goes wrong is raised; only the command writes to the terminal.
        logging.getLogger(name).setLevel(logging.CRITICAL)
    return distributed
