"""The shape of the program: imports point down, the outside is met in one place each."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "generator"

LAYERS: tuple[tuple[str, ...], ...] = (
    ("__main__",),
    ("cli",),
    ("serve",),
    ("build",),
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
    ("shape",),
    ("library",),
    ("images",),
    ("fonts", "report", "messages", "output"),
    ("parse",),
    ("source",),
    ("inline", "store", "run", "spool", "facts", "artifact"),
    ("code_spans", "faults"),
    ("model",),
    ("diagnostics", "kinds"),
    ("locale", "theme"),
)
"""From the command at the top to the data at the bottom; a module imports only from below its own line,
and beside it only within its own package."""

SOLE_IMPORTERS = {
    "mkdocs": "generator/render/site/host.py",
    "PIL": "generator/images/",
    "comrak": "generator/markdown.py",
    "ahocorasick_rs": "generator/markdown.py",
    "markdown_it": "generator/render/print/prose.py",
    "markdown": "generator/render/site/freepages.py",
    "jinja2": "generator/render/site/",
    "msgspec": "generator/facts.py",
    "segno": "generator/render/print/qr.py",
    "typst": "generator/render/print/",
    "yaml": "generator/parse/",
    "nh3": "generator/render/site/freepages.py",
    "sqlite3": "generator/store.py",
    "watchfiles": "generator/serve.py",
    "fontTools": "generator/fonts.py",
    "distributed": "generator/run/cluster.py",
    "fsspec": "generator/output/remote.py",
}
"""What a change of library would cost: one module, or one small package."""


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
def test_each_library_is_met_in_one_place(library: str, importer: str) -> None:
    found = {
        path.relative_to(ROOT).as_posix()
        for path in modules()
        if any(name.split(".")[0] == library for name in imports(path))
    }
    assert found, f"{library} is not used"
    assert all(path.startswith(importer) for path in found), found


def test_only_the_command_prints() -> None:
    def prints(path: Path) -> bool:
        return any(
            isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
        )

    assert [path.name for path in modules() if prints(path)] == ["cli.py"]


def test_the_command_answers_without_loading_what_it_does_not_need() -> None:
    """`check` must start fast: no theme, no typesetter, no drawing."""
    import subprocess

    script = "import sys, generator.cli, generator.check; print(' '.join(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert not {"mkdocs", "typst", "markdown", "watchfiles", "jinja2", "PIL"} & set(loaded)
