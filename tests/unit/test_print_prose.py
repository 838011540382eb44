"""Prose as a tree of JSON values."""

from __future__ import annotations

import json

import pytest

from generator.render.print import prose
from generator.render.print.prose import Inline, Node


def blocks(text: str) -> list[Node]:
    return prose.blocks(text, set_text=lambda run: [run], set_link=link)


def link(address: str, words: list[Inline]) -> Inline:
    return {"t": "link", "url": address, "c": words}


def test_paragraphs_and_headings() -> None:
    assert blocks("## 一次捐献\n\n他捐了。") == [{"t": "h", "c": ["一次捐献"]}, {"t": "p", "c": ["他捐了。"]}]


def test_list_items_are_blocks_of_their_own() -> None:
    found = blocks("3. 先问\n4. 再办\n   - 细则\n\n     续段\n")
    assert [(item["t"], item["sign"], item["depth"]) for item in found] == [
        ("item", "3.", 0),
        ("item", "4.", 0),
        ("item", "", 1),
        ("item", None, 1),
    ]


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("他说**“从头学起。”**然后走了", "“从头学起。”"),
        ("这是**《办法》**的规定", "《办法》"),
        ("先**问**后**办**", "问"),
    ],
)
def test_emphasis_beside_chinese_punctuation(text: str, bold: str) -> None:
    [paragraph] = blocks(text)
    assert {"t": "strong", "c": [bold]} in paragraph["c"]


def test_underscores_inside_words_stay() -> None:
    assert blocks("snake_case_name") == [{"t": "p", "c": ["snake_case_name"]}]


def test_tables_footnotes_quotes_rules_and_code() -> None:
    text = "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n> 引文[^a]\n\n---\n\n```\n代码\n```\n\n[^a]: 注文\n"
    table, quote, rule, code, note = blocks(text)
    assert table == {"t": "table", "head": [["甲"], ["乙"]], "rows": [[["1"], ["2"]]]}
    assert quote["c"][0]["c"] == ["引文", {"t": "note", "n": 1}]
    assert (rule["t"], code["s"]) == ("rule", "代码")
    assert note == {"t": "item", "sign": "1.", "depth": 0, "c": ["注文"]}


def test_raw_html_and_typst_markup_stay_text() -> None:
    [paragraph] = blocks("<b>甲</b> #panic() $x$ @label")
    assert prose.plain(paragraph["c"]) == "<b>甲</b> #panic() $x$ @label"


def test_the_tree_is_plain_json() -> None:
    tree = blocks("# 甲\n\n1. **乙**[丙](https://example.org)\n")
    assert json.loads(json.dumps(tree)) == tree


@pytest.mark.parametrize(
    ("name", "label"),
    [("NOTE", "说明"), ("TIP", "提示"), ("IMPORTANT", "重要"), ("WARNING", "警告"), ("caution", "小心")],
)
def test_an_alert_has_a_chinese_label(name: str, label: str) -> None:
    [alert] = blocks(f"> [!{name}]\n> 先**打**电话。\n>\n> 再去。")
    assert (alert["t"], alert["label"]) == ("alert", label)
    assert [prose.plain(part["c"]) for part in alert["c"]] == ["先打电话。", "再去。"]


def test_an_alert_may_end_with_its_paragraph() -> None:
    [alert] = blocks("> [!NOTE]\n>\n> - 一条")
    assert [part["t"] for part in alert["c"]] == ["item"]


@pytest.mark.parametrize("text", ["> 先说\n> [!NOTE]", "> [!OTHER]\n> 后说", "[!NOTE]"])
def test_other_brackets_in_a_quotation_stay(text: str) -> None:
    assert blocks(text)[0]["t"] in ("quote", "p")


def test_tasks_have_boxes() -> None:
    found = blocks("- [ ] 未办\n- [x] 已办\n- [ ]粘着\n- 无框\n")
    assert [(item["sign"], prose.plain(item["c"])) for item in found] == [
        ("[ ]", "未办"),
        ("[x]", "已办"),
        ("", "[ ]粘着"),
        ("", "无框"),
    ]
