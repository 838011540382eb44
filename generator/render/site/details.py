"""What the template of each kind needs beside the record and its card."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from generator.derive.cards import Card
from generator.library import Key
from generator.model import MODELS, Figure, Kind, Policy, Record, Route, Story
from generator.quantity import amount
from generator.render.site.fronts import region_view
from generator.render.site.page import Page
from generator.render.site.strip import draw_strip
from generator.values import Value

_BACKLINK_TITLES: Mapping[Kind, str] = {
    "person": "相关人物",
    "organization": "相关机构与团队",
    "place": "相关地点",
    "route": "相关路线",
    "story": "相关事迹",
    "lecture": "相关宣讲",
    "activity": "相关活动",
    "initiative": "相关品牌",
    "policy": "相关政策",
    "service": "相关服务事项",
    "figure": "相关数字",
    "lesson": "用得上的课",
    "term": "相关术语",
    "honour": "相关荣誉",
    "source": "相关来源",
    "region": "相关地区",
}


class Backlinks(Value, frozen=True):
    """The first records of one kind that refer to this one, and how many there are."""

    title: str
    cards: list[Card]
    total: int


class StopView(Value, frozen=True):
    card: Card | None
    name: str
    stay: int | None
    see: str | None
    task: str | None


class Bar(Value, frozen=True):
    """One part of a figure; `share` is of the whole, in per cent."""

    card: Card
    label: str
    text: str
    share: str


def detail_context(page: Page, card: Card, record: Record) -> dict[str, Any]:
    """Everything that the kind's template refers to."""
    links = page.links_of_record
    return {
        "p": page,
        "r": record,
        "card": card,
        "trail": trail(page, card),
        "credit": tuple(_credit(page, record)),
        "groups": [
            Backlinks(_BACKLINK_TITLES[group.kind], page.refs(group.keys), group.total) for group in links.beside
        ],
        "relations": [(page.site.need_card(relation.key), relation.reason) for relation in links.related],
        **_own(page, card, record),
    }


def trail(page: Page, card: Card) -> list[tuple[str, str | None]]:
    """Home, the list, the main region where it has one, the page itself."""
    steps: list[tuple[str, str | None]] = [("首页", ""), (MODELS[card.kind].label, f"{MODELS[card.kind].plural}/")]
    above = page.find("region", card.main) if card.main else None
    if above and above.id != card.id:
        steps.append((above.title, above.url))
    return [*steps, (card.title, None)]


def _credit(page: Page, record: Record) -> Iterator[str]:
    sources = [source for citation in record.sources[:2] if (source := page.source(citation.source))]
    for credit in dict.fromkeys(source.credit for source in sources):
        yield f"据{credit}"
    if isinstance(record, Story) and record.reading:
        if record.reading.minutes:
            yield f"约读{record.reading.minutes}分钟"
        if record.reading.grade_band:
            yield f"适合{record.reading.grade_band.label}及以上"
    if record.updated:
        yield f"更新于{record.updated}"


def _own(page: Page, card: Card, record: Record) -> dict[str, Any]:
    made = _CONTEXTS.get(record.kind)
    return made(page, card, record) if made else {}


def _route(page: Page, _card: Card, record: Record) -> dict[str, Any]:
    assert isinstance(record, Route)
    stops = [_stop(page, stop) for stop in record.stops]
    strip = draw_strip([stop.name for stop in stops], [stop.stay for stop in stops])
    return {"stops": stops, "strip": strip}


def _stop(page: Page, stop: Any) -> StopView:
    card = page.ref(stop.place)
    name = card.title if card else stop.place.partition(":")[2]
    return StopView(card, name, stop.stay_minutes, stop.see, stop.task)


def _policy(page: Page, _card: Card, record: Record) -> dict[str, Any]:
    assert isinstance(record, Policy)
    return {"replaced_by": page.ref(page.site.facts.get(f"replaced:{record.id}", Key))}


def _figure(page: Page, _card: Card, record: Record) -> dict[str, Any]:
    assert isinstance(record, Figure)
    return {
        "figure": page.site.figure(record.id),
        "bars": tuple(_bars(page, record)),
        "whole": page.ref(page.site.facts.get(f"whole:{record.id}", Key)),
    }


def _bars(page: Page, figure: Figure) -> Iterator[Bar]:
    """Lengths are shares of the whole, so that bars of one page can be compared and none begins above zero."""
    whole = amount(figure)
    for part_id in figure.parts:
        card, part = page.find("figure", part_id), page.site.figure_fact(part_id)
        if card and part and whole > 0:
            share = f"{float(Decimal(part.amount) / whole * 100):.2f}"
            yield Bar(card, part.scope or card.title, part.text, share)


def _region(page: Page, card: Card, _record: Record) -> dict[str, Any]:
    return {"home": region_view(page, card.id)}


_CONTEXTS: Mapping[Kind, Callable[[Page, Card, Record], dict[str, Any]]] = {
    "route": _route,
    "policy": _policy,
    "figure": _figure,
    "region": _region,
}
