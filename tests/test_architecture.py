"""The shape of the program: imports point down, the outside is met in one place each."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from conftest import ROOT, TODAY

from generator.build import build

PACKAGE = ROOT / "generator"

LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli",),
    ("serve",),
    ("build",),
    ("program",),
    ("publishing",),
    ("making",),
    ("content",),
    ("render",),
    ("intake",),
    ("scaffold", "fmt"),
    ("reference",),
    ("markdown", "guide"),
    ("derive",),
    ("check",),
    ("photographs", "punctuation", "markup", "validity", "quantity", "quotation"),
    ("load",),
    ("shape", "written"),
    ("library",),
    ("images",),
    ("fonts", "report", "messages", "output"),
    ("parse",),
    ("source",),
    ("inline", "store", "run", "spool", "facts", "artifact"),
    ("code_spans", "faults"),
    ("model",),
    ("diagnostics", "kinds"),
    ("values",),
    ("locale", "theme"),
)
"""From the command at the top to the data at the bottom; a module imports only from below its own line,
and beside it only within its own package."""

SOLE_IMPORTERS = {
    "mkdocs": "generator/render/site/host.py",
    "PIL": "generator/images/",
    "comrak": "generator/markdown.py",
    "ahocorasick_rs": ("generator/markdown.py", "generator/check/words.py"),
    "markdown_it": "generator/render/print/prose.py",
    "markdown": "generator/render/site/freepages.py",
    "jinja2": "generator/render/site/",
    "msgspec": (
        "generator/values.py",
        "generator/facts.py",
        "generator/render/data/encoding.py",
        "generator/check/reviews.py",
    ),
    "segno": "generator/render/print/qr.py",
    "typst": "generator/render/print/",
    "yaml": "generator/parse/",
    "nh3": "generator/render/site/freepages.py",
    "sqlite3": "generator/store/",
    "watchfiles": "generator/serve.py",
    "fontTools": "generator/fonts.py",
    "distributed": "generator/run/cluster.py",
    "fsspec": "generator/output/remote.py",
}
"""What a change of library would cost: one module, or one small package."""

PARTS_OF_LIBRARIES = {"pydantic_core": "pydantic", "markupsafe": "jinja2"}
"""What a library of ours installs and shows in what it offers."""


def modules() -> Iterator[Path]:
    return (path for path in sorted(PACKAGE.rglob("*.py")))


def imports(path: Path) -> Iterator[str]:
    """Full names of the modules that `path` imports, inside functions and by their names as strings too."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "import_module":
            yield from (name.value for name in node.args if isinstance(name, ast.Constant))
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "generator")


def layer(name: str) -> int:
    return next(number for number, names in enumerate(LAYERS) if name in names)


@pytest.mark.parametrize("path", list(modules()), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    relative = path.relative_to(PACKAGE)
    if relative.name == "__init__.py" and len(relative.parts) == 1:
        return
    own = relative.parts[0].removesuffix(".py")
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "generator" and len(parts) > 1 and parts[1] != own:
            assert layer(parts[1]) > layer(own), f"{relative} imports {name}, which is not below it"


@pytest.mark.parametrize(("library", "importer"), SOLE_IMPORTERS.items())
def test_each_library_is_met_in_one_place(library: str, importer: str | tuple[str, ...]) -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in modules()
        if any(name.split(".")[0] == library for name in imports(path))
    }
    assert found, f"{library} is not used"
    assert all(path.startswith(importer) for path in found), found


def test_every_library_that_is_imported_is_declared() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [*settings["dependencies"], *settings["optional-dependencies"]["cluster"]]
    names = {re.split(r"[^\w-]", requirement)[0].replace("-", "_").lower() for requirement in declared}
    imported = {name.split(".")[0] for path in modules() for name in imports(path)}
    owners = packages_distributions()
    missing = {
        library
        for library in imported - sys.stdlib_module_names - {"generator"} - PARTS_OF_LIBRARIES.keys()
        if not {owner.replace("-", "_").lower() for owner in owners[library]} & names
    }
    assert missing == set()


def test_only_the_command_prints() -> None:
    def prints(path: Path) -> bool:
        return any(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )

    assert [path.name for path in modules() if prints(path)] == ["cli.py"]


def test_the_command_answers_without_loading_what_it_does_not_need() -> None:
    """`check` must start fast: no theme, no typesetter, no drawing."""
    loaded = modules_after("import generator.cli, generator.check")
    assert not {"mkdocs", "typst", "markdown", "watchfiles", "jinja2", "PIL"} & loaded


STORY = "---\ntitle: 一件小事\nregion: huainan\nsources:\n  - report\n---\n正文。\n"
A_DAY_S = 24 * 60 * 60


@pytest.fixture
def built(project: Callable[[Mapping[str, str]], Path]) -> Path:
    """A small project that was built, its files a day old: none may have changed since."""
    root = project({"stories/a.md": STORY})
    for path in root.rglob("*.*"):
        os.utime(path, (path.stat().st_mtime - A_DAY_S,) * 2)
    assert build(root, root / "build", today=TODAY).site is not None
    return root


def test_a_build_that_finds_nothing_changed_loads_no_model_and_no_library(built: Path) -> None:
    loaded = modules_after_build(built)
    assert "generator.build" in loaded
    assert not {"mkdocs", "typst", "markdown", "watchfiles", "jinja2", "PIL", "yaml", "pydantic", "comrak"} & loaded
    assert not [name for name in loaded if name.startswith(("generator.model", "generator.render", "generator.check"))]


def test_a_build_of_one_changed_page_loads_no_theme_no_typesetter_and_no_drawing(built: Path) -> None:
    (built / "stories" / "a.md").write_text(STORY.replace("正文", "改过的正文"), "utf-8")
    loaded = modules_after_build(built)
    assert "改过的正文" in (built / "build" / "site" / "stories" / "a" / "index.html").read_text("utf-8")
    assert not {"mkdocs", "typst", "markdown", "watchfiles", "PIL", "nh3", "segno", "fontTools"} & loaded


def modules_after_build(root: Path) -> set[str]:
    command = ["build", "-C", str(root), "--today", str(TODAY)]
    return modules_after(f"from generator.cli import main; assert main({command}) == 0")


def modules_after(statement: str) -> set[str]:
    """What a process has loaded that has done this and nothing else."""
    script = f"import sys; {statement}; print(' '.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(done.stdout.splitlines()[-1].split())
