"""Half-width marks beside Han characters: which are slips, which are not, and what mending them gives."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.parse import parse
from generator.punctuation import Slip, mend, punctuation_problems, slips
from generator.source import SourceFile

FLOOD_SECONDS = 3
"""Each takes a fraction of a second on an idle machine and minutes where the time is not proportional to the length."""


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("他退役后,回到家乡", "他退役后，回到家乡"),
        ("他退役后, 回到家乡", "他退役后，回到家乡"),
        ("通知:请参加;好!行?", "通知：请参加；好！行？"),
        ("他说:“好!”", "他说：“好！”"),
        ("“好”,他说", "“好”，他说"),
        ("《条例》,施行", "《条例》，施行"),
        ("荣光(见附件)一页", "荣光（见附件）一页"),
        ("共3个(含1个)", "共3个（含1个）"),
        ("abc(荣光)def", "abc（荣光）def"),
        ("(荣光 b)c", "（荣光 b）c"),
        ("一（见附件)二", "一（见附件）二"),
        ("国发(2024)3号", "国发〔2024〕3号"),
        ("好(一),(二)", "好（一），（二）"),
        ("真的?!", "真的？！"),
        ("`a,b`,好", "`a,b`，好"),
        ("[荣光](http://a.cn/(x)),好", "[荣光](http://a.cn/(x))，好"),
        ("见https://a.cn/x(1),然后", "见https://a.cn/x(1)，然后"),
        ("[[person:a|甲]],他", "[[person:a|甲]]，他"),
        ("[[person:a|甲,乙(丙)]],他", "[[person:a|甲，乙（丙）]]，他"),
        ("`[[person:a|甲,乙]]`", "`[[person:a|甲,乙]]`"),
        ("{{ figure:x }}:共", "{{ figure:x }}：共"),
        ("第一段(未完\n\n第二段)", "第一段（未完\n\n第二段）"),
    ],
)
def test_mends(text: str, mended: str) -> None:
    assert mend(text) == mended
    assert slips(mended) == ()


@pytest.mark.parametrize(
    "text",
    [
        "上午9:30开始",
        "比分3:1领先",
        "GS(2023)2767号",
        "GS京(2022)1061号",
        "京S(2021)023号",
        "one, two: three!",
        "荣光 (see below) 荣光",
        "`汉,字`",
        "``汉`,字``",
        "```\n汉,字\n```",
        "~~~yaml\n键:值\n~~~",
        "[[故事:甲]]",
        "[[故事:甲|乙]]",
        "# 写成 place:编号、种类:编号",
        "#    place: region:编号",
        "{{ figure:甲,乙 }}",
        "![图](a.jpg)",
        "好![图](a.jpg)",
        "[图](a,b.jpg)",
        "[^注]: 脚注",
        "https://a.cn/?x=1,2",
        "title: 荣光",
        "- [ ] 任务",
        "1) 第一",
        "| 甲 | 乙 |\n|:--|--:|",
        "mailto:a@b.cn",
        "用“:”分开，不用“,”",
        "[图](a,b.jpg)（图）",
        "- ```\n  汉,字\n  ```",
        "",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert slips(text) == ()


def test_a_slip_names_its_place_and_what_is_wanted() -> None:
    assert slips("甲,乙(丙)") == (Slip(1, ",", "，"), Slip(3, "(", "（"), Slip(5, ")", "）"))


def test_brackets_of_different_paragraphs_are_no_pair() -> None:
    assert [slip.offset for slip in slips("a (b\n\n甲)")] == [7]


MARKED = st.text(st.sampled_from("汉字ab1 ,:;!?()（），：“”《》`[]{}|\n#-.…—〔〕号"), max_size=40)


@given(MARKED)
@settings(max_examples=3_000, deadline=None, derandomize=True)
def test_mending_twice_is_mending_once(text: str) -> None:
    once = mend(text)
    assert mend(once) == once
    assert slips(once) == ()


@given(st.text(max_size=60))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_any_text_can_be_mended(text: str) -> None:
    once = mend(text)
    assert mend(once) == once
    assert len(once) <= len(text)


@pytest.mark.parametrize(
    "flood",
    ["`" * 200_000, "` `` " * 40_000, "(" * 200_000, "[[" * 100_000, "](" * 100_000, "{{" * 100_000,
     "http:" * 40_000, "```\n" * 50_000, "汉,\n~~~\n" * 25_000, "A" * 200_000, "`汉" * 60_000, "汉" + "," * 150_000,
     "(<```<``````(<<((<```(<(```(```(``````(``````(<<<(<((<```"],
)  # fmt: skip
def test_no_flood_costs_more_than_a_second(flood: str) -> None:
    started = time.process_time()
    slips(f"{flood}汉")
    assert time.process_time() - started < FLOOD_SECONDS


def test_problems_of_a_document_stand_at_their_places() -> None:
    text = (
        "---\ntitle: 甲,乙\nopen_points:\n  - quote: 丙,丁\n    question: 戊?\n"
        "quotes:\n  - text: |\n      一\n      二:三\n---\n\n四;\n五!\n"
    )
    document = parse(SourceFile("stories/a.md", text.encode())).value
    assert document is not None
    found = punctuation_problems(document)
    assert sorted((problem.span.line, problem.span.column) for problem in found) == [
        (2, 9),
        (5, 16),
        (9, 8),
        (12, 2),
        (13, 2),
    ]
    assert dict(found[0].arguments).keys() == {"found", "wanted"}
