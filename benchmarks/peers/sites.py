"""All inputs of one archive, made in one go."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

from benchmarks.corpus import SEED, write_corpus
from benchmarks.peers.hugo import HugoSite
from benchmarks.peers.mkdocs import MkdocsSite
from benchmarks.peers.pages import Page, pages


class _Site(Protocol):
    def add(self, page: Page) -> None: ...
    def close(self) -> None: ...


def prepare(names: Iterable[str], count: int, folder: Path, *, seed: int = SEED) -> None:
    """Write the input of each of the tools `names` to a folder of that name; what is there already stays."""
    wanted = [name for name in names if not (folder / name).exists()]
    if "rongguang" in wanted:
        write_corpus(count, folder / "rongguang", seed=seed)
    sites = [_site(name, folder / name) for name in wanted if name != "rongguang"]
    for page in pages(count, seed) if sites else ():
        for site in sites:
            site.add(page)
    for site in sites:
        site.close()


def _site(name: str, root: Path) -> _Site:
    match name:
        case "hugo":
            return HugoSite(root, "lean")
        case "hugo-titles":
            return HugoSite(root, "titles")
        case "hugo-full":
            return HugoSite(root, "full")
        case _:
            return MkdocsSite(root)
