"""References inside texts."""

from __future__ import annotations

import time

import pytest

from generator import inline

FLOOD_SECONDS = 3
"""Each takes a fraction of a second on an idle machine and minutes where the time is not proportional to the length."""


def test_references_are_found_with_their_words_and_places() -> None:
    text = "见[[story:a-b|这一篇]]和[[person:c]]，共{{ figure:n }}。"
    found = list(inline.references(text))
    assert [(ref.target, ref.words, ref.number) for ref in found] == [
        ("story:a-b", "这一篇", False),
        ("person:c", None, False),
        ("figure:n", None, True),
    ]
    assert [text[ref.offset : ref.offset + 2] for ref in found] == ["[[", "[[", "{{"]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("{{ figure:a }}[[b:c]]{{ figure:d }}", ["figure:a", "b:c", "figure:d"]),
        ("[[a:{{ figure:b }}]]{{ figure:c }}", ["a:{{ figure:b }}", "figure:c"]),
        ("{{ figure:[[a:b]] }}[[c:d]]", ["figure:[[a:b]]", "c:d"]),
    ],
)
def test_references_stand_in_their_order_and_one_inside_another_is_none(text: str, targets: list[str]) -> None:
    assert [found.target for found in inline.references(text)] == targets


def test_text_that_only_looks_like_a_reference_is_left_alone() -> None:
    text = "[普通链接](a)，[[没有种类]]，{{ 别的 }}"
    assert list(inline.references(text)) == []
    assert inline.expand(text, lambda _ref: "坏") == text


@pytest.mark.parametrize(
    "wrong",
    [
        "[[huainan-di-weishan]]",
        "[[person：id]]",
        "【【person:id】】",
        "[[person:id",
        "[[person:id|]]",
        "[[person:id| ]]",
        "[[person:id\n]]",
        "{{ figur:id }}",
        "{{ id }}",
        "{{ person:id }}",
        "{{ figure:id",
        "｛｛ figure:id ｝｝",
        "[[person:`a` b",
    ],
)
def test_what_begins_like_a_reference_and_is_none_is_found(wrong: str) -> None:
    assert list(inline.malformed(f"见{wrong}，和[[person:c]]。")) == [(wrong[:2], 1)]
    assert list(inline.malformed(f"`{wrong}`")) == list(inline.malformed(f"\\{wrong}")) == []


def test_references_and_ordinary_brackets_are_not_malformed() -> None:
    assert list(inline.malformed("[[a:b]]，[[a:b|c]]，{{ figure:c }}，[甲](b)，- [ ] 乙，[^1]，【甲】，{丙}")) == []


def test_the_bar_may_be_escaped_as_in_a_table() -> None:
    assert [(found.target, found.words) for found in inline.references(r"| [[a:b\|c]] |")] == [("a:b", "c")]


def test_code_holds_no_references_and_no_pictures() -> None:
    text = (
        "`[[person:a]]`和``` {{ figure:b }} ```[[person:c|`甲`]]\n\n"
        "```\n[[person:d]]![丁](d.jpg)\n```\n`![戊](e.jpg)`\n"
    )
    assert [(found.target, found.words) for found in inline.references(text)] == [("person:c", "`甲`")]
    assert inline.expand(text, lambda found: found.id) == text.replace("[[person:c|`甲`]]", "c")
    assert list(inline.images(text)) == []


@pytest.mark.parametrize(
    "flood",
    [
        *(mark * 100_000 for mark in ("[[", "{{", "[[a:", "`", "【", "`a``b", "[[person:a]]`", "`\n\n")),
        "[[a:b|" + " " * 200_000,
        "{{" + " " * 200_000,
        "[[a:" + "b" * 200_000,
        "{{ figure:" + "\n " * 100_000,
        "\\" * 200_000 + "`",
        "".join("`" * length + "a" for length in range(1, 600)) * 2,
    ],
)
def test_no_flood_costs_more_than_its_length(flood: str) -> None:
    started = time.process_time()
    list(inline.references(flood))
    list(inline.malformed(flood))
    assert time.process_time() - started < FLOOD_SECONDS


def test_pictures_are_found_however_they_are_named() -> None:
    text = "![甲](a.jpg)和![乙[丙]](<b.png> '题')\n\n![丁][p]\n\n[p]: c.webp\n[q]: https://example.org/\n[^1]: d.jpg\n"
    assert [address for address, _ in inline.images(text)] == ["a.jpg", "b.png", "c.webp"]
    assert [address for address, _ in inline.images("[甲](a.pdf)\n\n[戊]: d.JPEG")] == ["d.JPEG"]


def test_escaped_titles_survive_markdown() -> None:
    assert inline.escape_markdown("a_b*c[d]&lt;") == r"a\_b\*c\[d\]\&lt;"
