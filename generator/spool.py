"""Things of one run that are too many for memory: written once, read back by their names, gone with the run."""

from __future__ import annotations

from pathlib import Path
from typing import IO

_BUFFER = 1 << 20
"""What was added together is asked for together."""


class Spool:
    """Bytes by name in one temporary file. A context manager. Raises OSError where the disk is full.

    The file is made for the first that is added: most runs have nothing to add.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def add(self, name: str, data: bytes) -> None:
        file = self._file = self._file or self._begun()
        # A seek writes out what is in the buffer, even if it leads nowhere.
        if file.tell() != self._end:
            file.seek(self._end)
        file.write(data)
        self._places[name] = (self._end, len(data))
        self._end += len(data)

    def get(self, name: str) -> bytes | None:
        """What was added last under the name."""
        if name not in self._places or not self._file:
            return None
        start, length = self._places[name]
        self._file.seek(start)
        return self._file.read(length)

    def _begun(self) -> IO[bytes]:
        from tempfile import TemporaryFile

        self._folder.mkdir(parents=True, exist_ok=True)
        return TemporaryFile("w+b", _BUFFER, dir=self._folder)
