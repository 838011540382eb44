"""References inside texts."""

from __future__ import annotations

from generator import inline


def test_references_are_found_with_their_words_and_places() -> None:
    text = "见[[story:a-b|这一篇]]和[[person:c]]，共{{ figure:n }}。"
    found = list(inline.references(text))
    assert [(ref.target, ref.words, ref.number) for ref in found] == [
        ("story:a-b", "这一篇", False),
        ("person:c", None, False),
        ("figure:n", None, True),
    ]
    assert [text[ref.offset : ref.offset + 2] for ref in found] == ["[[", "[[", "{{"]


def test_text_that_only_looks_like_a_reference_is_left_alone() -> None:
    text = "[普通链接](a)，[[没有种类]]，{{ 别的 }}"
    assert list(inline.references(text)) == []
    assert inline.expand(text, lambda _ref: "坏") == text


def test_pictures_are_found_however_they_are_named() -> None:
    text = "![甲](a.jpg)和![乙[丙]](<b.png> '题')\n\n![丁][p]\n\n[p]: c.webp\n[q]: https://example.org/\n[^1]: d.jpg\n"
    assert [address for address, _ in inline.images(text)] == ["a.jpg", "b.png", "c.webp"]


def test_escaped_titles_survive_markdown() -> None:
    assert inline.escape_markdown("a_b*c[d]&lt;") == r"a\_b\*c\[d\]\&lt;"
