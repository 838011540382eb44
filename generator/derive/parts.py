"""Open data in parts: one file for a kind with few records, several of a few hundred each where there are many.

Which part a record belongs to follows from its id alone, so that a changed record touches one part, and a new one
moves none of the others until their number doubles.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

from generator.derive.derived import Derived
from generator.library import Key
from generator.model import MODELS, Kind
from generator.values import Value

MOST_IN_A_PART = 256
"""Records, on average, before the parts are halved; about a megabyte of stories."""


class Part(Value, frozen=True):
    """Some of the records of a kind."""

    name: str
    """Of its files, without folder and suffix: `stories`, or `stories-07`."""
    kind: Kind
    number: int
    """From 1; 0 where the part is the whole kind."""
    count: int
    """How many parts the kind has."""
    keys: tuple[Key, ...]
    """By id."""


def derive_parts(derived: Derived, kind: Kind) -> Iterator[Part]:
    """The parts of a kind, in order; none without records."""
    keys = sorted(card.key for card in derived.cards_of(kind))
    count = part_count(len(keys))
    found: dict[int, list[Key]] = {}
    for key in keys:
        found.setdefault(_place(key) % count, []).append(key)
    for place in sorted(found):
        number = place + 1 if count > 1 else 0
        yield Part(part_name(found[place][0], count), kind, number, count, tuple(found[place]))


def part_count(records: int) -> int:
    """How many parts so many records of a kind make."""
    count = 1
    while records > count * MOST_IN_A_PART:
        count *= 2
    return count


def part_name(key: str, count: int) -> str:
    """The part that a record belongs to, where its kind has `count` parts."""
    return numbered_part(key.partition(":")[0], _place(key) % count + 1, count)


def numbered_part(kind: str, number: int, count: int) -> str:
    """The name of a part by its number, from 1, where the kind has `count` parts."""
    return f"{_PLURALS[kind]}-{number:0{len(str(count))}}" if count > 1 else _PLURALS[kind]


_PLURALS = {str(kind): model.plural for kind, model in MODELS.items()}


def _place(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=4).digest(), "big")
