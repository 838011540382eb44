"""The brochures of the sample, read back by readers that know nothing of how they were made."""

from __future__ import annotations

import hashlib
import html
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from brochures import render_brochures

from generator.check import load_project
from generator.derive import Derived, derive
from generator.model import Person, Story
from tests.conftest import ROOT, TODAY, library_of

TRIM_PT = (595.276, 807.874)
"""210 × 285 mm."""
TEXT_FOOT_PT = 748.5
"""Where the 40 lines of a page end; below it stands only the folio."""
LINE_PT = 17
NOT_AT_START = "，。；：？！、）》”’"
NOT_AT_END = "（《“‘"


@dataclass(frozen=True)
class Line:
    """A line of text as poppler sees it."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


@pytest.fixture(scope="module")
def pdf(built_site: Path) -> Path:
    """The book about all five regions."""
    return built_site / "brochures" / "rongguang.pdf"


@pytest.fixture(scope="module")
def derived() -> Derived:
    library = load_project(ROOT, today=TODAY).value
    assert library is not None
    return derive(library, today=TODAY)


@pytest.fixture(scope="module")
def lines(pdf: Path) -> list[Line]:
    return list(read_lines(poppler("pdftotext", "-bbox-layout", str(pdf), "-")))


@pytest.fixture(scope="module")
def texts(pdf: Path) -> list[str]:
    """The words of each page without spaces and joiners."""
    pages = poppler("pdftotext", "-raw", str(pdf), "-").split("\f")
    return [re.sub(r"[\s\u2060]", "", page) for page in pages[:-1]]


def poppler(tool: str, *arguments: str) -> str:
    found = shutil.which(tool)
    assert found, f"no {tool}: run tools/require-test-tools"
    return subprocess.run([found, *arguments], check=True, capture_output=True, text=True).stdout


def read_lines(boxes: str) -> Iterator[Line]:
    for number, page in enumerate(boxes.split("<page ")[1:], 1):
        for box in re.findall(r"<line (.*?)</line>", page, re.DOTALL):
            edges = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"', box)
            assert edges is not None
            left, top, right, bottom = map(float, edges.groups())
            words = re.findall(r">([^<]*)</word>", box)
            yield Line(number, left, top, right, bottom, html.unescape("".join(words)).replace("\u2060", ""))


def outline(pdf: Path) -> dict[str, tuple[int, float]]:
    """Title to page number from 1 and height above the page's foot."""
    with pikepdf.open(pdf) as book:
        numbers = {page.objgen: number for number, page in enumerate(book.pages, 1)}

        def walk(items: list[pikepdf.OutlineItem]) -> Iterator[tuple[str, tuple[int, float]]]:
            for item in items:
                target = item.destination if item.destination is not None else item.action.D
                assert isinstance(target, pikepdf.Array)
                yield item.title, (numbers[target[0].objgen], float(target[3]))
                yield from walk(item.children)

        with book.open_outline() as tree:
            return dict(walk(list(tree.root)))


def test_every_page_has_the_trim_size(pdf: Path) -> None:
    with pikepdf.open(pdf) as book:
        assert len(book.pages) >= 40
        for page in book.pages:
            assert [float(edge) for edge in page.mediabox[2:]] == pytest.approx(TRIM_PT, abs=0.01)


def test_the_file_is_tagged_titled_and_in_chinese(pdf: Path) -> None:
    with pikepdf.open(pdf) as book:
        assert book.Root.MarkInfo.Marked
        assert str(book.Root.Lang) == "zh-CN"
        assert str(book.docinfo.Title) == "荣光志"
        assert "/StructTreeRoot" in book.Root
        with book.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"


def test_all_fonts_are_embedded_subsets(pdf: Path) -> None:
    rows = poppler("pdffonts", str(pdf)).splitlines()[2:]
    assert rows
    for row in rows:
        assert "Type 3" not in row
        assert re.search(r"Identity-H +yes yes yes", row), row


def test_bookmarks_and_contents_lead_to_every_story(pdf: Path, derived: Derived, texts: list[str]) -> None:
    marks = outline(pdf)
    contents = texts[marks["目录"][0] - 1]
    for story in derived.published(Story):
        page, _ = marks[story.title]
        title = story.title.replace(" ", "")
        assert title in texts[page - 1]
        assert f"{title}{page}" in contents


def test_no_text_is_lost_between_columns_and_pages(derived: Derived, texts: list[str]) -> None:
    whole = "".join(texts)
    for story in derived.published(Story):
        plain = [part for part in (story.body or "").split("\n\n") if part and not re.search(r"[\[{#|*>-]", part)]
        for paragraph in plain:
            assert paragraph[-12:].replace(" ", "") in whole, f"{story.id}: {paragraph}"


def test_nothing_runs_below_the_text_area_or_over_the_edge(lines: list[Line]) -> None:
    with_folio = {line.page for line in lines if line.bottom > TEXT_FOOT_PT and re.fullmatch(r"\d+", line.text)}
    for line in (line for line in lines if line.page in with_folio):
        assert line.right < TRIM_PT[0] - 40, line
        assert line.bottom < TEXT_FOOT_PT or line.text == str(line.page), line


def test_no_heading_at_a_pages_foot(pdf: Path) -> None:
    foot = TRIM_PT[1] - TEXT_FOOT_PT
    for title, (_, height) in outline(pdf).items():
        assert height > foot + 4 * LINE_PT, title


def test_punctuation_keeps_to_its_side_of_the_line(lines: list[Line]) -> None:
    for line in lines:
        goes_on = any(
            other.page == line.page and abs(other.bottom - line.bottom) < 4 and abs(other.right - line.left) < 9
            for other in lines
        )
        assert goes_on or line.text[:1] not in NOT_AT_START, line
        assert line.text[-1:] not in NOT_AT_END, line


def test_names_are_not_broken_across_lines(derived: Derived, lines: list[Line]) -> None:
    names = {person.shown_name for person in derived.published(Person) if 3 <= len(person.shown_name) <= 4}
    ends = {name[:cut]: name[cut:] for name in names for cut in range(1, len(name))}
    for line, after in pairwise(lines):
        for end, start in ends.items():
            broken = line.text.endswith(end) and after.text.startswith(start) and after.top > line.top + 4
            assert not broken, (line, after)


def test_no_page_is_empty_or_nearly_so(pdf: Path) -> None:
    """Text and drawings cover some part of every page; pages are looked at as small grey pictures."""
    found = shutil.which("pdftoppm")
    assert found
    pictures = subprocess.run([found, "-r", "12", "-gray", str(pdf)], check=True, capture_output=True).stdout
    pages = re.findall(rb"P5\n(\d+) (\d+)\n255\n", pictures)
    width, height = map(int, pages[0])
    size = width * height
    head = len(b"P5\n%d %d\n255\n" % (width, height))
    for number in range(len(pages)):
        start = number * (head + size) + head
        grey = sum(value < 250 for value in pictures[start : start + size])
        assert grey > 0.04 * size, f"page {number + 1}"


def test_the_index_tells_the_pages_that_name_a_person(texts: list[str], pdf: Path) -> None:
    start = outline(pdf)["人名、地名与机构索引"][0]
    index = "".join(texts[start - 1 : start + 1])
    entry = re.search(r"邸维山((?:\d+[，—]?)+)", index)
    assert entry is not None
    pages = [int(number) for number in re.findall(r"\d+", entry[1])]
    assert pages
    assert all("邸维山" in texts[page - 1] for page in pages)


def test_every_story_leads_to_its_page_on_the_site(pdf: Path, derived: Derived) -> None:
    with pikepdf.open(pdf) as book:
        links = {
            str(note.A.URI)
            for page in book.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        }
    for story in derived.published(Story):
        assert f"{derived.config.url}stories/{story.id}/" in links


def test_another_machine_makes_the_same_bytes(built_site: Path, tmp_path: Path) -> None:
    """Other folder, time zone, locale and hash seed."""
    program = (
        "import sys, datetime, pathlib; from generator.check import load_project; from generator.derive import derive;"
        "from brochures import render_brochures; today = datetime.date(2026, 11, 22);"
        "library = load_project(pathlib.Path(sys.argv[1]), today=today).value;"
        "made = render_brochures(derive(library, today=today)).value;"
        "import hashlib; print({a.path: hashlib.sha256(a.data).hexdigest() for a in made})"
    )
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copytree(ROOT / "stories", tmp_path / "stories")
    shutil.copytree(ROOT / "policies", tmp_path / "policies")
    shutil.copy(ROOT / "site_config.yml", tmp_path)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}",
        "TZ": "Pacific/Chatham",
        "LC_ALL": "C",
        "PYTHONHASHSEED": "11",
        "TMPDIR": str(temporary),
    }
    run = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)],
        check=True,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
    )
    made = sorted((built_site / "brochures").glob("*.pdf"))
    digests = {f"brochures/{path.name}": hashlib.sha256(path.read_bytes()).hexdigest() for path in made}
    assert run.stdout.strip() == str(digests)


def test_a_paragraph_longer_than_a_page_is_printed_whole(tmp_path: Path) -> None:
    sentence = "这是一段没有分段的长文字。"
    config = (
        "title: 试验站\ndescription: 只为试验。\nsample: true\nregions:\n  - huainan\n"
        "brochures:\n  - id: book\n    title: 试印\n    chapters:\n      - region: huainan\n"
    )
    story = f"---\ntitle: 长文\nregion: huainan\nsources:\n  - report\n---\n\n{sentence * 300}\n\n短。\n"
    library = library_of({"site_config.yml": config, "stories/long.md": story})
    [made] = render_brochures(derive(library, today=TODAY)).value
    (tmp_path / "book.pdf").write_bytes(made.data)
    printed = re.sub(r"\s", "", poppler("pdftotext", "-raw", str(tmp_path / "book.pdf"), "-"))
    assert len(re.findall("没有分段的长", printed)) >= 290
