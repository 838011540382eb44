"""A brochure as one JSON value: everything that the templates print, in the order they print it."""

from __future__ import annotations

from typing import Any

from generator.derive import Derived
from generator.model import Brochure
from generator.render.print import appendix
from generator.render.print.chapters import Desk, chapter
from generator.render.print.landscape import landscape
from generator.render.print.qr import qr_code
from generator.render.print.selection import Selection, select
from generator.render.print.words import words_of

_SAMPLE = "示例内容，未经初审、复审和终审，不作为办事和引用的依据。"
_RULES = (
    "人和事、时间和地点，都取自书末所列的公开报道和法律文本，用编者自己的话写成；来源没有写的，不补。",
    "加引号的话是来源中本人的原话；转述的话不加引号。",
    "数字连同单位、时间、口径照来源的写法，“数字”一篇逐条注明出处。",
    "来源隐去姓名的人，这里照样隐去；困难群众的家事不细说。",
    "原文读不准的地方列为“存疑”，注在篇末，等知道的人来补。",
    "写明“编者编写”的讲稿和路线，由编者根据来源编写，不是来源的原文。",
    "篇末的二维码通向网上的同一篇，那里有后来的更正。",
)


def book(derived: Derived, brochure: Brochure, selection: Selection | None = None) -> dict[str, Any]:
    """The whole book; strings in it are printed as they are."""
    chosen = selection or select(derived, brochure)
    numbers = {source.id: number for number, source in enumerate(chosen.sources, 1)}
    desk = Desk(derived, words_of(derived, chosen.labels()), numbers)
    made: dict[str, Any] = {
        **_front(desk, brochure),
        "chapters": [chapter(desk, records, number) for number, records in enumerate(chosen.chapters)],
        "policies": appendix.policies(desk, brochure, chosen),
        "figures": appendix.figures(desk, brochure, chosen),
        "index": appendix.index(derived),
        "colophon": appendix.colophon(desk, brochure, chosen),
    }
    parts = (made["policies"], made["figures"], made["index"], made["colophon"])
    made["parts"] = [{"title": part["title"], "label": part["label"]} for part in parts if part]
    return made


def _front(desk: Desk, brochure: Brochure) -> dict[str, Any]:
    config = desk.derived.config
    rules = _RULES if "figures" in brochure.sections else tuple(rule for rule in _RULES if "“数字”" not in rule)
    return {
        "owner": "",
        "title": brochure.title,
        "subtitle": brochure.subtitle,
        "cover_line": "　·　".join(
            part for part in (brochure.edition, config.organiser or "内容据公开报道，逐条注明出处") if part
        ),
        "author": config.organiser or config.title,
        "description": config.description,
        "keywords": [desk.derived.regions.short_name(part.region) for part in brochure.chapters],
        "seal": config.seal or config.title[:2],
        "url": config.url,
        "qr": qr_code(config.url),
        "art": landscape(f"cover:{brochure.id}", level_lines=18),
        "art_half": landscape(f"half-title:{brochure.id}", level_lines=0),
        "art_back": landscape(f"back:{brochure.id}", level_lines=8),
        "notices": [desk.words.line(line) for line in _notices(desk.derived)],
        "preface": desk.words.blocks(brochure.preface),
        "rules": [desk.words.line(rule) for rule in rules],
    }


def _notices(derived: Derived) -> list[str]:
    notices = [_SAMPLE] if derived.config.sample else []
    today = derived.today
    return [
        *notices,
        f"成书于{today.year}年{today.month}月{today.day}日。文字以{derived.config.licence}许可发布，转载须注明出处。",
    ]
