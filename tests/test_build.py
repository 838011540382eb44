"""`rongguang build` as an editor and a server meet it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor
from pathlib import Path

import pytest
from conftest import ROOT, TODAY
from skeletons import filled
from trees import digests

from generator import cli
from generator.build import PARTS, Built, build
from generator.cli import main
from generator.model import KINDS, MODELS
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
        raise BrokenExecutor

    monkeypatch.setattr("generator.build.build", broken)
    assert main(["build", "-C", str(project({}))]) == 2
    assert "--jobs 1" in capsys.readouterr().err


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
    whole = sum(len(files) for _, _, files in os.walk(present))
    process = _command(root, out)
    while process.poll() is None:
        fresh = out / ".trees" / ("b" if present.name == "a" else "a")
        # A whole tree there is that of the build before last, which is about to go.
        if fresh.is_dir() and written <= sum(len(files) for _, _, files in os.walk(fresh)) < whole:
            break
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "the build was over before it could be killed"
    return digests(out / "site")


def test_a_switch_that_is_killed_has_happened_or_not(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one rename is the switch: before it the old site is whole, after it the new one."""
    root = project({"stories/a.md": STORY})
    out = root / "build"
    build(root, out, today=TODAY, only=QUICK)
    old = digests(out / "site")
    (root / "stories" / "a.md").write_text(STORY.replace("小事", "大事"), encoding="utf-8")
    with monkeypatch.context() as broken:
        broken.setattr(Path, "replace", _refused)
        with pytest.raises(OSError, match="killed"):
            build(root, out, today=TODAY, only=QUICK)
    assert digests(out / "site") == old


def _refused(_path: Path, _target: Path) -> Path:
    raise OSError("killed")


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
