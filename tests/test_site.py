"""The built sample site, read back from the disk: links, weights, what every page owes its readers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

import pytest
from conftest import TODAY

from generator.build import build

_ADDRESS = re.compile(r'\b(?:href|src|action|data-search-index)="([^"]*)"')
_SRCSET = re.compile(r'\bsrcset="([^"]*)"')
_ELSEWHERE = re.compile(r"[a-z]+:|//|#|$")


@pytest.fixture(scope="module")
def pages(built_site: Path) -> dict[Path, str]:
    return {path: path.read_text("utf-8") for path in sorted(built_site.rglob("*.html")) if path.name != "404.html"}


def addresses(text: str) -> Iterator[str]:
    yield from _ADDRESS.findall(text)
    for candidates in _SRCSET.findall(text):
        yield from (candidate.split()[0] for candidate in candidates.split(","))


def test_every_address_leads_to_a_file(built_site: Path, pages: dict[Path, str]) -> None:
    root = built_site.resolve()
    known: dict[Path, bool] = {}
    broken = set()
    for page, text in pages.items():
        for address in set(addresses(text)):
            if _ELSEWHERE.match(address):
                continue
            target = Path(unquote(re.split(r"[?#]", address)[0]))
            aimed = (page.parent / target / ("index.html" if address.split("?")[0].endswith("/") else "")).resolve()
            if aimed not in known:
                known[aimed] = aimed.is_file() and aimed.is_relative_to(root)
            if not known[aimed]:
                broken.add((page.relative_to(built_site).as_posix(), address))
    assert sorted(broken)[:20] == []


def test_the_smallest_site_has_no_dead_address_either(
    project: Callable[[Mapping[str, str]], Path], tmp_path: Path
) -> None:
    built = build(project({}), tmp_path / "build", today=TODAY, only=("site", "images", "data"))
    assert built.site is not None
    texts = {path: path.read_text("utf-8") for path in built.site.rglob("*.html") if path.name != "404.html"}
    test_every_address_leads_to_a_file(built.site, texts)


def test_a_site_with_data_in_parts_has_no_dead_address_either(
    project: Callable[[Mapping[str, str]], Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.derive.parts.MOST_IN_A_PART", 10)
    story = "---\ntitle: 一件小事\nregion: huainan\nsources:\n  - report\n---\n正文。\n"
    stories = {f"stories/s{number}.md": story for number in range(40)}
    built = build(project(stories), tmp_path / "build", today=TODAY, only=("site", "images", "data"))
    assert isinstance(built.site, Path)
    texts = {path: path.read_text("utf-8") for path in built.site.rglob("*.html") if path.name != "404.html"}
    assert "stories-4.csv" in texts[built.site / "data" / "index.html"]
    test_every_address_leads_to_a_file(built.site, texts)


def test_tags_that_resemble_each_other_have_pages_of_their_own(
    project: Callable[[Mapping[str, str]], Path], tmp_path: Path
) -> None:
    tags = ("就业/创业", "就业-创业", ".", "..", "AbC", "abc", "拥军")
    story = "---\ntitle: 第{0}篇\nregion: huainan\nsources:\n  - report\ntags:\n  - '{1}'\n---\n正文。\n"
    stories = {f"stories/s{place}.md": story.format("一二三四五六七"[place], tag) for place, tag in enumerate(tags)}
    built = build(project(stories), tmp_path / "build", today=TODAY, only=("site", "images", "data"))
    assert built.site is not None, [found.code for found in built.diagnostics]
    folders = [folder.name for folder in (built.site / "stories" / "by" / "theme").iterdir()]
    assert len({name.casefold() for name in folders}) == len(tags)
    assert "拥军" in folders
    texts = {path: path.read_text("utf-8") for path in built.site.rglob("*.html") if path.name != "404.html"}
    test_every_address_leads_to_a_file(built.site, texts)


def test_honours_are_narrowed_by_level_and_type_and_sources_by_publisher(
    project: Callable[[Mapping[str, str]], Path], tmp_path: Path
) -> None:
    honour = "title: {}\ntype: {}\nlevel: {}\nsources:\n  - report\n"
    files = {
        "content/honour/a.yml": honour.format("荣誉甲", "title", "national"),
        "content/honour/b.yml": honour.format("荣誉乙", "collective", "city"),
        "content/source/law.yml": "title: 一部法律\npublisher: 试验机关\npublished: 2023-04-26\n",
    }
    built = build(project(files), tmp_path / "build", today=TODAY, only=("site", "images", "data"))
    assert built.site is not None, [found.code for found in built.diagnostics]
    narrowed = (built.site / "honours" / "by" / "level" / "市级" / "index.html").read_text("utf-8")
    assert "荣誉乙" in narrowed
    assert "荣誉甲" not in narrowed
    assert 'aria-current="true"' in narrowed
    assert (built.site / "honours" / "by" / "type" / "集体荣誉" / "index.html").is_file()
    law = (built.site / "sources" / "by" / "publisher" / "试验机关" / "index.html").read_text("utf-8")
    assert "一部法律" in law
    assert "一篇报道" not in law


def test_every_fragment_leads_to_an_id(pages: dict[Path, str]) -> None:
    for page, text in pages.items():
        ids = set(re.findall(r'\bid="([^"]*)"', text))
        assert {target for target in re.findall(r'href="#([^"]+)"', text) if unquote(target) not in ids} == set(), page


def test_every_page_has_what_readers_and_machines_look_for(pages: dict[Path, str]) -> None:
    for page, text in pages.items():
        if 'http-equiv="refresh"' in text:
            continue
        assert text.count("<h1") == 1, page
        assert text.count("<main") == 1, page
        for needed in ("<title>", 'name="description" content="', 'rel="canonical"', 'property="og:image"'):
            assert text.count(needed) == 1, (page, needed)
        assert 'content=""' not in text, page


def test_ids_are_unique_on_every_page(pages: dict[Path, str]) -> None:
    for page, text in pages.items():
        ids = re.findall(r'\bid="([^"]*)"', text)
        assert len(ids) == len(set(ids)), page


def test_about_half_of_the_covers_are_mirrored_and_none_changes_between_pages(pages: dict[Path, str]) -> None:
    looks: dict[str, set[str]] = {}
    for text in pages.values():
        for card in text.split('<article class="card">')[1:]:
            art, title = re.search(r'class="art ([^"]*)"', card), re.search(r'href="[./]*([^"]*)"', card)
            if art and title:
                looks.setdefault(title[1], set()).add(art[1])
    assert all(len(found) == 1 for found in looks.values())
    mirrored = sum("art--mirrored" in art for found in looks.values() for art in found)
    assert 0.3 < mirrored / len(looks) < 0.7


def test_pages_are_light(pages: dict[Path, str]) -> None:
    heavy = {page.parent.name: len(text.encode()) for page, text in pages.items() if len(text.encode()) > 120_000}
    assert heavy == {}


def test_every_record_is_four_clicks_from_the_home_page(built_site: Path, pages: dict[Path, str]) -> None:
    """By following links alone: no script, no search."""
    links = {
        page.resolve(): {
            (page.parent / unquote(address) / "index.html").resolve()
            for address in re.findall(r'href="([^"?#]*/)"', text)
            if not _ELSEWHERE.match(address)
        }
        for page, text in pages.items()
    }
    reached = {(built_site / "index.html").resolve()}
    for _ in range(4):
        reached |= {target for page in reached for target in links.get(page, ())}
    records = {page.resolve() for page in pages if len(page.relative_to(built_site).parts) == 3}
    records -= {page for page in records if page.parent.parent.name in {"data"}}
    assert sorted(str(page) for page in records - reached) == []
