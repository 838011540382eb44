"""Texts as the book sets them: references, whole names, numbers with their units."""

from __future__ import annotations

from datetime import date

import pytest

from generator.derive import derive
from generator.library import Key
from generator.render.print import prose
from generator.render.print.words import BREAK_POINT, WORD_JOINER, Words, words_of
from tests.conftest import library_of

FILES = {
    "content/person/di.yml": "name: 邸维山\nsources:\n  - report\n",
    "content/place/hall.yml": "title: 高铁站退役军人服务站\ntype: service-point\nsources:\n  - report\n",
    "content/figure/all.yml": (
        "- id: stations\n  title: 服务站总数\n  value: 1411\n  unit: 个\n  as_of: 2023-04-26\n"
        "  source: report\n  as_written: 1411个\n"
    ),
}


@pytest.fixture(scope="module")
def words() -> Words:
    derived = derive(library_of(FILES), today=date(2026, 11, 22))
    return words_of(derived, {Key("person:di"): "person-di"})


def test_names_of_people_stay_whole_with_the_colon_after_them(words: Words) -> None:
    name = {"t": "name", "s": "邸维山：", "key": "person:di", "whole": True}
    assert words.plain("老兵邸维山：我来") == ["老兵", name, "我来"]


def test_long_names_may_wrap_and_are_indexed(words: Words) -> None:
    [name] = words.plain("高铁站退役军人服务站")
    assert name == {"t": "name", "s": "高铁站退役军人服务站", "key": "place:hall", "whole": False}


@pytest.mark.parametrize(
    ("text", "joined"),
    [("2023年4月", "2023|年4|月"), ("第5届", "第|5|届"), ("7—8名", "7|—8|名"), ("12%的人", "12%|的人"), ("A股", "A股")],
)
def test_numbers_keep_their_units(words: Words, text: str, joined: str) -> None:
    assert words.plain(text) == [joined.replace("|", WORD_JOINER)]


def test_long_addresses_can_wrap(words: Words) -> None:
    address = "https://example.org/a/very/long/address-without-any-space"
    [text] = words.plain(address)
    assert isinstance(text, str)
    assert text.replace(BREAK_POINT, "") == address
    assert max(map(len, text.split(BREAK_POINT))) <= 15


def test_references_lead_to_the_book_or_are_words(words: Words) -> None:
    inside, outside = (node for node in words.line("[[person:di|他]]在[[region:huainan]]") if isinstance(node, dict))
    assert inside == {"t": "ref", "key": "person:di", "to": "person-di", "c": ["他"]}
    assert outside == {"t": "ref", "key": "region:huainan", "to": None, "c": ["淮南市"]}


def test_figures_are_words_with_their_unit(words: Words) -> None:
    [paragraph] = words.blocks("共{{ figure:stations }}。")
    assert prose.plain(paragraph["c"]).replace(WORD_JOINER, "") == "共1411个。"


def test_references_in_prose_are_the_same_as_in_lines(words: Words) -> None:
    [paragraph] = words.blocks("见[[person:di]]。")
    assert [node["t"] for node in paragraph["c"] if isinstance(node, dict)] == ["ref"]
    assert prose.plain(paragraph["c"]) == "见邸维山。"
