"""What readers do: without scripts, with a keyboard, with other sizes and colours, searching, printing, from a disk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page

if TYPE_CHECKING:
    from reading import Reader

pytest_plugins = ("reading",)
MakeReader = Callable[..., "Reader"]

LEAD_STORY = "stories/huainan-di-weishan/"


def test_everything_is_reachable_without_scripts(reader: MakeReader) -> None:
    visit = reader(390, java_script_enabled=False)
    page = visit.open("")
    page.locator("details.menu > summary").click()
    page.locator("details.menu nav a").first.click()
    assert page.locator(".facets a").count() > 1
    page.locator(".card__title a").first.click()
    page.locator("article h1").wait_for()
    assert page.locator("article h1").count() == 1
    assert page.locator(".evidence").count() == 1
    visit.open("search/")
    assert page.locator("[data-search-browse] a").count() > 5
    assert not page.locator("details.settings").is_visible()
    assert visit.problems == []


def test_the_skip_link_is_the_first_stop_and_is_seen(reader: MakeReader) -> None:
    page = reader(390).open(LEAD_STORY)
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getBoundingClientRect().toJSON()")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert skip["top"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


@pytest.mark.parametrize("width", [320, 1280])
def test_every_tab_stop_is_on_the_screen(reader: MakeReader, width: int) -> None:
    page = reader(width).open(LEAD_STORY)
    seen = 0
    for _ in range(80):
        page.keyboard.press("Tab")
        box = page.evaluate(_FOCUSED)
        if box is None:
            break
        assert box["inside"], box
        seen += 1
    assert seen > 15


_FOCUSED = """(() => {
  if (document.activeElement === document.body) return null;
  const element = document.activeElement, box = element.getBoundingClientRect();
  return { inside: box.width > 0 && box.left >= 0 && box.right <= innerWidth + 1
                   && box.bottom > 0 && box.top < innerHeight,
           what: element.outerHTML.slice(0, 120) };
})()"""


def _root(page: Page, name: str) -> str | None:
    return page.locator("html").get_attribute(name)


def test_size_and_colours_are_kept(reader: MakeReader) -> None:
    visit = reader(1280)
    page = visit.open("")
    before = page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)")
    page.locator("details.settings > summary").click()
    page.get_by_label("特大").first.check(force=True)
    page.get_by_label("高对比").first.check(force=True)
    visit.open(LEAD_STORY)
    assert _root(page, "data-size") == "huge"
    assert _root(page, "data-theme") == "contrast"
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") > before * 1.3
    stored = page.evaluate("Object.keys(localStorage)")
    assert sorted(stored) == ["rongguang.size", "rongguang.theme"]
    assert visit.page.context.cookies() == []
    assert visit.problems == []


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize("path", ["", LEAD_STORY, "stories/", "figures/"])
def test_large_text_fits_a_small_screen(reader: MakeReader, theme: str, path: str) -> None:
    visit = reader(320)
    visit.page.add_init_script(
        f"localStorage.setItem('rongguang.size', 'huge'); localStorage.setItem('rongguang.theme', '{theme}')"
    )
    visit.open(path)
    assert _root(visit.page, "data-size") == "huge"
    assert visit.sideways() <= 0
    assert visit.problems == []


@pytest.mark.parametrize(("query", "expected"), [("邸维山", "邸维山"), ("兵支书", "兵支书"), ("优待证", "优待证")])
def test_search_finds(reader: MakeReader, query: str, expected: str) -> None:
    visit = reader(390)
    page = visit.open("")
    page.get_by_role("searchbox").fill(query)
    page.keyboard.press("Enter")
    page.locator(".result").first.wait_for()
    assert expected in page.locator(".result").first.inner_text()
    page.locator(".result a").first.click()
    assert page.locator("h1").count() == 1
    assert visit.problems == []


def test_search_says_when_there_is_nothing(reader: MakeReader) -> None:
    page = reader().open("search/?q=qqqqzzzz")
    page.locator("[data-search-told]").filter(has_text="没有找到").wait_for()


def test_eligibility_is_answered_on_the_page(reader: MakeReader, built_site: Path) -> None:
    policy = next(
        path
        for path in sorted((built_site / "policies").glob("*/index.html"))
        if "data-eligibility" in path.read_text()
    )
    visit = reader(390)
    page = visit.open(f"policies/{policy.parent.name}/")
    for question in page.locator("[data-eligibility] li").all():
        question.get_by_text("是", exact=True).click()
    assert "可以申请" in page.locator("[data-verdict]").inner_text()
    page.locator("[data-eligibility] li").first.get_by_text("否", exact=True).click()
    assert "不符合" in page.locator("[data-verdict]").inner_text()
    assert visit.problems == []


def test_printing_leaves_the_frame_out(reader: MakeReader) -> None:
    page = reader().open(LEAD_STORY)
    page.emulate_media(media="print")
    assert not page.locator("header.top").is_visible()
    assert not page.locator("footer.foot").is_visible()
    assert page.locator(".print-end").is_visible()
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_the_site_opens_from_a_disk(browser: Browser, built_site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto((built_site / "index.html").resolve().as_uri())
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 248, 242)"
    page.locator(".door h2 a").first.click()
    assert page.locator("h1").inner_text() == "人物事迹"
    page.locator(".card__title a").first.click()
    page.locator("article h1").wait_for()
    assert page.locator("article h1").count() == 1
    context.close()


def test_the_search_works_from_a_disk(browser: Browser, built_site: Path) -> None:
    context = browser.new_context()
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.goto((built_site / "index.html").resolve().as_uri())
    page.locator("main form.search input").fill("茶会")
    page.keyboard.press("Enter")
    page.locator(".result a").first.click()
    page.locator("article h1").wait_for()
    assert "/search/" not in page.url
    assert problems == []
    context.close()
