"""Records without their long texts, and as JSON: for the store, and for other processes of a run."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from generator.model.base import Record

R = TypeVar("R", bound="Record")

_LONG_TEXTS = ("body", "script", "transcript", "worksheet")


def outline(record: R) -> R:
    """The record without the texts that take up most of it and that nothing but its own page shows."""
    texts = _long_texts(record)
    return _with(record, dict.fromkeys(texts)) if texts else record


def to_json(record: Record) -> bytes:
    """What `from_json` reads; fields that have their defaults are left out."""
    return record.__pydantic_serializer__.to_json(record, exclude_defaults=True, exclude_none=True)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A record on its way to another process, where it arrives as the record: the outline as JSON, which is at hand,
    and the long texts as they are. Pickling each model inside takes longer."""

    record: Record
    outlined: bytes
    """What `to_json` gave for its outline."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _unpacked, (type(self.record), self.outlined, _long_texts(self.record))


def _unpacked(model: type[R], outlined: bytes, texts: dict[str, str]) -> R:
    record = model.model_validate_json(outlined)
    # Nobody else has it yet, so that it need not be copied.
    record.__dict__.update(texts)
    return record


def _long_texts(record: Record) -> dict[str, str]:
    held = record.__dict__
    return {name: held[name] for name in _LONG_TEXTS if held.get(name)}


def _with(record: R, texts: Mapping[str, str | None]) -> R:
    other = copy(record)
    other.__dict__.update(texts)
    return other
