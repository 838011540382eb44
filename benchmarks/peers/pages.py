"""A record as any generator can take it: Markdown, and facts with links. Their own formats are written elsewhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from benchmarks.corpus import records
from benchmarks.material.world import Data, World
from generator.model import KINDS, MODELS, Kind

Address = Callable[[str], str]
"""Where a generator publishes the record `kind:id`, as its Markdown writes it."""

_REFERENCE = re.compile(
    r"\[\[(?P<target>[a-z]+:[a-z0-9-]+)(?:\|(?P<words>[^\]]*))?\]\]|\{\{ (?P<figure>figure:[a-z0-9-]+) \}\}"
)
_TARGET = re.compile(rf"(?:{'|'.join(KINDS)}):[a-z0-9-]+")
_NAMED_IN: Mapping[str, Kind] = {
    "base": "figure",
    "counted": "figure",
    "figures": "figure",
    "group": "organization",
    "honour": "honour",
    "honours": "honour",
    "lecturers": "person",
    "offered_by": "organization",
    "organization": "organization",
    "organizations": "organization",
    "parts": "figure",
    "people": "person",
    "places": "place",
    "policy": "policy",
    "region": "region",
    "results": "figure",
    "see_also": "term",
    "services": "service",
    "source": "source",
    "sources": "source",
    "start_place": "place",
    "where": "place",
}
"""Fields that hold bare ids, and of which kind; others that hold ids write the kind before them."""
_PARENTS: Mapping[Kind, Kind] = {"region": "region", "organization": "organization"}
_TEXTS = frozenset({"script", "benefit", "safety", "worksheet", "definition", "where"})
"""Fields that stand under a heading of their own, where they are texts: services list places as `where`."""
_NOT_FACTS = frozenset({"id", "title", "name", "summary", "body", "review", "status", "tags", "date"})


@dataclass(frozen=True, slots=True)
class Page:
    """One published record."""

    kind: Kind
    id: str
    title: str
    summary: str
    day: str
    region: str
    """Title of the city it belongs to; empty for what belongs to none."""
    tags: tuple[str, ...]
    honours: tuple[str, ...]
    people: tuple[str, ...]
    places: tuple[str, ...]
    data: Data
    world: World

    @property
    def plural(self) -> str:
        return MODELS[self.kind].plural

    def text(self, address: Address) -> str:
        """The Markdown of the page: its own text, then its longer fields under headings."""
        return "\n\n".join(_linked(part, self.world, address) for part in _parts(self))

    def facts(self, address: Address) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        """Short fields: a label, and words each with an address or none."""
        for name, value in self.data.items():
            values = value if isinstance(value, list) else [value]
            is_long = _is_text(name, value) or any(isinstance(item, dict) for item in values)
            if values and name not in _NOT_FACTS and not is_long:
                found = [_named(self, name, str(item)) for item in values]
                yield self._label(name), [(words, address(target) if target else "") for words, target in found]

    def sources(self, address: Address) -> Iterator[tuple[str, str, str]]:
        """Title, address and place in the source."""
        for citation in self.data.get("sources", ()):
            named = {"source": citation} if isinstance(citation, str) else citation
            target = f"source:{named['source']}"
            yield self.world.titles[target], address(target), named.get("where", "")

    def _label(self, name: str) -> str:
        return MODELS[self.kind].model_fields[name].title or name


def pages(count: int, seed: int) -> Iterator[Page]:
    """The published ones of the first `count` records, without photographs."""
    world = World(seed)
    for written in records(count, world):
        if written.is_published:
            yield _page(written.kind, written.data, world)


def _page(kind: Kind, data: Data, world: World) -> Page:
    def titles(of: Kind, ids: Any) -> tuple[str, ...]:
        return tuple(world.titles[f"{of}:{item['honour'] if isinstance(item, dict) else item}"] for item in ids)

    return Page(
        kind=kind,
        id=data["id"],
        title=data.get("title") or data["name"],
        summary=data.get("summary", ""),
        day=data.get("date") or data["updated"],
        region=_city(data.get("region"), world),
        tags=tuple(data.get("tags", ())),
        honours=titles("honour", data.get("honours", ())),
        people=titles("person", data.get("people", ())),
        places=titles("place", data.get("places", ())),
        data=data,
        world=world,
    )


def _city(region: str | None, world: World) -> str:
    """The title of the city that holds a region, or of the region itself where no city does."""
    number = next((at for at, found in enumerate(world.regions) if found.id == region), None)
    while number is not None:
        found = world.regions[number]
        if found.level == "city" or not found.parent:
            return found.title
        number = found.parent
    return ""


def _named(page: Page, name: str, value: str) -> tuple[str, str]:
    """The words for a value, and the record that it names if it does."""
    kind = _PARENTS.get(page.kind) if name == "parent" else _NAMED_IN.get(name)
    target = value if _TARGET.fullmatch(value) else f"{kind}:{value}"
    return (page.world.titles[target], target) if target in page.world.titles else (value, "")


def _is_text(name: str, value: Any) -> bool:
    return name in _TEXTS and isinstance(value, str)


def _parts(page: Page) -> Iterator[str]:
    if page.data.get("body"):
        yield page.data["body"]
    for name, value in page.data.items():
        label = MODELS[page.kind].model_fields[name].title
        if _is_text(name, value):
            yield f"## {label}\n\n{value}"
        elif isinstance(value, list) and value and isinstance(value[0], dict) and name != "sources":
            items = "\n".join(f"- {'，'.join(_told(page, item))}" for item in value)
            yield f"## {label}\n\n{items}"


def _told(page: Page, item: Mapping[str, Any]) -> Iterator[str]:
    for name, value in item.items():
        for one in value if isinstance(value, list) else (value,):
            words, target = _named(page, name, str(one))
            yield f"[[{target}|{words}]]" if target else words


def _linked(text: str, world: World, address: Address) -> str:
    def link(match: re.Match[str]) -> str:
        target = match["target"] or match["figure"]
        return f"[{match['words'] or world.titles[target]}]({address(target)})"

    return _REFERENCE.sub(link, text)
