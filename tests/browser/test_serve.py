"""The preview in a real browser: it follows the files, and lists what is wrong without losing the page."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from queue import Queue

import pytest
from conftest import TODAY
from playwright.sync_api import Page, expect

from generator.serve import serve

pytest_plugins = ("reading",)

STORY = "---\ntitle: 一件小事\nregion: huainan\nsources:\n  - report\n---\n正文。\n"


@pytest.fixture
def preview(project: Callable[[Mapping[str, str]], Path]) -> Iterator[tuple[Path, str]]:
    """A project being served, and its address."""
    root = project({"stories/a.md": STORY})
    stop, addresses = threading.Event(), Queue[str]()
    thread = threading.Thread(
        target=serve,
        args=(root,),
        kwargs={
            "port": 0,
            "today": lambda: TODAY,
            "language": "zh",
            "announce": addresses.put,
            "rebuilt": lambda _built: None,
            "stop": stop,
        },
    )
    thread.start()
    yield root, addresses.get(timeout=60)
    stop.set()
    thread.join(timeout=30)
    assert not thread.is_alive()


def test_the_page_follows_the_file_and_shows_what_is_wrong(preview: tuple[Path, str], page: Page) -> None:
    root, address = preview
    story = root / "stories" / "a.md"
    page.goto(f"{address}stories/a/")
    expect(page.locator("h1")).to_have_text("一件小事")
    story.write_text(STORY.replace("一件小事", "一件大事"), encoding="utf-8")
    expect(page.locator("h1")).to_have_text("一件大事", timeout=30_000)
    story.write_text(STORY.replace("region: huainan", "regoin: huainan"), encoding="utf-8")
    panel = page.get_by_role("status", name="内容检查")
    expect(panel).to_contain_text("stories/a.md:3:1", timeout=30_000)
    expect(panel).to_contain_text("region")
    expect(page.locator("h1")).to_have_text("一件大事")
    story.write_text(STORY.replace("一件小事", "一件好事"), encoding="utf-8")
    expect(page.locator("h1")).to_have_text("一件好事", timeout=30_000)
    expect(panel).to_have_count(0)


def test_what_is_saved_during_the_first_build_is_not_missed(project: Callable[[Mapping[str, str]], Path]) -> None:
    root = project({"stories/a.md": STORY})
    stop, builds = threading.Event(), list[str]()

    def rebuilt(_built: object) -> None:
        page = root / ".rongguang" / "preview" / "site" / "stories" / "a" / "index.html"
        builds.append("大事" if "一件大事" in page.read_text("utf-8") else "小事")
        if len(builds) == 1:
            (root / "stories" / "a.md").write_text(STORY.replace("小事", "大事"), encoding="utf-8")
        else:
            stop.set()

    timeout = threading.Timer(30, stop.set)
    timeout.start()
    serve(root, port=0, today=lambda: TODAY, language="zh", announce=lambda _url: None, rebuilt=rebuilt, stop=stop)
    timeout.cancel()
    assert builds == ["小事", "大事"]
