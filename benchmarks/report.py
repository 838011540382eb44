"""`benchmarks/RESULTS.md`: two parts, each written by its own command, the other left as it is."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from benchmarks.runs import STEPS, Run, Step, median
from benchmarks.tools import TOOLS

RESULTS = Path(__file__).with_name("RESULTS.md")
Part = Literal["tools", "profile"]
_PARTS: tuple[Part, ...] = ("tools", "profile")
_MIB = 1024 * 1024
_STEP_WORDS = {
    "cold": "Cold: neither output nor cache is there",
    "nothing": "Nothing changed",
    "body": "The text of one story changed",
    "title": "The title of one story changed",
    "serve": "The text of one story changed, while the generator watches",
}
_REFERENCE = "rongguang"
_HEAD = """# Results

Written by `make bench` and `make bench-profile`; do not edit. `benchmarks/README.md` says what is measured and how.
"""


def write_part(part: Part, text: str, path: Path = RESULTS) -> None:
    """Put `text` in the place of that part."""
    old = path.read_text("utf-8") if path.exists() else ""
    texts = {name: text if name == part else _part_of(old, name) for name in _PARTS}
    blocks = (f"<!-- {name} -->\n{texts[name].strip()}\n<!-- /{name} -->\n" for name in _PARTS)
    path.write_text("\n".join((_HEAD, *blocks)), encoding="utf-8", newline="\n")


def _part_of(text: str, name: str) -> str:
    match = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", text, re.DOTALL)
    return match[1] if match else "Not measured yet.\n"


def tools_part(runs: Sequence[Run]) -> str:
    """All sizes that were measured, the largest first."""
    sizes = sorted({run.records for run in runs}, reverse=True)
    return "\n".join((machine(), *(_size(size, [run for run in runs if run.records == size]) for size in sizes)))


def machine() -> str:
    model = _field("/proc/cpuinfo", "model name") or platform.machine()
    memory_gib = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 1024**3
    system = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
    return f"Machine: {os.cpu_count()} × {model}, {memory_gib:.0f} GiB, {system}.\n"


def _field(path: str, name: str) -> str:
    for line in Path(path).read_text("utf-8", "replace").splitlines() if Path(path).exists() else ():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def _size(records: int, runs: Sequence[Run]) -> str:
    lines = [f"## {records:,} records", ""]
    for step in STEPS:
        if any(run.step == step for run in runs):
            lines.extend((*_step(runs, step), ""))
    return "\n".join((*lines, *_versions(runs), ""))


def _step(runs: Sequence[Run], step: Step) -> Iterator[str]:
    yield f"### {_STEP_WORDS[step]}"
    yield ""
    yield "| | CPU s | × Rongguang | wall s | peak RSS MiB | peak PSS MiB | output MB | files | rounds |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|---:|"
    reference = median(runs, _REFERENCE, step, lambda run: run.cpu_s)
    for name in (name for name in TOOLS if any(run.tool == name and run.step == step for run in runs)):
        yield _row(runs, name, step, reference)


def _row(runs: Sequence[Run], name: str, step: Step, reference: float | None) -> str:
    def told(value: Callable[[Run], float], form: str) -> str:
        found = median(runs, name, step, value)
        return format(found or 0, form)

    mine = [run.cpu_s for run in runs if run.tool == name and run.step == step]
    spread = f" ({min(mine):.2f}–{max(mine):.2f})" if len(mine) > 1 else ""
    ratio = f"{(median(runs, name, step, lambda run: run.cpu_s) or 0) / reference:.2f}" if reference else "—"
    cells = (
        TOOLS[name].label,
        told(lambda run: run.cpu_s, ".2f") + spread,
        ratio,
        told(lambda run: run.wall_s, ".2f"),
        told(lambda run: run.peak_rss_bytes / _MIB, ",.0f"),
        told(lambda run: run.peak_pss_bytes / _MIB, ",.0f"),
        told(lambda run: run.output_bytes / 1e6, ",.0f"),
        told(lambda run: run.output_files, ",.0f"),
        str(len(mine)),
    )
    return f"| {' | '.join(cells)} |"


def _versions(runs: Sequence[Run]) -> Iterator[str]:
    yield "| | version | measured on |"
    yield "|---|---|---|"
    for name, tool in TOOLS.items():
        mine = [run for run in runs if run.tool == name]
        if mine:
            yield f"| {tool.label} | {mine[-1].version} | {', '.join(sorted({run.day for run in mine}))} |"
