"""Folders compared by what is in them."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path


def digests(root: Path) -> dict[str, str]:
    """SHA-256 of every file below `root`, by relative path."""
    return {
        path.relative_to(root).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }
