"""`rongguang build`: read, check, derive, render, switch. Told from top to bottom."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import Executor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.artifact import Artifact
from generator.check import load_project
from generator.derive import Derived, derive
from generator.diagnostics import Checked, Diagnostic, has_errors
from generator.faults import MachineFaultError
from generator.library import Library
from generator.model import Kind
from generator.output import SiteWriter
from generator.render.data import render_data
from generator.render.images import render_images
from generator.render.print import render_brochures
from generator.render.site import render_site
from generator.run import open_executor
from generator.store import Store

PARTS = ("site", "images", "data", "print")
"""What `--only` may name, in the order of the work: the cheap parts that can go wrong come first."""
STORE_PATH = Path(".rongguang") / "store.sqlite"

_PATHS: Mapping[str, tuple[str, ...]] = {
    "images": ("assets/art/", "assets/share/", "assets/media/"),
    "data": ("data/", "feeds/", "sitemap", "robots.txt"),
    "print": ("brochures/",),
}
"""Where the parts write; everything else, and every page, is the site's."""

Progress = Callable[[str], None]
"""Called with the name of each step as it begins."""


@dataclass(frozen=True, slots=True)
class Built:
    """How a build went: everything found, and what was published unless there were errors."""

    diagnostics: tuple[Diagnostic, ...]
    site: Path | None = None
    records: Mapping[Kind, int] | None = None
    pages: int = 0
    files: int = 0
    bytes: int = 0
    seconds: float = 0.0


def build(
    root: Path,
    out: Path,
    *,
    today: date,
    only: Collection[str] = PARTS,
    strict: bool = False,
    jobs: int | None = None,
    progress: Progress = lambda _step: None,
) -> Built:
    """Publish the project at `root` as `out/site`; with errors nothing is written and the former site stays.

    Parts that are not asked for stay as the present site has them.

    Raises BuildInProgressError and OSError: the machine's faults, not the content's.
    """
    begun = time.monotonic()
    progress("read")
    loaded = load_project(root, today=today)
    if loaded.value is None or _stops(loaded.diagnostics, strict):
        return Built(loaded.diagnostics)
    derived = derive(loaded.value, today=today)
    found = loaded.diagnostics
    if (root / STORE_PATH).parent.is_symlink():
        # Content comes from strangers too: a link here would have us write wherever it leads.
        raise MachineFaultError(f"{STORE_PATH.parent} is a link")
    with Store(root / STORE_PATH) as store, open_executor(jobs) as executor, SiteWriter(out) as writer:
        for part in PARTS:
            if part in only:
                progress(part)
                made = _RENDERERS[part](_Work(root, derived, store, executor))
                found = (*found, *made.diagnostics)
                if _stops(made.diagnostics, strict):
                    return Built(found)
                writer.write(made.value)
        writer.carry_over(lambda path: part_of(path) not in only)
        progress("publish")
        site = writer.publish()
        if set(PARTS) <= set(only):
            store.forget_unused()
    return Built(found, site, _count(loaded.value), writer.pages, writer.files, writer.bytes, time.monotonic() - begun)


def part_of(path: str) -> str:
    """Which part writes the file at `path` of the site."""
    if path.endswith(".html"):
        return "site"
    return next((part for part, starts in _PATHS.items() if path.startswith(starts)), "site")


def _stops(diagnostics: tuple[Diagnostic, ...], strict: bool) -> bool:
    return has_errors(diagnostics) or (strict and bool(diagnostics))


def _count(library: Library) -> Mapping[Kind, int]:
    return Counter(entry.record.kind for entry in library.entries.values())


@dataclass(frozen=True, slots=True)
class _Work:
    """What a renderer may use."""

    root: Path
    derived: Derived
    store: Store
    executor: Executor


_RENDERERS: Mapping[str, Callable[[_Work], Checked[Iterable[Artifact]]]] = {
    "site": lambda work: Checked(render_site(work.derived, work.store)),
    "images": lambda work: render_images(work.root, work.derived, work.store, work.executor),
    "data": lambda work: Checked(render_data(work.derived)),
    "print": lambda work: render_brochures(work.derived, today=work.derived.today),
}
