"""The chapters of a brochure as JSON: opener, stories, people, brands, lectures and activities, routes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from generator.derive import Derived
from generator.library import Key, key_of
from generator.model import Activity, Figure, Initiative, Lecture, Person, Record, Region, Route, Story
from generator.model.places import Stop
from generator.model.stories import Action
from generator.quantity import chinese_number
from generator.quotation import quoted
from generator.render.print.landscape import landscape
from generator.render.print.prose import Node
from generator.render.print.qr import qr_code
from generator.render.print.selection import ChapterRecords, label_of
from generator.render.print.sourcing import source_line
from generator.render.print.words import Words
from generator.values import Value

_MOST_FACTS = 4
_STATES = {"done": "", "running": "持续开展", "planned": "计划中"}
_TITLED = re.compile("[“”‘’《》]")


class Desk(Value, frozen=True):
    """What every part of a book is written with."""

    derived: Derived
    words: Words
    source_numbers: Mapping[str, int]

    def page_code(self, record: Record) -> dict[str, Any]:
        """The QR code of the record's page on the site."""
        return qr_code(self.derived.config.url + self.derived.cards[key_of(record)].url)


def chapter(desk: Desk, records: ChapterRecords, number: int) -> dict[str, Any]:
    """One chapter; sections without records are left out."""
    region = desk.derived.library.find(Region, records.chapter.region)
    sections = [section for section in _sections(desk, records) if section["items"]]
    return {
        "owner": key_of(region),
        "label": f"region-{region.id}",
        "number": chinese_number(number + 1),
        "title": region.title,
        "motto": region.motto,
        "seal": region.seal or region.title[:2],
        "palette": desk.derived.regions.palette(region.id).value,
        "art": landscape(f"opener:{region.id}", level_lines=16),
        "art_tail": landscape(f"tail:{region.id}", level_lines=0),
        "facts": _facts(desk, region),
        "sections": sections,
        "contents": [entry for section in sections for entry in _contents(section)],
    }


def _sections(desk: Desk, records: ChapterRecords) -> list[dict[str, Any]]:
    name = desk.derived.regions.short_name(records.chapter.region)
    return [
        {"kind": "stories", "title": None, "label": None, "items": [_story(desk, story) for story in records.stories]},
        _titled(records, "people", f"{name}的人", [_person(desk, person) for person in records.people]),
        _titled(records, "brands", "工作品牌与行动", [_initiative(desk, made) for made in records.initiatives]),
        _titled(records, "scripts", "红色宣讲", [_script(desk, lecture) for lecture in records.scripts]),
        _titled(records, "events", "宣讲与活动纪事", [_events(desk, records.events)] if records.events else []),
        _titled(records, "routes", "荣光路线", [_route(desk, route) for route in records.routes]),
    ]


def _titled(records: ChapterRecords, kind: str, title: str, items: Sequence[Node]) -> dict[str, Any]:
    label = f"{kind}-in-{records.chapter.region}"
    return {"kind": kind, "title": title, "label": label, "items": list(items)}


def _contents(section: dict[str, Any]) -> list[dict[str, Any]]:
    """Stories one by one, the other sections by their name."""
    if section["kind"] == "stories":
        return [{"title": item["title"], "label": item["label"]} for item in section["items"]]
    return [{"title": section["title"], "label": section["label"]}]


def _facts(desk: Desk, region: Region) -> list[dict[str, str]]:
    shown = [desk.derived.cards[Key(f"figure:{figure}")] for figure in region.figures][:_MOST_FACTS]
    return [
        {
            "value": desk.derived.figure_texts[card.id],
            "title": card.title.removeprefix(region.title),
            "when": when_of(desk.derived, card.id),
        }
        for card in shown
    ]


def when_of(derived: Derived, figure_id: str) -> str:
    """To when a figure is counted, or over what time."""
    figure = derived.library.find(Figure, figure_id)
    if figure.as_of:
        return f"截至{figure.as_of.chinese}"
    return figure.period.chinese if figure.period else ""


def _headed(desk: Desk, record: Record) -> dict[str, Any]:
    """What every titled item has."""
    card = desk.derived.cards[key_of(record)]
    return {
        "owner": card.key,
        "key": card.key,
        "label": label_of(record),
        "kicker": card.kicker + ("（编者编写）" if record.by_editors else ""),
        "title": record.title,
        "standfirst": desk.words.line(record.summary) if record.summary else None,
        "seal": card.seal,
    }


def _sourced(desk: Desk, record: Record) -> dict[str, Any]:
    return {"source": desk.words.plain(source_line(desk.derived, record)), "qr": desk.page_code(record)}


def _story(desk: Desk, story: Story) -> dict[str, Any]:
    blocks = desk.words.blocks(story.body)
    for quote in story.pull_quotes:
        _place_quote(blocks, _pull(desk, quote.text, quote.speaker, verbatim=quote.verbatim))
    if story.timeline:
        blocks.append({"t": "h", "c": ["时间线"]})
        blocks.extend(
            {"t": "dated", "when": entry.when.chinese, "c": desk.words.line(entry.what)} for entry in story.timeline
        )
    return {
        **_headed(desk, story),
        **_sourced(desk, story),
        "blocks": blocks,
        "art": landscape(story.id, level_lines=7),
    }


def _pull(desk: Desk, text: str, speaker: str | None, *, verbatim: bool) -> Node:
    """Quotation marks only around somebody's own words."""
    words = quoted(text) if verbatim else text
    return {"t": "pull", "c": desk.words.line(words), "speaker": speaker}


def _place_quote(blocks: list[Node], quote: Node) -> None:
    """After the paragraph nearest to the middle that has no list or table of its own after it."""
    paragraphs = [
        index
        for index, (block, following) in enumerate(pairwise(blocks))
        if block["t"] == "p" and following["t"] in ("p", "h")
    ]
    middle = len(blocks) / 2
    if paragraphs:
        blocks.insert(min(paragraphs, key=lambda index: abs(index + 1 - middle)) + 1, quote)
    else:
        blocks.append(quote)


def _person(desk: Desk, person: Person) -> dict[str, Any]:
    card = desk.derived.cards[key_of(person)]
    honours = []
    for held in person.honours:
        edition = f"第{held.edition}届" if held.edition else ""
        level = held.level.label if held.level else ""
        honours.append(f"{level}{edition}{desk.words.title(Key(f'honour:{held.honour}'))}")
    return {
        "owner": card.key,
        "key": card.key,
        "label": label_of(person),
        "name": person.shown_name,
        "honours": honours or [person.roles[0]] if person.honours or person.roles else [],
        "summary": desk.words.line(person.summary or person.post or ""),
        "seal": card.seal,
        "art": landscape(person.id, level_lines=5),
    }


def _initiative(desk: Desk, initiative: Initiative) -> dict[str, Any]:
    blocks = desk.words.blocks(initiative.body)
    for action in initiative.actions:
        blocks.extend(_action(desk, action))
    if initiative.slogan:
        blocks.insert(min(1, len(blocks)), _pull(desk, initiative.slogan, None, verbatim=False))
    return {
        **_headed(desk, initiative),
        **_sourced(desk, initiative),
        "blocks": blocks,
        "when": initiative.when.chinese if initiative.when else None,
    }


def _action(desk: Desk, action: Action) -> list[Node]:
    """Under a heading of its own when there is something to say of it, else as an item of a list."""
    told = desk.words.blocks(action.text)
    title = desk.words.line(action.title)
    if action.members:
        told.append({"t": "p", "c": desk.words.line(f"见{'、'.join(f'[[{member}]]' for member in action.members)}。")})
    return [{"t": "h", "c": title}, *told] if told else [{"t": "item", "sign": "", "depth": 0, "c": title}]


def _script(desk: Desk, lecture: Lecture) -> dict[str, Any]:
    blocks = desk.words.blocks(lecture.body)
    blocks.extend(desk.words.blocks(lecture.script))
    if lecture.occasions:
        blocks.append({"t": "h", "c": ["讲过的场次"]})
        blocks.extend({"t": "p", "c": desk.words.line(line)} for line in _occasions(desk, lecture))
    return {
        **_headed(desk, lecture),
        **_sourced(desk, lecture),
        "blocks": blocks,
        "when": f"约{lecture.duration_minutes}分钟" if lecture.duration_minutes else None,
    }


def _occasions(desk: Desk, lecture: Lecture) -> list[str]:
    lines = []
    for held in lecture.occasions:
        parts = [
            held.date.chinese if held.date else "",
            desk.words.title(Key(held.place)) if held.place else "",
            f"听众：{held.audience}" if held.audience else "",
            desk.derived.figure_texts.get(held.number, "") if held.number else "",
            held.note.rstrip("。") if held.note else "",
        ]
        lines.append("，".join(part for part in parts if part) + "。")
    return lines


def _events(desk: Desk, events: Sequence[Lecture | Activity]) -> dict[str, Any]:
    """All events as one running text, each under its own heading."""
    blocks = [block for event in events for block in _event(desk, event)]
    return {"blocks": blocks}


def _event(desk: Desk, event: Lecture | Activity) -> list[Node]:
    head = {
        "t": "event",
        "owner": key_of(event),
        "key": key_of(event),
        "label": label_of(event),
        "title": event.title,
        "meta": "　".join(part for part in _event_meta(desk, event) if part),
    }
    summary = [{"t": "p", "c": desk.words.line(event.summary)}] if event.summary else []
    return [head, *(desk.words.blocks(event.body) or summary)]


def _event_meta(desk: Desk, event: Lecture | Activity) -> list[str]:
    if isinstance(event, Lecture):
        lecturers = "、".join(desk.words.title(Key(f"person:{person}")) for person in event.lecturers)
        return ["宣讲", f"宣讲人：{lecturers}" if lecturers else ""]
    when = event.when or event.date
    return [
        when.chinese if when else "",
        event.schedule or "",
        desk.words.title(Key(event.place)) if event.place else "",
        _STATES[event.state],
    ]


def _route(desk: Desk, route: Route) -> dict[str, Any]:
    return {
        **_headed(desk, route),
        **_sourced(desk, route),
        "note": "原文未载各站详情。" if not route.stops else None,
        "stops": [_stop(desk, stop) for stop in route.stops],
        "practical": [[name, nodes] for name, nodes in _practical(desk, route) if nodes],
    }


def _stop(desk: Desk, stop: Stop) -> dict[str, Any]:
    return {
        "key": stop.place,
        "title": desk.words.title(Key(stop.place)),
        "stay": f"停留{stop.stay_minutes}分钟" if stop.stay_minutes else None,
        "see": desk.words.blocks(stop.see),
        "task": desk.words.blocks(stop.task),
    }


def _practical(desk: Desk, route: Route) -> list[tuple[str, list[Node]]]:
    def line(text: str | None) -> list[Node]:
        return [{"t": "p", "c": desk.words.line(text)}] if text else []

    length = f"{route.length_km:g}千米" if route.length_km else None
    lasts = f"{route.duration_minutes}分钟" if route.duration_minutes else None
    return [
        ("集合地点", line(desk.words.title(Key(f"place:{route.start_place}")) if route.start_place else None)),
        ("全长与用时", line("，".join(part for part in (length, lasts) if part) or None)),
        ("交通", line(route.transport)),
        ("季节", line(route.season)),
        ("适合学段", line("、".join(band.label for band in route.grade_bands) or None)),
        ("安全", desk.words.blocks(route.safety)),
        ("说明", desk.words.blocks(route.body)),
    ]
