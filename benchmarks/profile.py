"""Where the time of our own builds goes, and the floor of each step: `python -m benchmarks.profile`.

The builds are sampled, not traced: that costs about one per cent, and does not distort small functions.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpus import SEED
from benchmarks.floors import Floor, floors
from benchmarks.measure import Cost, measure
from benchmarks.peers.sites import prepare
from benchmarks.report import RESULTS, machine, write_part
from benchmarks.run import Bench, prepare_step
from benchmarks.runs import Step
from benchmarks.tools import ROOT, TOOLS, sweep

_SAMPLING = Path(__file__).with_name("sampling")
_PROFILED: tuple[Step, ...] = ("cold", "nothing", "body", "title")
_FUNCTIONS = 4
_LEAST_SHARE = 0.01
Samples = Counter[tuple[str, str]]
"""How often each function, given by its module and name, was at work."""


def sampled_step(bench: Bench, step: Step, number: int) -> tuple[Cost, Samples]:
    """One build, with the samples of all its processes."""
    tool = TOOLS["rongguang"]
    prepare_step(bench, tool, step, number)
    folder = bench.folder / "samples"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    environment = {
        "PYTHONPATH": f"{_SAMPLING}:{ROOT}",
        "BENCHMARK_SAMPLES": str(folder),
        "BENCHMARK_SAMPLED": f"{ROOT / 'generator'}/",
    }
    log = bench.folder / "profile.log"
    cost = measure(tool.build(bench.programs), bench.site(tool), log=log, environment=environment)
    return cost, _samples(folder)


def _samples(folder: Path) -> Samples:
    found: Samples = Counter()
    for path in folder.glob("*.json"):
        for module, function, count in json.loads(path.read_text("utf-8")):
            found[module, function] += count
    return found


def step_table(title: str, cost: Cost, samples: Samples) -> Iterator[str]:
    """Packages by their share, each with its heaviest functions."""
    total = sum(samples.values()) or 1
    by_package: dict[str, Counter[str]] = defaultdict(Counter)
    for (module, function), count in samples.items():
        package, name = _names(module, function)
        by_package[package][name] += count
    yield f"### {title}: {cost.cpu_s:.2f} CPU s, {cost.wall_s:.2f} s"
    yield ""
    yield "| part | CPU s | share | most of it in |"
    yield "|---|---:|---:|---|"
    for package, functions in sorted(by_package.items(), key=lambda found: -sum(found[1].values())):
        share = sum(functions.values()) / total
        if share >= _LEAST_SHARE:
            heaviest = ", ".join(f"`{name}` {count / total:.1%}" for name, count in functions.most_common(_FUNCTIONS))
            yield f"| {package} | {cost.cpu_s * share:.2f} | {share:.1%} | {heaviest} |"
    yield ""


def _names(module: str, function: str) -> tuple[str, str]:
    """The part of the program, and the function within it; what runs as a module begins is told apart."""
    if not module:
        return "Python itself", "outside our code"
    parts = module.removesuffix(".py").removesuffix("/__init__").split("/")
    if function == "<module>":
        return "imports", ".".join(parts)
    package = parts[: 2 if parts[0] == "render" else 1]
    return ".".join(package), ".".join((*parts[len(package) :], function))


def floor_table(found: Sequence[Floor]) -> Iterator[str]:
    yield "### The floor of each step"
    yield ""
    yield "One process, the bare library, the least of three passes; nothing is checked, linked or stored."
    yield ""
    yield "| step | CPU s | of | MB | ms each |"
    yield "|---|---:|---:|---:|---:|"
    for floor in found:
        each = 1000 * floor.cpu_s / max(1, floor.items)
        yield f"| {floor.step} | {floor.cpu_s:.3f} | {floor.items:,} | {floor.bytes / 1e6:.1f} | {each:.3f} |"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "benchmarks")
    parser.add_argument("--results", type=Path, default=RESULTS)
    given = parser.parse_args(arguments)
    folder = given.work / str(given.records)
    folder.mkdir(parents=True, exist_ok=True)
    prepare(["rongguang"], given.records, folder, seed=given.seed)
    bench = Bench(given.records, folder, Path(sys.executable).parent, "")
    lines = [machine(), f"## Where the time goes: {given.records:,} records", ""]
    first_change = int(time.time())
    for number, step in enumerate(_PROFILED):
        lines.extend(step_table(step, *sampled_step(bench, step, first_change + number)))
    sweep(bench.folder)
    lines.extend(floor_table(list(floors(folder / "rongguang", given.records, given.seed))))
    text = "\n".join(lines)
    print(text)
    write_part("profile", f"{text}\n", given.results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
