"""People, the organizations they work in, the places they meet at, the routes that join those."""

from __future__ import annotations

from random import Random

from benchmarks.material import names, words
from benchmarks.material.evidence import location
from benchmarks.material.prose import Setting, paragraphs, person_name
from benchmarks.material.stories import common, ids
from benchmarks.material.world import Data, Made, World, slug

_MASKED = 0.04


def person(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("person", number)
    region = world.region(random)
    place = world.regions[region]
    base = common(world, random, region)
    name = person_name(random)
    if random.random() < _MASKED:
        name = f"{name[0]}某"
    report = base["sources"][0]["source"]
    post = f"{place.title}{random.choice(words.POSTS)}"
    base.pop("date")
    data: Data = {
        "id": slug(place, "person", number),
        "name": name,
        "name_form": "masked" if name.endswith("某") else "full",
        "living": random.choice(("yes", "yes", "unknown")),
        "post": post,
        "summary": f"{post}，{random.choice(words.REMARKS)}。",
        **base,
        "organizations": ids(world.picks(random, "organization", region, random.choice((0, 1, 1)))),
        "service": {"branch": random.choice(words.BRANCHES), "years": _years(random)},
        "roles": random.sample(words.ROLES, random.choice((1, 2))),
        "honours": [_held(random, honour, report) for honour in world.picks(random, "honour", region, 2)],
        "consent": {"ground": "public-report", "source": report},
        "quotes": [{"text": random.choice(words.SAYINGS), "source": report}] if random.random() < 0.4 else [],
        "body": paragraphs(random, Setting(name, place.title, 2024), 3),
    }
    return data, Made(data["id"], name, region)


def _years(random: Random) -> str:
    first = random.randint(1955, 2012)
    return f"{first}年至{first + random.randint(2, 16)}年"


def _held(random: Random, honour: Made, report: str) -> Data:
    return {"honour": honour.id, "year": str(random.randint(2005, 2014)), "source": report}


def organization(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("organization", number)
    region = world.region(random)
    place = world.regions[region]
    base = common(world, random, region)
    base.pop("date")
    ending, sort, level = names.ORGANIZATION_SHAPES[number % len(names.ORGANIZATION_SHAPES)]
    title = f"{place.title}{_ordinal(random)}{ending}"
    parent = world.pick(random, "organization", region)
    data: Data = {
        "id": slug(place, "organization", number),
        "title": title,
        "type": sort,
        "level": level,
        **({"parent": parent.id} if parent and random.random() < 0.5 else {}),
        "founded": str(random.randint(2000, 2022)),
        "address": f"{place.title}人民路{random.randint(2, 200)}号",
        "phone": f"0{random.randint(710, 730)}-{random.randint(2_000_000, 8_999_999)}",
        "hours": "工作日9：00—17：00",
        "summary": f"{title}，负责{random.choice(words.MATTERS)}和{random.choice(words.MATTERS)}。",
        **base,
        "services": ids(world.picks(random, "service", region, 2)),
        "body": paragraphs(random, Setting(title, place.title, 2024), 1),
    }
    return data, Made(data["id"], title, region)


def _ordinal(random: Random) -> str:
    return random.choice(names.PLACE_HEADS)[0] + random.choice(names.PLACE_TAILS)[0]


def place(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("place", number)
    region = world.region(random)
    where = world.regions[region]
    base = common(world, random, region)
    base.pop("date")
    ending, sort = names.PLACE_SHAPES[number % len(names.PLACE_SHAPES)]
    title = f"{_ordinal(random)}{ending}"
    keeper = world.pick(random, "organization", region)
    data: Data = {
        "id": slug(where, "place", number),
        "title": title,
        "type": sort,
        **({"organization": keeper.id} if keeper else {}),
        "location": location(random),
        "address": f"{where.title}人民路{random.randint(2, 200)}号",
        "opening": "每日9：00—16：30，周一闭馆",
        "booking": "团体提前三天电话预约",
        "access": "有坡道，乘公交车可到",
        "facilities": ["宣传栏", "讲解室", "无障碍坡道"],
        "summary": f"{where.title}的{ending}。{random.choice(words.REMARKS)}。",
        **base,
        "body": paragraphs(random, Setting("讲解员", where.title, 2024), 2),
    }
    return data, Made(data["id"], title, region)


def route(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("route", number)
    region = world.region(random)
    where = world.regions[region]
    base = common(world, random, region)
    places = world.picks(random, "place", region, random.randint(3, 6))
    title = f"{where.title}{names.ROUTE_NAMES[number % len(names.ROUTE_NAMES)]}（{number + 1}号线）"
    data: Data = {
        "id": slug(where, "route", number),
        "title": title,
        "summary": f"一共{len(places)}站，适合半天走完。",
        **base,
        "stops": [_stop(random, made) for made in places],
        "length_km": f"{random.randint(10, 300) / 10}",
        "duration_minutes": str(random.choice((120, 180, 240))),
        "transport": "乘车和步行",
        "season": "春秋两季",
        "safety": "- 上下车清点人数。\n- 参观时保持安静。\n- 夏天备水和遮阳帽。",
        "grade_bands": random.sample(words.GRADES, 2),
        "start_place": places[0].id,
        "body": paragraphs(random, Setting("带队老师", where.title, 2024), 2),
    }
    return data, Made(data["id"], title, region)


def _stop(random: Random, place: Made) -> Data:
    return {
        "place": f"place:{place.id}",
        "stay_minutes": str(random.choice((20, 30, 45))),
        "see": f"{random.choice(words.RESULTS)}，看一看，问一问。",
        "task": "写下三句话，画一张草图。",
    }
