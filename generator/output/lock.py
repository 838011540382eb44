"""One build at a time in an output folder."""

from __future__ import annotations

import sys
from typing import BinaryIO

from generator.output.site import BuildInProgressError


def take(path: str) -> BinaryIO:
    """The open file that holds the lock until it is closed; raises BuildInProgressError.

    The system's own lock: it goes with its process, however that ends. A file with a process number does not, and
    in another container the number of a dead build soon is that of a living program.
    """
    file = open(path, "ab")  # noqa: SIM115
    try:
        _lock(file)
    except (BlockingIOError, PermissionError):
        file.close()
        raise BuildInProgressError(path) from None
    return file


if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
