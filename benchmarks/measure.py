"""What a command costs: seconds of processor, wall time, and memory of it and everything it starts."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_SAMPLE_SECONDS = 0.05
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
    status: int


class FailedError(Exception):
    """A command that was to be measured did not succeed."""


def measure(command: Sequence[str], folder: Path, *, log: Path, environment: Mapping[str, str] | None = None) -> Cost:
    """Run `command` in `folder`, its output in `log`; raises FailedError where it fails.

    Processes that lose their parent become ours, so that their time is counted too.
    """
    _become_subreaper()
    peak = _Peak()
    begun = time.perf_counter()
    process = _start(command, folder, log, environment)
    cpu, status, wall = 0.0, 0, 0.0
    sampled = 0.0
    while True:
        try:
            ended, ended_status, usage = os.wait4(-1, os.WNOHANG)
        except ChildProcessError:
            break
        if ended:
            cpu += usage.ru_utime + usage.ru_stime
            if ended == process:
                status, wall = os.waitstatus_to_exitcode(ended_status), time.perf_counter() - begun
            continue
        if time.perf_counter() - sampled >= _SAMPLE_SECONDS:
            peak.sample(os.getpid())
            sampled = time.perf_counter()
        time.sleep(0.002 if sampled - begun < 2 else 0.01)
    if status:
        raise FailedError(f"{' '.join(command)}: status {status}; see {log}")
    return Cost(cpu, wall, peak.rss, peak.pss, status)


def _start(command: Sequence[str], folder: Path, log: Path, environment: Mapping[str, str] | None) -> int:
    """The id of the new process."""
    variables = {**os.environ, "CI": "1", "PYTHONHASHSEED": "0", **(environment or {})}
    process = os.fork()
    if process:
        return process
    try:
        os.chdir(folder)
        with log.open("wb") as file, open(os.devnull, "rb") as nothing:  # noqa: PTH123 - not a file of ours
            os.dup2(nothing.fileno(), 0)
            os.dup2(file.fileno(), 1)
            os.dup2(file.fileno(), 2)
        os.execvpe(command[0], list(command), variables)
    finally:
        os._exit(127)


def _become_subreaper() -> None:
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


@dataclass(slots=True)
class _Peak:
    """The largest sums seen."""

    rss: int = 0
    pss: int = 0
    _asked_at: float = 0.0

    def sample(self, parent: int) -> None:
        processes = list(descendants(parent))
        rss = sum(map(_resident, processes))
        self.rss = max(self.rss, rss)
        if rss > self._asked_at * _GROWN:
            self._asked_at = rss
            self.pss = max(self.pss, sum(map(_proportional, processes)))


def descendants(parent: int) -> Iterator[int]:
    """Children, their children, and so on; those that end meanwhile are left out."""
    try:
        threads = [thread.name for thread in Path(f"/proc/{parent}/task").iterdir()]
    except OSError:
        return
    for thread in threads:
        for child in _read(f"/proc/{parent}/task/{thread}/children").split():
            yield int(child)
            yield from descendants(int(child))


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
