"""Markdown that a record must not contain."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.markup import is_plain, markdown_problems

FLOOD_SECONDS = 3
"""Each takes a fraction of a second on an idle machine and minutes where the time is not proportional to the length."""


def codes(text: str) -> list[tuple[int, str]]:
    return [(offset, code) for offset, code, _ in markdown_problems(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<b>甲</b>", [(0, "raw-html"), (4, "raw-html")]),
        ("甲<br/>乙", [(1, "raw-html")]),
        ("<script\nx", [(0, "raw-html")]),
        ("<svg/onload=x>", [(0, "raw-html")]),
        ("<img src=x", [(0, "raw-html")]),
        ("> <div>", [(2, "raw-html")]),
        ("<?php x ?>", [(0, "raw-html")]),
        ("<!DOCTYPE html>", [(0, "raw-html")]),
        ("<!-- 待核 -->", [(0, "html-comment")]),
        ("[甲](javascript:x)", [(0, "unsafe-link")]),
        ("[甲](JaVaScRiPt:x)", [(0, "unsafe-link")]),
        ("[甲](&#106;avascript:x)", [(0, "unsafe-link")]),
        ("[甲](java&Tab;script:x)", [(0, "unsafe-link")]),
        ("[甲](java\\script:x)", [(0, "unsafe-link")]),
        ("[甲](data:text/html,x)", [(0, "unsafe-link")]),
        ("[甲](vbscript:x)", [(0, "unsafe-link")]),
        ("[甲](file:///etc)", [(0, "unsafe-link")]),
        ("[甲][乙]\n\n[乙]: javascript:x", [(8, "unsafe-link")]),
        ("<javascript:x>", [(0, "unsafe-link")]),
        ("**[甲](javascript:x)**", [(2, "unsafe-link")]),
        ("![甲](https://a.cn/b.jpg)", [(0, "remote-image")]),
        ("![甲](//a.cn/b.jpg)", [(0, "remote-image")]),
        ("![甲][乙]\n\n[乙]: https://a.cn/b.jpg", [(0, "remote-image")]),
        ("![](a.jpg)", [(0, "image-without-alt")]),
        ("![IMG_1234](a.jpg)", [(0, "image-without-alt")]),
        ("![chahui.jpg](chahui.jpg)", [(0, "image-without-alt")]),
        ("# 甲", [(0, "level-one-heading")]),
        ("甲\n===", [(0, "level-one-heading")]),
        ("## 甲\n\n#### 乙", [(6, "heading-jump")]),
        ("### 甲", [(0, "heading-jump")]),
        ("##甲", [(0, "heading-without-space")]),
        ("甲\n\n  ##乙\n#\n", [(5, "heading-without-space"), (9, "level-one-heading")]),
        ("[[person:a|甲]]!](javascript:x)", [(14, "unsafe-link")]),
        ("![甲](a.jpg)![](b.jpg)", [(11, "image-without-alt")]),
    ],
)
def test_reports(text: str, expected: list[tuple[int, str]]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "`<b>`",
        "```html\n<b>\n<!-- x -->\n```",
        "~~~\n# 甲\n~~~",
        "- ```\n  <b>\n  ```\n",
        "1 < 2，3 > 2",
        "\\<b>",
        "<文件名>",
        "<https://www.gov.cn/>",
        "<a@b.cn>",
        "[甲](https://www.gov.cn/) [乙](mailto:a@b.cn) [丙](tel:0554-1234) [丁](../about/)",
        "![老兵们围坐在一起](chahui.jpg)",
        "## 甲\n\n### 乙\n\n## 丙\n\n### 丁\n",
        "[[person:a|甲]]和{{ figure:b }}",
        "甲[^1]\n\n[^1]: 注：见[乙](a)",
        "| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |",
        "- [ ] 甲\n- [x] 乙\n",
        "#1 和 #话题",
        "",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![" * 8_000, [(0, "too-many-brackets")]),
        ("[" * 21, [(0, "too-many-brackets")]),
        ("甲\n" + "- [\n" * 21, [(0, "too-many-brackets")]),
        ("甲\n\n" + "[" * 201, [(3, "too-many-brackets")]),
        (">" * 30, [(0, "too-deep")]),
        ("- " * 30 + "甲", [(0, "too-deep")]),
        ("甲" * 70_000, [(0, "too-large")]),
        ("甲\n\n" + " " * 121 + "- 乙", [(3, "too-deep")]),
        ("](" * 30 + "(" * 21, [(0, "too-many-brackets")]),
        ("[`]`" * 30, [(0, "too-many-brackets")]),
    ],
)
def test_floods_are_told_and_nothing_else(text: str, expected: list[tuple[int, str]]) -> None:
    assert codes(text) == expected


def test_many_references_in_many_rows_are_no_flood() -> None:
    assert codes("".join(f"- [[person:a{number}]]\n" for number in range(500))) == []
    assert codes("".join(f"| [[person:a{number}]] |\n" for number in range(500))) == []
    assert codes("甲[乙](丙)" * 60) == []


FLOODS = (
    *("<!" * 60_000, "<!--" * 40_000, "`" * 190_000, "`a``b" * 30_000, "<a " * 60_000, "](" * 90_000, "#" * 190_000),
    *("a\n" * 60_000 + "-", ("[a](" * 190 + "\n\n") * 200, "\\" * 190_000, "<http:" * 30_000, "`a\n\n" * 40_000),
    *(" " * 190_000 + "x", "\n" * 190_000, "!" * 190_000, "\\`" * 90_000, "![" + "a" * 190_000),
)


@pytest.mark.parametrize("flood", FLOODS)
def test_no_flood_costs_more_than_a_second(flood: str) -> None:
    started = time.process_time()
    assert len(markdown_problems(flood)) <= 600
    assert time.process_time() - started < FLOOD_SECONDS


def signs(text: str) -> bytes:
    return f"\n{text}".encode("ascii", "replace")


@given(st.text(st.sampled_from("甲a<>!-[]()`#\n :/&;\\\"'=*~"), max_size=80))
@settings(max_examples=1_000, deadline=None, derandomize=True)
def test_any_text_can_be_looked_at(text: str) -> None:
    problems = markdown_problems(text)
    assert all(0 <= offset <= len(text) for offset, _, _ in problems)
    assert not (problems and is_plain(signs(text)))


@pytest.mark.parametrize("flood", [*FLOODS, "[" * 201, "[" * 21, "(" * 21, "- " * 30, "> " * 30, " " * 121 + "- a"])
def test_no_flood_is_plain(flood: str) -> None:
    assert not markdown_problems(flood) or not is_plain(signs(flood))


def test_an_ordinary_story_is_plain() -> None:
    text = "## 甲\n\n- [[person:a|乙]]：2023年（丙）。\n\n1. {{ figure:b }}\n\n> **丁**\n\n| 戊 | --- |\n" * 9
    assert is_plain(signs(text))
