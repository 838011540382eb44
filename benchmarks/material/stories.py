"""What is told and done: stories, lectures, activities, initiatives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from benchmarks.material import names, words
from benchmarks.material.prose import Setting, list_items, paragraphs, sentence, story_text
from benchmarks.material.world import Data, Made, World, slug
from generator.model import Kind

UPDATED = "2026-11-20"
_IN_REVIEW = 100
"""Of so many stories one still waits for its reviews and is not published."""
_ALSO: Mapping[Kind, str] = {"term": "这件事牵涉到", "story": "另一段经历，见", "policy": "办法写在"}
"""What a story may refer to besides the records that its front matter names."""


def cited(world: World, random: Random, region: int) -> tuple[list[Data], date]:
    """One or two sources, and a day that the last of them can tell of."""
    sources = world.picks(random, "source", region, random.choice((1, 1, 2)))
    published = max(date.fromisoformat(source.day) for source in sources)
    where = (f"第{random.choice('一二三四五六七八九')}段" for _ in sources)
    citations = [{"source": source.id, "where": place} for source, place in zip(sources, where, strict=True)]
    return citations, published - timedelta(days=random.randint(0, 40))


def common(world: World, random: Random, region: int) -> Data:
    """The fields that most kinds fill in."""
    sources, day = cited(world, random, region)
    return {
        "region": world.regions[region].id,
        "tags": random.sample(words.TAGS, random.randint(2, 4)),
        "date": day.isoformat(),
        "updated": UPDATED,
        "sources": sources,
    }


def ids(made: list[Made]) -> list[str]:
    return [one.id for one in made]


def story(world: World, number: int) -> tuple[Data, Made | None]:
    random = world.random("story", number)
    region = world.region(random)
    place = world.regions[region]
    base = common(world, random, region)
    people = world.picks(random, "person", region, random.choice((1, 1, 2, 3)))
    figures = world.picks(random, "figure", region, random.choice((0, 1, 2)))
    honours = world.picks(random, "honour", region, random.choice((1, 2, 2, 3)))
    organizations = world.picks(random, "organization", region, random.choice((0, 1, 1, 2)))
    places = world.picks(random, "place", region, random.choice((0, 1, 1)))
    setting = Setting(people[0].title, place.title, int(base["date"][:4]))
    mentions = _references(world, random, region, people, honours, organizations, places, figures)
    pictures = world.images[number] if number < len(world.images) else ()
    text = story_text(random, setting, lambda: next(mentions, None), _shown(pictures[1:], setting.name))
    title = f"{setting.name}：{text.headings[0]}"
    data: Data = {
        "id": slug(place, "story", number),
        "title": title,
        "summary": f"{setting.name}，{place.title}{random.choice(words.POSTS)}。{sentence(random, setting)}",
        **base,
        "people": ids(people),
        "organizations": ids(organizations),
        "places": ids(places),
        "honours": ids(honours),
        "themes": random.sample(words.THEMES, random.choice((1, 1, 2))),
        "era": random.choice(words.ERAS),
        "pull_quotes": _pull_quotes(random, setting),
        "timeline": _timeline(random, setting),
        "reading": {"grade_band": random.choice(words.GRADES[1:4]), "minutes": 1 + text.characters // 400},
        "figures": ids(figures),
        "body": text.body,
    }
    if pictures:
        data["cover"] = pictures[0]
    if number % _IN_REVIEW == _IN_REVIEW - 1:
        data["status"] = "review"
        return data, None
    return data, Made(data["id"], title, region)


def _references(world: World, random: Random, region: int, *groups: list[Made]) -> Iterator[str]:
    """Sentences that refer to the records of a story, then to a term and, now and then, another story and a policy."""
    people, honours, organizations, places, figures = groups
    place = world.regions[region]
    yield f"[[person:{people[0].id}]]在[[region:{place.id}|{place.title}]]生活和工作。"
    yield from (f"多年以后，[[honour:{honour.id}]]的证书挂在了墙上。" for honour in honours[:1])
    yield from (f"在[[organization:{made.id}]]，大家都认得他。" for made in organizations)
    yield from (f"说起那一年，台账上记着{{{{ figure:{made.id} }}}}。" for made in figures)
    yield from (f"人们常在[[place:{made.id}]]遇见他。" for made in places)
    yield from (f"同去的还有[[person:{made.id}]]。" for made in people[1:])
    yield from (
        f"{opening}[[{kind}:{made.id}]]。"
        for kind, opening in _ALSO.items()
        if random.random() < 0.4 and (made := world.pick(random, kind, region))
    )


def _shown(pictures: Sequence[str], name: str) -> str:
    return "\n\n".join(f"![{name}和战友在一起]({picture})" for picture in pictures)


def _pull_quotes(random: Random, setting: Setting) -> list[Data]:
    if random.random() < 0.5:
        return []
    return [{"text": f"{random.choice(words.SAYINGS)}。", "speaker": setting.name, "verbatim": "false"}]


def _timeline(random: Random, setting: Setting) -> list[Data]:
    years = sorted(random.sample(range(setting.year - 30, setting.year), random.randint(2, 4)))
    return [{"when": str(year), "what": random.choice(words.DEEDS)} for year in years]


def lecture(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("lecture", number)
    region = world.region(random)
    place = world.regions[region]
    lecturers = world.picks(random, "person", region, 1)
    setting = Setting(lecturers[0].title, place.title, 2024)
    base = common(world, random, region)
    title = f"{names.LECTURE_NAMES[number % len(names.LECTURE_NAMES)]}（{place.title}第{number + 1}讲）"
    venue = world.pick(random, "place", region)
    data: Data = {
        "id": slug(place, "lecture", number),
        "title": title,
        "summary": f"{setting.name}讲自己和战友的经历。",
        **base,
        "lecturers": ids(lecturers),
        **_one("group", world.pick(random, "organization", region)),
        **_one("series", world.pick(random, "initiative", region), "initiative:"),
        "duration_minutes": random.choice((20, 30, 40)),
        "occasions": [{"date": base["date"], **_one("place", venue, "place:"), "audience": "学校师生"}],
        "grade_bands": random.sample(words.GRADES, 2),
        "by_editors": "true",
        "script": paragraphs(random, setting, 8),
        "body": paragraphs(random, setting, 1),
    }
    return data, Made(data["id"], title, region)


def activity(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("activity", number)
    region = world.region(random)
    place = world.regions[region]
    base = common(world, random, region)
    people = world.picks(random, "person", region, 2)
    results = world.picks(random, "figure", region, 1)
    name = random.choice(names.ACTIVITY_NAMES)
    title = f"{place.title}{name}（第{number + 1}场）"
    data: Data = {
        "id": slug(place, "activity", number),
        "title": title,
        "summary": f"{place.title}办的{name}。",
        **base,
        "when": base["date"],
        "state": "done",
        **_one("series", world.pick(random, "initiative", region), "initiative:"),
        **_one("place", world.pick(random, "place", region), "place:"),
        "people": ids(people),
        "organizations": ids(world.picks(random, "organization", region, 2)),
        "participants": ["退役军人", random.choice(("军人家属", "学校师生", "企业代表"))],
        "results": ids(results),
        "figures": ids(results),
        "body": f"到场的有[[person:{people[0].id}]]。"
        + paragraphs(random, Setting(people[0].title, place.title, int(base["date"][:4])), 3),
    }
    return data, Made(data["id"], title, region)


def initiative(world: World, number: int) -> tuple[Data, Made]:
    random = world.random("initiative", number)
    region = world.region(random)
    place = world.regions[region]
    base = common(world, random, region)
    title = f"{place.title}“{random.choice(names.INITIATIVE_NAMES)}”（{number + 1}）"
    data: Data = {
        "id": slug(place, "initiative", number),
        "title": title,
        "summary": f"{place.title}退役军人工作的一个品牌。",
        **base,
        "slogan": random.choice(words.SAYINGS),
        "when": f"{random.randint(2015, 2022)}/",
        "organizations": ids(world.picks(random, "organization", region, 2)),
        "actions": [_action(world, random, region) for _ in range(4)],
        "body": "\n".join(list_items(random)),
    }
    return data, Made(data["id"], title, region)


def _action(world: World, random: Random, region: int) -> Data:
    choices = (("person", world.pick(random, "person", region)), ("policy", world.pick(random, "policy", region)))
    members = [f"{kind}:{made.id}" for kind, made in choices if made]
    return {"title": random.choice(words.MATTERS), "text": f"{random.choice(words.RESULTS)}。", "members": members}


def _one(field: str, made: Made | None, prefix: str = "") -> Data:
    return {field: f"{prefix}{made.id}"} if made else {}


Maker = Callable[[World, int], tuple[Data, Made | None]]
