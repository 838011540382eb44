"""Prose to HTML: references, Chinese emphasis, terms at first mention."""

from __future__ import annotations

import re
from functools import cache
from html import unescape

import pytest
from conftest import ROOT, TODAY, library_of
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from in_memory import site_of

from generator.check import load_project
from generator.derive import derive
from generator.markdown import Terms, to_html, to_text
from generator.model.fields import texts
from generator.render.site.site import Site

FIGURE = "title: 服务站总数\nvalue: 1411\nunit: 个\nas_of: 2023-01\nsource: report\nas_written: 1411个\n"


@cache
def site() -> Site:
    return site_of(derive(library_of({"content/figure/stations.yml": FIGURE}), today=TODAY))


def html(text: str) -> str:
    return to_html(text, site(), lambda url: f"../../{url}")


def mark(terms: Terms, rendered: str, root: str = "", known: set[str] | None = None) -> str:
    """`rendered` with its terms linked, from a page that is `root` away from the root."""
    return terms.mark(
        rendered, lambda word: f'<a class="term" href="{root}{terms.urls[word]}">', set() if known is None else known
    )


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
    assert to_text("**共**{{ figure:stations }}，\n\n见[[region:huainan]]。", site()) == "共1411个，见淮南市。"


@pytest.mark.parametrize(
    ("kind", "title"),
    [("NOTE", "说明"), ("TIP", "提示"), ("IMPORTANT", "重要"), ("WARNING", "警告"), ("CAUTION", "小心")],
)
def test_alerts_have_chinese_titles(kind: str, title: str) -> None:
    assert f'<p class="markdown-alert-title">{title}</p>' in html(f"> [!{kind}]\n> 正文。")
    assert to_text(f"> [!{kind}]\n> 正文。", site()) == f"{title}正文。"


def test_an_alerts_own_title_stays() -> None:
    assert '<p class="markdown-alert-title">请先看</p>' in html("> [!NOTE] 请先看\n> 正文。")


def test_footnotes_lead_back_in_chinese() -> None:
    rendered = html("甲[^1]，乙[^1]。\n\n[^1]: 注。")
    assert 'aria-label="返回引用1"' in rendered
    assert 'aria-label="返回引用1-2"' in rendered
    assert "Back to" not in rendered
    assert "Back to reference 1" in html("`Back to reference 1`")


def test_only_the_first_mention_of_a_term_is_explained_and_never_inside_a_link() -> None:
    terms = Terms({"双拥": "t"})
    marked = mark(terms, '<h2>双拥</h2><p><a href="x">双拥</a>，双拥，再说双拥。</p>', "../")
    assert marked == ('<h2>双拥</h2><p><a href="x">双拥</a>，<a class="term" href="../t">双拥</a>，再说双拥。</p>')


@pytest.mark.parametrize(
    "rendered",
    [
        "<p>“<em>甲</em>”</p>",
        '<p><a href="双拥">甲</a></p>',
        '<p><img src="a.jpg" alt="双拥" /></p>',
        "<pre><code>双拥\n</code></pre>",
        "<p><code>双拥</code></p>",
        "<h3>甲<em>双拥</em></h3>",
        '<a href="x"><code>甲</code>双拥</a>',
        "<p>双<em>拥</em></p>",
    ],
)
def test_no_term_is_marked_where_no_link_can_stand(rendered: str) -> None:
    known: set[str] = set()
    assert mark(Terms({"双拥": "t", "p>“<em": ""}), rendered, known=known) == rendered
    assert not known


def test_a_rule_between_paragraphs_is_no_heading() -> None:
    assert "term" in mark(Terms({"双拥": "t"}), "<hr />\n<p>双拥</p>")


def test_the_longest_term_wins() -> None:
    terms = Terms({"军人": "a", "退役军人": "b", "退役": "c"})
    assert mark(terms, "<p>退役军人</p>") == '<p><a class="term" href="b">退役军人</a></p>'


def test_known_terms_are_left_alone_and_the_others_become_known() -> None:
    terms = Terms({"军人": "a", "退役军人": "b", "双拥": "c", "优待证": "d"})
    known = {"退役军人"}
    assert mark(terms, "<p>退役军人，军人</p>", known=known) == '<p>退役军人，<a class="term" href="a">军人</a></p>'
    assert mark(terms, "<p>军人，双拥</p>", known=known) == '<p>军人，<a class="term" href="c">双拥</a></p>'
    assert known == {"退役军人", "军人", "双拥"}


def test_without_terms_a_text_stays_as_it_is() -> None:
    assert mark(Terms({}), "<p>双拥</p>") == "<p>双拥</p>"


_MENTIONS = st.text(alphabet="甲乙丙丁，", max_size=12)
_PIECES = st.sampled_from(
    ["<p>", "</p>", '<a href="甲">', "</a>", "<h2>", "</h2>", "<em>", "</em>", "<code>", "</code>"]
)


@given(st.lists(st.text(alphabet="甲乙丙丁", min_size=1, max_size=4), unique=True), st.lists(_MENTIONS | _PIECES))
@settings(max_examples=300)
def test_terms_are_found_as_an_alternation_of_the_longest_first_finds_them(words: list[str], parts: list[str]) -> None:
    rendered = "".join(parts)
    known: set[str] = set()
    marked = mark(Terms({word: word for word in words}), rendered, known=known)
    assert (marked, known) == _marked_by_alternation(rendered, words)


def _marked_by_alternation(rendered: str, words: list[str]) -> tuple[str, set[str]]:
    """The same, part by part, with a pattern that grows with every term."""
    known: set[str] = set()

    def mark(match: re.Match[str]) -> str:
        if match[0] in known:
            return match[0]
        known.add(match[0])
        return f'<a class="term" href="{match[0]}">{match[0]}</a>'

    pattern = re.compile("|".join(sorted(words, key=lambda word: (-len(word), word))) or "(?!)")
    depth = 0
    marked = []
    for part in re.split("(<[^>]+>)", rendered):
        closing = re.match(r"<(/?)(?:a|code|h2)[ >]", part)
        if closing:
            depth = max(depth - 1, 0) if closing[1] else depth + 1
        marked.append(part if part.startswith("<") or depth else pattern.sub(mark, part))
    return "".join(marked), known


def the_long_way(text: str) -> str:
    """The words of `text` by way of its HTML."""
    return unescape(re.sub(r"\s*\n\s*", "", re.sub(r"<[^>]+>", "", html(text))))


def test_the_words_of_the_sample_are_those_of_its_html() -> None:
    library = load_project(ROOT, today=TODAY).value
    assert library is not None
    found = site_of(derive(library, today=TODAY))
    every = {text for record in library.records for _, text in texts(record)}
    plain = [text for text in every if not re.search(r"\[\[|\{\{|!\[", text)]
    assert len(plain) > 1000
    for text in plain:
        assert to_text(text, found) == the_long_way(text)


@given(st.text(alphabet="退役 \t\n\r\\`*_[]<>~|&{}#+-=:.)1!\"'“，\u3000\u00a0\x0b", max_size=12))
@settings(max_examples=1000)
@example("1. 一").via("begins a list")
@example("- - -").via("a rule")
@example(" 一").via("blanks are taken away")
def test_words_are_those_of_the_html(text: str) -> None:
    assume(not re.search(r"\[\[|\{\{|!\[", text))
    assert to_text(text, site()) == the_long_way(text)
