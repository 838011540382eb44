"""Every kind of page in Chromium: nothing breaks, nothing leaves the site, nothing runs out of the screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import TODAY
from PIL import Image
from playwright.sync_api import Page

from generator.build import build
from generator.model import MODELS

if TYPE_CHECKING:
    from reading import Reader

pytest_plugins = ("reading",)
MakeReader = Callable[..., "Reader"]

WIDTHS = (320, 390, 1440)
OWN_PAGES = ("", "search/", "data/", "about/")
SECTIONS = tuple(model.plural for model in MODELS.values())


def first_page(site: Path, section: str) -> str:
    """The first record of a section, by id."""
    folders = sorted(folder.name for folder in (site / section).iterdir() if folder.is_dir())
    return f"{section}/{next(name for name in folders if name not in {'by', 'page'})}/"


def first_facet(site: Path, section: str) -> str:
    return f"{next((site / section / 'by').glob('*/*')).relative_to(site).as_posix()}/"


def is_sound(visit: Reader, path: str) -> None:
    for width in WIDTHS:
        visit.page.set_viewport_size({"width": width, "height": 900})
        visit.open(path)
        assert visit.sideways() <= 0, f"{path} scrolls sideways at {width} px"
    page = visit.page
    assert page.locator("h1").count() == 1, path
    assert (
        page.locator("header.top").count() == page.locator("main").count() == page.locator("footer.foot").count() == 1
    )
    assert page.locator("html").get_attribute("lang") == "zh-CN"
    assert visit.problems == []


@pytest.mark.parametrize("path", OWN_PAGES)
def test_the_sites_own_pages(reader: MakeReader, path: str) -> None:
    is_sound(reader(), path)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_list_and_a_record_of_every_kind(reader: MakeReader, built_site: Path, section: str) -> None:
    visit = reader()
    is_sound(visit, f"{section}/")
    is_sound(visit, first_page(built_site, section))


@pytest.mark.parametrize("section", ["stories", "policies", "lessons"])
def test_a_list_with_a_facet_chosen(reader: MakeReader, built_site: Path, section: str) -> None:
    visit = reader()
    is_sound(visit, first_facet(built_site, section))
    assert visit.page.locator('.facets [aria-current="true"]').count() == 1
    visit.page.locator(".chosen").click()
    assert visit.page.url.endswith(f"/{section}/")


@pytest.mark.parametrize("section", ["stories", "routes", "policies", "lessons"])
def test_dark_pages_are_dark(reader: MakeReader, built_site: Path, section: str) -> None:
    visit = reader(color_scheme="dark")
    is_sound(visit, first_page(built_site, section))
    assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 17, 15)"


def test_the_error_page_works_at_any_depth(reader: MakeReader, built_site: Path) -> None:
    text = (built_site / "404.html").read_text("utf-8")
    assert "../" not in text
    assert text.count("<h1>") == 1
    assert reader().open("404.html").locator("h1").inner_text()


def test_every_page_forbids_what_it_does_not_need(built_site: Path) -> None:
    for path in sorted(built_site.rglob("*.html"))[::25]:
        text = path.read_text("utf-8")
        if 'http-equiv="refresh"' in text:
            continue
        assert "default-src 'none'" in text, path
        assert " style=" not in text, path
        assert "<script>" not in text, path


PHOTOGRAPH = "alt: 一块石碑\ncredit: 张三\ncaption: 石碑立在码头东侧。\n"
STORY = "---\ntitle: 一块石碑\nregion: huainan\ncover: stele.jpg\nsources:\n  - report\n---\n从前有一块石碑。\n"


@pytest.mark.parametrize("size", [(600, 1200), (1200, 600)])
def test_a_photograph_on_the_cover_is_whole_and_its_credit_stands_clear(
    page: Page, project: Callable[[Mapping[str, str]], Path], size: tuple[int, int]
) -> None:
    root = project({"stories/a.md": STORY, "content/media/stele.jpg.yml": PHOTOGRAPH})
    Image.new("RGB", size, "#336699").save(root / "content" / "media" / "stele.jpg")
    site = build(root, root / "build", today=TODAY, only=("site", "images")).site
    assert site is not None
    page.goto((site / "stories" / "a" / "index.html").resolve().as_uri())
    cover = page.locator(".photo--cover img")
    box, credit, text = (
        page.locator(which).bounding_box() for which in (".photo--cover img", ".photo--cover figcaption", ".prose p")
    )
    assert box
    assert credit
    assert text
    assert cover.evaluate("image => getComputedStyle(image).objectFit") == "contain"
    assert box["height"] <= 720
    assert text["y"] - credit["y"] - credit["height"] >= 16
    assert page.locator(".art--mirrored").count() == 0
