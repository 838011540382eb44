"""What pydantic found wrong with the shape of a value, told as diagnostics at the value's place."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from generator.diagnostics import Diagnostic, Span, diagnostic, is_rule
from generator.model import Record
from generator.model.fields import field_at, model_at
from generator.parse import SourceMap

_EXPECTED: Mapping[str, str] = {
    "string_type": "文字",
    "model_type": "一组“键: 值”",
    "model_attributes_type": "一组“键: 值”",
    "dict_type": "一组“键: 值”",
    "tuple_type": "一个列表（每项一行，以“- ”开头）",
}
_NUMBERS = frozenset(
    {"int_parsing", "int_parsing_size", "int_type", "int_from_float", "float_parsing", "float_type", "finite_number"}
    | {"decimal_parsing", "decimal_type"}
)
_LIMITS: Mapping[str, tuple[str, str]] = {
    "greater_than": ("gt", "应大于 {}"),
    "greater_than_equal": ("ge", "不小于 {}"),
    "less_than": ("lt", "应小于 {}"),
    "less_than_equal": ("le", "不大于 {}"),
    "decimal_max_places": ("decimal_places", "最多 {} 位小数"),
}


def shape_problems(
    model: type[BaseModel], error: ValidationError, spans: SourceMap, prefix: tuple[int, ...]
) -> Iterator[Diagnostic]:
    """One diagnostic for each error; unknown and empty keys point at the key, missing ones at their parent."""
    for detail in error.errors(include_url=False):
        path = tuple(detail["loc"])
        if detail["type"] == "missing" and _follows_from_another(model, path):
            continue
        where = _place(detail["type"], (*prefix, *path), spans)
        code, arguments = _told(model, detail, path)
        yield diagnostic(code, where, **arguments)


def _place(error: str, path: tuple[int | str, ...], spans: SourceMap) -> Span:
    if error == "extra_forbidden" or (error == "missing" and spans.holds(path)):
        return spans.key(path)
    return spans.value(path[:-1] if error == "missing" else path)


def _follows_from_another(model: type[BaseModel], path: tuple[int | str, ...]) -> bool:
    """A person's title is missing only because the name is, which is told already."""
    return issubclass(model, Record) and len(path) == 1 and path[0] in model.filled_in - {"id"}


def _told(model: type[BaseModel], detail: ErrorDetails, path: tuple[int | str, ...]) -> tuple[str, dict[str, Any]]:
    kind = detail["type"]
    title = _title(model, path)
    context = detail.get("ctx", {})
    value = _short(detail.get("input"))
    if is_rule(kind):
        return kind, dict(context)
    if kind in _LIMITS:
        name, words = _LIMITS[kind]
        return "out-of-range", {"value": value, "limit": words.format(context[name])}
    if kind in _NUMBERS:
        return "bad-number", {"value": value}
    if kind in _EXPECTED:
        return "wrong-type", {"title": title, "expected": _EXPECTED[kind], "value": value}
    return _BY_TYPE[kind](model, path, title, value, context)


_Teller = Callable[[type[BaseModel], tuple[int | str, ...], str, str, Mapping[str, Any]], tuple[str, dict[str, Any]]]


def _unknown_key(
    model: type[BaseModel], path: tuple[int | str, ...], _title: str, _value: str, _context: Mapping[str, Any]
) -> tuple[str, dict[str, Any]]:
    parent = model_at(model, path[:-1])
    known = parent.model_fields if parent else {}
    titled = [name for name, field in known.items() if field.title == path[-1]]
    nearest = titled or difflib.get_close_matches(str(path[-1]), known, n=1, cutoff=0.6)
    if nearest:
        return "unknown-key", {"key": path[-1], "nearest": nearest[0]}
    return "unknown-key-no-match", {"key": path[-1], "known": "、".join(known)}


_BY_TYPE: Mapping[str, _Teller] = {
    "extra_forbidden": _unknown_key,
    "missing": lambda _m, path, title, _v, _c: ("missing-field", {"field": path[-1], "title": title}),
    "enum": lambda _m, _p, title, value, context: _bad_choice(title, value, context),
    "literal_error": lambda _m, _p, title, value, context: _bad_choice(title, value, context),
    "bool_parsing": lambda _m, _p, title, value, _c: _bad_choice(title, value, {"expected": "true 或 false"}),
    "bool_type": lambda _m, _p, title, value, _c: _bad_choice(title, value, {"expected": "true 或 false"}),
    "string_pattern_mismatch": lambda _m, _p, title, value, _c: ("bad-pattern", {"title": title, "value": value}),
    "string_too_long": lambda _m, _p, title, _v, context: (
        "too-long",
        {"title": title, "limit": context["max_length"]},
    ),
    "string_too_short": lambda _m, _p, title, _v, context: (
        "too-short",
        {"title": title, "limit": context["min_length"]},
    ),
    "too_short": lambda _m, _p, title, _v, _c: ("empty-list", {"title": title}),
    "too_long": lambda _m, _p, title, _v, context: ("too-long", {"title": title, "limit": context["max_length"]}),
}
"""How the remaining pydantic errors are told. An error type that is not here is a bug of the model."""


def _bad_choice(title: str, value: str, context: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    choices = str(context["expected"]).replace("'", "").replace(" or ", "、").replace(", ", "、")
    return "bad-choice", {"title": title, "value": value, "choices": choices}


def _title(model: type[BaseModel], path: tuple[int | str, ...]) -> str:
    """The Chinese title of the field, or the last key of the path."""
    field = field_at(model, path)
    names = [part for part in path if isinstance(part, str)]
    return (field.title if field else None) or (names[-1] if names else "记录")


def _short(value: Any) -> str:
    """The value in a few words, for a message."""
    if isinstance(value, (dict, list)):
        return "一组键值" if isinstance(value, dict) else "一个列表"
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}……"
