"""Writing beside and switching once."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.artifact import Artifact
from generator.output import BuildInProgressError, RepeatedPathError, SiteWriter


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
    with pytest.raises(RepeatedPathError), SiteWriter(tmp_path) as writer:
        writer.write([Artifact("index.html", b"half"), Artifact("index.html", b"twice")])
    assert (tmp_path / "site" / "index.html").read_text() == "旧"
    publish(tmp_path, "新")
    assert (tmp_path / "site" / "index.html").read_text() == "新"


def test_two_builds_at_once_do_not_mix(tmp_path: Path) -> None:
    with SiteWriter(tmp_path) as first:
        with pytest.raises(BuildInProgressError):
            publish(tmp_path, "二")
        first.write([Artifact("index.html", "一".encode())])
        first.publish()
    assert (tmp_path / "site" / "index.html").read_text() == "一"
    publish(tmp_path, "三")
    assert (tmp_path / "site" / "index.html").read_text() == "三"


def test_what_a_killed_switch_left_is_in_nobodys_way(tmp_path: Path) -> None:
    for name in ("site", ".former"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "stale.html").write_text("旧")
    publish(tmp_path, "新")
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == ["index.html"]
    assert not (tmp_path / ".former").exists()


def test_a_folder_stays_until_there_is_a_link_to_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("旧")

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(Path, "symlink_to", refuse)
    with pytest.raises(OSError, match="no links here"):
        publish(tmp_path, "新")
    assert (tmp_path / "site" / "index.html").read_text() == "旧"


def test_a_plain_folder_called_site_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "stale.html").write_text("旧")
    publish(tmp_path, "新")
    assert sorted(path.name for path in (tmp_path / "site").iterdir()) == ["index.html"]
