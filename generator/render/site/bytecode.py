"""Compiled templates, kept where Python keeps its own bytecode: `__pycache__` beside them."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from hashlib import blake2b
from importlib.util import cache_from_source
from pathlib import Path

from jinja2.bccache import Bucket, BytecodeCache


class BytecodeBeside(BytecodeCache):
    """Never in the project's own store: that may come with a stranger's content, and bytecode is run.

    Where nothing can be written, templates are compiled in every run; nothing else is different.
    """

    def __init__(self, made_by: Iterable[Path]) -> None:
        """`made_by`: the modules that decide what a template becomes."""
        stats = [path.stat() for path in made_by]
        self._maker = repr([(stat.st_size, stat.st_mtime_ns) for stat in stats])

    def get_cache_key(self, name: str, filename: str | None = None) -> str:  # noqa: ARG002 - Jinja's signature
        # With the suffix of Python, so that a page and a drawing of one name are two files.
        return cache_from_source(f"{filename}.py") if filename else ""

    def get_source_checksum(self, source: str) -> str:
        return blake2b(f"{self._maker}{source}".encode(), digest_size=20).hexdigest()

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError, EOFError, ValueError, TypeError):
            data = Path(bucket.key).read_bytes()
            checksum = bucket.checksum.encode()
            if data.startswith(checksum):
                bucket.code = marshal.loads(data[len(checksum) :])

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode or not bucket.key:
            return
        path = Path(bucket.key)
        own = path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            own.write_bytes(bucket.checksum.encode() + marshal.dumps(bucket.code))
            # Another process reads the old file or the new one, never half of it.
            own.replace(path)
