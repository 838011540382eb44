"""The quick reader says what the careful one says, or nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.parse import parse
from generator.parse.characters import may_hold_odd_characters, odd_characters
from generator.parse.draft import Draft
from generator.parse.encoding import decode
from generator.parse.mending import parse_mending
from generator.parse.plain import Plain, read_plain
from generator.source import SourceFile


def reads_alike(text: str, path: str = "a.yml") -> None:
    """Whichever way `parse` takes, it tells what the careful way tells."""
    data = text.encode("utf-8", "surrogatepass")
    file = SourceFile(path, data)
    quick, careful = parse(file), parse_mending(file, decode(data))
    assert quick == careful, text


@pytest.mark.parametrize(
    "path", [*ROOT.glob("content/*/*.*"), *ROOT.glob("stories/*.md"), *ROOT.glob("policies/*.md")], ids=lambda p: p.name
)
def test_the_sample_content_is_plain(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = path.read_text("utf-8")
    name = path.relative_to(ROOT).as_posix()
    reads_alike(text, name)
    monkeypatch.setattr("generator.parse.mending.parse_mending", lambda *_: pytest.fail("took the long way"))
    assert parse(SourceFile(name, text.encode())).value


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: b\nc:\nd: ''\n", {"a": "b", "c": None, "d": ""}),
        ("# x\n\na: 'b'\n  # y\nc: \"d # e\"\n", {"a": "b", "c": "d # e"}),
        ("a:\n- x\n- story:y\nb:\n  - z\n", {"a": ["x", "story:y"], "b": ["z"]}),
        ("- a: 1\n  b:\n    - c: 2\n- a: 3\n", [{"a": "1", "b": [{"c": "2"}]}, {"a": "3"}]),
        ("a: |\n  x\n\n    y\n\n\nb: |-\n x\n", {"a": "x\n\n  y\n", "b": "x"}),
        ("a:\n- b:\n  c: 1\n", {"a": [{"b": None, "c": "1"}]}),
        ("a: 1\nb:\n", {"a": "1", "b": None}),
        ("a:\n  b: 1\n  c:\nd: https://e.cn/#f\n", {"a": {"b": "1", "c": None}, "d": "https://e.cn/#f"}),
    ],
)
def test_what_is_plain(text: str, data: object) -> None:
    assert read_plain(text) == Plain(data, has_gaps="None" in repr(data))
    reads_alike(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# x\n",
        "a: b",
        "a\n",
        "a: b\na: c\n",
        "a: b: c\n",
        "a: b:\n",
        "a: b # c\n",
        "a: b\n  c\n",
        "a: b\n  c: d\n",
        "a:\n  b\n",
        "a:\n    b: 1\n  c: 2\n",
        "a:\tb\n",
        "a: 甲\u3000乙\n",
        "a: [b]\n",
        "a: {b: c}\n",
        "a: &b c\n",
        "a: *b\n",
        "a: !b c\n",
        "a: > \n  b\n",
        "a: |+\n  b\n",
        "a: |2\n   b\n",
        "a: |\nb: c\n",
        "a: |\n\n  b\n",
        'a: "b\\n"\n',
        "a: 'b''c'\n",
        'a: "b"c\n',
        "? a\n: b\n",
        "- \n",
        "- - a\n",
        "- －a\n",
        "- ppt：一份\n",
        "- a:甲\n",
        "---\na: b\n",
        "a: b\n...\n",
        "".join(f"{' ' * depth}a:\n" for depth in range(15)),
        "- a\n" * 10_001,
    ],
)
def test_what_is_left_to_the_careful_reader(text: str) -> None:
    assert read_plain(text) is None
    reads_alike(text)


def test_every_odd_character_is_looked_at() -> None:
    """Whichever Unicode this Python knows."""
    for code in range(sys.maxunicode + 1):
        draft = Draft("a.yml", [chr(code)])
        odd_characters(draft, is_guessed=False)
        assert may_hold_odd_characters(chr(code)) or not draft.found, hex(code)


INDENTS = ("", "", "", "  ", "  ", "    ", " ", "      ")
DASHES = ("", "", "- ", "- ", "-  ", "-", "－", "- - ")
KEYS = ("a: ", "b: ", "c_d: ", "a:", "b:", "e:", "a : ", "标题: ", "a：", "<<: ", "a:  ", "Ab-1: ", '"a": ')
VALUES = (
    "",
    *("x", "甲乙", "甲 乙", "1", "~", "x:y", "x:甲", "x: y", "x:", "x#y", "x #y", "#y", "x：y", "—x", "-1", "-", "x "),
    *('"x"', "'x'", '"x: y # z"', "''", "'x''y'", '"x\\ny"', '"x" y', '"x', "'", '" "', "' x '", '"\'"'),
    *("|", "|-", "|+", "|2", ">", "| ", "|x", "| # y"),
    *("[x, y]", "[x，y]", "{x: y}", "[[person:x]]", "{{ figure:x }}", "]", "&x y", "*x", "!x y", "%x", "@x", "`x`"),
    *("---", "...", "--- x", "? x", ": x", "x\u00a0", "\u2003x", "x\u3000y", "x\ty", "=", "<<", "x, y", "x]", "x?"),
)
lines = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(INDENTS),
        st.sampled_from(DASHES),
        st.sampled_from((*KEYS, "", "")),
        st.sampled_from(VALUES) | st.text("ab甲:# -'\"|，：", max_size=6),
        st.sampled_from(("\n", "\n", "\n", "\n", "\n\n", " \n", "\n  \n", "\n# x\n", "\n  # x\n", "")),
    ),
)


@given(st.lists(lines, max_size=8).map("".join))
@settings(max_examples=1500, deadline=None, derandomize=True)
def test_any_lines_are_read_alike(text: str) -> None:
    reads_alike(text)


plain_lines = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(("", "", "  ", "  ", "    ", "   ")),
        st.sampled_from(("", "", "- ", "-  ")),
        st.sampled_from(("a:", "b:", "c:", "a: x", "b: 'x'", "c: |", "d: |-", "e: 甲", "story:x", "x", "", "# x", "|")),
        st.sampled_from(("\n", "\n", "\n", "\n", "\n\n")),
    ),
)


@given(st.lists(plain_lines, max_size=10).map("".join))
@settings(max_examples=1500, deadline=None, derandomize=True)
def test_any_plain_lines_are_read_alike(text: str) -> None:
    reads_alike(text)


BODIES = (
    "",
    "\n",
    "正文。\n",
    "\n\n  正文\n\n二",
    " \n\u3000\n\u3000正文\n",
    "---\n",
    "\x0c\n正文",
    "\n\u2028\n正文\n",
)


@given(
    st.sampled_from(("---\n", "---\n", "--- \n", "\n---\n", "", "———\n")),
    st.lists(plain_lines | lines, max_size=3).map("".join),
    st.sampled_from(("---\n", "---\n", "---", "--- \n", "", "\n---\n", "---\n---\n")),
    st.lists(st.sampled_from(BODIES), max_size=3).map("".join),
)
@settings(max_examples=800, deadline=None, derandomize=True)
def test_any_front_matter_is_read_alike(opening: str, matter: str, closing: str, body: str) -> None:
    reads_alike(f"{opening}{matter}{closing}{body}", "a.md")
