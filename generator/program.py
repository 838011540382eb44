"""Which program this is: its own code, and the libraries that shape the output."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path

from generator.output.files import replace_file
from generator.store import Digest, code_digest, digest
from generator.store.digests import package_folder

LIBRARIES = ("comrak", "jinja2", "markdown", "mkdocs-material", "msgspec", "pydantic", "typst")
"""Pillow has a say in the pictures' own keys."""

_SETTLED_NS = 2_000_000_000
"""A file that was changed so shortly before may change again without its times telling."""
_NAME_BREAK = re.compile("[-_.]+")

_Sign = tuple[str, int, int, int, int]
"""A file, its size and number, when it was changed, and when the system last noted a change of any kind: a time that
no installer sets back."""


@cache
def program_digest() -> Digest:
    """Of every file of the program and of the libraries' versions: another program might make something else of the
    same content.
    """
    from importlib.metadata import version

    return digest(code_digest("generator"), *map(version, LIBRARIES))


@cache
def known_program(memory: Path) -> Digest:
    """As `program_digest`, but files are only read where they do not look as they did in the last run.

    What that run found is kept in the folder `memory`, of which the number is compared too: nobody can foretell it who
    would bring such a file with the content. Asked once only: a process goes on with the code that it has loaded.
    """
    try:
        signs = [*_code_signs(package_folder("generator")), *_library_signs()]
    except OSError:
        return program_digest()
    looks, kept = digest(str(memory.stat().st_ino), repr(signs)), memory / "program"
    with suppress(OSError, ValueError):
        known, made = kept.read_text("ascii").split()
        if known == looks:
            return Digest(made)
    made = program_digest()
    if max(max(changed, noted) for *_, changed, noted in signs) < time.time_ns() - _SETTLED_NS:
        with suppress(OSError):
            replace_file(str(kept), f"{looks} {made}".encode())
    return Digest(made)


def _code_signs(folder: str) -> Iterator[_Sign]:
    """Of the files that `code_digest` reads."""
    with os.scandir(folder) as listing:
        for entry in sorted(listing, key=lambda entry: entry.name):
            if not entry.is_dir():
                yield _sign(entry.path, entry.stat())
            elif entry.name != "__pycache__":
                yield from _code_signs(entry.path)


def _library_signs() -> Iterator[_Sign]:
    """Of the files that tell the versions, wherever Python would look for them.

    Raises OSError where they cannot be seen from outside: in an archive, or in a form that is no longer made.
    """
    missing = set(LIBRARIES)
    for folder in sys.path:
        for name in _listed(folder or "."):
            if not name.endswith((".dist-info", ".egg-info")):
                continue
            library = _NAME_BREAK.sub("-", name[:-10].partition("-")[0]).lower()
            if library in LIBRARIES:
                path = f"{folder or '.'}/{name}/METADATA"
                yield _sign(path, os.stat(path))  # noqa: PTH116 - one of many joined by hand
                missing.discard(library)
    if missing:
        raise FileNotFoundError(missing)


def _listed(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as listing:
            return sorted(entry.name for entry in listing)
    except FileNotFoundError:
        return []


def _sign(path: str, found: os.stat_result) -> _Sign:
    return path, found.st_size, found.st_ino, found.st_mtime_ns, found.st_ctime_ns
