"""Tasks for workers, in a module that loads fast."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

from generator.output import Tree
from generator.output.workspace import SharedFile


def double(number: int) -> int:
    return number * 2


def process(_: int) -> int:
    return os.getpid()


def parent(_: int) -> int:
    time.sleep(0.01)
    return os.getppid()


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


def write_pages(task: tuple[Tree, SharedFile, int]) -> tuple[int, str]:
    """Some pages that show what is shared; which process wrote them."""
    tree, shared, number = task
    text = Path(shared.local()).read_bytes()
    for page in range(5):
        tree.write(f"stories/{number}-{page}/index.html", text[number : number + 100])
        time.sleep(0.01)
    return os.getpid(), f"{number}: {text[number]}"


def code() -> str:
    return "the same everywhere"


def own_code() -> int:
    return os.getpid()
