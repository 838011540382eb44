"""The digest store: losing it costs time, never correctness."""

from __future__ import annotations

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
