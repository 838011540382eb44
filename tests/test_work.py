"""What a change costs, counted and not timed: files that are opened and parsed, units that are made, files written."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from edits import CONFIG, PHOTO, PHOTOGRAPHS, Data, Disk, World
from trees import digests

from generator.build import Built, Work, build
from generator.parse import parse
from generator.source import read
from generator.store import code_digest

PARTS = ("site", "data")
TERMS = "content/term/words.yml"
WHOLES = frozenset({"whole:site", "whole:data", "package"})
"""Made whenever more than the texts of records has changed: search index, feeds, sitemap, list of the open data."""


@dataclass(frozen=True)
class Cost:
    """What one build did."""

    built: Built
    opened: tuple[str, ...]
    """Every opening of a source file, be it to see what it says or to render its records once more."""
    parsed: tuple[str, ...]
    touched: frozenset[str]
    """Units with a file that came, went or is another now: what had to be made."""
    changed: int
    """Files that came or are others now."""

    @property
    def work(self) -> Work:
        return self.built.work

    @property
    def rendered(self) -> frozenset[str]:
        return frozenset(self.work.rendered)

    def of(self, kind: str) -> set[str]:
        """What was made of one kind of units: the names after the colon."""
        return {name.partition(":")[2] for name in self.rendered if name.startswith(f"{kind}:")}


class Site:
    """A project with its built site."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.world = World()
        for day in range(1, 27):
            self.world.data[f"stories/daily-{day:02}.md"] = _daily(day)
        self._disk = Disk(root)
        self._opened: list[str] = []
        self._parsed: list[str] = []
        for module in ("content", "intake"):
            monkeypatch.setattr(f"generator.{module}.read", _noting(self._opened, read, lambda _, path: path))
        monkeypatch.setattr("generator.load.parse", _noting(self._parsed, parse, lambda file: file.path))
        assert self.build().built.site

    def story(self, name: str = "first") -> Data:
        return self.world.data[f"stories/{name}.md"]

    def build(self) -> Cost:
        """Write what was edited, and build."""
        self._disk.write(self.world)
        self._opened.clear()
        self._parsed.clear()
        before, made_before = digests(self.root / "build" / "site"), self._units()
        built = build(self.root, self.root / "build", today=self.world.day, only=PARTS)
        after = digests(self.root / "build" / "site")
        other = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
        touched = frozenset(
            name for units in (made_before, self._units()) for name, paths in units if not other.isdisjoint(paths)
        )
        changed = len(other & after.keys())
        return Cost(built, tuple(sorted(self._opened)), tuple(sorted(self._parsed)), touched, changed)

    def units(self) -> frozenset[str]:
        return frozenset(name for name, _ in self._units() if not name.startswith("carried:"))

    def _units(self) -> list[tuple[str, frozenset[str]]]:
        for path in (self.root / ".rongguang").glob("store-*.sqlite"):
            database = sqlite3.connect(path)
            rows = database.execute("SELECT name, files FROM units").fetchall()
            database.close()
            return [(name, frozenset(json.loads(files))) for name, files in rows]
        return []


def _daily(day: int) -> Data:
    return {
        "title": f"第{day}天", "region": "huainan", "sources": ["report"], "date": f"2021-01-{day:02}",
        "body": "没有别的。",
    }  # fmt: skip


def _noting(noted: list[str], function: Callable[..., object], name: Callable[..., str]) -> Callable[..., object]:
    def noting(*arguments: object) -> object:
        noted.append(name(*arguments))
        return function(*arguments)

    return noting


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    return Site(tmp_path, monkeypatch)


def expect(cost: Cost, *, written: int, in_vain: Iterable[str] = (), dropped: Iterable[str] = ()) -> None:
    """What was made is what comes out otherwise than before; but for what was made `in_vain`, and what is gone."""
    assert cost.rendered - cost.touched == set(in_vain)
    assert cost.touched - cost.rendered == set(dropped)
    assert cost.work.written == cost.changed == written


def test_no_change_opens_nothing(site: Site) -> None:
    cost = site.build()
    assert cost.opened == cost.parsed == ()
    assert cost.work == Work()


def test_a_touched_file_is_opened_once_and_not_parsed(site: Site) -> None:
    site.world.touched.add("stories/first.md")
    cost = site.build()
    assert (cost.opened, cost.parsed) == (("stories/first.md",), ())
    assert cost.work == Work(opened=1)
    assert site.build().opened == ()


def test_a_body_is_its_own_page_and_data(site: Site) -> None:
    site.story()["body"] += "\n\n又一段正文。"
    cost = site.build()
    assert cost.opened == cost.parsed == ("stories/first.md",)
    assert cost.rendered == {"page:story:first", "data:story:first", "part:stories", "package"}
    expect(cost, written=4)


def test_a_title_is_every_page_that_shows_the_card(site: Site) -> None:
    site.story()["title"] = "另一个标题"
    cost = site.build()
    assert cost.of("page") == {
        "story:first", "story:second", "person:tao", "honour:model", "figure:total", "region:huainan", "lecture:talk",
        "lesson:class",
    }  # fmt: skip
    assert cost.of("list") == {
        "stories/", "stories/by/region/huainan/", "stories/by/theme/助人/", "stories/by/theme/就业/"
    }  # fmt: skip
    assert cost.rendered >= {"home", "free:about", "part:stories", *WHOLES}
    # It names the story in words of its own.
    expect(cost, written=20, in_vain=["page:story:second", "data:story:second"])
    assert len(cost.opened) == len({*cost.opened}) == 10, "each file whose page is made, the settings and a free page"
    assert len(cost.parsed) == 10


def test_a_title_on_the_second_page_of_a_list_leaves_the_first(site: Site) -> None:
    site.story("daily-01")["title"] = "另一个标题"
    cost = site.build()
    assert cost.of("list") == {"stories/page/2/", "stories/by/region/huainan/page/2/"}
    assert cost.of("page") == {"story:daily-01", "source:report"}
    expect(cost, written=11)


def test_a_new_record_is_its_page_the_lists_and_the_numbers(site: Site) -> None:
    site.world.data["stories/fresh.md"] = _daily(10) | {"title": "新来的"}
    cost = site.build()
    assert cost.parsed.count("stories/fresh.md") == 1
    assert cost.of("page") == {"story:fresh", "region:huainan", "source:report"}
    assert cost.of("data") == {"story:fresh"}
    assert len(cost.of("list")) == 7
    assert cost.rendered >= {"home", "search", "data", "not-found", *WHOLES}
    expect(cost, written=22)


def test_a_deleted_record_takes_its_files_along(site: Site) -> None:
    before = site.units()
    del site.world.data["stories/daily-10.md"]
    cost = site.build()
    assert before - site.units() == {"page:story:daily-10", "data:story:daily-10"}
    assert cost.of("page") == {"region:huainan", "source:report"}
    assert cost.of("data") == set()
    expect(cost, written=20, dropped=["page:story:daily-10", "data:story:daily-10"])


def test_a_synonym_is_the_page_of_its_term_and_the_search(site: Site) -> None:
    site.world.data[TERMS][0]["synonyms"] = ["求职"]
    cost = site.build()
    assert cost.rendered == {"page:term:jobs", "data:term:jobs", "part:terms", *WHOLES}
    expect(cost, written=6, in_vain=["whole:data"])


def test_an_explanation_is_the_pages_that_mention_the_term(site: Site) -> None:
    site.world.data[TERMS][1]["definition"] = "另一种解释。"
    cost = site.build()
    mentioned = {"policy:old", "route:trail", "activity:tea", "story:second"}
    assert cost.of("page") == {"term:care", *mentioned, "term:jobs"}
    # It is linked with `care`, by its title alone.
    expect(cost, written=11, in_vain=["page:term:jobs", "whole:data"])


def test_a_new_term_is_the_pages_that_hold_its_word(site: Site) -> None:
    site.world.data[TERMS].append({"id": "tea", "title": "喝茶", "definition": "坐下来谈。"})
    cost = site.build()
    assert cost.of("page") == {"term:tea", "activity:tea"}
    # How many there are of each kind is one fact.
    expect(cost, written=11, in_vain=["home", "not-found"])


def test_a_longer_term_is_found_where_a_shorter_one_is_linked(site: Site) -> None:
    site.world.data[TERMS].append({"id": "cared", "title": "优抚对象", "definition": "受优抚的人。"})
    assert site.build().of("page") == {"term:cared", "activity:tea"}
    site.world.data[TERMS].pop()
    assert site.build().of("page") == {"activity:tea"}


def test_other_code_makes_everything_anew(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.build.known_program", lambda _memory: "other code")
    cost = site.build()
    assert cost.rendered == site.units()
    assert cost.changed == 0
    assert cost.work.written == cost.built.files
    assert cost.work.parsed == cost.work.opened == len(site.world.files())


def test_a_template_is_part_of_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.store.digests.package_folder", lambda _: str(tmp_path))
    template = tmp_path / "templates" / "story.html"
    template.parent.mkdir()
    template.write_text("old")
    old = code_digest.__wrapped__("generator")
    template.write_text("new")
    assert code_digest.__wrapped__("generator") != old


def test_a_region_is_all_that_tells_where_it_lies(site: Site) -> None:
    site.world.data["content/region/county.yml"][0]["title"] = "新寿县"
    cost = site.build()
    within = {
        "figure:part-b",
        "organization:station",
        "person:zhang",
        "service:jobs",
        "story:second",
        "region:shouxian",
    }
    assert cost.of("data") - within == {"initiative:warm", "person:tao"}
    assert {name for name in cost.of("page") if f"page:{name}" in cost.touched} == {
        *within, "region:huainan", "source:report"
    }  # fmt: skip
    # They show a card from there without saying where it is from.
    vain = cost.rendered - cost.touched
    assert {name.partition(":")[0] for name in vain} == {"page", "data", "list"}
    expect(cost, written=32, in_vain=vain)
    assert len(vain) == 22, sorted(vain)


def test_a_number_is_where_it_is_told(site: Site) -> None:
    figures = site.world.data["content/figure/all.yml"]
    figures[1] |= {"value": 4, "as_written": "4人"}
    figures[0] |= {"value": 7, "as_written": "7人"}
    cost = site.build()
    assert cost.of("data") == {"figure:part-a", "figure:total", "story:first"}
    assert cost.of("page") == {
        "figure:part-a", "figure:part-b", "figure:total", "story:first", "activity:tea", "lecture:talk",
        "region:huainan", "source:report",
    }  # fmt: skip
    expect(cost, written=17, in_vain=["page:source:report", "whole:data"])


def test_a_photograph_is_where_it_is_shown(site: Site) -> None:
    site.world.raw[PHOTO] = PHOTOGRAPHS[1]
    cost = site.build()
    assert cost.of("page") == {"person:hu", "story:first", "story:third", "place:park", "region:qujing"}
    expect(cost, written=12, in_vain=WHOLES)


def test_a_policy_that_supersedes_another_is_on_both_pages(site: Site) -> None:
    site.world.data["policies/new.md"]["supersedes"] = ["old"]
    cost = site.build()
    assert cost.of("page") == {"policy:new", "policy:old", "region:huainan", "initiative:warm", "source:report"}
    vain = ["page:initiative:warm", "page:source:report", "whole:site", "whole:data"]
    expect(cost, written=15, in_vain=vain)


def test_a_comment_changes_no_page(site: Site) -> None:
    site.world.notes |= {"content/person/hu.yml": 1, "stories/first.md": 1}
    cost = site.build()
    assert cost.opened == cost.parsed == ("content/person/hu.yml", "stories/first.md")
    assert cost.work == Work(opened=2, parsed=2)
    site.world.notes["site_config.yml"] = 1
    expect(site.build(), written=0, in_vain=WHOLES)


def test_the_title_of_the_site_is_on_every_page(site: Site) -> None:
    site.world.data[CONFIG]["title"] = "换名站"
    cost = site.build()
    assert cost.rendered == site.units() - {"assets"} - {name for name in site.units() if name.startswith("part:")}
    assert {name for name in cost.touched if name.startswith("page:")} == {
        name for name in site.units() if name.startswith("page:")
    }
    # The address of the site, which the data tell, is a part of the same fact.
    expect(cost, written=112, in_vain=["whole:site", *(name for name in site.units() if name.startswith("data:"))])


def test_an_example_of_a_search_is_on_two_pages(site: Site) -> None:
    site.world.data[CONFIG]["home"]["search_examples"] = ["茶会"]
    cost = site.build()
    assert cost.touched == {"home", "search"}
    expect(cost, written=2, in_vain=WHOLES)


def test_a_draft_changes_no_page(site: Site) -> None:
    site.world.data["stories/draft.md"] = _daily(9) | {"status": "draft"}
    expect(site.build(), written=0, in_vain=WHOLES)
    site.story("draft")["body"] = "改过的草稿。"
    assert site.build().work == Work(opened=1, parsed=1)
    site.story("draft")["title"] = "改过的标题"
    expect(site.build(), written=0, in_vain=WHOLES)


def test_a_file_that_was_broken_and_is_as_it_was_changes_no_page(site: Site) -> None:
    site.world.raw["stories/first.md"] = b"title\n"
    broken = site.build()
    assert (broken.built.site, broken.changed, broken.touched) == (None, 0, frozenset())
    again = site.build()
    assert again.opened == again.parsed == (), "what is wrong is remembered"
    assert again.built.diagnostics == broken.built.diagnostics
    del site.world.raw["stories/first.md"]
    cost = site.build()
    assert cost.parsed.count("stories/first.md") == 1
    expect(cost, written=0, in_vain=WHOLES)


def test_another_day_is_what_no_longer_holds(site: Site) -> None:
    site.world.day = date(2026, 11, 23)
    expect(site.build(), written=0, in_vain=WHOLES)
    site.world.day = date(2026, 12, 2)
    cost = site.build()
    assert "policy:old" in cost.of("page")
    assert cost.of("data") == {"policy:old"}
    # The pages that name the policy show its card without its status.
    names_it = ["page:initiative:warm", "page:policy:new", "page:source:report"]
    expect(cost, written=13, in_vain=[*names_it, "whole:site", "whole:data"])


def test_a_changed_text_does_not_make_the_program_forget_the_theme(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.publishing.PARTS", PARTS)
    site.story()["body"] += "\n\n又一段正文。"
    site.build()
    monkeypatch.setattr("generator.render.plan.render_shells", lambda _: pytest.fail("the theme was hosted again"))
    site.story()["title"] = "另一个标题"
    assert site.build().built.site


_LOADED = """
import sys
from datetime import date
from pathlib import Path
from generator.build import build
root = Path(sys.argv[1])
built = build(root, root / "build", today=date(2026, 11, 22), only=("site", "data"))
print(len(built.work.rendered), *sys.modules)
"""


def test_runs_with_little_to_do_load_little(site: Site) -> None:
    none = _loaded(site.root)
    assert none[0] == "0"
    assert not {"mkdocs", "typst", "PIL", "yaml", "jinja2", "pydantic", "comrak", "generator.model"} & {*none}
    site.story()["body"] += "\n\n又一段正文。"
    Disk(site.root).write(site.world)
    one = _loaded(site.root)
    assert one[0] == "4"
    assert not {"mkdocs", "typst", "PIL", "yaml", "markdown", "concurrent.futures.process"} & {*one}


def _loaded(root: Path) -> list[str]:
    run = subprocess.run([sys.executable, "-c", _LOADED, str(root)], capture_output=True, text=True, check=True)
    return run.stdout.split()
