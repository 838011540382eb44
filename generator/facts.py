"""Facts: what pages are made of, by name, with a record of who read what.

A page is made from nothing but its record and the facts that it asks for. Their numbers are noted while it is
rendered, so that a later run knows exactly which pages a changed fact touches.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol, TypeVar

import msgspec

T = TypeVar("T")

_MOST_KEPT = 200_000
"""Values that one process keeps decoded. More would only cost memory: tasks go through the records by region."""


def _plain(value: object) -> str:
    """Dates and the like of the model are strings with more to them."""
    if isinstance(value, str):
        return str.__str__(value)
    raise TypeError(f"no fact: {value!r}")


_encoder = msgspec.msgpack.Encoder(order="deterministic", enc_hook=_plain)


def encode(value: object) -> bytes:
    """The same bytes for the same value; dataclasses of strings, numbers, tuples and mappings."""
    return _encoder.encode(value)


def decode(data: bytes, kind: type[T]) -> T:
    """The value that `encode` wrote; raises msgspec.DecodeError for anything else."""
    return _decoder(kind).decode(data)  # type: ignore[arg-type,no-any-return]


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)


class Reader(Protocol):
    """Where facts are kept."""

    def fact(self, name: str) -> tuple[int, bytes | None] | None:
        """The fact's number and value; None where no fact of that name was ever heard of."""


@dataclass(slots=True)
class Reads:
    """What was asked for: numbers of facts, and names of facts that are not there."""

    facts: set[int] = field(default_factory=set)
    missing: set[str] = field(default_factory=set)

    def add(self, other: Reads) -> None:
        self.facts.update(other.facts)
        if other.missing:
            self.missing.update(other.missing)


class Facts:
    """Typed access to a reader. One for each process."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._known: dict[str, tuple[int, Any]] = {}
        self._reads = Reads()

    def get(self, name: str, kind: type[T]) -> T | None:
        """The fact `name`, or None where there is none; either way the look is noted."""
        try:
            number, value = self._known[name]
        except KeyError:
            found = self._reader.fact(name)
            if found is None:
                self._reads.missing.add(name)
                return None
            number, value = found[0], None if found[1] is None else decode(found[1], kind)
            if len(self._known) >= _MOST_KEPT:
                self._known.clear()
            self._known[name] = (number, value)
        self._reads.facts.add(number)
        return value  # type: ignore[no-any-return]

    def need(self, name: str, kind: type[T]) -> T:
        """The fact `name`; raises KeyError where there is none."""
        value = self.get(name, kind)
        if value is None:
            raise KeyError(name)
        return value

    def noting(self) -> _Noting:
        """What is read inside, which counts as read outside too."""
        return _Noting(self)

    def note(self, reads: Reads) -> None:
        """Count as read what was read when something kept from then was made."""
        self._reads.add(reads)

    def remember(self, kept: dict[Any, tuple[T, Reads]], key: object, make: Callable[[], T]) -> T:
        """What `make` gives, made once for `kept`; every use counts as reading what it was made of."""
        found = kept.get(key)
        if found is None:
            with self.noting() as reads:
                value = make()
            kept[key] = (value, reads)
            return value
        self._reads.add(found[1])
        return found[0]


class _Noting:
    """A class, for `contextmanager` takes three times as long, and there are several for each page."""

    __slots__ = ("_facts", "_inner", "_outer")

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._inner = Reads()

    def __enter__(self) -> Reads:
        self._outer, self._facts._reads = self._facts._reads, self._inner
        return self._inner

    def __exit__(self, *_: object) -> None:
        self._facts._reads = self._outer
        self._outer.add(self._inner)
