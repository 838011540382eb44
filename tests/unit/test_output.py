"""Two trees in turn: what a run costs, and what is believed of the last one."""

from __future__ import annotations

import errno
import os
import pickle
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from publisher import Site, content, marks, publish, served

from generator.output import BuildInProgressError, Mark, Tree, open_output
from generator.output.files import LocalTree

OLD = {"index.html": "一", "stories/a/index.html": "甲", "stories/b/index.html": "乙", "data/a.json": "{}"}
NEW = {"index.html": "二", "stories/a/index.html": "甲", "data/a.json": "{}", "data/b/c.json": "[]"}

SITES = st.dictionaries(
    st.sampled_from(["index.html", "a/index.html", "a/b/index.html", "a/b", "c/d/e.json", "c/f.json", "故事/甲.html"]),
    st.sampled_from(["一", "二", "三"]),
).filter(lambda site: not {"a/b", "a/b/index.html"} <= site.keys())


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state.json"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    (tmp_path / "tree").mkdir()
    return LocalTree(str(tmp_path / "tree"))


def trees(out: Path) -> list[Path]:
    return sorted(path for path in (out / ".trees").iterdir() if path.is_dir())


def no_links(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "no links here")


@given(st.lists(SITES, max_size=6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_follows_whatever_both_trees_are_the_last_site(
    tmp_path_factory: pytest.TempPathFactory, sites: list[Site]
) -> None:
    folder = tmp_path_factory.mktemp("out")
    for site in sites:
        publish(folder, folder / "state", site)
        assert served(folder) == site
        assert [content(found) for found in trees(folder)] == [site, site]
        assert not [path for path in folder.glob("site/**/") if not any(path.rglob("*"))][1:], "an empty folder"


def test_a_file_that_did_not_change_is_the_same_file(out: Path, state: Path) -> None:
    publish(out, state, OLD)
    kept = (out / "site" / "data/a.json").stat().st_ino
    for site in (NEW, OLD, NEW):
        publish(out, state, site)
        assert served(out) == site
        assert {(found / "data/a.json").stat().st_ino for found in trees(out)} == {kept}


def test_what_is_served_does_not_change_before_the_switch(out: Path, state: Path) -> None:
    publish(out, state, OLD)
    with open_output(out) as output:
        tree = output.prepare(*marks(state)).tree
        tree.write("index.html", "新".encode())
        tree.remove("stories/a/index.html")
        tree.link("data/a.json", str(out / "site" / "stories/b/index.html"))
        assert served(out) == OLD
    assert served(out) == OLD
    publish(out, state, NEW)
    assert served(out) == NEW


def test_the_present_site_is_known_again(out: Path, state: Path) -> None:
    publish(out, state, OLD)
    base, spare = marks(state)
    with open_output(out) as output:
        assert output.shows(base)
        assert not output.shows(spare)
        assert not output.shows(None)
        assert not output.shows(Mark("of another make"))
    with open_output(out) as output:
        assert not output.prepare(base, spare).empty


def test_without_a_spare_the_base_is_copied(out: Path, state: Path) -> None:
    publish(out, state, OLD)
    base, _ = marks(state)
    with open_output(out) as output:
        prepared = output.prepare(base, None)
        assert not prepared.empty
        prepared.tree.write("index.html", "二".encode())
        output.publish()
    assert served(out) == {**OLD, "index.html": "二"}
    assert len(trees(out)) == 2, "what was copied from stays, what was the spare goes"


def test_a_tree_that_was_changed_or_replaced_is_not_believed(out: Path, state: Path) -> None:
    publish(out, state, OLD)
    base, spare = marks(state)
    shown = (out / "site").resolve()
    shutil.move(shown, out / "moved")
    shutil.copytree(out / "moved", shown)
    with open_output(out) as output:
        assert not output.shows(base)
        assert output.prepare(base, spare).empty
    publish(out, state, NEW)
    assert served(out) == NEW


def test_a_run_whose_end_was_not_remembered_is_not_built_upon(out: Path, state: Path) -> None:
    """The store's disk was full, say, and then the run was stopped: the marks of the run before name changed trees."""

    def stopped() -> Iterator[str]:
        yield "index.html"
        raise KeyboardInterrupt

    publish(out, state, OLD)
    with open_output(out) as output:
        output.prepare(*marks(state)).tree.write("index.html", "二".encode())
        output.publish()
        with pytest.raises(KeyboardInterrupt):
            output.follow(stopped(), [])
    with open_output(out) as output:
        assert not output.shows(marks(state)[0])
        assert output.prepare(*marks(state)).empty


@pytest.mark.parametrize("gone", ["site", ".trees", "."])
def test_an_output_folder_that_was_removed_is_written_anew(out: Path, state: Path, gone: str) -> None:
    publish(out, state, OLD)
    path = out / gone
    path.unlink() if path.is_symlink() else shutil.rmtree(path)
    publish(out, state, NEW)
    assert served(out) == NEW


def test_a_build_without_memory_of_the_last_one_leaves_two_trees(out: Path, state: Path) -> None:
    for site in (OLD, NEW, OLD):
        publish(out, state, site)
        state.unlink()
        assert served(out) == site
        assert len(trees(out)) == 2


def test_a_link_that_was_set_back_by_hand_is_followed(out: Path, state: Path) -> None:
    publish(out, state, OLD)
    publish(out, state, NEW)
    shown = (out / "site").resolve()
    (other,) = (found for found in trees(out) if found != shown)
    (out / "site").unlink()
    (out / "site").symlink_to(Path(".trees") / other.name)
    with open_output(out) as output:
        prepared = output.prepare(*marks(state))
        prepared.tree.write("index.html", "三".encode())
        assert served(out) == NEW
        output.publish()
    assert served(out) == {**NEW, "index.html": "三"}


def test_what_was_prepared_can_be_prepared_anew(out: Path, state: Path) -> None:
    """A store that turns out to be damaged, before or after the switch, is done without."""
    publish(out, state, OLD)
    with open_output(out) as output:
        output.prepare(*marks(state)).tree.write("a.html", b"a")
        output.prepare(None, None).tree.write("b.html", b"b")
        output.publish()
        output.prepare(None, None).tree.write("c.html", b"c")
        assert served(out) == {"b.html": "b"}
        output.publish()
        output.follow(["c.html"], [])
        assert served(out) == {"c.html": "c"}
        output.prepare(None, None).tree.write("d.html", b"d")
    assert served(out) == {"c.html": "c"}
    assert len(trees(out)) == 1


def test_two_builds_at_once_do_not_mix(out: Path, state: Path) -> None:
    with open_output(out) as first:
        with pytest.raises(BuildInProgressError), open_output(out):
            pass
        first.prepare(None, None).tree.write("index.html", "一".encode())
        first.publish()
    assert served(out) == {"index.html": "一"}
    publish(out, state, OLD)
    assert served(out) == OLD


def test_a_plain_folder_called_site_is_replaced(out: Path, state: Path) -> None:
    for name in ("site", ".former"):
        (out / name).mkdir(parents=True)
        (out / name / "stale.html").write_text("旧")
    publish(out, state, NEW)
    assert served(out) == NEW
    assert not (out / ".former").exists()


def test_a_folder_stays_until_there_is_a_link_to_take_its_place(
    out: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (out / "site").mkdir(parents=True)
    (out / "site" / "index.html").write_text("旧")
    monkeypatch.setattr("os.symlink", no_links)
    with pytest.raises(OSError, match="no links here"):
        publish(out, state, NEW)
    assert served(out) == {"index.html": "旧"}
    assert trees(out) == []


def test_without_symbolic_links_folders_change_places(out: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as windows:
        windows.setattr("os.symlink", no_links)
        windows.setattr("generator.output.local._LINKS_ALWAYS", False)
        for site in (OLD, NEW, OLD, NEW):
            publish(out, state, site)
            assert served(out) == site
            assert not (out / "site").is_symlink()
            with open_output(out) as output:
                assert output.shows(marks(state)[0])
        publish(out, state, {**NEW, "new.html": "新"})
        assert len({(found / "index.html").stat().st_ino for found in (out / "site", *trees(out))}) == 1
    publish(out, state, OLD)
    assert served(out) == OLD
    assert (out / "site").is_symlink()
    assert [content(found) for found in trees(out)] == [OLD, OLD]


def test_without_hard_links_files_are_copied(out: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.link", no_links)
    for site in (OLD, NEW, OLD):
        publish(out, state, site)
        assert served(out) == site
        assert [content(found) for found in trees(out)] == [site, site]


def test_a_spare_that_cannot_be_made_costs_the_next_run_time_only(
    out: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "full")

    with monkeypatch.context() as small:
        small.setattr("generator.output.local.LocalTree.link", full)
        publish(out, state, OLD)
    assert served(out) == OLD
    assert marks(state)[1] is None
    publish(out, state, NEW)
    assert served(out) == NEW
    assert marks(state)[1] is not None


def test_a_tree_travels_to_workers(tree: Tree) -> None:
    pickle.loads(pickle.dumps(tree)).write("a/b.html", b"b")
    assert tree.read("a/b.html") == b"b"


def test_writing_twice_leaves_one_file(tree: Tree, tmp_path: Path) -> None:
    for text in ("甲", "乙乙", "丙"):
        tree.write("a/b.html", text.encode())
    tree.link("a/c.html", str(tmp_path / "tree/a/b.html"))
    tree.link("a/c.html", str(tmp_path / "tree/a/b.html"))
    tree.write("a/c.html", "丁".encode())
    assert content(tmp_path / "tree") == {"a/b.html": "丙", "a/c.html": "丁"}


def test_a_file_becomes_a_folder_and_a_folder_a_file(tree: Tree, tmp_path: Path) -> None:
    tree.write("a", b"file")
    tree.write("a/b/c", b"below")
    tree.remove("a")
    assert content(tmp_path / "tree") == {"a/b/c": "below"}
    tree.write("a", b"file")
    tree.remove("a/b/c")
    assert content(tmp_path / "tree") == {"a": "file"}
    (tmp_path / "source").write_bytes(b"linked")
    tree.link("a/b/d", str(tmp_path / "source"))
    assert content(tmp_path / "tree") == {"a/b/d": "linked"}
    tree.link("a", str(tmp_path / "source"))
    assert content(tmp_path / "tree") == {"a": "linked"}


def test_removing_takes_empty_folders_along(tree: Tree, tmp_path: Path) -> None:
    tree.write("a/b/c/index.html", b"c")
    tree.write("a/x.html", b"x")
    tree.remove("a/b/c/index.html")
    tree.remove("a/b/c/index.html")
    assert [path.name for path in (tmp_path / "tree/a").iterdir()] == ["x.html"]
    tree.remove("a/x.html")
    assert list((tmp_path / "tree").iterdir()) == []


def test_a_name_as_long_as_the_system_allows(tree: Tree) -> None:
    name = f"{'字' * 83}.html"
    for text in (b"1", b"2"):
        tree.write(f"{name}/{name}", text)
        assert tree.read(f"{name}/{name}") == text


def test_linking_what_is_not_there_says_so(tree: Tree, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        tree.link("a/b.html", str(tmp_path / "nothing"))


def test_a_written_file_may_be_read_by_the_web_server(tree: Tree, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        tree.write("a/b.html", b"b")
        tree.write("a/b.html", b"c")
    finally:
        os.umask(before)
    assert (tmp_path / "tree/a/b.html").stat().st_mode & 0o777 == 0o644
    assert (tmp_path / "tree/a").stat().st_mode & 0o777 == 0o755
