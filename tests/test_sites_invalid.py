"""One small project for each diagnostic, with everything that `check` says about it.

`expected.txt` has a line `path:line:column: severity[code]` for each, in order. `pytest --update` is not offered:
write the line that should come, then make it come.
"""

from __future__ import annotations

import os
import shutil
import sys
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from generator import source
from generator.check import check_project
from generator.diagnostics import catalogue

SITES = Path(__file__).parent / "sites_invalid"
TODAY = date(2026, 11, 22)

NOT_SHOWN: Mapping[str, str] = {
    "missing-glyph": "depends on the fonts of the machine; tests of the brochure show it",
}


def _symlink(root: Path) -> None:
    (root / "stories").mkdir()
    (root / "stories/a.md").symlink_to("../site_config.yml")
    (root / "policies").symlink_to("stories")


def _pipe(root: Path) -> None:
    (root / "stories").mkdir()
    os.mkfifo(root / "stories/a.md")


def _gbk_name(root: Path) -> None:
    (root / "stories").mkdir()
    (root / "stories" / os.fsdecode("荣光.md".encode("gb18030"))).write_bytes(b"---\n")


def _decomposed_name(root: Path) -> None:
    (root / "content/media").mkdir(parents=True)
    (root / "content/media" / unicodedata.normalize("NFD", "é.jpg")).write_bytes(b"x")


def _twins(root: Path) -> None:
    (root / "content/term").mkdir(parents=True)
    for name in ("a.yml", "A.yml"):
        (root / "content/term" / name).write_text("title: 甲\ndefinition: 一个词。\n", encoding="utf-8")


def _large(root: Path) -> None:
    (root / "content/term").mkdir(parents=True)
    (root / "content/term/a.yml").write_bytes(b"# \n" * 333_334)


def _many(root: Path) -> None:
    (root / "content/term").mkdir(parents=True)
    (root / "content/term/a.yml").write_bytes(b"title: a\ntags:\n" + b"- b\n" * 50_000)


MADE: Mapping[str, Callable[[Path], None]] = {
    "symlink": _symlink,
    "not-a-regular-file": _pipe,
    "name-not-utf-8": _gbk_name,
    "name-not-nfc": _decomposed_name,
    "similar-file-name": _twins,
    "too-large": _large,
    "too-many-nodes": _many,
}
"""What a repository, or every system's files, cannot hold; the rest of the site is in its folder."""

LINUX_ONLY = frozenset({"not-a-regular-file", "name-not-utf-8", "name-not-nfc", "similar-file-name", "symlink"})


def found_in(root: Path) -> list[str]:
    return [f"{found.span}: {found.severity}[{found.code}]" for found in check_project(root, today=TODAY)]


@pytest.fixture
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    code = str(request.param)
    if code in LINUX_ONLY and sys.platform != "linux":
        pytest.skip("needs the file names, links and pipes of Linux")
    root = Path(shutil.copytree(SITES / code, tmp_path / code))
    if code in MADE:
        MADE[code](root)
    if code == "unreadable-file":
        # Whoever runs as root can read everything, so the refusal is played.
        monkeypatch.setattr(source.os, "open", _refuse_stories(os.open))
    return root


def _refuse_stories(real: Callable[[Path, int], int]) -> Callable[[Path, int], int]:
    def opened(path: Path, flags: int) -> int:
        if "stories" in Path(path).parts:
            raise PermissionError(13, "Permission denied")
        return real(path, flags)

    return opened


CODES = sorted(path.name for path in SITES.iterdir() if path.is_dir())


@pytest.mark.parametrize("site", CODES, indirect=True)
def test_exactly_what_is_expected_is_found(site: Path) -> None:
    assert found_in(site) == (site / "expected.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize("code", CODES)
def test_each_site_shows_its_code(code: str) -> None:
    assert f"[{code}]" in (SITES / code / "expected.txt").read_text("utf-8")


def test_every_code_has_a_site() -> None:
    assert sorted({*CODES, *NOT_SHOWN}) == sorted(catalogue())
    assert not set(CODES) & set(NOT_SHOWN)


@pytest.mark.parametrize("site", [code for code in CODES if code not in MADE], indirect=True)
def test_messages_can_be_read_in_both_languages(site: Path) -> None:
    for found in check_project(site, today=TODAY):
        for text in (found.message("zh"), found.message("en"), found.hint("zh"), found.hint("en")):
            assert text
            assert "{" not in text.replace("{{ figure", "").replace("“{”", "").replace("“{{”", "")
