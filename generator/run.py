"""Tasks on executors. Knows no content: a top-level function, and the arguments of each task."""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import TypeVar

A = TypeVar("A")
R = TypeVar("R")

_WORTH_A_POOL = 6
"""Fewer tasks than this are done before a pool has started."""
_BATCH = 4
_MOST_ON_WINDOWS = 61
"""Python waits for all workers at once, and Windows for 63 things at the most."""


def open_executor(jobs: int | None = None) -> Executor:
    """A process pool, one worker for each processor unless told otherwise. Workers start at the first task.

    They are spawned, not forked: a fork of a process with threads (`serve`) can stop for ever.
    """
    workers = jobs or os.cpu_count() or 1
    if sys.platform == "win32":
        workers = min(workers, _MOST_ON_WINDOWS)
    return ProcessPoolExecutor(max_workers=workers, mp_context=multiprocessing.get_context("spawn"))


def run_tasks(executor: Executor, function: Callable[[A], R], arguments: Sequence[A]) -> list[R]:
    """The results in the order of the arguments; a few tasks just run here."""
    arguments = list(arguments)
    if executor is None:
        return [function(argument) for argument in arguments]
    return list(executor.map(function, arguments, chunksize=_BATCH))
