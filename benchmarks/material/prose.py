"""Sentences, paragraphs and whole stories in Chinese, with headings, lists, tables and references."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.material import names, words

_TOWNS = "村镇乡"


@dataclass(frozen=True, slots=True)
class Setting:
    """Who and where the sentences are about."""

    name: str
    place: str
    year: int
    """The last year that they may tell of."""


def sentence(random: Random, setting: Setting) -> str:
    kind = random.random()
    who = _who(random, setting)
    if kind < 0.30:
        return f"{random.choice(words.TIMES)}，{who}{random.choice(words.DEEDS)}，{random.choice(words.RESULTS)}。"
    if kind < 0.50:
        first, second = random.sample(words.DEEDS, 2)
        return f"{random.choice(words.REASONS)}，{who}{first}，又{second}。"
    if kind < 0.62:
        return f"“{random.choice(words.SAYINGS)}。”{who}说。"
    if kind < 0.76:
        return _event(random, setting)
    if kind < 0.88:
        matter, reason = random.choice(words.MATTERS), random.choice(words.REASONS)
        return f"说起{matter}，{who}总是很认真：{reason}，{random.choice(words.DEEDS)}。"
    return f"{random.choice(words.REMARKS)}。"


def _who(random: Random, setting: Setting) -> str:
    kind = random.random()
    if kind < 0.22:
        return setting.name
    if kind < 0.34:  # other people widen the vocabulary, as they do in real stories
        return random.choice(("战友", "老兵", "民兵", "烈属", "村民")) + person_name(random)
    return random.choice(words.WHO)


def _event(random: Random, setting: Setting) -> str:
    year = random.randint(setting.year - 40, setting.year - 1)
    where = setting.place if random.random() < 0.4 else f"{_place(random)}{random.choice(_TOWNS)}"
    matter, result = random.choice(words.MATTERS), random.choice(words.RESULTS)
    return f"{year}年{random.randint(1, 12)}月，{where}开展{matter}，先后有{random.randint(12, 9800)}人参加，{result}。"


def person_name(random: Random) -> str:
    given = "".join(random.sample(names.GIVEN_NAMES, random.choice((1, 2, 2))))
    return random.choice(names.FAMILY_NAMES) + given


def _place(random: Random) -> str:
    return random.choice(names.PLACE_HEADS)[0] + random.choice(names.PLACE_TAILS)[0]


def paragraph(random: Random, setting: Setting) -> str:
    text = "".join(sentence(random, setting) for _ in range(random.randint(2, 5)))
    return f"**{random.choice(words.SAYINGS)}。**{text}" if random.random() < 0.08 else text


def paragraphs(random: Random, setting: Setting, count: int) -> str:
    return "\n\n".join(paragraph(random, setting) for _ in range(count))


def list_items(random: Random) -> Iterator[str]:
    for _ in range(random.randint(3, 6)):
        yield "- " + random.choice(words.ITEMS).format(
            matter=random.choice(words.MATTERS), many=random.randint(100, 9000), few=random.randint(2, 90)
        )


def table_lines(random: Random, setting: Setting) -> Iterator[str]:
    first = setting.year - random.randint(20, 40)
    yield "| 年份 | 岗位与地点 | 做了什么 |"
    yield "| --- | --- | --- |"
    for row in range(random.randint(3, 5)):
        where = f"{_place(random)}{random.choice(_TOWNS)}{random.choice(words.POSTS)}"
        yield f"| {first + 4 * row} | {where} | {random.choice(words.MATTERS)} |"


@dataclass(frozen=True, slots=True)
class StoryText:
    """A story's text and what its front matter says of it."""

    body: str
    headings: tuple[str, ...]
    characters: int


def story_text(random: Random, setting: Setting, mentions: Callable[[], str | None], pictures: str) -> StoryText:
    """1,500 to 2,500 characters under four to six headings; `mentions` gives sentences with references, until None."""
    headings = tuple(random.sample(words.HEADINGS, random.randint(4, 6)))
    # A section ends with the first paragraph that is past this.
    wanted = random.randint(1500, 2500) / len(headings) - 75
    list_at = random.randrange(len(headings))
    table_at = random.randrange(len(headings)) if random.random() < 0.4 else None
    blocks = [pictures] if pictures else []
    for position, heading in enumerate(headings):
        blocks.append(f"## {heading}")
        told = "\n".join(list_items(random)) if position == list_at else ""
        table = "\n".join(table_lines(random, setting)) if position == table_at else ""
        blocks.extend(_section(random, setting, mentions, wanted - len(told) - len(table)))
        blocks.extend(block for block in (told, table) if block)
        if random.random() < 0.15:
            blocks.append(f"> {random.choice(words.SAYINGS)}。")
    body = "\n\n".join(blocks)
    return StoryText(body, headings, len(body))


def _section(random: Random, setting: Setting, mentions: Callable[[], str | None], wanted: float) -> Iterator[str]:
    length = 0
    while length < wanted or length == 0:
        text = (mentions() or "") + paragraph(random, setting)
        length += len(text)
        yield text
