"""What every executor offers, whatever its workers are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from generator.faults import MachineFaultError

if TYPE_CHECKING:
    # Its import takes longer than a run in which nothing changed may spend on all of this.
    from concurrent.futures import Future

A = TypeVar("A")
R = TypeVar("R")


class WorkerDiedError(MachineFaultError):
    """A process that did a task is gone, and doing the task again did not help."""


class ClusterFaultError(MachineFaultError):
    """The cluster cannot be used; the text says why and what to do."""


class Executor(Protocol):
    """Workers, which start at the first task. A context manager.

    Leave it before the folder that tasks write into is given up: on this machine no task is running then.
    """

    is_far: bool
    """Whether workers may be on other machines: they reach neither the content nor the store."""

    @property
    def at_once(self) -> int:
        """How many tasks keep the workers busy; 0 if there are none and tasks are to run here."""

    def __enter__(self) -> Executor: ...

    def __exit__(self, *_: object) -> None: ...

    def submit(self, function: Callable[[A], R], argument: A) -> Future[R]: ...

    def result(self, future: Future[R]) -> R:
        """Waits for it. Raises what the task raised; WorkerDiedError."""

    def renew(self) -> bool:
        """After a worker died: whether there are workers again for the tasks that have not ended."""
