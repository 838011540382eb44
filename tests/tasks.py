"""Tasks for workers, in a module that loads fast."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path


def double(number: int) -> int:
    return number * 2


def process(_: int) -> int:
    return os.getpid()


def refuse_seven(number: int) -> int:
    if number == 7:
        raise OSError(28, "No space left on device", "a/b.html")
    return number


def die_once(task: tuple[str, int]) -> int:
    """The first worker that is given the number 5 dies of it."""
    flag, number = task
    if number == 5:
        try:
            Path(flag).touch(exist_ok=False)
        except FileExistsError:
            return 10
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def die(_: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def interrupted(number: int) -> int:
    """Ctrl+C reaches every process of a terminal."""
    os.kill(os.getpid(), signal.SIGINT)
    return number


def note_process(folder: str) -> None:
    Path(folder, str(os.getpid())).touch()
    time.sleep(0.05)
