"""Walking the declared model: which fields name records, which hold text, which model a path leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.model.types import Choice, PartialDate, Period, RefersTo

Path = tuple[str | int, ...]
"""Field names and list positions that lead to a value inside a record."""


def field_at(model: type[BaseModel], path: Sequence[str | int]) -> FieldInfo | None:
    """The declaration of the field that `path` leads to; None where it leaves the declared shape."""
    found: FieldInfo | None = None
    current: type[BaseModel] | None = model
    for part in path:
        if isinstance(part, int):
            continue
        if current is None or part not in current.model_fields:
            return found if current is None else None
        found = current.model_fields[part]
        current = nested_model(found.annotation)
    return found


def model_at(model: type[BaseModel], path: Sequence[str | int]) -> type[BaseModel] | None:
    """The model that a mapping at `path` is checked against."""
    if not any(isinstance(part, str) for part in path):
        return model
    field = field_at(model, path)
    return nested_model(field.annotation) if field else None


def nested_model(annotation: Any) -> type[BaseModel] | None:
    """The model inside `annotation`, through optionals, tuples and annotations."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(nested_model, _arguments(annotation))), None)


def references(value: BaseModel) -> Iterator[tuple[Path, str]]:
    """Every `kind:id` that a field of `value` names, with the path of the field."""
    for path, text, refers_to in _leaves(value, ()):
        if refers_to is not None:
            yield path, text if len(refers_to.kinds) > 1 else f"{refers_to.kinds[0]}:{text}"


def texts(value: BaseModel) -> Iterator[tuple[Path, str]]:
    """Every text that an editor wrote in `value`: no ids, dates or choices."""
    for path, text, refers_to in _leaves(value, ()):
        if refers_to is None:
            yield path, text


def _leaves(value: BaseModel, path: Path) -> Iterator[tuple[Path, str, RefersTo | None]]:
    for name, refers_to in _plan(type(value)):
        yield from _inside(getattr(value, name), (*path, name), refers_to)


def _inside(value: Any, path: Path, refers_to: RefersTo | None) -> Iterator[tuple[Path, str, RefersTo | None]]:
    if isinstance(value, str):
        if not isinstance(value, (Choice, PartialDate, Period)):
            yield path, value, refers_to
    elif isinstance(value, tuple):
        for position, item in enumerate(value):
            yield from _inside(item, (*path, position), refers_to)
    elif isinstance(value, BaseModel):
        yield from _leaves(value, path)


@cache
def _plan(model: type[BaseModel]) -> tuple[tuple[str, RefersTo | None], ...]:
    """The fields of `model` that can hold text, each with what it refers to; ids are left out."""
    return tuple(
        (name, _refers_to(field)) for name, field in model.model_fields.items() if name not in {"id", "aliases"}
    )


def _refers_to(field: FieldInfo) -> RefersTo | None:
    marks = [mark for mark in field.metadata if isinstance(mark, RefersTo)]
    return marks[0] if marks else _mark_inside(field.annotation)


def _mark_inside(annotation: Any) -> RefersTo | None:
    for mark in getattr(annotation, "__metadata__", ()):
        if isinstance(mark, RefersTo):
            return mark
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return None
    return next(filter(None, map(_mark_inside, _arguments(annotation))), None)


def _arguments(annotation: Any) -> tuple[Any, ...]:
    return tuple(argument for argument in get_args(annotation) if argument is not Ellipsis)
