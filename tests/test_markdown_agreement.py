"""Page and book read the same Markdown: comrak and markdown-it-py find the same words and the same emphasis."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

import comrak
import pytest
from conftest import ROOT, TODAY

from generator import inline
from generator.check import load_project
from generator.model.fields import texts
from generator.render.print.prose import blocks

_ALERT = re.compile(r"^> \[!\w+\]\n", re.MULTILINE)
_TAG = re.compile(r"<[^>]+>")
_STRONG = re.compile(r"<strong>(.*?)</strong>", re.DOTALL)
_HARD = (
    "说**“……。”**然后走了。",
    "**……。**老班长没有说完。",
    "他*很*慢地说：**不怕苦，不怕累。**大家都记住了。",
    "| 名称 | 数 |\n| --- | --- |\n| **站** | 7 |\n",
    "- 一\n- 二\n  - 三\n\n1. 甲\n2. 乙\n",
    "## 标题\n\n> 引文里的**话**。\n\n`代码` 和 [链接](https://example.org/)。\n",
)


def sample_texts() -> list[str]:
    library = load_project(ROOT, today=TODAY).value
    assert library is not None
    found = [text for record in library.records for path, text in texts(record) if path[-1] in {"body", "script"}]
    # The titles of alerts are each renderer's own.
    plain = [_ALERT.sub("", text) for text in found]
    return [inline.expand(text, lambda ref: inline.escape_markdown(ref.words or ref.id)) for text in plain]


def words(text: str) -> str:
    return re.sub(r"\s+", "", html.unescape(_TAG.sub("", text)))


def of_page(text: str) -> tuple[str, list[str]]:
    options = comrak.ExtensionOptions()
    options.table = options.footnotes = options.cjk_friendly_emphasis = True
    rendered = comrak.render_markdown(text, extension_options=options)
    return words(rendered), [words(strong) for strong in _STRONG.findall(rendered)]


def of_book(text: str) -> tuple[str, list[str]]:
    nodes = blocks(text, set_text=lambda run: [run], set_link=lambda _url, shown: {"t": "link", "c": shown})
    return words("".join(_strings(nodes))), [words("".join(_strings(node["c"]))) for node in _strong(nodes)]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)
    elif isinstance(value, dict):
        yield from _strings([part for key, part in value.items() if key not in {"t", "sign", "align"}])


def _strong(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for part in value:
            yield from _strong(part)
    elif isinstance(value, dict):
        if value.get("t") == "strong":
            yield value
        yield from _strong(list(value.values()))


@pytest.mark.parametrize("text", _HARD)
def test_hard_cases_read_alike(text: str) -> None:
    assert of_book(text) == of_page(text)


def test_the_whole_sample_reads_alike() -> None:
    found = sample_texts()
    assert len(found) > 100
    assert [text for text in found if of_book(text) != of_page(text)] == []
