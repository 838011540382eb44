"""An output file, before it is written."""

from __future__ import annotations

from generator.values import Value


class Artifact(Value, frozen=True):
    """One file of the output: POSIX path below the output folder, and its bytes."""

    path: str
    data: bytes
