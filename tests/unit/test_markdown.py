"""Prose to HTML: references, Chinese emphasis, terms at first mention."""

from __future__ import annotations

import pytest
from conftest import library_of

from generator.derive import Derived, derive
from generator.markdown import mark_terms, term_pattern, to_html, to_text

FIGURE = "title: 服务站总数\nvalue: 1411\nunit: 个\nas_of: 2023-01\nsource: report\nas_written: 1411个\n"


def derived() -> Derived:
    from datetime import date

    return derive(library_of({"content/figure/stations.yml": FIGURE}), today=date(2026, 11, 22))


def html(text: str) -> str:
    return to_html(text, derived(), lambda url: f"../../{url}")


def test_references_become_links_and_numbers_their_words() -> None:
    rendered = html("[[region:huainan]]有{{ figure:stations }}，见[[source:report|原文]]。")
    assert rendered == (
        '<p><a href="../../regions/huainan/">淮南市</a>有<a href="../../figures/stations/">1411个</a>，'
        '见<a href="../../sources/report/">原文</a>。</p>\n'
    )


def test_emphasis_works_between_chinese_characters() -> None:
    assert "<strong>“不怕苦。”</strong>" in html("他说**“不怕苦。”**然后走了。")


def test_raw_html_is_never_passed_on() -> None:
    rendered = html("前<script>alert(1)</script>后\n\n<div onclick=x>块</div>\n\n[坏](javascript:alert(1))")
    assert "<script" not in rendered
    assert "<div" not in rendered
    assert "javascript:" not in rendered


def test_plain_words_have_no_markup() -> None:
    assert to_text("**共**{{ figure:stations }}，\n\n见[[region:huainan]]。", derived()) == "共1411个，见淮南市。"


@pytest.mark.parametrize(
    ("kind", "title"),
    [("NOTE", "说明"), ("TIP", "提示"), ("IMPORTANT", "重要"), ("WARNING", "警告"), ("CAUTION", "小心")],
)
def test_alerts_have_chinese_titles(kind: str, title: str) -> None:
    assert f'<p class="markdown-alert-title">{title}</p>' in html(f"> [!{kind}]\n> 正文。")
    assert to_text(f"> [!{kind}]\n> 正文。", derived()) == f"{title}正文。"


def test_an_alerts_own_title_stays() -> None:
    assert '<p class="markdown-alert-title">请先看</p>' in html("> [!NOTE] 请先看\n> 正文。")


def test_footnotes_lead_back_in_chinese() -> None:
    rendered = html("甲[^1]，乙[^1]。\n\n[^1]: 注。")
    assert 'aria-label="返回引用1"' in rendered
    assert 'aria-label="返回引用1-2"' in rendered
    assert "Back to" not in rendered
    assert "Back to reference 1" in html("`Back to reference 1`")


def test_only_the_first_mention_of_a_term_is_explained_and_never_inside_a_link() -> None:
    words = {"双拥": '<a class="term" href="t">'}
    marked = mark_terms('<h2>双拥</h2><p><a href="x">双拥</a>，双拥，再说双拥。</p>', words, term_pattern(words))
    assert marked == ('<h2>双拥</h2><p><a href="x">双拥</a>，<a class="term" href="t">双拥</a>，再说双拥。</p>')


def test_the_longest_term_wins() -> None:
    words = {"军人": "<a>", "退役军人": "<a>"}
    assert mark_terms("<p>退役军人</p>", words, term_pattern(words)) == "<p><a>退役军人</a></p>"
