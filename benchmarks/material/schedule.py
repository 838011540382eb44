"""Which kind the n-th record of an archive is. It depends on n alone, so a larger archive begins with the smaller one.

Stories are seven of ten records. What a province has few of (regions, sources, honours, terms) grows with a
root of the size; the rest of the records shares the remainder.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator.model import Kind

PROLOGUE: tuple[Kind, ...] = (
    "source",
    *("region",) * 4,
    *("term",) * 3,
    *("honour",) * 2,
    *("organization",) * 2,
    *("place",) * 3,
    *("person",) * 2,
    *("figure",) * 5,
    "policy",
    "service",
    "initiative",
    "activity",
    "lecture",
    "route",
    "story",
    "lesson",
)
"""Some of every kind, in the order in which one refers to another."""

_STORIES = 0.7
_ROOTED: Mapping[Kind, tuple[float, float]] = {
    "region": (100, 0.5),
    "source": (60, 0.5),
    "honour": (24, 0.4),
    "term": (60, 0.4),
}
"""How many there are among ten thousand records, and the exponent by which they grow."""
_SHARES: Mapping[Kind, float] = {
    "person": 100,
    "figure": 50,
    "organization": 45,
    "place": 30,
    "activity": 25,
    "service": 9,
    "policy": 9,
    "lecture": 6,
    "lesson": 3,
    "initiative": 3,
    "route": 2,
}
"""How the remainder is shared."""


def kinds(count: int) -> Iterator[Kind]:
    """The kinds of the first `count` records, in order."""
    made: dict[Kind, int] = {}
    for position in range(count):
        kind = PROLOGUE[position] if position < len(PROLOGUE) else _next(position + 1, made)
        made[kind] = made.get(kind, 0) + 1
        yield kind


def _next(size: int, made: Mapping[Kind, int]) -> Kind:
    """The kind that an archive of `size` records still lacks most."""
    if made["story"] < int(_STORIES * size):
        return "story"
    for kind, (at_ten_thousand, exponent) in _ROOTED.items():
        if made[kind] < int(at_ten_thousand * (size / 10_000) ** exponent):
            return kind
    return min(_SHARES, key=lambda kind: made[kind] / _SHARES[kind])
