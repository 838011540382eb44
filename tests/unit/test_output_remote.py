"""Output in an object store: trees of objects, and one that names the site."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fsspec.core import url_to_fs
from publisher import marks, publish, served_at
from test_output import NEW, OLD

from generator.faults import MachineFaultError
from generator.output import BuildInProgressError, open_output
from generator.output.remote import RemoteFolder

NEXT = {**OLD, "index.html": "三"}


@pytest.fixture(params=["memory", "file"])
def out(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    url = f"{request.param}://{tmp_path}/存储/out"
    yield url
    RemoteFolder(url).remove_all()


@pytest.fixture
def state(tmp_path: Path) -> Path:
    return tmp_path / "state.json"


def trees(url: str) -> list[str]:
    files, root = url_to_fs(url)
    files.invalidate_cache()
    found = {path.removeprefix(f"{root}/trees/").partition("/")[0] for path in files.find(f"{root}/trees")}
    return sorted(name for name in found if not name.endswith(".mark"))


def test_whatever_follows_whatever_the_site_is_the_last(out: str, state: Path) -> None:
    for count, site in enumerate((OLD, NEW, OLD, NEXT, NEW)):
        publish(out, state, site)
        assert served_at(out) == site
        assert len(trees(out)) == (1 if count == 0 else 2), "a second tree is made when there is a second build"
        assert (marks(state)[1] is None) == (count == 0)
        with open_output(out) as output:
            assert output.shows(marks(state)[0])
            assert not output.shows(marks(state)[1])


def test_a_link_set_back_by_hand_is_followed_here_too(out: str, state: Path) -> None:
    publish(out, state, OLD)
    publish(out, state, NEW)
    (other,) = (name for name in trees(out) if not (marks(state)[0] or "").startswith(name))
    RemoteFolder(out).write("site.json", f'{{"tree": "{other}"}}'.encode())
    with open_output(out) as output:
        output.prepare(*marks(state)).tree.write("index.html", "三".encode())
        assert served_at(out) == NEW
        output.publish()
    assert served_at(out) == {**NEW, "index.html": "三"}


def test_what_is_not_published_goes(out: str, state: Path) -> None:
    publish(out, state, OLD)
    with open_output(out) as output:
        tree = output.prepare(*marks(state)).tree
        pickle.loads(pickle.dumps(tree)).write("index.html", b"new")
        assert tree.read("index.html") == b"new"
    assert served_at(out) == OLD
    assert len(trees(out)) == 1


def test_what_was_prepared_can_be_prepared_anew(out: str, state: Path) -> None:
    """A store that turns out to be damaged, before or after the switch, is done without."""
    publish(out, state, OLD)
    with open_output(out) as output:
        output.prepare(*marks(state)).tree.write("a.html", b"a")
        output.prepare(None, None).tree.write("b.html", b"b")
        output.publish()
        output.prepare(None, None).tree.write("c.html", b"c")
        assert served_at(out) == {"b.html": "b"}
        output.publish()
        output.follow(["c.html"], [])
        assert served_at(out) == {"c.html": "c"}
        output.prepare(None, None).tree.write("d.html", b"d")
    assert served_at(out) == {"c.html": "c"}
    assert len(trees(out)) == 1


def test_a_tree_of_another_build_is_not_believed(out: str, state: Path) -> None:
    publish(out, state, OLD)
    before = marks(state)
    publish(out, state, NEW)
    publish(out, state, OLD)
    with open_output(out) as output:
        assert not output.shows(before[0])
        assert output.prepare(*before).empty


def test_local_files_are_copied_in(out: str, tmp_path: Path) -> None:
    (tmp_path / "picture.jpg").write_bytes(b"jpeg")
    with open_output(out) as output:
        output.prepare(None, None).tree.link("media/a/b.jpg", str(tmp_path / "picture.jpg"))
        output.publish()
    assert served_at(out) == {"media/a/b.jpg": "jpeg"}


def test_the_work_of_another_machine_is_left_alone_for_a_day(out: str, state: Path) -> None:
    store = RemoteFolder(out)
    for name, begun in (("ours", 0), ("theirs", 4_000_000_000)):
        store.write(f"trees/{name}/index.html", b"half")
        store.write(f"trees/{name}.mark", f"begun {begun}".encode())
    publish(out, state, OLD)
    assert "theirs" in trees(out)
    assert "ours" not in trees(out)


def test_two_builds_at_once_on_one_machine_do_not_mix(out: str) -> None:
    with open_output(out), pytest.raises(BuildInProgressError), open_output(out):
        pass


def test_a_kill_at_any_step_leaves_a_whole_site(tmp_path: Path) -> None:
    for count in range(100):
        out, state = f"file://{tmp_path}/{count}", tmp_path / f"{count}.json"
        publish(out, state, OLD)
        publish(out, state, NEW)
        child = os.fork()
        if child == 0:
            try:
                _die_at(count)
                publish(out, state, NEXT)
                os._exit(0)
            finally:
                os._exit(1)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert served_at(out) in (NEW, NEXT)
        publish(out, state, OLD)
        assert served_at(out) == OLD
        if status == 0:
            assert count > 8
            return
        assert status == -signal.SIGKILL
    pytest.fail("never ended")


@pytest.mark.parametrize(("module", "url"), [("fsspec", "memory://a"), ("s3fs", "s3://bucket/a")])
def test_what_is_missing_is_told(monkeypatch: pytest.MonkeyPatch, module: str, url: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with (
        pytest.raises(MachineFaultError, match=r"pip install rongguang\[cluster\]"),
        open_output(f"{url}/{module}") as o,
    ):
        o.prepare(None, None)


def _die_at(count: int) -> None:
    """Be killed before the step with this number that changes the store."""
    left = count

    def counted(name: str) -> None:
        step = getattr(RemoteFolder, name)

        def stand_in(*arguments: object) -> object:
            nonlocal left
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1
            return step(*arguments)

        setattr(RemoteFolder, name, stand_in)

    for name in ("write_all", "copy", "remove", "remove_all"):
        counted(name)
