"""The wheel is a tool for any bureau: installed outside the repository it makes and builds a new project."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pikepdf
from conftest import ROOT


def test_the_installed_wheel_starts_and_builds_a_new_project(tmp_path: Path) -> None:
    dist, installed = tmp_path / "dist", tmp_path / "installed"
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(dist), str(ROOT)], tmp_path)
    wheel = next(dist.glob("rongguang-*.whl"))
    _run([sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(installed), str(wheel)], tmp_path)
    environment = {"PYTHONPATH": str(installed)}
    where = _run([sys.executable, "-c", "import generator; print(generator.__file__)"], tmp_path, environment)
    assert where.strip().startswith(str(installed))
    _run([sys.executable, "-m", "generator", "init", "demo"], tmp_path, environment)
    _run([sys.executable, "-m", "generator", "build"], tmp_path / "demo", environment)
    site = tmp_path / "demo" / "build" / "site"
    assert "<h1" in (site / "index.html").read_text("utf-8")
    brochures = list((site / "brochures").glob("*.pdf"))
    assert brochures
    with pikepdf.open(brochures[0]) as book:
        assert len(book.pages) >= 4


def _run(command: list[str], folder: Path, extra: dict[str, str] | None = None) -> str:
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **(extra or {})}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
