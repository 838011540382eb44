"""What tests share: the sample site built once, Chromium, small projects written on the spot."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from generator.build import Built, build
from generator.library import Library
from generator.load import load
from generator.source import SourceFile

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 22)

MINIMAL: Mapping[str, str] = {
    "site_config.yml": "title: 试验站\ndescription: 只为试验。\nsample: true\nregions:\n  - huainan\n",
    "content/region/huainan.yml": "title: 淮南市\nlevel: city\nsources:\n  - report\n",
    "content/source/report.yml": "title: 一篇报道\npublisher: 试验日报\npublished: 2023-04-26\n",
}
"""The smallest project that has a region and a source."""


def write_project(root: Path, files: Mapping[str, str]) -> Path:
    """Write `files` below `root`, over the minimal project."""
    for path, text in {**MINIMAL, **files}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return root


def library_of(files: Mapping[str, str]) -> Library:
    """The library of the minimal project with `files`; fails where loading found anything."""
    texts = {**MINIMAL, **files}
    sources = [SourceFile(path, text.encode()) for path, text in sorted(texts.items())]
    loaded = load(sources)
    assert loaded.value is not None
    assert not loaded.diagnostics, [str(found.span) + found.code for found in loaded.diagnostics]
    return loaded.value


@pytest.fixture
def project(tmp_path: Path) -> Callable[[Mapping[str, str]], Path]:
    """Makes a small project in the test's own folder."""
    return lambda files: write_project(tmp_path / "project", files)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample project of this repository, built once for the whole run, brochures included."""
    root = tmp_path_factory.mktemp("sample")
    for name in ("content", "stories", "policies"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "site_config.yml", root)
    built = build(root, root / "build", today=TODAY)
    assert built.site is not None, "\n".join(f"{found.span} {found.code}" for found in built.diagnostics)
    return built


@pytest.fixture(scope="session")
def built_site(sample: Built) -> Path:
    """The folder of the built sample site."""
    assert sample.site is not None
    return sample.site


@pytest.fixture(scope="session")
def chromium() -> str:
    """The system's Chromium; a run without it fails, for browser tests are never skipped."""
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("RONGGUANG_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert found, "no Chromium: run tools/require-test-tools"
    return found


@pytest.fixture(autouse=True)
def _no_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Builds in tests take the day they are given."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
