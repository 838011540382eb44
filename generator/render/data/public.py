"""The public form of a record: what open data says of it, and what it keeps to itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import BaseModel

from generator import inline
from generator.derive.cards import Card
from generator.library import key_of
from generator.model import Consent, Figure, Kind, Lecture, Person, Policy, Record
from generator.model.schools import QuizItem
from generator.quantity import amount
from generator.render.site.site import Site
from generator.validity import PolicyStatus
from generator.values import Value

HIDDEN: Mapping[type[BaseModel], frozenset[str]] = {
    # Everything published has one status; originals of pictures and recordings are not published at all.
    Record: frozenset({"status", "cover"}),
    Lecture: frozenset({"recording"}),
    # Of a person the least that the page needs: `name` is given as it is shown, the year of birth not at all.
    Person: frozenset({"portrait", "display_name", "birth_year"}),
    Consent: frozenset({"record_number"}),
    # Answers are for the teacher.
    QuizItem: frozenset({"answer", "explanation"}),
}
"""Fields that no open file contains."""

_FIRST = ("kind", "id", "title", "page")

_NONE: tuple[Any, ...] = ()

Told = Callable[[Site, Record, Card], Any]


class Added(Value, frozen=True):
    """A field that the declared model does not have and readers of the data need."""

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]
    value: Told


@cache
def added(kind: Kind) -> tuple[Added, ...]:
    """What is added to records of `kind`, before the model's own fields."""
    return (*_COMMON, *_OWN.get(kind, ()))


def hidden(model: type[BaseModel]) -> frozenset[str]:
    """The fields of `model` that are left out, its parents' among them."""
    return frozenset().union(*(names for parent, names in HIDDEN.items() if issubclass(model, parent)))


def public_record(site: Site, record: Record) -> dict[str, Any]:
    """The published record as JSON has it; fields without a value are left out."""
    card = site.need_card(key_of(record))
    extra = {field.name: field.value(site, record, card) for field in added(record.kind)}
    filled = {name: value for name, value in extra.items() if value not in (None, "")}
    shown = _Plain(site).model(record)
    if isinstance(record, Person):
        shown["name"] = record.shown_name
        if record.display_name:
            # The pinyin of a name tells the name.
            shown.pop("reading", None)
    return in_order({**filled, **shown})


def in_order(fields: dict[str, Any]) -> dict[str, Any]:
    """What tells the records apart before the rest."""
    head = {name: fields[name] for name in _FIRST if name in fields}
    return {**head, **fields}


class _Plain:
    """Values of the model as JSON values; references inside texts become Markdown links to the site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._root = site.config.url

    def model(self, value: BaseModel) -> dict[str, Any]:
        fields = value.__dict__
        shown = {}
        for name in _shown(type(value)):
            found = fields[name]
            # Most fields are empty: those need no look at their type.
            if found is None or found is _NONE:
                continue
            plain = self._value(found)
            if plain or (plain != [] and plain != {}):
                shown[name] = plain
        return shown

    def _value(self, value: Any) -> Any:
        kind = type(value)
        if kind is str:
            # A single character is found several times faster than two, and most texts have none of them.
            return inline.expand(value, self._link) if "[" in value or "{" in value else value
        if kind is tuple:
            return [self._value(item) for item in value]
        if kind is bool or kind is int:
            return value
        if isinstance(value, str):
            return str(value)
        if isinstance(value, BaseModel):
            return self.model(value)
        return number(value) if kind is Decimal else value

    def _link(self, found: inline.InlineReference) -> str:
        card = self._site.card(found.target)
        if card is None:
            return inline.escape_markdown(found.words or "")
        if found.number:
            return inline.escape_markdown(self._site.figure_text(found.id) or "")
        return f"[{inline.escape_markdown(found.words or card.title)}](<{self._root}{card.url}>)"


def number(value: Decimal) -> int | float:
    """A JSON number with no more digits than were written."""
    return int(value) if value == value.to_integral_value() else float(value)


@cache
def _shown(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(name for name in model.model_fields if name not in hidden(model))


def _amount(_site: Site, record: Record, _card: Card) -> int | float | None:
    return number(amount(record)) if isinstance(record, Figure) else None


def _source_title(site: Site, record: Record, _card: Card) -> str | None:
    source = site.source(record.source) if isinstance(record, Figure) else None
    return source.title if source else None


_TEXT: Mapping[str, Any] = {"type": "string"}
_COMMON = (
    Added("kind", "种类", "记录的种类。", _TEXT, lambda _s, record, _c: record.kind),
    Added(
        "page",
        "网页",
        "网站上的永久网址。",
        {"type": "string", "format": "uri"},
        lambda site, _r, card: f"{site.config.url}{card.url}",
    ),
    Added("region_name", "地区名称", "从市一级写起的地区名称。", _TEXT, lambda _s, _r, card: card.region_name),
)
_OWN: Mapping[Kind, tuple[Added, ...]] = {
    "figure": (
        Added(
            "text",
            "读法",
            "正文里的写法，连同单位和“约”“余”“多”。",
            _TEXT,
            lambda site, record, _c: site.figure_text(record.id),
        ),
        Added("amount", "折合数", "去掉单位里的“万”“亿”以后的数。", {"type": "number"}, _amount),
        Added("source_title", "来源标题", "来源记录的标题。", _TEXT, _source_title),
    ),
    "policy": (
        Added(
            "validity",
            "效力",
            "生成数据那一天的效力。",
            {"type": "string", "enum": [*PolicyStatus], "enumDescriptions": [status.label for status in PolicyStatus]},
            lambda site, record, _c: str(site.policy_status(record.id)) if isinstance(record, Policy) else None,
        ),
    ),
}
