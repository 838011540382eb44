"""Names for what was made, from everything that shaped it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NewType

Digest = NewType("Digest", str)


def digest(*parts: bytes | str) -> Digest:
    """Of all parts in order; no two lists of parts share one by running together."""
    state = hashlib.blake2b(digest_size=20)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return Digest(state.hexdigest())


@cache
def code_digest(*packages: str) -> Digest:
    """Of the files of the named packages, below them too: what was made by other code is not found again."""
    return digest(*(part for package in packages for part in _contents(Path(package_folder(package)))))


def package_folder(package: str) -> str:
    """Where its files are."""
    folder: str = import_module(package).__path__[0]
    return folder


def _contents(folder: Path) -> Iterable[bytes]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix().encode()
            yield path.read_bytes()
