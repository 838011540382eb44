"""Input for Hugo: one Markdown file a record, and a theme of our own, full or lean.

The full one shows what our pages show and writes the same open data. The lean one is as little as a site can do
with: pages of records, lists by twenty-four, one index of all words. Nobody can say that it carries a burden.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from benchmarks.material.emit import document
from benchmarks.material.world import Data
from benchmarks.peers.pages import Page
from generator.model import MODELS

Variant = Literal["full", "lean", "titles"]
_THEMES = Path(__file__).with_name("hugo")
_LAYERS: Mapping[Variant, tuple[str, ...]] = {
    "full": ("common", "full"),
    "lean": ("common", "lean"),
    "titles": ("common", "lean", "titles"),
}
"""Folders laid one over the other: `titles` is the lean theme with an index of titles and summaries only."""


class HugoSite:
    """Takes pages one by one and writes the input of a Hugo site into the new folder `root`."""

    def __init__(self, root: Path, variant: Variant) -> None:
        self.root = root
        self.variant = variant
        for layer in _LAYERS[variant]:
            shutil.copytree(_THEMES / layer, root, dirs_exist_ok=True)
        for model in MODELS.values():
            self._put(f"{model.plural}/_index.md", {"title": model.label}, "")
        self._put("_index.md", {"title": "首页"}, "")

    def add(self, page: Page) -> None:
        self._put(f"{page.plural}/{page.id}.md", self._matter(page), page.text(address))

    def close(self) -> None:
        """Nothing is left to write: Hugo makes the lists."""

    def _matter(self, page: Page) -> Data:
        matter: Data = {
            "title": page.title,
            "summary": page.summary,
            "date": page.day,
            "regions_in": [page.region] if page.region else [],
            "themes_of": list(page.tags),
            "honours_of": list(page.honours),
            "facts": _facts(page, only_links=self.variant != "full"),
            "cited": [{"t": title, "u": url, "w": where} for title, url, where in page.sources(address)],
        }
        if self.variant == "full":
            matter |= {
                "people_in": list(page.people),
                "places_in": list(page.places),
                "review": page.data.get("review", {}),
            }
        return matter

    def _put(self, path: str, matter: Data, text: str) -> None:
        target = self.root / "content" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f"---\n{document(matter)}---\n\n{text}\n", encoding="utf-8", newline="\n")


def _facts(page: Page, *, only_links: bool) -> list[Data]:
    """Labels with words and addresses; all of them, or those that lead to other records."""
    return [
        {"l": label, "v": [{"t": words, "u": url} for words, url in values]}
        for label, values in page.facts(address)
        if not only_links or all(url for _, url in values)
    ]


def address(target: str) -> str:
    kind, _, record_id = target.partition(":")
    return f"/{_PLURALS[kind]}/{record_id}/"


_PLURALS: Mapping[str, str] = {kind: model.plural for kind, model in MODELS.items()}
