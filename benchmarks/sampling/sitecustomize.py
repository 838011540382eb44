"""Python imports this by itself at its start where the folder is on its path: so every process of a build is sampled.

Each time the process has used another few milliseconds of processor, the innermost function of the generator that
is at work is counted. What a library does counts for the function that called it.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
from collections import Counter
from pathlib import Path
from types import FrameType

INTERVAL_SECONDS = 0.005
_ELSEWHERE = ("", "")


class Sampler:
    """Counts, and writes them now and then: a worker may be ended without notice."""

    def __init__(self, folder: Path, root: str) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self._path = folder / f"{os.getpid()}.json"
        self._root = root
        self._seen = 0

    def start(self) -> None:
        signal.signal(signal.SIGPROF, self._count)
        signal.siginterrupt(signal.SIGPROF, False)
        signal.setitimer(signal.ITIMER_PROF, INTERVAL_SECONDS, INTERVAL_SECONDS)
        atexit.register(self.stop)

    def _count(self, _signal: int, frame: FrameType | None) -> None:
        self.counts[self._place(frame)] += 1
        self._seen += 1
        if self._seen % 200 == 0:
            self.write()

    def _place(self, frame: FrameType | None) -> tuple[str, str]:
        while frame is not None:
            code = frame.f_code
            if code.co_filename.startswith(self._root):
                name = code.co_qualname if hasattr(code, "co_qualname") else code.co_name
                return code.co_filename[len(self._root) :], name
            frame = frame.f_back
        return _ELSEWHERE

    def stop(self) -> None:
        # As it ends, Python gives the signal back to the system, which would kill the process.
        signal.setitimer(signal.ITIMER_PROF, 0)
        self.write()

    def write(self) -> None:
        rows = [[module, function, count] for (module, function), count in self.counts.items()]
        self._path.write_text(json.dumps(rows), encoding="utf-8")


if "BENCHMARK_SAMPLES" in os.environ:
    Sampler(Path(os.environ["BENCHMARK_SAMPLES"]), os.environ["BENCHMARK_SAMPLED"]).start()
