"""The least that each step of a build can cost in one Python process: the same bytes through the bare library."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import comrak
import yaml

from benchmarks.corpus import records
from benchmarks.material.world import World
from generator.model import MODELS, Kind

_PASSES = 3
_SOURCES = ("content", "stories", "policies")


@dataclass(frozen=True, slots=True)
class Floor:
    """The processor time of one step: the least of a few passes."""

    step: str
    cpu_s: float
    items: int
    bytes: int


def floors(project: Path, count: int, seed: int) -> Iterator[Floor]:
    """Of the project with `count` records at `project`, which has been built."""
    paths = [path for top in _SOURCES for path in sorted((project / top).rglob("*")) if path.is_file()]
    texts = [path.read_bytes() for path in paths if path.suffix in (".md", ".yml")]
    size = sum(map(len, texts))
    yield _floor("stat of every source file", lambda: [os.stat(path) for path in paths], len(paths), 0)  # noqa: PTH116
    yield _floor("reading them", lambda: [_read(path) for path in paths], len(paths), size)
    yield _floor("BLAKE2 digest of them", lambda: [blake2b(text).digest() for text in texts], len(texts), size)
    matters = [_yaml_of(text) for text in texts]
    matter_size = sum(map(len, matters))
    yield _floor("YAML events (libyaml)", lambda: [_events(matter) for matter in matters], len(matters), matter_size)
    yield from _record_floors(count, seed)
    sizes = [path.stat().st_size for path in (project / "build" / "site").rglob("*") if path.is_file()]
    yield _writing(sizes, project / "build")
    yield _start("starting Python", "pass")
    yield _start("starting Python and importing pydantic and comrak", "import pydantic, comrak")


def _floor(step: str, work: Callable[[], Any], items: int, size: int) -> Floor:
    return Floor(step, min(_timed(work) for _ in range(_PASSES)), items, size)


def _timed(work: Callable[[], Any]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _read(path: Path) -> bytes:
    opened = os.open(path, os.O_RDONLY)
    try:
        return os.read(opened, 50_000_000)
    finally:
        os.close(opened)


def _yaml_of(text: bytes) -> bytes:
    """The front matter of Markdown, the whole of the rest."""
    return text[4:].partition(b"\n---\n")[0] if text.startswith(b"---\n") else text


def _events(matter: bytes) -> int:
    return sum(1 for _ in yaml.parse(matter, Loader=yaml.CSafeLoader))


def _record_floors(count: int, seed: int) -> Iterator[Floor]:
    made = [(written.kind, written.data) for written in records(count, World(seed)) if written.is_published]
    validated = [_validated(kind, data) for kind, data in made]
    bodies = [data["body"] for _, data in made if "body" in data]
    lines = [json.dumps(data, ensure_ascii=False) for _, data in made]
    size = sum(len(body.encode()) for body in bodies)
    yield _floor("validating records (pydantic)", lambda: [_validated(*one) for one in made], len(made), 0)
    yield _floor("Markdown (comrak)", lambda: [_html(body) for body in bodies], len(bodies), size)
    size = sum(len(line.encode()) for line in lines)
    yield _floor("JSON of records", lambda: [record.model_dump_json() for record in validated], len(lines), size)


def _validated(kind: Kind, data: dict[str, Any]) -> Any:
    return MODELS[kind].model_validate(data)


def _html(body: str) -> str:
    options = comrak.ExtensionOptions()
    options.table = True
    return comrak.render_markdown(body, extension_options=options)


def _writing(sizes: list[int], below: Path) -> Floor:
    """As many files of the same sizes as the site has, in as many folders."""
    folder = Path(tempfile.mkdtemp(dir=below))
    data = bytes(max(sizes, default=0))
    try:
        return _floor("writing the output", lambda: _write(folder, sizes, data), len(sizes), sum(sizes))
    finally:
        shutil.rmtree(folder)


def _write(folder: Path, sizes: list[int], data: bytes) -> None:
    into = Path(tempfile.mkdtemp(dir=folder))
    for number, size in enumerate(sizes):
        inner = f"{into}/{number}"
        os.mkdir(inner)  # noqa: PTH102 - the least that it can cost
        opened = os.open(f"{inner}/index.html", os.O_WRONLY | os.O_CREAT)
        os.write(opened, data[:size])
        os.close(opened)


def _start(step: str, program: str) -> Floor:
    def work() -> float:
        before = os.times()
        subprocess.run([sys.executable, "-c", program], check=True)
        after = os.times()
        return after.children_user + after.children_system - before.children_user - before.children_system

    return Floor(step, min(work() for _ in range(_PASSES)), 1, 0)
