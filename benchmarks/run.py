"""Build the same archive with several generators in turn: `python -m benchmarks.run` or `make bench`.

Every round goes through all tools (A B A B), so that a busy hour of the machine burdens all of them. Numbers are
kept in the work folder: tools may be measured one after another, and `RESULTS.md` shows the last runs of each.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from benchmarks.corpus import SEED
from benchmarks.measure import Cost, Output, measure, output_of
from benchmarks.peers.sites import prepare
from benchmarks.report import RESULTS, tools_part, write_part
from benchmarks.runs import STEPS, Run, Step, load_runs, save_runs
from benchmarks.serving import serving_cost
from benchmarks.tools import ROOT, TOOLS, Tool, change_body, change_title, clear, is_installed, marked, sweep

_SLOW_STEPS: tuple[Step, ...] = ("cold", "body")
"""What is asked of generators that take minutes; without a change they take as long as with one."""


@dataclass(frozen=True, slots=True)
class Bench:
    """Where everything is."""

    records: int
    folder: Path
    programs: Path
    day: str

    def site(self, tool: Tool) -> Path:
        return self.folder / tool.name

    def story(self, tool: Tool) -> Path:
        """One whose text may change: in our own project, one that nobody has signed yet."""
        stories = sorted((self.site(tool) / tool.stories).glob("*-story-*.md"))
        ours = self.folder / "rongguang" / "stories"
        free = [story for story in stories if not _is_signed(ours / story.name)]
        return free[len(free) // 2]


def _is_signed(story: Path) -> bool:
    return story.exists() and "\nreview:" in story.read_text("utf-8")


def prepare_step(bench: Bench, tool: Tool, step: Step, number: int) -> None:
    """Bring the site into the state that the step is about; `number` tells one change from another."""
    if step == "cold":
        clear(tool, bench.site(tool))
    elif step == "body":
        change_body(bench.story(tool), number)
    elif step == "title":
        change_title(bench.story(tool), number)


def run_step(bench: Bench, tool: Tool, step: Step, number: int) -> tuple[Cost, Output]:
    """Do what the step wants to the input, then build and count."""
    site, story, log = bench.site(tool), bench.story(tool), bench.folder / f"{tool.name}.log"
    if step == "serve":
        return serving_cost(tool, site, bench.programs, story, log=log), output_of(site / tool.served)
    prepare_step(bench, tool, step, number)
    cost = measure(tool.build(bench.programs), site, log=log, environment=tool.environment)
    output = site / tool.output
    if step == "body" and marked(number) not in (output / "stories" / story.stem / "index.html").read_text("utf-8"):
        raise AssertionError(f"{tool.name} did not publish the changed story")
    return cost, output_of(output)


def run_all(bench: Bench, tools: Sequence[Tool], steps: Sequence[Step], rounds: int) -> Iterator[Run]:
    versions = {tool.name: tool.version(bench.programs) for tool in tools}
    # Another change than any earlier run has left in the input.
    first_change = int(time.time())
    for number in range(1, rounds + 1):
        for tool in tools:
            for step in _steps(tool, steps, number):
                cost, output = run_step(bench, tool, step, first_change + number)
                run = Run(
                    records=bench.records,
                    tool=tool.name,
                    version=versions[tool.name],
                    step=step,
                    round=number,
                    day=bench.day,
                    cpu_s=round(cost.cpu_s, 3),
                    wall_s=round(cost.wall_s, 3),
                    peak_rss_bytes=cost.peak_rss_bytes,
                    peak_pss_bytes=cost.peak_pss_bytes,
                    output_bytes=output.bytes,
                    output_files=output.files,
                )
                print(_told(run), flush=True)
                yield run


def _steps(tool: Tool, steps: Sequence[Step], number: int) -> Sequence[Step]:
    if tool.is_slow:
        return [step for step in steps if step in _SLOW_STEPS] if number == 1 else ()
    return [step for step in steps if step != "serve" or tool.serve is not None]


def _told(run: Run) -> str:
    rss = run.peak_rss_bytes / 1024**2
    return (
        f"{run.round} {run.tool:12} {run.step:8} CPU {run.cpu_s:8.2f} s  wall {run.wall_s:8.2f} s  RSS {rss:6.0f} MiB"
        f"  {run.output_bytes / 1e6:7.1f} MB  {run.output_files:6} files  load {os.getloadavg()[0]:.1f}"
    )


def main(arguments: Sequence[str] | None = None) -> int:
    given = _parser().parse_args(arguments)
    folder = given.work / str(given.records)
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [TOOLS[name] for name in given.tools.split(",")]
    tools = [tool for tool in wanted if is_installed(tool, given.programs)]
    for tool in wanted:
        if tool not in tools:
            print(f"{tool.label} is not installed, left out", file=sys.stderr)
    # The story to change is told by our own project, so that is always there.
    prepare(["rongguang", *(tool.name for tool in tools)], given.records, folder, seed=given.seed)
    kept_in = given.work / "runs.json"
    bench = Bench(given.records, folder, given.programs, given.date)
    made: list[Run] = []
    for run in run_all(bench, tools, given.steps.split(","), given.rounds):
        made.append(run)
        replaced = {(one.records, one.tool, one.step) for one in made}
        kept = [one for one in load_runs(kept_in) if (one.records, one.tool, one.step) not in replaced]
        save_runs(kept_in, [*kept, *made])
    sweep(bench.folder)
    write_part("tools", tools_part(load_runs(kept_in)), given.results)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3, help="slow tools take part in the first one only")
    parser.add_argument("--tools", default=",".join(TOOLS), help="default: %(default)s")
    parser.add_argument("--steps", default=",".join(STEPS), help="default: %(default)s")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "benchmarks", help="inputs, outputs, logs")
    parser.add_argument("--programs", type=Path, default=Path(sys.executable).parent, help="where the tools are")
    parser.add_argument("--date", default=date.today().isoformat(), help="the day to write down")
    parser.add_argument("--results", type=Path, default=RESULTS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
