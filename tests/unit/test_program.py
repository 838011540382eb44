"""Which program this is: told without reading it, and never wrongly."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import program
from generator.program import LIBRARIES
from generator.store import Digest, code_digest


@pytest.fixture
def code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program of one template, and libraries of which only the versions are there."""
    (tmp_path / "code" / "templates").mkdir(parents=True)
    (tmp_path / "code" / "templates" / "story.html").write_text("old")
    for library in LIBRARIES:
        describe(tmp_path / "libraries", library, "1.0")
    monkeypatch.setattr("sys.path", [str(tmp_path / "libraries"), str(tmp_path / "nowhere")])
    monkeypatch.setattr("generator.program.package_folder", lambda _: str(tmp_path / "code"))
    monkeypatch.setattr("generator.store.digests.package_folder", lambda _: str(tmp_path / "code"))
    later = time.time_ns() + 5_000_000_000
    monkeypatch.setattr("time.time_ns", lambda: later)
    yield tmp_path / "code"
    forget()


def describe(folder: Path, library: str, version: str) -> None:
    told = folder / f"{library.replace('-', '_')}-{version}.dist-info"
    told.mkdir(parents=True)
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {library}\nVersion: {version}\n")


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    (tmp_path / "memory").mkdir()
    return tmp_path / "memory"


def forget() -> None:
    for asked in (program.known_program, program.program_digest, code_digest):
        asked.cache_clear()


def fresh(memory: Path) -> Digest:
    """As a new process would tell."""
    forget()
    return program.known_program(memory)


def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "code_digest", lambda *_: pytest.fail("the program was read again"))


@pytest.mark.usefixtures("code")
def test_a_program_that_looks_the_same_is_not_read(memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = fresh(memory)
    unread(monkeypatch)
    assert fresh(memory) == known


def test_an_edited_template_is_noticed(code: Path, memory: Path) -> None:
    known = fresh(memory)
    template = code / "templates" / "story.html"
    before = template.stat()
    template.write_text("new")
    os.utime(template, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert fresh(memory) != known


def test_a_new_file_is_noticed(code: Path, memory: Path) -> None:
    known = fresh(memory)
    (code / "more.py").write_text("")
    assert fresh(memory) != known


def test_another_version_of_a_library_is_noticed(code: Path, memory: Path) -> None:
    known = fresh(memory)
    libraries = code.parent / "libraries"
    shutil.rmtree(libraries / "mkdocs_material-1.0.dist-info")
    describe(libraries, "mkdocs-material", "1.1")
    assert fresh(memory) != known


def test_a_library_in_the_way_of_another_is_noticed(code: Path, memory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    known = fresh(memory)
    describe(code.parent / "first", "comrak", "2.0")
    monkeypatch.setattr("sys.path", [str(code.parent / "first"), *sys.path])
    assert fresh(memory) != known


def test_what_cannot_be_seen_from_outside_is_read(code: Path, memory: Path) -> None:
    told = code.parent / "libraries" / "comrak-1.0.dist-info"
    told.rename(told.with_suffix(".egg-info"))
    (told.with_suffix(".egg-info") / "METADATA").rename(told.with_suffix(".egg-info") / "PKG-INFO")
    fresh(memory)
    assert not list(memory.iterdir())


def test_the_same_program_under_other_times_is_the_same(code: Path, memory: Path) -> None:
    known = fresh(memory)
    os.utime(code / "templates" / "story.html", (1, 1))
    assert fresh(memory) == known


def test_a_file_that_may_change_again_without_a_sign_is_not_relied_upon(
    code: Path, memory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = (code / "templates" / "story.html").stat().st_mtime_ns
    monkeypatch.setattr("time.time_ns", lambda: now)
    fresh(memory)
    assert not list(memory.iterdir())


@pytest.mark.parametrize("planted", ["", "a b c", "\x00\xff", "x" * 1000])
@pytest.mark.usefixtures("code")
def test_a_damaged_memory_costs_time(memory: Path, planted: str) -> None:
    known = fresh(memory)
    (memory / "program").write_text(planted, "utf-8")
    assert fresh(memory) == known


@pytest.mark.usefixtures("code")
def test_what_was_kept_for_another_folder_is_not_believed(memory: Path, tmp_path: Path) -> None:
    known = fresh(memory)
    looks = (memory / "program").read_text().split()[0]
    other = tmp_path / "other"
    other.mkdir()
    (other / "program").write_text(f"{looks} {'0' * 40}")
    assert fresh(other) == known
