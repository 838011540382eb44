"""What everything rests on: sources, figures that add up, terms, honours."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import isqrt
from random import Random

from benchmarks.material import names, words
from benchmarks.material.prose import Setting, paragraphs
from benchmarks.material.stories import UPDATED
from benchmarks.material.world import Data, Made, World, slug

_FIRST_DAY, _DAYS = date(2015, 1, 1), 4100
_GROUP = 5
"""Figures come in groups: three parts, their sum, and the share of the first part in it."""


def source(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("source", number)
    published = (_FIRST_DAY + timedelta(days=random.randrange(_DAYS))).isoformat()
    title = f"{random.choice(words.MATTERS)}：{random.choice(words.REMARKS)}（报道第{number + 1}篇）"
    data: Data = {
        "id": f"report-{number:06d}",
        "title": title,
        "summary": "编造的报道，只用于测量速度。",
        "tags": random.sample(words.TAGS, 2),
        "date": published,
        "publisher": random.choice(names.NEWSPAPERS),
        "published": published,
        "authors": [random.choice(names.REVIEWERS)],
        "retrieved": UPDATED,
        "updated": UPDATED,
    }
    return data, Made(data["id"], title, 0, day=published)


def figure(world: World, number: int) -> tuple[Data, Made]:
    group, role = divmod(number, _GROUP)
    random = world.random("figure", group)
    # Every figure of a group is made anew, so the choice may not depend on what was added between them.
    region = random.randrange(1, 4 + 3 * isqrt(group))
    place = world.regions[region]
    report = world.made["source"][random.randrange(1 + isqrt(group))]
    counted, unit, parts = random.choice(names.FIGURE_SHAPES)
    values = [random.randint(20, 4000) for _ in parts]
    year = str(int(report.day[:4]) - random.randint(1, 3))
    name = f"{place.title}{year}年{counted}（第{group + 1}组）"
    data: Data = {
        "id": slug(place, "figure", number),
        "title": name,
        "region": place.id,
        "tags": random.sample(words.TAGS, 2),
        "unit": unit,
        "period": year,
        "scope": f"{place.title}全境",
        "source": report.id,
        "sources": [{"source": report.id, "where": "第二段"}],
        "updated": UPDATED,
    }
    siblings = [slug(place, "figure", group * _GROUP + sibling) for sibling in range(_GROUP)]
    if role < len(parts):
        data |= {"title": f"{name}：{parts[role]}", "value": str(values[role])}
    elif role == len(parts):
        data |= {"value": str(sum(values)), "parts": siblings[: len(parts)]}
    else:
        share = (Decimal(values[0]) / sum(values) * 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
        data |= {"title": f"{name}：{parts[0]}占比", "value": str(share), "unit": "%"}
        data |= {"counted": siblings[0], "base": siblings[len(parts)]}
    shown = f"{data['value']}{data['unit']}"
    data["as_written"] = shown
    return data, Made(data["id"], data["title"], region, shown=shown)


def term(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("term", number)
    title = _name(number, names.TERM_NAMES, words.MATTERS, ("清单", "台账", "专员", "流程", "指引", "小组", "联系点"))
    others = world.picks(random, "term", 0, 2)
    data: Data = {
        "id": f"term-{number:06d}",
        "title": title,
        "definition": f"{random.choice(words.MATTERS)}中的常用词。各地的做法略有不同，以当地的说明为准。",
        "synonyms": [f"{title}工作"] if random.random() < 0.5 else [],
        "see_also": [made.id for made in others],
        "tags": random.sample(words.TAGS, 2),
        "sources": [world.made["source"][0].id],
        "updated": UPDATED,
    }
    return data, Made(data["id"], title, 0)


def honour(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("honour", number)
    title = _name(number, names.HONOUR_NAMES, names.HONOUR_NAMES, ("（省级）", "（市级）", "（县级）", "（镇级）"))
    data: Data = {
        "id": f"honour-{number:06d}",
        "title": title,
        "type": random.choice(("title", "title", "merit", "collective", "competition")),
        "level": random.choice(("provincial", "city", "county")),
        "order": str(10 * (number + 1)),
        "summary": f"授予在{random.choice(words.MATTERS)}中表现突出的人。",
        "body_conferring": f"{names.PROVINCE}退役军人事务厅",
        "holders": [f"region:{world.regions[world.region(random)].id}"] if random.random() < 0.3 else [],
        "tags": random.sample(words.TAGS, 2),
        "sources": [world.made["source"][0].id],
        "updated": UPDATED,
    }
    return data, Made(data["id"], title, 0)


def _name(number: int, names: tuple[str, ...], stems: tuple[str, ...], endings: tuple[str, ...]) -> str:
    """The names as they are, then stems with endings, then the same again with a number."""
    if number < len(names):
        return names[number]
    again, position = divmod(number - len(names), len(stems) * len(endings))
    ending, stem = divmod(position, len(stems))
    return f"{stems[stem]}{endings[ending]}" + (f"（{again + 1}）" if again else "")


def region(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("region", number)
    name = world.new_region()
    text = paragraphs(random, Setting(_office(name.title), name.title, 2024), 2)
    data: Data = {
        "id": name.id,
        "title": name.title,
        "level": name.level,
        **({"parent": world.regions[name.parent].id} if name.parent is not None else {}),
        "centre": location(random),
        "palette": random.choice(("cinnabar", "ochre", "green", "slate", "plum")),
        "seal": name.title[:2],
        "motto": random.choice(words.SAYINGS),
        "summary": f"{name.title}的退役军人工作。{random.choice(words.REMARKS)}。",
        "tags": random.sample(words.TAGS, 2),
        "sources": [world.made["source"][0].id],
        "updated": UPDATED,
        "body": text,
    }
    return data, Made(data["id"], name.title, number)


def _office(place: str) -> str:
    return f"{place}退役军人事务局"


def location(random: Random) -> Data:
    lat, lon = 30 + random.randrange(30_000) / 10_000, 112 + random.randrange(40_000) / 10_000
    return {"lat": f"{lat:.4f}", "lon": f"{lon:.4f}", "precision": "approximate", "datum": "CGCS2000"}
