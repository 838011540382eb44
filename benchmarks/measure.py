"""What a command costs: seconds of processor, wall time, and memory of it and everything it starts."""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

_SAMPLE_SECONDS = 0.05
_LOOK_SECONDS = 0.005
_PR_SET_CHILD_SUBREAPER = 36
_PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
_TICKS = os.sysconf("SC_CLK_TCK")
_GROWN = 1.02
"""The proportional size is asked for only when the resident one is by so much larger than ever: it is slow to tell."""


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one run of a command."""

    cpu_s: float
    """User and system time of all its processes, from the accounting of the operating system."""
    wall_s: float
    peak_rss_bytes: int
    """The largest sum of the resident sizes of all processes: what they share counts several times."""
    peak_pss_bytes: int
    """The same with shared pages counted once."""


class FailedError(Exception):
    """A command that was to be measured did not succeed."""


def measure(command: Sequence[str], folder: Path, *, log: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run `command` in `folder`, its output in `log`; raises FailedError where it fails.

    Processes that lose their parent become ours, so that their time is counted too.
    """
    _become_subreaper()
    others = frozenset(_children(os.getpid()))
    peak, tally = _Peak(), _Tally()
    begun = time.perf_counter()
    with log.open("wb") as file:
        variables = {**os.environ, "CI": "1", "PYTHONHASHSEED": "0", **(environment or {})}
        process = subprocess.Popen(
            command, cwd=folder, stdin=subprocess.DEVNULL, stdout=file, stderr=file, env=variables
        )
    wall = 0.0
    while running := frozenset(_children(os.getpid())) - others:
        for child in running:
            tally.reap(child)
        if process.pid in tally.statuses and not wall:
            wall = time.perf_counter() - begun
        peak.sample(running)
        time.sleep(_LOOK_SECONDS)
    # Popen has not seen the end of its process: the children are reaped here, for only so they tell their time.
    process.returncode = tally.statuses[process.pid]
    if process.returncode:
        raise FailedError(f"{' '.join(command)}: status {process.returncode}; see {log}")
    return Cost(tally.cpu_s, wall, peak.rss, peak.pss)


@dataclass(slots=True)
class _Tally:
    """The children that have ended."""

    cpu_s: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)

    def reap(self, child: int) -> None:
        ended, status, usage = os.wait4(child, os.WNOHANG)
        if ended:
            self.cpu_s += usage.ru_utime + usage.ru_stime
            self.statuses[ended] = os.waitstatus_to_exitcode(status)


def _become_subreaper() -> None:
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


@dataclass(slots=True)
class _Peak:
    """The largest sums seen."""

    rss: int = 0
    pss: int = 0
    _asked_at: float = 0.0
    _sampled_at: float = 0.0

    def sample(self, children: Iterable[int]) -> None:
        """Of the children and all below them; does nothing when it was just done."""
        if time.perf_counter() - self._sampled_at < _SAMPLE_SECONDS:
            return
        self._sampled_at = time.perf_counter()
        processes = [process for child in children for process in (child, *descendants(child))]
        rss = sum(map(_resident, processes))
        self.rss = max(self.rss, rss)
        if rss > self._asked_at * _GROWN:
            self._asked_at = rss
            self.pss = max(self.pss, sum(map(_proportional, processes)))


def descendants(parent: int) -> Iterator[int]:
    """Children, their children, and so on; those that end meanwhile are left out."""
    for child in _children(parent):
        yield child
        yield from descendants(child)


def _children(parent: int) -> Iterator[int]:
    try:
        threads = [thread.name for thread in Path(f"/proc/{parent}/task").iterdir()]
    except OSError:
        return
    for thread in threads:
        yield from map(int, _read(f"/proc/{parent}/task/{thread}/children").split())


def _resident(process: int) -> int:
    fields = _read(f"/proc/{process}/statm").split()
    return int(fields[1]) * _PAGE_BYTES if fields else 0


def _proportional(process: int) -> int:
    for line in _read(f"/proc/{process}/smaps_rollup").splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def cpu_seconds(process: int) -> float:
    """Of a running process and its descendants so far."""
    ids = (process, *descendants(process))
    fields = (_read(f"/proc/{one}/stat").rpartition(")")[2].split() for one in ids)
    return sum(sum(map(int, numbers[11:15])) for numbers in fields if numbers) / _TICKS


def _read(path: str) -> str:
    try:
        return Path(path).read_text("ascii", "replace")
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class Output:
    """What a build has written."""

    bytes: int
    files: int


def output_of(folder: Path) -> Output:
    size = files = 0
    for where, _, names in os.walk(folder):
        files += len(names)
        size += sum(os.lstat(os.path.join(where, name)).st_size for name in names)  # noqa: PTH118 - many files
    return Output(size, files)
