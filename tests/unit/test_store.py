"""The digest store: losing it costs time, never correctness."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from generator.store import FactReader, Store, StoreError, Unit, digest, packed


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def keep(path: Path, key: str, data: bytes, *, maker: str = "") -> None:
    with Store(path, maker=maker) as store:
        store.put(digest(key), data)
        store.commit()


def kept(path: Path, key: str, *, maker: str = "") -> bytes | None:
    with Store(path, maker=maker) as store:
        return store.get(digest(key))


def test_what_was_made_once_is_found_again(path: Path) -> None:
    with Store(path) as store:
        assert store.remember(digest("a", b"b"), lambda: b"made") == b"made"
        store.commit()
    with Store(path) as store:
        assert store.remember(digest("a", b"b"), lambda: pytest.fail("made twice")) == b"made"


def test_what_was_not_committed_is_as_if_it_had_not_been(path: Path) -> None:
    with Store(path) as store:
        store.put(digest("k"), b"lost")
    assert kept(path, "k") is None


def test_parts_do_not_run_together() -> None:
    assert digest("ab", "c") != digest("a", "bc")


@pytest.mark.parametrize("damage", [b"", b"not a database at all, but some bytes\n" * 200])
def test_a_damaged_store_is_made_anew(path: Path, damage: bytes) -> None:
    keep(path, "k", b"old")
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    path.write_bytes(damage)
    assert kept(path, "k") is None
    keep(path, "k", b"new")
    assert kept(path, "k") == b"new"


@pytest.mark.parametrize("table", ["other (key TEXT)", "made (key TEXT)", "notes (name TEXT)"])
def test_a_store_of_another_make_is_made_anew(path: Path, table: str) -> None:
    other = sqlite3.connect(path)
    other.execute(f"CREATE TABLE {table}")
    other.close()
    keep(path, "k", b"new")
    assert kept(path, "k") == b"new"


def test_what_other_code_remembered_is_not_believed(path: Path) -> None:
    keep(path, "k", b"old", maker="one version")
    assert kept(path, "k", maker="another version") is None


def test_a_store_that_came_with_the_content_is_not_believed(tmp_path: Path) -> None:
    theirs, ours = tmp_path / "theirs.sqlite", tmp_path / "ours.sqlite"
    keep(theirs, "k", b"evil")
    ours.write_bytes(theirs.read_bytes())
    assert kept(ours, "k") is None


def test_a_store_that_another_process_holds_is_left_as_it_is(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(path, "k", b"old")
    connect = sqlite3.connect
    monkeypatch.setattr("generator.store.file.sqlite3.connect", lambda where, **_: connect(where, timeout=0.05))
    other = connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store(path) as store, pytest.raises(StoreError):
        store.put(digest("n"), b"new")
    other.execute("ROLLBACK")
    other.close()
    assert kept(path, "k") == b"old"


def test_a_store_that_cannot_be_kept_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        Store(tmp_path / "file" / "store.sqlite")


def test_what_a_run_did_not_ask_for_can_be_forgotten(path: Path) -> None:
    keep(path, "old", b"old")
    keep(path, "kept", b"kept")
    with Store(path) as store:
        store.get(digest("kept"))
        store.forget_unused()
        store.commit()
    assert kept(path, "old") is None
    assert kept(path, "kept") == b"kept"


def test_facts_tell_which_of_them_changed(path: Path) -> None:
    with Store(path) as store:
        store.replace_facts([("a", b"1"), ("b", b"1"), ("c", b"1")])
        waited_for = store.expect_fact("d")
        numbers = {name: found[0] for name in "abc" if (found := store.fact(name))}
        changed = store.replace_facts([("a", b"1"), ("b", b"2"), ("d", b"1")])
        assert changed == {numbers["b"], numbers["c"], waited_for}
        assert store.fact("c") == (numbers["c"], None)
        assert store.fact("d") == (waited_for, b"1")
        assert dict(store.facts("")) == {"a": b"1", "b": b"2", "d": b"1"}


def test_a_changed_fact_touches_the_units_that_were_made_of_it(path: Path) -> None:
    with Store(path) as store:
        assert store.plan("site", ["one", "two"]) == {}
        store.finish([Unit("one", packed([1, 2]), {"1.html": "x"}), Unit("two", packed([3]), {"2.html": "y"})])
        assert store.stale(["site"]) == []
        store.spoil({2, 9})
        assert store.stale(["site"]) == ["one"]
        assert store.plan("site", ["one", "three"]) == {"2.html": "y"}
        assert store.stale(["site"]) == ["one", "three"]
        assert store.plan("data", ["four"]) == {}, "parts are planned apart"


def test_another_process_reads_the_facts(path: Path, tmp_path: Path) -> None:
    with Store(path) as store:
        store.replace_facts([("a", b"1")])
        store.commit()
        reader = FactReader(str(path))
        assert reader.fact("a") == store.fact("a")
        reader.close()
        store.copy_facts(tmp_path / "facts")
        copy = FactReader(str(tmp_path / "facts"))
        assert copy.fact("a") == store.fact("a")
        assert copy.fact("b") is None
        copy.close()
