"""Walking the declared model: which fields name records, which hold text, which model a path leads to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.model.types import RefersTo

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


def references(value: BaseModel) -> list[tuple[Path, str]]:
    """Every `kind:id` that a field of `value` names, with the path of the field."""
    found: list[tuple[Path, str]] = []
    _gather(value, (), _plan(type(value), RefersTo), found)
    return found


def texts(value: BaseModel) -> list[tuple[Path, str]]:
    """Every text that an editor wrote in `value`: no ids, dates or choices."""
    found: list[tuple[Path, str]] = []
    _gather(value, (), _plan(type(value), str), found)
    return found


class _Step(NamedTuple):
    """A field to look into. Looked up once for each model, because every record is walked several times."""

    name: str
    is_many: bool
    prefix: str
    """What its text is the rest of: the kind of the record that it names."""
    inner: tuple[_Step, ...] | None
    """The steps inside, where it holds models."""


def _gather(value: BaseModel, path: Path, steps: tuple[_Step, ...], found: list[tuple[Path, str]]) -> None:
    held = value.__dict__
    for name, is_many, prefix, inner in steps:
        item = held[name]
        if not item:
            continue
        here = (*path, name)
        if inner is None:
            if is_many:
                found.extend(((*here, position), prefix + text) for position, text in enumerate(item))
            else:
                found.append((here, prefix + item))
        elif is_many:
            for position, part in enumerate(item):
                _gather(part, (*here, position), inner, found)
        else:
            _gather(item, here, inner, found)


@cache
def _plan(model: type[BaseModel], wanted: type) -> tuple[_Step, ...]:
    """The fields of `model` that hold texts (`str`) or references (`RefersTo`), or models with such; no ids."""
    fields = ((name, field) for name, field in model.model_fields.items() if name not in {"id", "aliases"})
    return tuple(step for name, field in fields for step in _steps(name, field, wanted))


def _steps(name: str, field: FieldInfo, wanted: type) -> Iterator[_Step]:
    is_many, one = _leaf(field.annotation, field.metadata)
    if isinstance(one, RefersTo):
        if wanted is RefersTo:
            yield _Step(name, is_many, f"{one.kinds[0]}:" if len(one.kinds) == 1 else "", None)
    elif one is str:
        if wanted is str:
            yield _Step(name, is_many, "", None)
    elif isinstance(one, type) and issubclass(one, BaseModel):
        inner = _plan(one, wanted)
        if inner:
            yield _Step(name, is_many, "", inner)


def _leaf(annotation: Any, marks: Sequence[Any] = ()) -> tuple[bool, Any]:
    """Whether the annotation is that of many values, and what one of them is: a `RefersTo`, or else a type."""
    refers_to = next((mark for mark in marks if isinstance(mark, RefersTo)), None)
    if refers_to is not None:
        return False, refers_to
    origin = get_origin(annotation)
    if origin is Annotated:
        return _leaf(annotation.__origin__, annotation.__metadata__)
    if origin is tuple:
        return True, _leaf(get_args(annotation)[0])[1]
    if origin in (Union, UnionType):
        return _leaf(next(part for part in get_args(annotation) if part is not NoneType))
    return False, annotation


def _arguments(annotation: Any) -> tuple[Any, ...]:
    return tuple(argument for argument in get_args(annotation) if argument is not Ellipsis)
