"""The digest store: losing it costs time, never correctness."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from generator.store import Store, digest


def test_what_was_made_once_is_found_again(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    key = digest("a", b"b")
    with Store(path) as store:
        assert store.remember(key, lambda: b"made") == b"made"
    with Store(path) as store:
        assert store.remember(key, lambda: pytest.fail("made twice")) == b"made"


def test_parts_do_not_run_together() -> None:
    assert digest("ab", "c") != digest("a", "bc")


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but some bytes\n" * 200])
def test_a_damaged_store_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "store.sqlite"
    with Store(path) as store:
        store.put(digest("k"), b"old")
    path.write_bytes(damage)
    with Store(path) as store:
        assert store.remember(digest("k"), lambda: b"new") == b"new"
    with Store(path) as store:
        assert store.get(digest("k")) == b"new"


@pytest.mark.parametrize("table", ["other (key TEXT)", "made (key TEXT)"])
def test_a_store_of_another_make_is_made_anew(tmp_path: Path, table: str) -> None:
    path = tmp_path / "store.sqlite"
    other = sqlite3.connect(path)
    other.execute(f"CREATE TABLE {table}")
    other.close()
    for _ in range(2):
        with Store(path) as store:
            assert store.remember(digest("k"), lambda: b"new") == b"new"
    with Store(path) as store:
        assert store.get(digest("k")) == b"new"


def test_a_store_that_another_process_holds_is_left_as_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "store.sqlite"
    with Store(path) as store:
        store.put(digest("k"), b"old")
    connect = sqlite3.connect
    monkeypatch.setattr("generator.store.sqlite3.connect", lambda where: connect(where, timeout=0.05))
    with Store(path) as store:
        other = connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        assert store.remember(digest("n"), lambda: b"new") == b"new"
        store.forget_unused()
        other.execute("ROLLBACK")
        other.close()
    with Store(path) as store:
        assert store.get(digest("k")) == b"old"


def test_a_store_that_cannot_be_kept_is_kept_in_memory(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with Store(tmp_path / "file" / "store.sqlite") as store:
        assert store.remember(digest("k"), lambda: b"new") == b"new"
        assert store.get(digest("k")) == b"new"


def test_what_a_run_did_not_ask_for_can_be_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store(path) as store:
        store.put(digest("old"), b"old")
        store.put(digest("kept"), b"kept")
    with Store(path) as store:
        store.get(digest("kept"))
        store.forget_unused()
    with Store(path) as store:
        assert store.get(digest("old")) is None
        assert store.get(digest("kept")) == b"kept"


def test_a_store_that_came_with_the_content_is_not_believed(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs.sqlite", tmp_path / "ours.sqlite"
    with Store(theirs) as store:
        store.put(digest("k"), b"evil")
    ours.write_bytes(theirs.read_bytes())
    with Store(ours) as store:
        assert store.remember(digest("k"), lambda: b"good") == b"good"
    with Store(ours) as store:
        assert store.get(digest("k")) == b"good"


def test_a_store_of_before_birthplaces_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    former = sqlite3.connect(path)
    with former:
        former.execute("CREATE TABLE made (key TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT")
        former.execute("INSERT INTO made VALUES (?, ?)", (digest("k"), b"old"))
    former.close()
    with Store(path) as store:
        assert store.get(digest("k")) is None
