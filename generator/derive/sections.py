"""How each kind is listed: its words, its look, and the facets that it is sorted by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from generator.model import MODELS, Kind
from generator.values import Value

Style = Literal["cards", "rows", "numbers", "glossary", "dated", "roll"]


class Section(Value, frozen=True):
    """One list of the site."""

    heading: str
    introduction: str
    style: Style
    measure: str
    facets: tuple[str, ...] = ("地区",)
    order: str = "按日期，新的在前"
    """How the list is sorted, in words; by id where empty."""
    page_size: int = 24


SECTIONS: Mapping[Kind, Section] = {
    "region": Section("地区", "各地的首页：那里的人、地方、政策和数字。", "cards", "个", ("级别",), ""),
    "story": Section(
        "人物事迹", "从军营到岗位，他们怎样继续做一名战士。每篇都注明出处。", "cards", "篇", ("地区", "主题", "荣誉")
    ),
    "person": Section(
        "人物", "见于公开报道的退役军人、宣讲员和拥军人物。", "cards", "人", ("地区", "类型", "荣誉"), ""
    ),
    "honour": Section("荣誉名册", "按荣誉列出获得者；届次与年份照来源。", "roll", "项", ("级别", "类型"), ""),
    "organization": Section(
        "机构与团队",
        "退役军人事务机关、服务中心（站）、宣讲团、志愿服务队和园区。",
        "rows",
        "个",
        ("地区", "类型", "级别"),
        "",
    ),
    "place": Section("地点", "可以去看、去办事、去参加活动的地方。", "cards", "处", ("地区", "类型"), ""),
    "route": Section("荣光路线", "一条路走过几处值得停下来的地方。", "cards", "条", ("地区", "学段")),
    "lecture": Section("红色宣讲", "老兵讲给新兵、学生和街坊听的故事。", "cards", "篇", ("地区", "学段", "主题")),
    "activity": Section(
        "活动", "茶会、招聘会、送喜报、欢迎仪式，一场一场都记在这里。", "dated", "项", ("地区", "主题")
    ),
    "initiative": Section("工作品牌", "各地叫得响的做法，和它包含的各项行动。", "cards", "个", ("地区", "主题")),
    "policy": Section(
        "政策服务", "我能享受什么，怎么办，找谁办。", "rows", "项", ("对象", "状态", "类型", "地区", "级别")
    ),
    "service": Section(
        "服务事项", "服务站清单里的一项项服务：谁办、在哪办、多久办完。", "rows", "项", ("类型", "对象", "地区"), ""
    ),
    "figure": Section(
        "数字",
        "每个数字都有单位、时间、口径和出处；约数、余数照来源写。",
        "numbers",
        "个",
        ("地区", "来源"),
        page_size=48,
    ),
    "lesson": Section("国防教育课堂", "按学段备好的课，带走就能上。", "cards", "课", ("学段", "类型", "地区"), ""),
    "source": Section("来源", "本站事实的出处：报道、文件和法律。", "rows", "篇", ("发布单位",)),
    "term": Section("术语", "这一行的词，和它的解释。", "glossary", "条", (), "", 400),
}

DOORS: tuple[tuple[Kind, str], ...] = (
    ("story", "从军营到岗位，他们怎样继续做一名战士"),
    ("lecture", "老兵讲给新兵、学生和街坊听的故事"),
    ("route", "一条路走过几处值得停下来的地方"),
    ("policy", "我能享受什么，怎么办，找谁办"),
    ("lesson", "按学段备好的课，带走就能上"),
)
"""The five doors of the site, with the line under each on the home page."""

_LIT: Mapping[Kind, Kind] = {
    "person": "story",
    "honour": "story",
    "activity": "lecture",
    "initiative": "lecture",
    "place": "route",
    "service": "policy",
    "organization": "policy",
}
"""Kinds that stand behind another kind's door."""


def door_of(kind: Kind) -> str:
    """The section that a page of this kind lights in the navigation; "" where none."""
    door = _LIT.get(kind, kind)
    return MODELS[door].plural if door in {kind for kind, _ in DOORS} else ""
