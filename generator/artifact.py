"""An output file, before it is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Artifact:
    """One file of the output: POSIX path below the output folder, and its bytes."""

    path: str
    data: bytes
