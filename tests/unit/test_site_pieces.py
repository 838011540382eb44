"""Small pieces of the site: phrases of titles, strip maps, free pages, what is kept of Material's stylesheet."""

from __future__ import annotations

import re
import unicodedata

import pytest

from generator.derive.facets import slugs_of
from generator.quantity import edition
from generator.render.site.environment import phrases
from generator.render.site.freepages import render_free_page
from generator.render.site.material_css import used_part
from generator.render.site.strip import draw_strip


@pytest.mark.parametrize(
    ("title", "parts"),
    [
        ("一个下午，一杯茶", ["一个下午，", "一杯茶"]),
        ("报到“一站式”办理", ["报到", "“一站式”", "办理"]),
        ("学《清单》，两件事", ["学", "《清单》，", "两件事"]),
    ],
)
def test_titles_break_between_phrases(title: str, parts: list[str]) -> None:
    assert re.findall(r'<span class="phrase">(.*?)</span>', str(phrases(title))) == parts


@pytest.mark.parametrize("title", ["送往重庆的324ml", "“一段长得一行放不下的引语，里面还有逗号”", "a“", "，", ""])
def test_phrases_keep_every_character(title: str) -> None:
    assert re.sub(r"<[^>]*>", "", str(phrases(title))) == title


def test_titles_are_escaped() -> None:
    assert "<b>" not in str(phrases("一，<b>二</b>"))


def test_a_strip_map_has_every_stop_in_order() -> None:
    strip = draw_strip(["甲", "乙", "丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"], [30, None, None])
    assert strip is not None
    assert [stop.x for stop in strip.wide.stops] == sorted(stop.x for stop in strip.wide.stops)
    assert strip.wide.stops[0].stay == "约30分钟"
    assert len(strip.wide.stops[2].lines) == 2
    assert strip.told.startswith("甲、乙、")


def test_one_stop_makes_no_line() -> None:
    assert draw_strip(["甲"], [None]) is None


@pytest.mark.parametrize(
    ("written", "gone"),
    [
        ("<script>alert(1)</script>", "script"),
        ('<img src="x" onerror="alert(1)">', "onerror"),
        ("[a](javascript:alert(1))", "javascript"),
        ('<p style="color:red">x</p>', "style"),
        ('<iframe src="https://example.test/"></iframe>', "iframe"),
    ],
)
def test_free_pages_are_sanitised(written: str, gone: str) -> None:
    assert gone not in render_free_page(f"文字\n\n{written}\n")


@pytest.mark.parametrize(("text", "heading"), [("# 一\n\n## 二\n", "<h2"), ("## 一\n\n### 二\n", "<h2")])
def test_free_pages_begin_at_the_second_heading(text: str, heading: str) -> None:
    html = render_free_page(text)
    assert html.startswith(heading)
    assert "<h1" not in html


def test_free_pages_have_materials_blocks() -> None:
    html = render_free_page('!!! warning "注意"\n    先核对。\n\n- [x] 做完\n')
    assert 'class="admonition warning"' in html
    assert 'type="checkbox"' in html


def test_free_pages_speak_chinese_where_the_text_says_nothing() -> None:
    html = render_free_page(
        '甲[^1]\n\n!!! note\n    乙\n\n??? warning\n    丙\n\n!!! tip "Tip top"\n    丁\n\n[^1]: 注'
    )
    assert '<p class="admonition-title">说明</p>' in html
    assert "<summary>警告</summary>" in html
    assert '<p class="admonition-title">Tip top</p>' in html
    assert 'title="返回引用1"' in html


def test_only_used_rules_of_material_are_kept() -> None:
    css = ".md-typeset p{margin:0}.md-search{a:b}.md-typeset .tabbed-set{x:y}@media print{.md-nav{c:d}.md-typeset{e:f}}"
    assert used_part(css) == ".md-typeset p{margin:0}@media print{.md-typeset{e:f}}"
    assert used_part('.md-typeset a{background:url("data:x");color:red}') == ".md-typeset a{color:red}"


@pytest.mark.parametrize(
    ("number", "told"), [(None, ""), (4, "第四届"), (10, "第十届"), (12, "第十二届"), (21, "第二十一届")]
)
def test_editions_are_told_in_chinese_numerals(number: int | None, told: str) -> None:
    assert edition(number) == told


def test_a_value_that_no_other_resembles_keeps_its_readable_address() -> None:
    assert slugs_of(["优抚", "就业/创业"], {"优抚": "care"}) == {"优抚": "care", "就业/创业": "就业-创业"}


def test_values_that_make_one_address_are_told_apart_whatever_their_order() -> None:
    values = ["就业/创业", "就业-创业", "AbC", "abc", ".", "..", "长" * 200, "é", "e\u0301", "拥军"]
    slugs = slugs_of(values, {})
    assert len({unicodedata.normalize("NFC", slug).casefold() for slug in slugs.values()}) == len(values)
    assert all(re.fullmatch(r"[\w-]+", slug) for slug in slugs.values())
    assert slugs_of(values[::-1], {}) == slugs
    assert slugs["拥军"] == "拥军"
    assert max(len(slug.encode()) for slug in slugs.values()) < 255


def test_a_value_written_like_a_told_apart_address_takes_none_away() -> None:
    taken = slugs_of(["a/b", "a-b"], {})["a/b"]
    assert len(set(slugs_of(["a/b", "a-b", taken], {}).values())) == 3
