"""Writing beside and switching once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from generator.artifact import Artifact
from generator.output import BuildInProgressError, SiteWriter


def publish(out: Path, text: str) -> None:
    with SiteWriter(out) as writer:
        writer.write([Artifact("index.html", text.encode())])
        writer.publish()


def test_a_published_site_replaces_the_former_one(tmp_path: Path) -> None:
    for text in ("一", "二", "三"):
        publish(tmp_path, text)
        assert (tmp_path / "site" / "index.html").read_text() == text
    # The former tree stays for readers who are in the middle of a page; older ones go.
    assert len(list((tmp_path / ".trees").iterdir())) == 2


def test_a_build_that_fails_leaves_the_former_site(tmp_path: Path) -> None:
    publish(tmp_path, "旧")
    with pytest.raises(FileExistsError), SiteWriter(tmp_path) as writer:
        writer.write([Artifact("index.html", b"half"), Artifact("index.html", b"twice")])
    assert (tmp_path / "site" / "index.html").read_text() == "旧"
    publish(tmp_path, "新")
    assert (tmp_path / "site" / "index.html").read_text() == "新"


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    tmp_path.joinpath(".building").write_text(str(os.getppid()))
    with pytest.raises(BuildInProgressError):
        publish(tmp_path, "新")
    assert not (tmp_path / "site").exists()


def test_the_lock_of_a_dead_build_is_taken_over(tmp_path: Path) -> None:
    tmp_path.joinpath(".building").write_text("999999999")
    publish(tmp_path, "新")
    assert (tmp_path / "site" / "index.html").read_text() == "新"


def test_a_plain_folder_called_site_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "stale.html").write_text("旧")
    publish(tmp_path, "新")
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == ["index.html"]
