"""What one is entitled to, how to get it, and what schools teach."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from benchmarks.material import names, words
from benchmarks.material.prose import Setting, list_items, paragraphs
from benchmarks.material.stories import common, ids
from benchmarks.material.world import Data, Made, World, slug
from generator.model import Kind

_PERIOD_MINUTES = 40
_USED: tuple[Kind, ...] = ("story", "person", "lecture", "route", "place")


def policy(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("policy", number)
    region = world.region(random)
    place = world.regions[region]
    base = common(world, random, region)
    year = random.randint(2016, 2024)
    title = f"{place.title}{names.POLICY_NAMES[number % len(names.POLICY_NAMES)]}（{year}年第{number + 1}号）"
    basis = world.picks(random, "policy", region, 1)
    offices = world.picks(random, "organization", region, 2)
    base.pop("date")
    data: Data = {
        "id": slug(place, "policy", number),
        "title": title,
        "summary": f"{place.title}办理{random.choice(words.MATTERS)}的依据。",
        **base,
        "type": random.choice(("document", "measure", "benefit", "regulation")),
        "number": f"汀退役发〔{year}〕{number + 1}号",
        "issuer": f"{place.title}退役军人事务局",
        "level": "county",
        "issued": f"{year}-03-01",
        "effective": f"{year}-04-01",
        "audience": random.sample(words.AUDIENCES, 2),
        "basis": [{"policy": made.id, "articles": ["第三条"]} for made in basis],
        "organizations": ids(offices),
        "eligibility": [
            {"question": "是否为本地户籍的退役军人？", "condition": "本地户籍"},
            {"question": "本年度是否尚未享受同类待遇？", "condition": "本年度未享受同类待遇"},
        ],
        "benefit": f"可以得到{random.choice(words.MATTERS)}方面的帮助。",
        "procedure": _steps(random),
        "materials": ["身份证", "退役证件", "申请表"],
        "where": "\n".join(f"- [[organization:{office.id}]]" for office in offices),
        "articles": [{"number": "第五条", "gist": random.choice(words.REMARKS)}],
        "original": {"title": title},
        "body": "\n\n".join(
            ("## 要点", "\n".join(list_items(random)), "## 说明", paragraphs(random, _office(place.title), 3))
        ),
    }
    return data, Made(data["id"], title, region)


def _office(place: str) -> Setting:
    return Setting("工作人员", place, 2024)


def _steps(random: Random) -> list[Data]:
    return [
        {"title": "提出申请", "who": "本人", "text": "带齐材料到服务站窗口。"},
        {"title": "核对情况", "who": "服务站", "days": str(random.randint(1, 5))},
        {"title": "审定和办结", "who": "县级退役军人事务部门", "days": str(random.randint(3, 15))},
    ]


def service(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("service", number)
    region = world.region(random)
    place = world.regions[region]
    base = common(world, random, region)
    base.pop("date")
    rule = world.pick(random, "policy", region)
    name = names.SERVICE_NAMES[number % len(names.SERVICE_NAMES)]
    title = f"{place.title}{name}"
    data: Data = {
        "id": slug(place, "service", number),
        "title": title,
        "summary": f"在{place.title}办理{name}。",
        **base,
        "category": random.choice(names.SERVICE_CATEGORIES),
        "audience": random.sample(words.AUDIENCES, 2),
        **({"policy": rule.id} if rule else {}),
        "procedure": _steps(random),
        "materials": ["身份证", "退役证件"],
        "offered_by": ids(world.picks(random, "organization", region, 2)),
        "where": ids(world.picks(random, "place", region, 1)),
        "duration": f"{random.randint(1, 10)}个工作日",
        "channels": ["现场", "线上"],
        "body": paragraphs(random, _office(place.title), 1),
    }
    return data, Made(data["id"], title, region)


def lesson(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("lesson", number)
    region = world.region(random)
    place = world.regions[region]
    base = common(world, random, region)
    base.pop("date")
    name = names.LESSON_NAMES[number % len(names.LESSON_NAMES)]
    title = f"{name}（{place.title}第{number + 1}课）"
    used = [(kind, made) for kind in _USED if (made := world.pick(random, kind, region))]
    rule = world.pick(random, "policy", region)
    data: Data = {
        "id": slug(place, "lesson", number),
        "title": title,
        "summary": f"用{place.title}的人和事上一节国防教育课。",
        **base,
        "grade_band": random.choice(words.GRADES[:4]),
        "subject": random.choice(("道德与法治", "班会", "综合实践活动", "语文")),
        "periods": "1",
        "by_editors": "true",
        "goals": ["说出故事里的三个时刻。", "知道一项优待政策。", "写出自己的一个做法。"],
        "preparation": ["打印学习单", "准备地图"],
        "flow": _flow(random, used),
        "questions": ["他为什么这样做？", "换作你，会怎样做？"],
        "quiz": [{"question": "光荣牌挂在哪里？", "options": ["门上", "屋后", "车里"], "answer": "门上"}],
        "worksheet": "1. 写下你记住的一句话。\n2. 画出一个场景。",
        "outcome": ["我能讲出一个老兵的故事。"],
        "keywords": random.sample(words.TAGS, 3),
        "misconceptions": [{"wrong": "退役以后就与国防无关了。", "right": "国防是每个公民的事。"}],
        "tips": ["尊重讲述人的意愿。"],
        "care": ["班上有烈属子女的，课前先沟通。"],
        "uses": [f"{kind}:{made.id}" for kind, made in used],
        "basis": [{"policy": rule.id, "articles": ["第五条"]}] if rule else [],
        "body": paragraphs(random, _office(place.title), 1),
    }
    return data, Made(data["id"], title, region)


def _flow(random: Random, used: Sequence[tuple[Kind, Made]]) -> list[Data]:
    """Four parts that fill one period."""
    first, second, third = random.randint(6, 9), random.randint(8, 12), random.randint(8, 12)
    kind, made = used[0]
    return [
        {"minutes": str(first), "activity": "听一听", "detail": f"教师讲[[{kind}:{made.id}]]里的一段。"},
        {"minutes": str(second), "activity": "找一找", "detail": "分组在材料里找出时间、地点和人物。"},
        {"minutes": str(third), "activity": "演一演", "detail": "每组演一个时刻，别的组提问。"},
        {"minutes": str(_PERIOD_MINUTES - first - second - third), "activity": "写一写", "detail": "完成学习单。"},
    ]
