"""The theme shells: byte-equal to what MkDocs renders, and free of what the content policy forbids."""

from __future__ import annotations

import re
from functools import cache
from html import escape

import pytest
from conftest import TODAY, library_of
from in_memory import site_of

from generator.derive import derive
from generator.render.site.assets import theme_assets
from generator.render.site.host import Frame, Host, Link, LinkGroup, render_shells, shell_key
from generator.render.site.page import Page
from generator.render.site.shell import Shells, Slots
from generator.values import replace

FRAME = Frame(
    title="荣光 & 同行",
    url="https://example.test/sub/",
    description="一句话简介",
    subtitle="副题",
    seal="荣光",
    notice="示例站",
    doors=(Link("stories/", "人物事迹", "stories"), Link("routes/", "荣光路线", "routes")),
    footer=(LinkGroup("浏览", (Link("people/", "人物"),)),),
)
CONTENTS = (
    Slots("标题", "描述", "https://example.test/sub/", "", "<article><h1>标题</h1></article>", "page--home"),
    Slots(
        '引号 " 与 <尖括号>',
        "a & b",
        "https://example.test/x/",
        "<meta name='x'>",
        "<p>{{ 不是模板 }}</p>\n<pre>  x\n</pre>",
        "a b",
    ),
)
PLACES = (("", 0), ("stories", 1), ("stories", 2), ("routes", 3), ("", 6))


@cache
def shells() -> Shells:
    return render_shells(FRAME)


@cache
def host() -> Host:
    return Host(FRAME)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("slots", CONTENTS)
def test_a_filled_shell_is_what_mkdocs_renders(place: tuple[str, int], slots: Slots) -> None:
    section, depth = place
    filled = (
        shells()
        .at(section, depth)
        .fill(
            title=slots.title,
            description=slots.description,
            canonical=slots.canonical,
            head=slots.head,
            content=slots.content,
            page_class=slots.page_class,
        )
    )
    words = {name: escape(getattr(slots, name)) for name in ("title", "description", "canonical", "page_class")}
    assert filled.decode() == host().page(section, depth, replace(slots, **words))


def test_shells_survive_json() -> None:
    assert Shells.from_json(shells().to_json()) == shells()


def test_the_key_follows_the_frame() -> None:
    assert shell_key(FRAME) != shell_key(Frame(title="别处", url=FRAME.url, description=""))
    assert shell_key(FRAME) == shells().key


def test_no_inline_script_style_or_foreign_address() -> None:
    page = "".join(shells().at("stories", 2).parts)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=", page)
    addresses = re.findall(r'(?:src|href|action)="([^"]*)"', page)
    assert not [address for address in addresses if re.match(r"[a-z]+:|//", address)]


def test_the_skip_link_comes_first() -> None:
    body = "".join(shells().at("", 0).parts).partition("<body")[2]
    first_link = re.search(r"<a [^>]*>", body)
    assert first_link is not None
    assert 'href="#main"' in first_link[0]


def test_the_error_page_has_absolute_addresses() -> None:
    page = "".join(shells().at("", 0).rooted("/sub/").parts)
    addresses = re.findall(r'(?:src|href|action)="([^"]+)"', page)
    assert addresses
    assert all(address.startswith(("/sub/", "#")) for address in addresses if "canonical" not in address)


def test_assets_are_small_and_self_contained() -> None:
    files = {artifact.path: artifact.data for artifact in theme_assets()}
    (style,) = [data.decode() for path, data in files.items() if path.endswith(".css")]
    assert "url(" not in style
    assert len(style) < 80_000
    scripts = [data for path, data in files.items() if path.endswith(".js")]
    assert sum(map(len, scripts)) < 12_000


@pytest.mark.parametrize(
    ("target", "depth", "expected"), [("", 0, "./"), ("", 2, "../../"), ("a/b/", 1, "../a/b/"), ("a/", 0, "a/")]
)
def test_relative_addresses(target: str, depth: int, expected: str) -> None:
    site = site_of(derive(library_of({}), today=TODAY))
    assert Page(site, "x/" * depth).href(target) == expected
