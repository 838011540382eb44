"""The made-up archive is right, and so is what other generators get of it. What anything costs is not tested."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from conftest import TODAY

from benchmarks.corpus import SEED, main, shown_images, write_corpus
from benchmarks.material.prose import Setting, story_text
from benchmarks.material.schedule import kinds
from benchmarks.material.world import World
from benchmarks.measure import FailedError, measure, output_of
from benchmarks.peers.pages import Page, pages
from benchmarks.peers.sites import prepare
from benchmarks.report import write_part
from benchmarks.tools import TOOLS, change_body, change_title, clear, marked, sweep
from generator.check import check_project
from generator.model import KINDS, MODELS

COUNT = 60
PEERS = ("hugo", "hugo-titles", "hugo-full", "mkdocs")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("corpus") / "project"
    write_corpus(COUNT, root)
    return root


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The input of every other generator, in a folder each."""
    root = tmp_path_factory.mktemp("sites")
    prepare(PEERS, COUNT, root)
    return root


@pytest.fixture(scope="module")
def published() -> list[Page]:
    return list(pages(COUNT, SEED))


def files_of(root: Path) -> Mapping[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_archive_has_nothing_wrong(corpus: Path) -> None:
    assert check_project(corpus, today=TODAY) == ()


def test_the_archive_holds_every_kind(corpus: Path) -> None:
    found = {path.parent.name for path in corpus.rglob("*.yml")} | {path.parent.name for path in corpus.rglob("*.md")}
    folders = {"story": "stories", "policy": "policies"}
    assert {folders.get(kind, kind) for kind in KINDS} <= found


def test_the_archive_has_sums_shares_and_reviews(corpus: Path) -> None:
    texts = b"".join(files_of(corpus).values()).decode()
    for wanted in ("\n  parts:\n", "\n  base:", "text_digest:", "[[person:", "{{ figure:", "\n| --- |", "\n- "):
        assert wanted in texts


def test_the_same_arguments_give_the_same_bytes(corpus: Path, tmp_path: Path) -> None:
    write_corpus(COUNT, tmp_path / "again")
    write_corpus(COUNT, tmp_path / "other", seed=SEED + 1)
    assert files_of(tmp_path / "again") == files_of(corpus)
    assert files_of(tmp_path / "other") != files_of(corpus)


def test_a_larger_archive_begins_with_the_smaller_one(corpus: Path, tmp_path: Path) -> None:
    write_corpus(2 * COUNT, tmp_path / "larger")
    larger = files_of(tmp_path / "larger")
    stories = {path: data for path, data in files_of(corpus).items() if path.startswith("stories/")}
    assert stories.items() <= larger.items()


@pytest.mark.parametrize("count", [1_000, 10_000])
def test_seven_of_ten_records_are_stories(count: int) -> None:
    made = list(kinds(count))
    assert made.count("story") == count * 7 // 10
    assert set(made) == set(KINDS)


def test_stories_are_as_long_as_real_ones() -> None:
    world = World(SEED)
    setting = Setting("甲", "乙县", 2020)
    texts = [story_text(world.random("story", number), setting, lambda: None, "") for number in range(40)]
    lengths = [text.characters for text in texts]
    assert 1500 <= sum(lengths) / len(lengths) <= 2500
    assert all(4 <= len(text.headings) <= 6 and text.body.count("\n## ") >= 3 for text in texts)
    assert 8 <= sum("| --- |" in text.body for text in texts) <= 24


def test_no_file_holds_too_many_records(tmp_path: Path) -> None:
    write_corpus(700, tmp_path / "project")
    for path in (tmp_path / "project" / "content").rglob("*.yml"):
        assert path.read_text("utf-8").count("\n- id: ") < 200


def test_photographs_have_credits_and_are_shown(tmp_path: Path) -> None:
    write_corpus(COUNT, tmp_path / "project", images=2)
    assert check_project(tmp_path / "project", today=TODAY) == ()
    names = {path.name for path in (tmp_path / "project" / "content" / "media").iterdir()}
    assert names == {"photo-00000.jpg", "photo-00000.jpg.yml", "photo-00001.jpg", "photo-00001.jpg.yml"}
    shown = re.findall(r"^cover: (.*)$", b"".join(files_of(tmp_path / "project" / "stories").values()).decode(), re.M)
    assert sorted(shown) == ["photo-00000.jpg", "photo-00001.jpg"]


def test_more_photographs_than_stories_are_all_shown() -> None:
    shown = shown_images(COUNT, 100)
    assert sorted(name for names in shown for name in names) == [f"photo-{number:05d}.jpg" for number in range(100)]


def test_an_archive_is_not_written_over_another(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = files_of(corpus)
    assert main([str(COUNT), str(corpus)]) == 2
    assert str(corpus) in capsys.readouterr().err
    assert files_of(corpus) == before


@pytest.mark.parametrize("name", PEERS)
def test_every_published_record_is_a_page_of_every_peer(name: str, sites: Path, published: list[Page]) -> None:
    top = sites / name / ("docs" if name == "mkdocs" else "content")
    for page in published:
        text = (top / page.plural / f"{page.id}.md").read_text("utf-8")
        assert page.title in text
        assert "[[" not in text
        assert "{{" not in text


@pytest.mark.parametrize("name", PEERS)
def test_links_of_peers_lead_to_pages(name: str, sites: Path) -> None:
    top = sites / name / ("docs" if name == "mkdocs" else "content")
    known = {path.relative_to(top).with_suffix("").as_posix() for path in top.rglob("*.md")}
    found = {
        target.removesuffix(".md").strip("/").removeprefix("../")
        for path in top.rglob("*-story-*.md")
        for target in re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8"))
    }
    assert found
    assert found <= known


def test_what_waits_for_review_goes_to_nobody(published: list[Page]) -> None:
    with_waiting = [page for page in pages(160, SEED) if page.data.get("status")]
    assert len(published) == COUNT
    assert with_waiting == []
    assert len(list(pages(160, SEED))) == 159


def test_hugo_has_its_themes_and_our_kinds(sites: Path) -> None:
    for name in ("hugo", "hugo-titles", "hugo-full"):
        assert {model.plural for model in MODELS.values()} <= {
            path.name for path in (sites / name / "content").iterdir()
        }
        assert (sites / name / "layouts" / "page.html").exists()
        assert "pagerSize = 24" in (sites / name / "hugo.toml").read_text("utf-8")
    assert ".Plain" in (sites / "hugo" / "layouts" / "home.json").read_text("utf-8")
    assert ".Plain" not in (sites / "hugo-titles" / "layouts" / "home.json").read_text("utf-8")
    assert (sites / "hugo-full" / "layouts" / "page.json").exists()
    assert not (sites / "hugo" / "layouts" / "page.json").exists()


def test_mkdocs_lists_every_record_and_has_none_in_its_navigation(sites: Path, published: list[Page]) -> None:
    docs = sites / "mkdocs" / "docs"
    lists = "".join(path.read_text("utf-8") for path in docs.glob("*/index.md"))
    assert all(f"]({page.id}.md)" in lists for page in published)
    settings = (sites / "mkdocs" / "mkdocs.yml").read_text("utf-8")
    assert "  /stories/\n" in settings
    assert "-story-" not in settings


def test_what_is_prepared_is_not_prepared_again(tmp_path: Path) -> None:
    (tmp_path / "hugo").mkdir()
    prepare(["hugo"], COUNT, tmp_path)
    assert list((tmp_path / "hugo").iterdir()) == []


def test_changes_replace_one_another(sites: Path, tmp_path: Path) -> None:
    for name in ("hugo", "mkdocs"):
        first = next((sites / name).rglob("*-story-*.md"))
        story = tmp_path / name
        story.write_bytes(first.read_bytes())
        for number in (1, 2):
            change_body(story, number)
            change_title(story, number)
        text = story.read_text("utf-8")
        assert marked(1) not in text
        assert text.count(marked(2)) == 1
        assert "（改1）" not in text
        assert text.count("（改2）") == (2 if name == "mkdocs" else 1)


def test_clearing_takes_output_and_caches_only(tmp_path: Path) -> None:
    for name in ("build/site", ".rongguang", "stories"):
        (tmp_path / "rongguang" / name).mkdir(parents=True)
    clear(TOOLS["rongguang"], tmp_path / "rongguang")
    assert [path.name for path in (tmp_path / "rongguang").iterdir()] == ["stories"]
    sweep(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["rongguang"]


def test_the_work_of_grandchildren_and_orphans_is_counted(tmp_path: Path) -> None:
    busy = "import time\nwhile time.process_time() < 0.3: pass\n"
    orphan = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {busy!r}])"
    cost = measure([sys.executable, "-c", orphan], tmp_path, log=tmp_path / "log")
    assert cost.cpu_s >= 0.3
    assert cost.peak_rss_bytes > 0


def test_a_command_that_fails_is_not_measured(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="status 3"):
        measure([sys.executable, "-c", "raise SystemExit(3)"], tmp_path, log=tmp_path / "log")


def test_output_is_counted(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b").write_bytes(b"12345")
    assert output_of(tmp_path).bytes == 5
    assert output_of(tmp_path).files == 1


def test_each_command_writes_its_own_part_of_the_results(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    write_part("tools", "first\n", path)
    write_part("profile", "second\n", path)
    write_part("tools", "third\n", path)
    text = path.read_text("utf-8")
    assert "first" not in text
    assert text.index("third") < text.index("second")


def test_a_sampled_program_tells_where_it_was_at_work(tmp_path: Path) -> None:
    sampling = Path(__file__).parents[1] / "benchmarks" / "sampling"
    (tmp_path / "code").mkdir()
    program = "import time\ndef work():\n    while time.process_time() < 0.4: pass\nwork()\n"
    (tmp_path / "code" / "main.py").write_text(program, encoding="utf-8")
    environment = {
        "PYTHONPATH": str(sampling),
        "BENCHMARK_SAMPLES": str(tmp_path),
        "BENCHMARK_SAMPLED": f"{tmp_path / 'code'}/",
    }
    measure(
        [sys.executable, str(tmp_path / "code" / "main.py")], tmp_path, log=tmp_path / "log", environment=environment
    )
    rows = [row for path in tmp_path.glob("*.json") for row in json.loads(path.read_text("utf-8"))]
    assert any(module == "main.py" and function == "work" for module, function, _ in rows)
