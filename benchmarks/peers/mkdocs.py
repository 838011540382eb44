"""Input for mkdocs with the Material theme, which Zensical reads too. Records are not in the navigation.

In the navigation of every page they would take hours and tens of gigabytes. Neither generator makes lists, so the
lists are written here, by city where a kind has many records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from benchmarks.material.emit import document
from benchmarks.peers.pages import Page
from generator.model import MODELS, Kind

_MOST_IN_A_LIST = 500
_SETTINGS = """site_name: 岚汀荣光
site_url: http://localhost/
theme:
  name: material
  language: zh
  font: false
  features:
    - navigation.tabs
    - navigation.top
    - search.suggest
    - search.highlight
    - toc.follow
markdown_extensions:
  - tables
  - footnotes
  - attr_list
  - admonition
  - pymdownx.details
  - pymdownx.superfences
  - pymdownx.tasklist
  - toc:
      permalink: true
plugins:
  - search:
      lang: zh
nav:
  - 首页: index.md
"""


class MkdocsSite:
    """Takes pages one by one and writes the input of a site into the new folder `root`."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._listed: dict[Kind, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def add(self, page: Page) -> None:
        matter = document({"title": page.title, "description": page.summary})
        sources = "".join(f"- [{title}]({url})，{where}\n" for title, url, where in page.sources(address))
        text = page.text(address)
        body = f"# {page.title}\n\n{page.summary}\n\n{text}\n" + (f"\n## 来源\n\n{sources}" if sources else "")
        self._put(f"{page.plural}/{page.id}.md", f"---\n{matter}---\n\n{body}")
        self._listed[page.kind][page.region or "全省"].append(f"- [{page.title}]({page.id}.md) {page.summary}\n")

    def close(self) -> None:
        """Write the lists and the settings."""
        for kind, by_region in self._listed.items():
            self._lists(kind, by_region)
        kinds = {MODELS[kind].plural: MODELS[kind].label for kind in self._listed}
        self._put(
            "index.md", "# 岚汀荣光\n\n" + "".join(f"- [{label}]({name}/index.md)\n" for name, label in kinds.items())
        )
        nav = "".join(f"  - {label}: {name}/index.md\n" for name, label in kinds.items())
        unlisted = "not_in_nav: |\n" + "".join(f"  /{name}/\n" for name in kinds)
        (self.root / "mkdocs.yml").write_text(f"{_SETTINGS}{nav}{unlisted}", encoding="utf-8", newline="\n")

    def _lists(self, kind: Kind, by_region: Mapping[str, list[str]]) -> None:
        heading, folder = MODELS[kind].label, MODELS[kind].plural
        if sum(map(len, by_region.values())) <= _MOST_IN_A_LIST:
            parts = (f"## {region}\n\n{''.join(lines)}\n" for region, lines in by_region.items())
            self._put(f"{folder}/index.md", f"# {heading}\n\n{''.join(parts)}")
            return
        links = []
        for number, (region, lines) in enumerate(by_region.items()):
            self._put(f"{folder}/list-{number}.md", f"# {region}：{heading}\n\n{''.join(lines)}")
            links.append(f"- [{region}](list-{number}.md)\n")
        self._put(f"{folder}/index.md", f"# {heading}\n\n{''.join(links)}")

    def _put(self, path: str, text: str) -> None:
        target = self.root / "docs" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")


def address(target: str) -> str:
    kind, _, record_id = target.partition(":")
    return f"../{_PLURALS[kind]}/{record_id}.md"


_PLURALS: Mapping[str, str] = {kind: model.plural for kind, model in MODELS.items()}
