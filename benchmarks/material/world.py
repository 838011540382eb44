"""What has been made so far, so that later records can refer to it. A record only ever refers to earlier ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple

from benchmarks.material import names
from generator.model import Kind

_CITIES = 16
_COUNTIES_OF_A_CITY = 6
_LOCAL = 0.8
"""How often a record refers to one of its own region, where there is one."""


class Made(NamedTuple):
    """What is remembered of a record."""

    id: str
    title: str
    region: int
    """The number of its region."""
    shown: str = ""
    """A figure as running text shows it."""
    day: str = ""
    """A source's day of publication."""


@dataclass(frozen=True, slots=True)
class RegionName:
    id: str
    title: str
    level: str
    parent: int | None


@dataclass(slots=True)
class World:
    """The archive while it is being made. Only names are kept: the texts would not fit for a large one."""

    seed: int
    images: Sequence[Sequence[str]] = ()
    """For each of the first stories the photographs that it shows."""
    made: dict[Kind, list[Made]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    """What a reference shows, by `kind:id`."""
    regions: list[RegionName] = field(default_factory=list)
    _count: dict[Kind, int] = field(default_factory=dict)
    _local: dict[tuple[Kind, int], list[int]] = field(default_factory=dict)
    _names: list[tuple[str, str]] = field(default_factory=list)

    def number(self, kind: Kind) -> int:
        """The number that the next record of `kind` has."""
        return self._count.get(kind, 0)

    def random(self, kind: Kind, number: int) -> Random:
        return Random(f"{self.seed}:{kind}:{number}")

    def add(self, kind: Kind, made: Made | None) -> None:
        """None for a record that is not published: it counts, but nothing may refer to it."""
        self._count[kind] = self.number(kind) + 1
        if made is None:
            return
        known = self.made.setdefault(kind, [])
        self._local.setdefault((kind, made.region), []).append(len(known))
        known.append(made)
        self.titles[f"{kind}:{made.id}"] = made.shown or made.title

    def pick(self, random: Random, kind: Kind, region: int) -> Made | None:
        """One of those that are there, rather of the region than from elsewhere."""
        known = self.made.get(kind)
        if not known:
            return None
        local = self._local.get((kind, region))
        if local and random.random() < _LOCAL:
            return known[random.choice(local)]
        return random.choice(known)

    def picks(self, random: Random, kind: Kind, region: int, count: int) -> list[Made]:
        """Up to `count` different ones."""
        found = (self.pick(random, kind, region) for _ in range(count))
        return list({made.id: made for made in found if made is not None}.values())

    def region(self, random: Random) -> int:
        """The number of a region that records can be about: any but the province."""
        return random.randrange(1, len(self.regions)) if len(self.regions) > 1 else 0

    def new_region(self) -> RegionName:
        """Named after a city or county nobody has heard of."""
        name = _region_name(self._place_names(), len(self.regions))
        self.regions.append(name)
        return name

    def _place_names(self) -> list[tuple[str, str]]:
        if not self._names:
            self._names = _place_names(self.seed)
        return self._names


def _region_name(known: list[tuple[str, str]], number: int) -> RegionName:
    if number == 0:
        return RegionName("lanting", names.PROVINCE, "province", None)
    letters, characters = known[(number - 1) % len(known)]
    again = (number - 1) // len(known)
    letters, characters = (f"{letters}-{again}", f"{characters}{again}") if again else (letters, characters)
    block, place = divmod(number - 1, _COUNTIES_OF_A_CITY + 1)
    if block >= _CITIES:
        counties = _CITIES * (_COUNTIES_OF_A_CITY + 1)
        parent = 1 + (number - 1 - counties) * 5 % counties
        is_city = (parent - 1) % (_COUNTIES_OF_A_CITY + 1) == 0
        return RegionName(letters, f"{characters}镇", "township", parent + is_city)
    if place == 0:
        return RegionName(letters, f"{characters}市", "city", 0)
    return RegionName(letters, f"{characters}{'县区县县区县'[place - 1]}", "county", 1 + block * 7)


def _place_names(seed: int) -> list[tuple[str, str]]:
    pairs = [
        (head_letters + tail_letters, head + tail)
        for head, head_letters in names.PLACE_HEADS
        for tail, tail_letters in names.PLACE_TAILS
    ]
    Random(f"{seed}:places").shuffle(pairs)
    return list({letters: (letters, characters) for letters, characters in pairs}.values())


def slug(region: RegionName, word: str, number: int) -> str:
    """Such as `linting-story-000042`."""
    return f"{region.id}-{word}-{number:06d}"


Data = dict[str, Any]
"""A record as its file has it, its text under `body`."""
