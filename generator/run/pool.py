"""Worker processes on this machine."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, TypeVar

from generator.run.executor import WorkerDiedError

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

A = TypeVar("A")
R = TypeVar("R")

_MOST_ON_WINDOWS = 61
"""Python waits for all workers at once, and Windows for 63 things at the most."""
_AHEAD = 3
"""Tasks under way for each worker: one that runs, one that waits, one done before its turn."""


class PoolExecutor:
    """See `Executor`. With one job there are no workers. `modules` are what the tasks need."""

    is_far = False

    def __init__(self, jobs: int | None = None, modules: Sequence[str] = ()) -> None:
        jobs = jobs or os.cpu_count() or 1
        self._jobs = min(jobs, _MOST_ON_WINDOWS) if sys.platform == "win32" else jobs
        self._modules = modules
        self._pool: ProcessPoolExecutor | None = None

    @property
    def at_once(self) -> int:
        return _AHEAD * self._jobs if self._jobs > 1 else 0

    def __enter__(self) -> PoolExecutor:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def submit(self, function: Callable[[A], R], argument: A) -> Future[R]:
        from concurrent.futures import BrokenExecutor, Future

        self._pool = self._pool or _start(self._jobs, self._modules)
        try:
            return self._pool.submit(function, argument)
        except BrokenExecutor as error:
            # It is told with the result, in its turn, as if the worker had died a moment later.
            broken: Future[R] = Future()
            broken.set_exception(error)
            return broken

    def result(self, future: Future[R]) -> R:
        from concurrent.futures import BrokenExecutor

        try:
            return future.result()
        except BrokenExecutor:
            raise WorkerDiedError("a worker process died, probably for want of memory") from None

    def renew(self) -> bool:
        self.__exit__()
        return True


def _start(jobs: int, modules: Sequence[str]) -> ProcessPoolExecutor:
    """Workers are not forks of this process, which may have threads (`serve`) and has a database open.

    Where the system can, they are forks of one process that does nothing but load what they need, once for all.
    """
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("forkserver" if sys.platform == "linux" else "spawn")
    context.set_forkserver_preload(list(modules))
    return ProcessPoolExecutor(jobs, context, initializer=_settle)


def _settle() -> None:
    """In a new worker: leave Ctrl+C to the main process, and die with it.

    A worker waits for tasks on a pipe of which it holds both ends, so it would never learn that nobody sends any.
    """
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
