"""What was measured, kept in a file so that tools can be measured one after another on different days."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Step = Literal["cold", "nothing", "body", "title", "serve"]
STEPS: tuple[Step, ...] = ("cold", "nothing", "body", "title", "serve")


@dataclass(frozen=True, slots=True)
class Run:
    """One build."""

    records: int
    tool: str
    version: str
    step: Step
    round: int
    day: str
    cpu_s: float
    wall_s: float
    peak_rss_bytes: int
    peak_pss_bytes: int
    output_bytes: int
    output_files: int


def load_runs(path: Path) -> list[Run]:
    return [Run(**run) for run in json.loads(path.read_text("utf-8"))] if path.exists() else []


def save_runs(path: Path, runs: Iterable[Run]) -> None:
    path.write_text(json.dumps([asdict(run) for run in runs], indent=1) + "\n", encoding="utf-8")


def median(runs: Sequence[Run], tool: str, step: Step, value: Callable[[Run], float]) -> float | None:
    """Over the rounds; None where it was not measured."""
    found = [value(run) for run in runs if run.tool == tool and run.step == step]
    return statistics.median(found) if found else None
