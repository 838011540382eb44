"""What counts as content, and what is reported instead of being read."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from generator import source
from generator.report import as_github, as_text
from generator.source import find


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "site_config.yml").write_text("title: 荣光\n", encoding="utf-8")
    for folder in ("stories", "policies", "content/term", "content/media"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def codes(root: Path) -> list[tuple[str, str]]:
    return [(found.code, found.span.path) for found in find(root).diagnostics]


def paths(root: Path) -> list[str]:
    return [file.path for file in find(root).value]


def test_finds_text_and_pictures_by_path(root: Path) -> None:
    (root / "stories/b.md").write_bytes(b"---\n")
    (root / "stories/a.md").write_bytes(b"---\n")
    (root / "content/term/shuangyong.yml").write_bytes(b"title: x\n")
    (root / "content/media/chahui.jpg").write_bytes(b"\xff\xd8\xff")
    (root / "README.md").write_bytes(b"not content")
    assert paths(root) == [
        "content/media/chahui.jpg",
        "content/term/shuangyong.yml",
        "site_config.yml",
        "stories/a.md",
        "stories/b.md",
    ]
    assert codes(root) == []


@pytest.mark.skipif(os.name != "posix", reason="such names do not exist elsewhere")
def test_a_name_cannot_write_on_the_terminal_or_command_the_ci(root: Path) -> None:
    (root / "stories/a\n::stop-commands::x.md").write_bytes(b"---\n")
    (root / "stories/b\x1b[31m.md").write_bytes(b"---\n")
    (root / "content/media/c,d.txt").write_bytes(b"")
    found = find(root).diagnostics
    assert len(found) == 3
    for shown in (as_text(found, "zh"), as_github(found, "zh")):
        assert "\x1b" not in shown
        assert not [line for line in shown.splitlines() if line.startswith("::stop")]
    assert "file=content/media/c%2Cd.txt,line=1" in as_github(found, "zh")


def test_bytes_of_pictures_are_not_kept(root: Path) -> None:
    (root / "content/media/chahui.jpg").write_bytes(b"\xff\xd8\xff")
    picture = find(root).value[0]
    assert (picture.data, picture.size) == (b"", 3)
    stat = (root / "content/media/chahui.jpg").stat()
    assert picture.stamp == (3, stat.st_mtime_ns, stat.st_ino)


def test_an_empty_project_has_no_files_and_no_problems(tmp_path: Path) -> None:
    assert find(tmp_path).value == ()
    assert find(tmp_path).diagnostics == ()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("stories/a.yaml", "yaml-suffix"),
        ("stories/a.YML", "yaml-suffix"),
        ("stories/a.MD", "unknown-suffix"),
        ("stories/a.html", "unknown-suffix"),
        ("stories/a.docx", "unknown-suffix"),
        ("content/media/a.svg", "unknown-suffix"),
        ("content/media/a.JPG", "unknown-suffix"),
        ("content/media/a", "unknown-suffix"),
        ("stories/a.jpg", "misplaced-file"),
        ("stories/.env", "hidden-file"),
        ("stories/~$a.md", "hidden-file"),
        ("stories/a.md.bak", "hidden-file"),
        ("stories/a.md~", "hidden-file"),
        ("stories/Di-Weishan.md", "bad-id"),
        ("stories/狄伟山.md", "bad-id"),
        ("stories/a--b.md", "bad-id"),
        ("stories/%2fetc.md", "bad-id"),
        (f"stories/{'a' * 81}.md", "bad-id"),
        ("stories/con.md", "bad-file-name"),
        ("content/media/aux.jpg", "bad-file-name"),
        ("content/media/a#b.jpg", "bad-file-name"),
        ("content/media/a .jpg", "bad-file-name"),
        (f"content/media/{'a' * 200}.jpg", "bad-file-name"),
        (f"content/media/{unicodedata.normalize('NFD', 'é')}.jpg", "name-not-nfc"),
    ],
)
def test_reports_what_cannot_be_content(root: Path, path: str, code: str) -> None:
    (root / path).write_bytes(b"x")
    assert codes(root) == [(code, path)]


@pytest.mark.parametrize("name", [".gitkeep", ".DS_Store", "Thumbs.db", "desktop.ini", ".gitignore"])
def test_what_desktops_leave_behind_is_no_bother(root: Path, name: str) -> None:
    (root / "stories" / name).write_bytes(b"x")
    assert codes(root) == []


def test_a_hidden_folder_is_told_once_and_not_entered(root: Path) -> None:
    (root / "stories/.git/objects").mkdir(parents=True)
    (root / "stories/.git/config").write_bytes(b"x")
    assert codes(root) == [("hidden-file", "stories/.git")]


def test_folders_of_any_depth_do_not_recurse(root: Path) -> None:
    deep = root / "content" / "/".join(["d"] * 300)
    deep.mkdir(parents=True)
    (deep / "a.yml").write_bytes(b"title: x\n")
    assert len(find(root).value) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps links for administrators")
class TestLinks:
    def test_a_link_to_a_file_is_not_followed(self, root: Path) -> None:
        (root / "secret").write_text("secret", encoding="utf-8")
        (root / "stories/a.md").symlink_to(root / "secret")
        assert codes(root) == [("symlink", "stories/a.md")]
        assert paths(root) == ["site_config.yml"]

    def test_a_link_to_a_folder_is_not_followed(self, root: Path, tmp_path: Path) -> None:
        (root / "content/person").symlink_to(tmp_path)
        assert codes(root) == [("symlink", "content/person")]

    def test_a_linked_top_folder_is_not_followed(self, root: Path, tmp_path: Path) -> None:
        (root / "policies").rmdir()
        (root / "policies").symlink_to(tmp_path / "stories")
        assert codes(root) == [("symlink", "policies")]

    def test_a_loop_ends(self, root: Path) -> None:
        (root / "stories/loop").symlink_to(root / "stories")
        (root / "stories/self.md").symlink_to("self.md")
        assert codes(root) == [("symlink", "stories/loop"), ("symlink", "stories/self.md")]

    def test_a_linked_configuration_is_not_followed(self, root: Path) -> None:
        (root / "site_config.yml").rename(root / "elsewhere.yml")
        (root / "site_config.yml").symlink_to("elsewhere.yml")
        assert codes(root) == [("symlink", "site_config.yml")]

    def test_a_project_may_itself_be_reached_through_a_link(
        self, root: Path, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        link = tmp_path_factory.mktemp("links") / "project"
        link.symlink_to(root)
        assert codes(link) == []

    def test_a_link_put_in_place_while_reading_is_noticed(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (root / "secret").write_text("secret", encoding="utf-8")
        (root / "stories/a.md").write_bytes(b"---\n")
        real = os.open

        def swapped(path: str, flags: int) -> int:
            return real(root / "secret" if path.endswith("/a.md") else path, flags)

        monkeypatch.setattr(source.os, "open", swapped)
        assert codes(root) == [("symlink", "stories/a.md")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_does_not_block(root: Path) -> None:
    os.mkfifo(root / "content/term/pipe.yml")
    assert codes(root) == [("not-a-regular-file", "content/term/pipe.yml")]


def test_a_file_in_place_of_a_folder_is_told(root: Path) -> None:
    (root / "policies").rmdir()
    (root / "policies").write_bytes(b"x")
    assert codes(root) == [("not-a-regular-file", "policies")]


def test_an_unreadable_file_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "stories/a.md").write_bytes(b"---\n")
    real = os.open

    def refused(path: str, flags: int) -> int:
        if path.endswith("/a.md"):
            raise PermissionError(13, "Permission denied")
        return real(path, flags)

    monkeypatch.setattr(source.os, "open", refused)
    assert codes(root) == [("unreadable-file", "stories/a.md")]


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode there")
class TestNames:
    def test_names_in_gbk_are_told_with_what_they_may_have_been(self, root: Path) -> None:
        name = "荣光.md".encode("gb18030")
        (Path(os.fsdecode(os.fsencode(root) + b"/stories/" + name))).write_bytes(b"x")
        found = find(root).diagnostics
        assert [problem.code for problem in found] == ["name-not-utf-8"]
        assert dict(found[0].arguments)["name"] == "荣光.md"
        assert found[0].span.path.isprintable()

    def test_twins_by_case_and_composition(self, root: Path) -> None:
        for name in ("Chahui.jpg", "chahui.jpg", "é.jpg", unicodedata.normalize("NFD", "é.jpg")):
            (root / "content/media" / name).write_bytes(b"x")
        assert sorted(code for code, _ in codes(root)) == ["name-not-nfc", "similar-file-name", "similar-file-name"]


def test_too_large_files_are_not_read(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "TEXT_LIMIT_BYTES", 10)
    monkeypatch.setattr(source, "MEDIA_LIMIT_BYTES", 20)
    (root / "site_config.yml").write_bytes(b"title: x\n")
    (root / "stories/a.md").write_bytes(b"x" * 11)
    (root / "content/media/a.jpg").write_bytes(b"x" * 21)
    assert codes(root) == [("too-large", "content/media/a.jpg"), ("too-large", "stories/a.md")]


def test_an_empty_picture_is_told(root: Path) -> None:
    (root / "content/media/a.jpg").write_bytes(b"")
    assert codes(root) == [("empty-file", "content/media/a.jpg")]


def test_a_configuration_with_the_other_suffix_is_told(tmp_path: Path) -> None:
    (tmp_path / "site_config.yaml").write_bytes(b"title: x\n")
    assert codes(tmp_path) == [("yaml-suffix", "site_config.yaml")]
