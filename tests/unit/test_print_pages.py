"""Pages of small books with hard content, read back by poppler."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from brochures import render_brochures

from generator.derive import derive
from generator.render.print.appendix import index
from tests.conftest import library_of

TODAY = date(2026, 11, 22)
TRIM_WIDTH_PT = 595.276
MARGIN_PT = 40
CONFIG = (
    "title: 试验站\ndescription: 只为试验。\nsample: true\nregions:\n  - huainan\n"
    "brochures:\n  - id: book\n    title: 试印\n    chapters:\n      - region: huainan\n"
)
LONG_TITLE = "退役军人回到家乡以后把军营里学会的本领用在村里的每一件小事上" * 2 + "的一篇很长很长的题目一共有八十个字"
Printer = Callable[[Mapping[str, str]], Path]


def story(title: str, body: str = "一段。", summary: str = "几句话说清楚。") -> str:
    return f"---\ntitle: {title}\nregion: huainan\nsummary: {summary}\nsources:\n  - report\n---\n\n{body}\n"


@pytest.fixture
def printed(tmp_path: Path) -> Printer:
    def make(files: Mapping[str, str]) -> Path:
        made = render_brochures(derive(library_of({"site_config.yml": CONFIG, **files}), today=TODAY))
        assert not made.diagnostics
        (tmp_path / "book.pdf").write_bytes(made.value[0].data)
        return tmp_path / "book.pdf"

    return make


def poppler(tool: str, *arguments: str) -> str:
    found = shutil.which(tool)
    assert found, f"no {tool}: run tools/require-test-tools"
    return subprocess.run([found, *arguments], check=True, capture_output=True, text=True).stdout


def lines(pdf: Path) -> list[tuple[float, float, float, str]]:
    """Top, right and bottom edge of every line, and its words."""
    found = []
    for box in re.findall(r"<line (.*?)</line>", poppler("pdftotext", "-bbox-layout", str(pdf), "-"), re.DOTALL):
        edges = re.search(r'yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', box)
        assert edges is not None
        top, right, bottom = map(float, edges.groups())
        found.append((top, right, bottom, "".join(re.findall(r">([^<]*)</word>", box))))
    return found


def test_words_without_a_break_stay_on_the_page(printed: Printer) -> None:
    latin = "Donaudampfschifffahrtsgesellschaftskapitaen" * 2
    code = f"```\nmake {'x' * 120}\n    indented {'y' * 60} tail\n```"
    table = f"| 甲 | 乙 |\n|---|---|\n| {latin} | {latin} |"
    pdf = printed({"stories/a.md": story(latin, f"{latin}\n\n{code}\n\n{table}", summary=latin)})
    assert [line for line in lines(pdf) if line[1] > TRIM_WIDTH_PT - MARGIN_PT] == []
    text = re.sub(r"[\s\u200b]", "", poppler("pdftotext", "-raw", str(pdf), "-"))
    assert "y" * 60 + "tail" in text


def test_a_long_title_pushes_what_follows_down(printed: Printer) -> None:
    pdf = printed({"stories/a.md": story(LONG_TITLE)})
    whole = lines(pdf)
    title = [line for line in whole if line[2] - line[0] > 20 and line[3] in LONG_TITLE]
    assert sum(len(line[3]) for line in title) == len(LONG_TITLE)
    [standfirst] = [line for line in whole if line[3] == "几句话说清楚。"]
    assert standfirst[0] > title[-1][2] - 4
    beside = _grey(pdf, standfirst[0], standfirst[2])
    assert set(beside) == {255}, "the picture covers the words"
    assert min(_grey(pdf, standfirst[2], standfirst[2] + 40)) < 255, "no picture below them"


def _grey(pdf: Path, top: float, bottom: float) -> bytes:
    """A narrow upright strip near the right edge of the story's page, where its short lines do not reach."""
    page = next(
        number for number in range(1, 20) if "几句话说清楚。" in poppler("pdftotext", *_only(number), str(pdf), "-")
    )
    strip = ("-x", "500", "-y", str(int(top)), "-W", "4", "-H", str(int(bottom - top)))
    command = ("pdftoppm", "-r", "72", "-gray", *_only(page), *strip, str(pdf))
    return subprocess.run(command, check=True, capture_output=True).stdout.split(b"255\n", 1)[1]


def _only(page: int) -> tuple[str, ...]:
    return "-f", str(page), "-l", str(page)


@pytest.mark.parametrize(
    "title", ["胡梦秋和朱邦鸿：一位退役女兵，一位拥军人", "一位退役女兵回到家乡以后办起来的书屋和课堂啊", LONG_TITLE]
)
def test_no_title_ends_with_one_or_two_characters(printed: Printer, title: str) -> None:
    parts = [line[3] for line in lines(printed({"stories/a.md": story(title)})) if line[2] - line[0] > 20]
    parts = [part for part in parts if part in title]
    assert len(parts) > 1
    assert "".join(parts) == title
    assert min(map(len, parts)) > 5


def test_alerts_and_tasks_are_not_printed_as_they_are_written(printed: Printer) -> None:
    pdf = printed({"stories/a.md": story("一件事", "> [!WARNING]\n> 先打电话。\n\n- [ ] 未办\n- [x] 已办")})
    text = poppler("pdftotext", "-raw", str(pdf), "-")
    assert re.search(r"警告\n先打电话。", text)
    assert "[" not in text


def test_a_place_and_a_route_of_one_name_are_one_line_of_the_index() -> None:
    place = "title: 双拥主题路\ntype: service-point\nsources:\n  - report\n"
    route = "title: 双拥主题路\nregion: huainan\nsources:\n  - report\n"
    person = "name: 张某\nsources:\n  - report\n"
    files = {
        "content/place/road.yml": place,
        "content/route/road.yml": route,
        "content/person/zhang.yml": person,
        "content/person/zhang-2.yml": person,
    }
    groups = index(derive(library_of(files), today=TODAY))["groups"]
    entries = [(entry["name"], sorted(entry["keys"])) for group in groups for entry in group["entries"]]
    assert entries == [
        ("双拥主题路", ["place:road", "route:road"]),
        ("张某", ["person:zhang"]),
        ("张某", ["person:zhang-2"]),
    ]
