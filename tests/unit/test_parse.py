"""Strict reading: what a file says, where it says it, and every slip in it at its place."""

from __future__ import annotations

import pickle
import time
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.parse import Document, compose, parse
from generator.source import SourceFile

SECOND = 3


def read(text: str | bytes, path: str = "a.yml") -> tuple[Document | None, list[str]]:
    """The document, and what was found as `line:column code`."""
    data = text if isinstance(text, bytes) else text.encode()
    checked = parse(SourceFile(path, data))
    return checked.value, [f"{found.span.line}:{found.span.column} {found.code}" for found in checked.diagnostics]


def data(text: str | bytes, path: str = "a.yml") -> Any:
    document, _ = read(text, path)
    assert document is not None
    return document.data


@pytest.fixture(params=["libyaml", "pure"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Everything reads alike where PyYAML was built without libyaml."""
    name = "CSafeLoader" if request.param == "libyaml" else "SafeLoader"
    if request.param == "libyaml" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML has no libyaml here")
    monkeypatch.setattr(compose, "_LOADER", getattr(yaml, name))
    return str(request.param)


class TestData:
    @pytest.mark.usefixtures("loader")
    def test_every_scalar_keeps_its_characters(self) -> None:
        text = "a: no\nb: 0755\nc: 12:30\nd: 1.10\ne: 340102199001011234\nf: 2024-02-30\ng: ~\nh: null\ni: 1e5\n"
        assert list(data(text).values()) == [
            "no", "0755", "12:30", "1.10", "340102199001011234", "2024-02-30", "~", "null", "1e5",
        ]  # fmt: skip

    def test_an_empty_plain_value_is_not_set_and_a_quoted_one_is_empty(self) -> None:
        assert data('a:\nb: ""\nc: [x, ""]\n') == {"a": None, "b": "", "c": ["x", ""]}

    def test_a_list_of_records(self) -> None:
        assert data("- id: a\n- id: b\n") == [{"id": "a"}, {"id": "b"}]

    def test_front_matter_and_body(self) -> None:
        document, found = read("---\ntitle: 荣光\n---\n\n正文。\n", "a.md")
        assert found == []
        assert document is not None
        assert document.data == {"title": "荣光"}
        assert document.body is not None
        assert (document.body.text, document.body.line) == ("正文。\n", 5)

    def test_a_rule_in_the_body_is_no_second_document(self) -> None:
        _, found = read("---\ntitle: 荣光\n---\n\n一\n\n---\n\n二\n", "a.md")
        assert found == []

    def test_line_ends_of_other_systems_and_a_mark_at_the_start(self) -> None:
        assert data(b"\xef\xbb\xbftitle: a\r\nsummary: b\r") == {"title": "a", "summary": "b"}

    def test_documents_travel(self) -> None:
        document, _ = read("title: 荣光\n")
        assert document is not None
        document.spans.value(("title",))
        assert pickle.loads(pickle.dumps(document)) == document


@pytest.mark.usefixtures("loader")
class TestPlaces:
    TEXT = (
        'title: 荣光\nflow: [甲, "乙\\u4e19丁"]\nsteps:\n  - title: 一\n    text: |\n      第一行\n      第二行\n'
        "quote: '它''说'\n"
    )

    @pytest.mark.parametrize(
        ("path", "value", "key"),
        [
            (("title",), (1, 8), (1, 1)),
            (("flow", 0), (2, 8), (2, 8)),
            (("flow", 1), (2, 11), (2, 11)),
            (("steps", 0), (4, 5), (4, 5)),
            (("steps", 0, "title"), (4, 12), (4, 5)),
            (("steps", 0, "text"), (5, 11), (5, 5)),
            (("steps", 0, "missing"), (4, 5), (4, 5)),
            (("steps", 7, "title"), (4, 3), (4, 3)),
            (("missing",), (1, 1), (1, 1)),
            ((), (1, 1), (1, 1)),
        ],
    )
    def test_value_and_key(self, path: tuple[str | int, ...], value: tuple[int, int], key: tuple[int, int]) -> None:
        document, _ = read(self.TEXT)
        assert document is not None
        where, named = document.spans.value(path), document.spans.key(path)
        assert (where.line, where.column) == value
        assert (named.line, named.column) == key

    @pytest.mark.parametrize(
        ("path", "offset", "place"),
        [
            (("title",), 1, (1, 9)),
            (("flow", 1), 1, (2, 13)),
            (("flow", 1), 2, (2, 19)),
            (("steps", 0, "text"), 0, (6, 7)),
            (("steps", 0, "text"), 5, (7, 8)),
            (("quote",), 1, (8, 10)),
            (("quote",), 2, (8, 12)),
            (("missing",), 3, (1, 1)),
        ],
    )
    def test_inside_a_text(self, path: tuple[str | int, ...], offset: int, place: tuple[int, int]) -> None:
        document, _ = read(self.TEXT)
        assert document is not None
        where = document.spans.at(path, offset)
        assert (where.line, where.column) == place

    def test_inside_folded_texts(self) -> None:
        document, _ = read('a: one\n  two\nb: >\n  three\n  four\nc: "five\n  six\\\n  seven"\n')
        assert document is not None
        places = [document.spans.at((key,), offset) for key, offset in (("a", 4), ("b", 6), ("c", 5), ("c", 8))]
        assert [(place.line, place.column) for place in places] == [(2, 3), (5, 3), (7, 3), (8, 3)]

    def test_inside_the_body(self) -> None:
        document, _ = read("---\ntitle: a\n---\n\n第一行\n第二行\n", "a.md")
        assert document is not None
        where = document.spans.at(("body",), 5)
        assert (where.line, where.column) == (6, 2)
        assert document.spans.value(("body",)).line == 5

    def test_places_are_those_of_the_file_after_mending(self) -> None:
        document, _ = read("title：荣光\nsummary: {{ figure:a }}个\nnote: 甲\u200b乙丙\n")
        assert document is not None
        places = [
            document.spans.at((key,), offset).column for key, offset in (("title", 1), ("summary", 14), ("note", 2))
        ]
        assert places == [8, 24, 10]

    def test_offsets_beyond_the_text_stay_in_it(self) -> None:
        document, _ = read("title: 荣光\n")
        assert document is not None
        assert document.spans.at(("title",), 99).line == 1


CASES = [
    ("a: 1\na: 2\n", ["2:1 duplicate-key"]),
    ("s:\n  - a: 1\n    a: 2\n", ["3:5 duplicate-key"]),
    ("{a: 1, a: 2}\n", ["1:8 duplicate-key"]),
    ("a: &x 1\nb: *x\n", ["1:4 anchor", "2:4 alias"]),
    ("a: &x {c: 1}\nb:\n  <<: *x\n", ["1:4 anchor", "3:3 merge-key"]),
    ("a: &a [*a]\n", ["1:4 anchor", "1:8 alias"]),
    ("a: !!python/name:os.system x\n", ["1:4 tag"]),
    ("a: !include b.yml\n", ["1:4 tag"]),
    ("a: ! b\n", ["1:4 tag"]),
    ("a: 1\n---\nb: 2\n", ["2:1 several-documents"]),
    ("%YAML 1.1\n---\na: 1\n", ["1:1 yaml-directive"]),
    ("? [a]\n: b\n", ["1:3 bad-key"]),
    ("[a]: b\n", ["1:1 bad-key"]),
    ("{[a]: b}\n", ["1:2 bad-key"]),
    ("title：荣光\n", ["1:6 full-width-colon"]),
    ("title: a\nsummary：荣光\nregion：b\n", ["2:8 full-width-colon", "3:7 full-width-colon"]),
    ("s:\n  - title：甲\n    text: 乙\n", ["2:10 full-width-colon"]),
    ("tags:\n  - ppt：一份\n", []),
    (
        "tags：\n  －甲\n  — 乙\n  •丙\n",
        ["1:5 full-width-colon", "2:3 full-width-dash", "3:3 full-width-dash", "4:3 full-width-dash"],
    ),
    ("a: |\n  ——甲\n  －乙\n  键：值\n", []),
    ("title:荣光\n", ["1:6 missing-space"]),
    ("tags:\n  -公益\n", ["2:3 missing-space"]),
    ("uses:\n  - story:a\n  - place:b\n", []),
    ("uses: [\n  story:a,\n  place:b\n]\n", []),
    ("n: -5\n", []),
    ("a:\n\tb: c\n", ["2:1 tab"]),
    ("a:\tb\n", ["1:3 tab"]),
    ("a: b\tc\n", ["1:5 tab"]),
    ("a: |\n  b\tc\n", ["2:4 tab"]),
    ("title:\u3000荣光\n", ["1:7 full-width-space"]),
    ("\u3000\u3000title: 荣光\n", ["1:1 full-width-space"]),
    ("tags:\n  -\u3000甲\n", ["2:4 full-width-space"]),
    ("a: |\n\u3000\u3000甲\n  乙\n", ["2:1 full-width-space"]),
    ("name: 张\u3000三\n", ["1:8 full-width-space-in-text"]),
    ("a: |\n  \u3000\u3000甲\n", ["2:3 full-width-space-in-text"]),
    ("a: {{ figure:x }}个\n", ["1:4 unquoted-reference"]),
    ("a: [[person:x]]说\n", ["1:4 unquoted-reference"]),
    ("s:\n  - [[person:x|it's]]\n", ["2:5 unquoted-reference"]),
    ("tags: [甲，乙]\n", ["1:8 full-width-comma"]),
    ("tags: [甲、乙, 丙]\n", ["1:8 full-width-comma"]),
    ("people: [a，b]\n", ["1:10 full-width-comma"]),
    ("tags: ['甲，乙']\n", []),
    ("title: 荣光 #1\n", ["1:11 cut-comment"]),
    ("title: 荣光#1\nlevel: city # 市级\n# 注释\n", []),
    ("a: >\n  甲\n  乙\n", ["1:4 folded-chinese"]),
    ("a: 甲\n  乙\n", ["1:4 folded-chinese"]),
    ('a: "甲\n  乙"\n', ["1:4 folded-chinese"]),
    ("a: >\n  one\n  two\nb: |\n  甲\n  乙\n", []),
    ("title: 他说: 好\n", ["1:10 colon-in-value"]),
    ("a: x\n标题 甲\nb: y\n", ["2:1 missing-colon"]),
    ("标题：甲\na: y\n", ["1:1 missing-colon"]),
    ('a: "x\nb: 1\n', ["1:4 unclosed-quote"]),
    ("a: [甲, 乙\nb: 1\n", ["1:4 unclosed-bracket"]),
    ('a: "甲"乙\n', ["1:7 text-after-quote"]),
    ("a: **甲**\n", ["1:4 bad-start"]),
    ("a: @x\n", ["1:4 bad-start"]),
    ("a:\n   b: 1\n  c: 2\n", ["3:3 bad-indentation"]),
    ("a: [\n", ["2:1 unclosed-bracket"]),
    ("title: - a\n", ["1:8 yaml-syntax"]),
    ("a: 甲\u200b\n", ["1:5 invisible-character"]),
    ("a: 甲\u202e乙\n", ["1:5 invisible-character"]),
    ("a: 1\n\ufeffb: 2\n", ["2:1 invisible-character"]),
    ("a: 甲\x00\n", ["1:5 control-character"]),
    ("a: 甲\u0085乙\n", ["1:5 control-character"]),
    ("a: 甲\u2028乙\nb: b\tb\n", ["1:5 control-character", "2:5 tab"]),
    ("a: 甲\ufffd\n", ["1:5 replacement-character"]),
    ("a: 张\ue815\n", ["1:5 private-use-character"]),
    ("荣光\n", ["1:1 not-a-mapping"]),
    (r'a: "甲\x07乙\u202e"', ["1:4 control-character", "1:4 invisible-character"]),
    (r'a: "甲\ue000乙\\"', ["1:4 private-use-character"]),
    ('a: "甲\ue000\\\\"', ["1:6 private-use-character"]),
    ("", ["1:1 empty-file"]),
    ("# 只有注释\n\n", ["1:1 empty-file"]),
    ("\ufeff", ["1:1 empty-file"]),
    ("a: " + "[" * 20, ["1:23 too-deep"]),
    ("- a\n" * 50_000, ["50000:3 too-many-nodes"]),
]


@pytest.mark.usefixtures("loader")
@pytest.mark.parametrize(("text", "expected"), CASES)
def test_slips_of_yaml(text: str, expected: list[str]) -> None:
    assert read(text)[1] == expected


MARKDOWN_CASES = [
    ("", ["1:1 empty-file"]),
    ("正文。\n", ["1:1 missing-front-matter"]),
    ("\n\n---\ntitle: a\n---\n正文。\n", ["3:1 missing-front-matter"]),
    ("title: a\n---\n正文。\n", ["1:1 missing-front-matter"]),
    ("———\ntitle: a\n———\n正文。\n", ["1:1 missing-front-matter", "1:1 unclosed-front-matter"]),
    ("---\ntitle: a\n\n正文。\n", ["1:1 unclosed-front-matter"]),
    ("---\ntitle: a\n－－－\n正文。\n", ["1:1 unclosed-front-matter"]),
    ("---\ntitle: a\n正文。\n", ["1:1 unclosed-front-matter"]),
    ("---\ntitle: a\n", ["1:1 unclosed-front-matter"]),
    ("---\n---\n正文。\n", ["1:1 not-a-mapping"]),
    ("---\n- a\n---\n", ["1:1 not-a-mapping"]),
    ("---\ntitle: a\n---\n正\u200b文\ufffd。\n", ["4:2 invisible-character", "4:4 replacement-character"]),
    ("---\ntitle: a\ntitle: b\n---\n\t正文\n", ["3:1 duplicate-key"]),
]


@pytest.mark.parametrize(("text", "expected"), MARKDOWN_CASES)
def test_slips_of_front_matter(text: str, expected: list[str]) -> None:
    assert read(text, "a.md")[1] == expected


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("title：荣光\n", {"title": "荣光"}),
        ("tags：\n  －甲\n  -乙\n", {"tags": ["甲", "乙"]}),
        ("a:\n\tb: c\n", {"a": {"b": "c"}}),
        ("title: 他说: 好\nb: 1\n", {"title": "他说： 好", "b": "1"}),
        ("a: [[person:x|it's]]说\n", {"a": "[[person:x|it's]]说"}),
        ("a: |\n\u3000\u3000甲\n  乙\n", {"a": "甲\n乙\n"}),
        ("a: 1\na: 2\n", {"a": "1"}),
        ("a: &x 1\nb: *x\n", {"a": "1", "b": "1"}),
        ("a: &x [1]\nb: *x\n", {"a": ["1"], "b": None}),
        ("ti\u200btle: 荣光\n", {"title": "荣光"}),
        (r'a: "甲\x07\u4e59"', {"a": "甲乙"}),
    ],
)
def test_what_was_meant_is_read(text: str, mended: object) -> None:
    assert data(text) == mended


def test_both_places_of_a_duplicate_key_are_named() -> None:
    found = parse(SourceFile("a.yml", b"a: 1\nb: 2\na: 3\n")).diagnostics
    assert [(place.line, place.column) for place in found[0].related] == [(1, 1)]


def test_everything_is_told_in_one_run() -> None:
    text = 'title：荣光\nsummary: "甲"乙\ntags:\n\t- 丙\nnote: &x 丁\nnote: 戊\nwhere: >\n  己\n  庚\n'
    assert read(text)[1] == [
        "1:6 full-width-colon",
        "2:13 text-after-quote",
        "4:1 tab",
        "5:7 anchor",
        "6:1 duplicate-key",
        "7:8 folded-chinese",
    ]


@pytest.mark.parametrize(
    ("encoded", "guess"),
    [
        ("title: 荣光故事，退役军人事务\n".encode("gb18030"), "GB18030"),
        ("title: 榮光故事，退役軍人事務\n".encode("big5"), "Big5"),
        ("title: 荣光故事\n".encode("utf-16"), "UTF-16"),
        ("title: 荣光故事\n".encode("utf-16-le"), "UTF-16"),
        ("title: a long English title\n".encode("utf-16-be"), "UTF-16"),
        ("title: 荣光故事退役军人\n".encode()[:-2], "损坏了的UTF-8"),
        (b"title: \xff\xff\xff\n", "认不出的编码"),
    ],
)
def test_other_encodings_are_guessed(encoded: bytes, guess: str) -> None:
    found = parse(SourceFile("a.yml", encoded)).diagnostics
    assert ("not-utf-8", {"guess": guess}) in [(problem.code, dict(problem.arguments)) for problem in found]


def test_a_guessed_text_is_read_on() -> None:
    document, found = read("title: 荣光\ntitle: 光荣\n".encode("gb18030"))
    assert found == ["1:8 not-utf-8", "2:1 duplicate-key"]
    assert document is not None
    assert document.data == {"title": "荣光"}


FLOODS: dict[str, str] = {
    "alias bomb": "a: &a [x, x]\n" + "".join(f"b{n}: &b{n} [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n" for n in range(40)),
    "nested brackets": "a: " + "[" * 5_000,
    "a megabyte of brackets": "[" * 999_000,
    "a megabyte of braces": "{" * 999_000,
    "nested mappings": "\n".join(" " * depth + "a:" for depth in range(1_000)),
    "nested dashes": "- " * 400_000,
    "nested questions": "? " * 400_000,
    "colons": "a: b" + ": c" * 200_000,
    "wide dashes": "－a\n" * 200_000,
    "wide colons": "a：b\n" * 150_000,
    "tabs": "a:\t" + "\t" * 900_000 + "b",
    "control characters": "\x00" * 900_000,
    "mixed odd characters": "\x00\u200b" * 200_000,
    "quotes in a reference": "a: {{" + "'" * 900_000,
    "duplicate keys": "a: 1\n" * 20_000,
    "errors": "\n".join(f'a{number}: "x" y' for number in range(60_000)),
    "anchors": "&a " * 300_000,
    "blanks": " " * 999_000,
    "blank lines": "\n" * 999_000,
    "one long word": "甲" * 300_000,
}


@pytest.mark.parametrize("path", ["a.yml", "a.md"])
@pytest.mark.parametrize("flood", FLOODS)
def test_no_flood_costs_more_than_a_second(flood: str, path: str) -> None:
    text = FLOODS[flood] if path == "a.yml" else f"---\n{FLOODS[flood]}\n---\n"
    file = SourceFile(path, text.encode()[:999_999])
    started = time.process_time()
    checked = parse(file)
    assert time.process_time() - started < SECOND
    assert len(checked.diagnostics) < 2_100


def test_a_file_over_a_megabyte_is_not_read() -> None:
    assert read(b"a" * 1_000_001)[1] == ["1:1 too-large"]


SAMPLE = """---
title: 荣光
tags: [甲, 乙]
quotes:
  - text: "他说：“好”"
    source: report
benefit: |
  每月 {{ figure:a }}。

  [[person:b|丙]]来了。
where: >-
  one
  two
---

## 标题

正文 `code`，[[story:c]]。
""".encode()

PIECES = (*"：－\u3000\t\"'[{|>#%\n甲\u200b", "---\n", "- ", ": ", "&a ", "*a", "!x ", "? ", "${", "<<: ")
edits = st.lists(
    st.tuples(
        st.integers(0, len(SAMPLE)),
        st.integers(0, 6),
        st.one_of(st.binary(max_size=4), st.sampled_from([piece.encode() for piece in PIECES])),
    ),
    max_size=8,
)


def reads_without_failing(data: bytes, path: str) -> None:
    checked = parse(SourceFile(path, data))
    for found in checked.diagnostics:
        assert found.message("zh")
        assert found.message("en")
        assert found.hint("zh")
        assert found.span.line >= 1
        assert found.span.column >= 1
    if checked.value is not None:
        spans = checked.value.spans
        for path_ in ((), ("title",), ("quotes", 0, "text"), ("body",)):
            for offset in (0, 3, 50):
                spans.at(path_, offset)
            spans.key(path_)


@given(st.binary(max_size=300), st.sampled_from(["a.yml", "a.md"]))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_bytes_are_read_without_failing(noise: bytes, path: str) -> None:
    reads_without_failing(noise, path)


@given(st.text(max_size=200), st.sampled_from(["a.yml", "a.md"]))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_is_read_without_failing(noise: str, path: str) -> None:
    reads_without_failing(noise.encode("utf-8", "surrogatepass"), path)


@given(edits, st.sampled_from(["a.yml", "a.md"]))
@settings(max_examples=600, deadline=None, derandomize=True)
def test_any_mutated_file_is_read_without_failing(edits: list[tuple[int, int, bytes]], path: str) -> None:
    mutated = SAMPLE if path == "a.md" else SAMPLE.partition(b"---\n")[2].partition(b"---\n")[0]
    for start, length, put in edits:
        mutated = mutated[:start] + put + mutated[start + length :]
    reads_without_failing(mutated, path)


words = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=("Cc", "Cs", "Co", "Cf", "Zl", "Zp"),
        exclude_characters="\u3000\ufffd",
    )
)
keys = st.from_regex(r"[a-z][a-z_]{0,8}", fullmatch=True)
values = st.recursive(
    words, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(keys, values, min_size=1, max_size=5))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_what_another_program_wrote_is_read_as_it_was(written: dict[str, Any]) -> None:
    text = yaml.dump(written, allow_unicode=True, default_style='"', width=1_000_000)
    assert data(text) == written
