"""`rongguang build` as an editor and a server meet it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ROOT, TODAY
from skeletons import filled
from trees import digests

from generator import cli
from generator.build import PARTS, Built, build
from generator.cli import main
from generator.messages import message
from generator.model import KINDS, MODELS
from generator.run import ClusterFaultError, WorkerDiedError
from generator.scaffold import new_record

Project = Callable[[Mapping[str, str]], Path]
QUICK = ("site", "data")
STORY = "---\ntitle: 一件小事\nregion: huainan\nsources:\n  - report\n---\n正文。\n"


def test_content_with_errors_leaves_the_former_site_as_it_was(project: Project) -> None:
    root = project({"stories/a.md": STORY})
    out = root / "build"
    built = build(root, out, today=TODAY, only=QUICK)
    assert built.site is not None
    before = digests(built.site)
    (root / "stories" / "a.md").write_text(STORY.replace("region: huainan", "region: nowhere"), encoding="utf-8")
    failed = build(root, out, today=TODAY, only=QUICK)
    assert failed.site is None
    assert "dangling-reference" in {found.code for found in failed.diagnostics} | {
        found.code.removesuffix("-no-match") for found in failed.diagnostics
    }
    assert digests(out / "site") == before


def test_exit_status_tells_content_from_command_line(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    root = project({"stories/a.md": STORY})
    assert main(["check", "-C", str(root)]) == 0
    assert main(["check", "-C", str(root / "nowhere")]) == 2
    assert main(["check", "-C", str(root), "--today", "昨天"]) == 2
    (root / "stories" / "a.md").write_text("---\ntitle\n", encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "-C", str(root)]) == 1
    assert capsys.readouterr().out.startswith("stories/a.md:")


@pytest.mark.parametrize(
    ("arguments", "epoch"),
    [
        (["build", "--jobs", "0"], ""),
        (["build", "--jobs", "many"], ""),
        (["serve", "--port", "99999"], ""),
        (["check"], "9" * 30),
        (["check"], "²"),
    ],
)
def test_what_no_machine_can_do_is_the_command_lines_fault(
    project: Project, monkeypatch: pytest.MonkeyPatch, arguments: list[str], epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    try:
        status = main([*arguments, "-C", str(project({}))])
    except SystemExit as stopped:  # argparse's way
        status = int(stopped.code or 0)
    assert status == 2


def test_check_shows_what_lies_at_the_paths_and_nothing_beside_them(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = STORY.replace("region: huainan", "region: nowhere")
    root = project({"stories/a.md": bad, "stories/ab.md": bad})
    assert main(["check", "-C", str(root), str(root / "stories" / "a.md")]) == 1
    assert main(["check", "-C", str(root), "stories/a"]) == 2
    assert main(["check", "-C", str(root), "stories"]) == 1
    shown = capsys.readouterr().out
    assert (shown.count("stories/a.md:"), shown.count("stories/ab.md:")) == (2, 1)


def test_a_worker_that_dies_is_told_in_one_line(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object, **__: object) -> Built:
        raise WorkerDiedError("a worker process died")

    monkeypatch.setattr("generator.build.build", broken)
    assert main(["build", "-C", str(project({}))]) == 2
    assert "--jobs 1" in capsys.readouterr().err
    assert main(["build", "-C", str(project({})), "--executor", "tcp://10.0.0.5:8786"]) == 2
    assert "集群" in capsys.readouterr().err


def test_a_cluster_that_cannot_be_used_is_told_in_one_line(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def refused(_root: Path, out: Path | str, *, executor: str, **_: object) -> Built:
        asked.append((out, executor))
        raise ClusterFaultError("no cluster answers")

    monkeypatch.setattr("generator.build.build", refused)
    given = ["--out", "s3://bucket/out", "--executor", "tcp://10.0.0.5:8786"]
    assert main(["build", "-C", str(project({})), *given]) == 2
    assert asked == [("s3://bucket/out", "tcp://10.0.0.5:8786")]
    assert capsys.readouterr().err == "集群用不了：no cluster answers\n"


def test_a_site_at_a_url_is_told_by_its_url(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    url = f"file://{tmp_path}/store"
    assert main(["build", "-C", str(project({})), "--only", "data", "--today", str(TODAY), "--out", url]) == 0
    assert f"网站在 {url}" in capsys.readouterr().out
    assert (tmp_path / "store" / "site.json").is_file()


def test_the_command_has_the_models_words_for_kinds() -> None:
    assert {kind: message(f"kind.{kind}", "zh") for kind in KINDS} == {
        kind: model.label for kind, model in MODELS.items()
    }


def test_warnings_stop_a_strict_build_only(project: Project) -> None:
    root = project({"stories/a.md": STORY.replace("sources:\n  - report\n", "")})
    assert main(["build", "-C", str(root), "--only", "data", "--today", "2026-11-22"]) == 0
    assert main(["build", "-C", str(root), "--only", "data", "--today", "2026-11-22", "--strict"]) == 1


def test_english_messages_on_request(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    root = project({"stories/a.md": STORY.replace("title: 一件小事\n", "")})
    assert main(["check", "-C", str(root), "--lang", "en"]) == 1
    shown = capsys.readouterr().out
    assert "error[missing-field]" in shown
    assert "hint:" in shown


def test_a_second_build_gives_the_same_bytes_elsewhere_and_in_another_locale(sample: Built, tmp_path: Path) -> None:
    """Another folder, time zone, language, hash seed and number of workers, with an empty store."""
    root = tmp_path / "elsewhere"
    for name in ("content", "stories", "policies"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "site_config.yml", root)
    environment = {**os.environ, "TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "7"}
    command = [sys.executable, "-m", "generator", "build", "-C", str(root), "--today", str(TODAY), "--jobs", "1"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True, capture_output=True)
    assert sample.site is not None
    assert digests(root / "build" / "site") == digests(sample.site)


def test_a_build_killed_at_any_moment_leaves_a_whole_site(project: Project) -> None:
    """SIGKILL at ten points: the served site is the old one or the new one, byte for byte."""
    root = project({f"stories/s{number}.md": STORY for number in range(120)})
    out = root / "build"
    assert build(root, out, today=TODAY, only=QUICK).site is not None
    old = digests(out / "site")
    for number in range(120):
        (root / "stories" / f"s{number}.md").write_text(STORY.replace("小事", "大事"), encoding="utf-8")
    reference = root.parent / "reference"
    assert _command(root, reference).wait() == 0
    new = digests(reference / "site")
    assert old != new
    for tenth in range(10):
        assert _killed_after(root, out, len(new) * tenth // 16) == old
    assert _command(root, out).wait() == 0
    assert digests(out / "site") == new


def _killed_after(root: Path, out: Path, written: int) -> dict[str, str]:
    """What is served after a build was killed as soon as it had written so many files of the new tree."""
    present = (out / "site").resolve()
    process = _command(root, out)
    while process.poll() is None:
        others = [tree for tree in (out / ".trees").iterdir() if tree.is_dir() and tree != present]
        if any(written <= _own_files(tree, present) for tree in others):
            break
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the build was over before it could be killed"
    return digests(out / "site")


def _own_files(tree: Path, present: Path) -> int:
    """Files of a tree that are not the present tree's too."""
    own = 0
    for folder, _, names in os.walk(tree):
        for name in names:
            path = Path(folder) / name
            with suppress(FileNotFoundError):
                twin = present / path.relative_to(tree)
                own += not (twin.exists() and path.samefile(twin))
    return own


def test_a_switch_that_is_killed_has_happened_or_not(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one rename is the switch: before it the old site is whole, after it the new one."""
    root = project({"stories/a.md": STORY})
    out = root / "build"
    build(root, out, today=TODAY, only=QUICK)
    old = digests(out / "site")
    (root / "stories" / "a.md").write_text(STORY.replace("小事", "大事"), encoding="utf-8")
    replace = os.replace

    def refused(source: str, target: str) -> None:
        if Path(target) == out / "site":
            raise OSError("killed")
        replace(source, target)

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", refused)
        with pytest.raises(OSError, match="killed"):
            build(root, out, today=TODAY, only=QUICK)
    assert digests(out / "site") == old
    assert build(root, out, today=TODAY, only=QUICK).site is not None
    assert "大事" in (out / "site" / "stories" / "a" / "index.html").read_text("utf-8")


def test_parts_that_are_not_asked_for_stay_as_they_were(project: Project) -> None:
    root = project({"stories/a.md": STORY})
    out = root / "build"
    first = build(root, out, today=TODAY, only=("site", "images", "data"))
    assert first.site is not None
    before = digests(first.site)
    (root / "stories" / "a.md").write_text(STORY.replace("小事", "大事"), encoding="utf-8")
    build(root, out, today=TODAY, only=("site",))
    after = digests(out / "site")
    assert after.keys() == before.keys()
    assert after["stories/a/index.html"] != before["stories/a/index.html"]
    assert after["data/stories.json"] == before["data/stories.json"]


def test_parts_of_a_site_that_is_gone_are_made_when_they_are_asked_for(project: Project, tmp_path: Path) -> None:
    root = project({"stories/a.md": STORY})
    out = root / "build"
    build(root, out, today=TODAY, only=QUICK)
    shutil.rmtree(out)
    build(root, out, today=TODAY, only=("site",))
    built = build(root, out, today=TODAY, only=QUICK)
    assert digests(out / "site") == _anew(root, tmp_path)
    assert _counted(built) == _there(out / "site")


def test_what_was_carried_over_goes_once_its_part_is_made(project: Project, tmp_path: Path) -> None:
    """The store is lost, so nobody knows any more who wrote what."""
    root = project({"stories/a.md": STORY, "stories/b.md": STORY})
    out = root / "build"
    build(root, out, today=TODAY, only=QUICK)
    shutil.rmtree(root / ".rongguang")
    (root / "stories" / "b.md").unlink()
    carried = build(root, out, today=TODAY, only=("site",))
    assert (out / "site" / "data" / "stories" / "b.json").is_file()
    assert _counted(carried) == _there(out / "site")
    built = build(root, out, today=TODAY, only=QUICK)
    assert digests(out / "site") == _anew(root, tmp_path)
    assert _counted(built) == _there(out / "site")


def test_a_removed_record_is_counted_no_more(project: Project, tmp_path: Path) -> None:
    root = project({"stories/a.md": STORY, "stories/b.md": STORY})
    out = root / "build"
    build(root, out, today=TODAY, only=QUICK)
    (root / "stories" / "b.md").unlink()
    built = build(root, out, today=TODAY, only=QUICK)
    assert digests(out / "site") == _anew(root, tmp_path)
    assert _counted(built) == _there(out / "site")


def test_what_is_to_go_goes_though_a_run_between_was_stopped(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = project({"stories/a.md": STORY, "stories/b.md": STORY})
    out = root / "build"
    build(root, out, today=TODAY, only=QUICK)
    (root / "stories" / "b.md").unlink()

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("generator.making.Making.make", stopped)
        with pytest.raises(KeyboardInterrupt):
            build(root, out, today=TODAY, only=QUICK)
    build(root, out, today=TODAY, only=QUICK)
    assert digests(out / "site") == _anew(root, tmp_path)


def _anew(root: Path, elsewhere: Path) -> dict[str, str]:
    """The site of the same content without any past."""
    fresh = elsewhere / "anew"
    shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("build", ".rongguang"))
    built = build(fresh, fresh / "build", today=TODAY, only=QUICK)
    assert isinstance(built.site, Path)
    return digests(built.site)


def _counted(built: Built) -> tuple[int, int, int]:
    return built.pages, built.files, built.bytes


def _there(site: Path) -> tuple[int, int, int]:
    files = [path for path in site.rglob("*") if path.is_file()]
    return sum(path.suffix == ".html" for path in files), len(files), sum(path.stat().st_size for path in files)


def test_files_that_were_read_when_they_were_settled_are_not_read_again(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file changed moments before it is read might change again unseen; once it is older, it is read a last time."""
    root = project({"stories/a.md": STORY})
    out = root / "build"
    assert build(root, out, today=TODAY, only=QUICK).work.parsed == 4
    monkeypatch.setattr("generator.content._SETTLED_NS", -(10**18))
    assert build(root, out, today=TODAY, only=QUICK).work.opened == 4
    again = build(root, out, today=TODAY, only=QUICK)
    assert (again.work.opened, again.work.rendered, again.work.written) == (0, (), 0)


def test_every_kind_builds_from_its_filled_skeleton(project: Project) -> None:
    """A record with the required fields alone, no region and no tag: what an editor has after the first minute."""
    files = {}
    for kind in KINDS:
        path, text = new_record(kind, f"bare-{kind}", today=TODAY).value
        files[path] = filled(kind, text).replace("status: draft", "status: published")
    root = project(files)
    built = build(root, root / "build", today=TODAY)
    assert built.site is not None, [(str(found.span), found.code) for found in built.diagnostics]
    for kind in KINDS:
        assert (built.site / MODELS[kind].plural / f"bare-{kind}" / "index.html").is_file()


def test_a_path_that_is_not_there_is_no_path_without_problems(project: Project) -> None:
    root = project({"stories/a.md": STORY})
    assert main(["check", "-C", str(root), "stories/b.md"]) == 2
    assert main(["fmt", "-C", str(root), "stories/b.md"]) == 2
    assert main(["check", "-C", str(root), "stories/a.md"]) == 0


def test_a_linked_store_is_not_written_to(project: Project, tmp_path: Path) -> None:
    root = project({"stories/a.md": STORY})
    (tmp_path / "elsewhere").mkdir()
    (root / ".rongguang").symlink_to(tmp_path / "elsewhere")
    assert main(["build", "-C", str(root), "--only", "data", "--today", str(TODAY)]) == 2
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_where_nothing_can_be_kept_a_build_only_takes_longer(project: Project) -> None:
    """A read-only content folder on a server, say; here a file in the folder's place, for tests may run as root."""
    root = project({"stories/a.md": STORY})
    (root / ".rongguang").write_text("")
    for _ in range(2):
        built = build(root, root / "build", today=TODAY, only=("site", "images", "data"))
        assert isinstance(built.site, Path)
        assert _counted(built) == _there(built.site)
    assert (root / ".rongguang").read_text() == ""


def test_errors_are_not_hidden_among_warnings(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    root = project({"stories/a.md": STORY.replace("sources:\n  - report\n", ""), "stories/b.md": "---\ntitle\n"})
    assert main(["build", "-C", str(root), "--today", str(TODAY)]) == 1
    assert "warning[" not in capsys.readouterr().err


def test_the_command_knows_the_parts_of_a_build() -> None:
    assert cli.PARTS == PARTS


def _command(root: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "generator", "build", "-C", str(root), "--out", str(out)]
    command += ["--only", ",".join(QUICK), "--today", str(TODAY)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_the_version_is_told_where_programs_read_it(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    told = capsys.readouterr()
    assert told.out.startswith("rongguang ")
    assert told.err == ""
