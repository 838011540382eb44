"""What `fmt` changes in a file, and what it must not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.fmt import format_project, formatted
from generator.model import KINDS, Kind
from generator.parse import parse
from generator.punctuation import VERBATIM_FIELDS, mend, slips
from generator.scaffold import new_record
from generator.source import SourceFile


def tidy(text: str, path: str = "a.yml") -> str:
    return formatted(SourceFile(path, text.encode())).decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("title: 甲,乙\n", "title: 甲，乙\n"),
        ("title: 甲, 乙  # 注,释\n", "title: 甲，乙  # 注，释\n"),
        ("# 说明:一\n\n\ntitle:   甲\n", "# 说明：一\n\n\ntitle:   甲\n"),
        ("a: \"甲:\\u4e59,乙\"\nb: '甲''乙,丙'\n", "a: \"甲：\\u4e59，乙\"\nb: '甲''乙，丙'\n"),
        ("a: |\n  甲,  \n  乙:丙\n", "a: |\n  甲，  \n  乙：丙\n"),
        ("a: >-\n  甲,\n  乙\n", "a: >-\n  甲，\n  乙\n"),
        ('a: [甲, 乙, "丙,丁"]\n', 'a: [甲, 乙, "丙，丁"]\n'),
        ("a: {b: 甲, c: 乙}\n", "a: {b: 甲, c: 乙}\n"),
        ("as_written: 甲,乙\n", "as_written: 甲,乙\n"),
        ("# tags: [甲, 乙]\na: b\n", "# tags: [甲, 乙]\na: b\n"),
        ("title: a  \r\nb: \t\r\n\r\n\r\n", "title: a\nb:\n"),
        ("title: cafe\u0301", "title: café\n"),
        ("\ufefftitle: a\n", "title: a\n"),
        ("a: |+\n  b\n\n", "a: |+\n  b\n\n"),
        ("a: |\n  b\n\n\n", "a: |\n  b\n"),
        ("", ""),
    ],
)
def test_yaml(text: str, expected: str) -> None:
    assert tidy(text) == expected
    assert tidy(expected) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ntitle: 甲(一)\n---\n\n乙,丙\n", "---\ntitle: 甲（一）\n---\n\n乙，丙\n"),
        ("---  \ntitle: 甲\n--- \n乙  \n丙   \n\n丁\t\n\n\n", "---\ntitle: 甲\n---\n乙  \n丙\n\n丁\n"),
        ("---\ntitle: 甲\n---\n\n`a,甲`和[甲,乙](b,甲)\n", "---\ntitle: 甲\n---\n\n`a,甲`和[甲，乙](b,甲)\n"),
        ("没有文件头,只有字", "没有文件头，只有字\n"),
        ("---\ntitle: 甲\n\n没有合上,的文件头\n", "---\ntitle: 甲\n\n没有合上，的文件头\n"),
        ("---\na: 1\na: 甲,乙\n---\n丙,丁\n", "---\na: 1\na: 甲,乙\n---\n丙，丁\n"),
    ],
)
def test_markdown(text: str, expected: str) -> None:
    assert tidy(text, "a.md") == expected
    assert tidy(expected, "a.md") == expected


@pytest.mark.parametrize("text", ['a: "甲,乙\n', "a: 甲,乙\na: 丙,丁\n", "a: &x 甲,乙\n", "a: 甲,乙\n---\nb: c\n"])
def test_yaml_that_cannot_be_read_is_left_as_it_is(text: str) -> None:
    assert tidy(text) == text


def test_bytes_that_are_no_text_are_left_as_they_are() -> None:
    for data in ("title: 甲,乙\n".encode("gb18030"), b"\xff\x00"):
        assert formatted(SourceFile("a.yml", data)) == data
    assert formatted(SourceFile("a.jpg", b"")) == b""


def test_a_project_is_formatted_in_place(tmp_path: Path) -> None:
    (tmp_path / "stories").mkdir()
    (tmp_path / "content/term").mkdir(parents=True)
    (tmp_path / "site_config.yml").write_text("title: 甲\n", encoding="utf-8")
    (tmp_path / "stories/a.md").write_text("---\ntitle: 甲,乙\n---\n", encoding="utf-8")
    (tmp_path / "content/term/a.yml").write_text("title: 甲,乙\n", encoding="utf-8")
    assert format_project(tmp_path, write=False) == ("content/term/a.yml", "stories/a.md")
    assert format_project(tmp_path, paths=["stories"]) == ("stories/a.md",)
    assert (tmp_path / "stories/a.md").read_text("utf-8") == "---\ntitle: 甲，乙\n---\n"
    assert format_project(tmp_path, paths=[""]) == ("content/term/a.yml",)
    assert format_project(tmp_path) == ()


def test_formatting_never_writes_through_a_link_that_lies_in_the_project(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_text("别人的", encoding="utf-8")
    stories = tmp_path / "project" / "stories"
    stories.mkdir(parents=True)
    (stories / "a.md").write_text("---\ntitle: 甲,乙\n---\n", encoding="utf-8")
    (stories / ".a.md.new").symlink_to(outside)
    assert format_project(tmp_path / "project") == ("stories/a.md",)
    assert outside.read_text("utf-8") == "别人的"
    assert sorted(path.name for path in stories.iterdir()) == [".a.md.new", "a.md"]


def test_the_words_shown_for_a_reference_are_mended() -> None:
    before = "---\ntitle: 甲\nsummary: 见[[person:x|邸维山,好]]。\n---\n\n见[[person:x|邸维山,好]]。\n"
    assert tidy(before, "a.md") == before.replace(",", "，")


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_is_clean(kind: Kind) -> None:
    path, text = new_record(kind, "some-record", today=date(2026, 11, 22)).value
    assert tidy(text, path) == text


texts = st.text(st.sampled_from("甲乙ab1 ,:;!?()（），“”'\"#-[]{}|>&*\\"), max_size=12)
styles = st.sampled_from(("", "'", '"', "|", ">"))


def written(key: str, text: str, style: str) -> str:
    """The text as somebody may have typed it; in a style that cannot hold it, the file is simply wrong."""
    if style in ("|", ">"):
        return f"{key}: {style}\n  {text}\n  乙,丙\n"
    quoted = text.replace("'", "''") if style == "'" else text
    return f"{key}: {style}{quoted}{style}  # 注,{key}\n"


def without_marks(value: Any, *, is_verbatim: bool = False) -> Any:
    """The data with its punctuation mended and its blanks taken out, which is all that may differ."""
    if isinstance(value, dict):
        return {key: without_marks(inner, is_verbatim=key in VERBATIM_FIELDS) for key, inner in value.items()}
    if isinstance(value, list):
        return [without_marks(inner, is_verbatim=is_verbatim) for inner in value]
    return value if is_verbatim or not isinstance(value, str) else "".join(mend(value).split())


@given(st.lists(st.tuples(texts, styles), min_size=1, max_size=4), st.booleans())
@settings(max_examples=1_500, deadline=None, derandomize=True)
def test_the_meaning_stays(entries: list[tuple[str, str]], is_markdown: bool) -> None:
    yaml = "".join(written(f"k{number}", text, style) for number, (text, style) in enumerate(entries))
    before = f"---\n{yaml}---\n\n正文,甲\n" if is_markdown else yaml
    path = "a.md" if is_markdown else "a.yml"
    after = tidy(before, path)
    assert tidy(after, path) == after
    old, new = parse(SourceFile(path, before.encode())), parse(SourceFile(path, after.encode()))
    assert {found.code for found in new.diagnostics} <= {found.code for found in old.diagnostics}
    if old.value is not None and not [found for found in old.diagnostics if found.severity == "error"]:
        assert new.value is not None
        assert without_marks(new.value.data) == without_marks(old.value.data)


@given(st.text(max_size=80), st.sampled_from(["a.yml", "a.md"]))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_formatting_twice_is_formatting_once(text: str, path: str) -> None:
    once = tidy(text, path)
    assert tidy(once, path) == once


def test_nothing_is_left_to_mend() -> None:
    document = parse(SourceFile("a.yml", tidy("a: 甲,乙\nb: |\n  丙:丁(戊)\n").encode())).value
    assert document is not None
    assert not [slip for value in document.data.values() for slip in slips(value)]


def test_front_matter_without_an_end_or_a_text_is_left_as_it_is() -> None:
    assert formatted(SourceFile("stories/a.md", b"_:")) == b"_:\n"
