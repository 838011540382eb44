"""What a change costs while a generator watches its input: the seconds until the page has changed, and the work."""

from __future__ import annotations

import os
import signal
import socket
import statistics
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from benchmarks.measure import Cost, FailedError, cpu_seconds
from benchmarks.tools import Tool, change_body, clear, marked

_EDITS = 5
_QUIET_SECONDS = 2.0
"""A generator that has used no processor for so long has done its work."""
_PATIENCE_SECONDS = 300.0
_LOOK_SECONDS = 0.01


def serving_cost(tool: Tool, site: Path, programs: Path, story: Path, *, log: Path) -> Cost:
    """The median of a few changes of one story's text; the memory is what the server has at the end."""
    assert tool.serve is not None
    clear(tool, site)
    page = site / tool.served / "stories" / story.stem / "index.html"
    with log.open("wb") as file:
        variables = {**os.environ, **(tool.environment or {})}
        server = subprocess.Popen(
            tool.serve(programs, _free_port()),
            cwd=site,
            stdout=file,
            stderr=file,
            env=variables,
            start_new_session=True,
        )
    try:
        _wait(server, page.exists)
        _settle(server)
        edits = [_edit(server, story, page, 1_000 + number) for number in range(_EDITS)]
        peak = _peak_rss_bytes(server.pid)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait()
    cpu, wall = (statistics.median(column) for column in zip(*edits, strict=True))
    return Cost(cpu, wall, peak, peak)


def _edit(server: subprocess.Popen[bytes], story: Path, page: Path, number: int) -> tuple[float, float]:
    """Seconds of processor, and wall seconds from saving the file until the page has the new words."""
    before, begun = cpu_seconds(server.pid), time.perf_counter()
    change_body(story, number)
    _wait(server, lambda: marked(number) in _text(page))
    wall = time.perf_counter() - begun
    _settle(server)
    return cpu_seconds(server.pid) - before, wall


def _text(page: Path) -> str:
    try:
        return page.read_text("utf-8")
    except OSError:
        return ""  # it is just being replaced


def _wait(server: subprocess.Popen[bytes], is_there: Callable[[], bool]) -> None:
    end = time.perf_counter() + _PATIENCE_SECONDS
    while not is_there():
        if server.poll() is not None or time.perf_counter() > end:
            raise FailedError("the server ended, or did not do it")
        time.sleep(_LOOK_SECONDS)


def _settle(server: subprocess.Popen[bytes]) -> None:
    """Wait until it is idle."""
    last, since = cpu_seconds(server.pid), time.perf_counter()
    while time.perf_counter() - since < _QUIET_SECONDS:
        time.sleep(0.1)
        now = cpu_seconds(server.pid)
        if now - last > 0.05:
            last, since = now, time.perf_counter()


def _peak_rss_bytes(process: int) -> int:
    for line in Path(f"/proc/{process}/status").read_text("ascii", "replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
