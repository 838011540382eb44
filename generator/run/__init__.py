"""Tasks on an executor. Knows no content: a top-level function, and one argument for each task.

Tasks are done again where a worker died, so a task must come to the same end twice.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import TYPE_CHECKING, Generic, TypeVar

from generator.run.executor import ClusterFaultError, Executor, WorkerDiedError
from generator.run.pool import PoolExecutor

if TYPE_CHECKING:
    from concurrent.futures import Future

__all__ = ["ClusterFaultError", "Executor", "WorkerDiedError", "open_executor", "run_tasks"]

A = TypeVar("A")
R = TypeVar("R")


def open_executor(
    jobs: int | None = None,
    url: str | None = None,
    *,
    modules: Sequence[str] = (),
    code: Callable[[], object] | None = None,
) -> Executor:
    """Processes on this machine, one for each processor unless told otherwise, or the cluster at `url`.

    Processes begin with `modules` loaded.

    On a cluster `code` is called here and by every worker, and has to return the same: the digest of the generator,
    say, for other code makes other pages. Raises ClusterFaultError.
    """
    if url is None:
        return PoolExecutor(jobs, modules)
    from generator.run.cluster import ClusterExecutor

    return ClusterExecutor(url, code=code)


def run_tasks(
    executor: Executor | None, function: Callable[[A], R], arguments: Iterable[A], *, few: int = 1
) -> Iterator[R]:
    """The results in the order of the arguments, as they come.

    Without an executor, and up to `few` tasks, they just run here, when they are asked for. Of more, only some for
    each worker are under way at a time, so that neither arguments nor results pile up.

    Raises what a task raises; WorkerDiedError.
    """
    coming = iter(arguments)
    first = list(islice(coming, few + 1))
    every = chain(first, coming)
    if not executor or len(first) <= few or not executor.at_once:
        return map(function, every)
    return _Flights(executor, function).land(every)


class _Flight(Generic[A, R]):
    """A task under way."""

    __slots__ = ("argument", "future")

    def __init__(self, argument: A, future: Future[R]) -> None:
        self.argument = argument
        self.future = future


class _Flights(Generic[A, R]):
    """The tasks under way, in order."""

    def __init__(self, executor: Executor, function: Callable[[A], R]) -> None:
        self._executor = executor
        self._function = function
        self._flights: deque[_Flight[A, R]] = deque()

    def land(self, arguments: Iterable[A]) -> Iterator[R]:
        coming = iter(arguments)
        try:
            while True:
                for argument in islice(coming, max(0, self._executor.at_once - len(self._flights))):
                    self._flights.append(_Flight(argument, self._executor.submit(self._function, argument)))
                if not self._flights:
                    return
                yield self._first()
                self._flights.popleft()
        finally:
            for flight in self._flights:
                flight.future.cancel()

    def _first(self) -> R:
        try:
            return self._executor.result(self._flights[0].future)
        except WorkerDiedError:
            if not self._executor.renew():
                raise
        self._start_again()
        return self._executor.result(self._flights[0].future)

    def _start_again(self) -> None:
        for flight in self._flights:
            if not flight.future.done() or flight.future.cancelled() or flight.future.exception():
                flight.future = self._executor.submit(self._function, flight.argument)
