"""Facets: the static pages by which a list is narrowed without any script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from unicodedata import normalize
from urllib.parse import quote

from generator.derive.cards import Card
from generator.derive.derived import Derived
from generator.model import MODELS, Honour, Kind, Region, Source
from generator.model.base import Record
from generator.values import Value

_SLUGS: Mapping[str, str] = {
    "地区": "region",
    "类型": "type",
    "荣誉": "honour",
    "主题": "theme",
    "级别": "level",
    "学段": "grade",
    "对象": "for",
    "状态": "status",
    "来源": "source",
    "发布单位": "publisher",
}
_NAMED: Mapping[str, type[Record]] = {"地区": Region, "荣誉": Honour, "来源": Source}
"""Facets whose values are titles of records: their address uses the record's id."""
_UNSAFE = re.compile(r"[^\w－-]+")
_LIKE_DIGEST = re.compile(r"(?:.*-)?[0-9a-f]{8}", re.IGNORECASE)
_LONGEST_SLUG = 60
_MOST_CHOICES = 40


class Choice(Value, frozen=True):
    value: str
    url: str
    count: int


class Facet(Value, frozen=True):
    """What the side of a list shows of one facet."""

    name: str
    choices: tuple[Choice, ...]


class FacetTable(Value, frozen=True):
    """The values of one facet of a kind with the cards that have each, most first."""

    name: str
    cards: Mapping[str, tuple[Card, ...]]
    slugs: Mapping[str, str]


def facet_tables(derived: Derived, kind: Kind, names: Sequence[str]) -> tuple[FacetTable, ...]:
    """Only facets that narrow the list: two values or more."""
    having: dict[str, dict[str, list[Card]]] = {name: {} for name in names}
    for card in derived.cards_of(kind):
        for name, value in dict.fromkeys(_values(derived, card)):
            if name in having:
                having[name].setdefault(value, []).append(card)
    return tuple(_table(derived, name, found) for name, found in having.items() if len(found) > 1)


def facet(kind: Kind, table: FacetTable) -> Facet:
    """The first choices of a facet, with how many records each leads to."""
    shown = list(table.cards.items())[:_MOST_CHOICES]
    choices = (Choice(value, facet_url(kind, table.name, table.slugs[value]), len(cards)) for value, cards in shown)
    return Facet(table.name, tuple(choices))


def _table(derived: Derived, name: str, found: Mapping[str, Sequence[Card]]) -> FacetTable:
    order = {region: place for place, region in enumerate(_main_titles(derived))} if name == "地区" else {}
    ranked = sorted(found, key=lambda value: (order.get(value, 0), -len(found[value]), value))
    return FacetTable(name, {value: tuple(found[value]) for value in ranked}, _slugs(derived, name, ranked))


def _values(derived: Derived, card: Card) -> tuple[tuple[str, str], ...]:
    """Pairs of facet and value."""
    if card.kind == "source":
        return (("发布单位", derived.library.find(Source, card.id).publisher), *card.facets)
    return card.facets


def _main_titles(derived: Derived) -> list[str]:
    return [derived.regions.by_id[region].title for region in derived.regions.main if region in derived.regions.by_id]


def _slugs(derived: Derived, name: str, values: Sequence[str]) -> dict[str, str]:
    if name == "地区":
        ids = {
            derived.regions.by_id[region].title: region
            for region in derived.regions.main
            if region in derived.regions.by_id
        }
    elif name in _NAMED:
        ids = {record.title: record.id for record in derived.published(_NAMED[name])}
    else:
        ids = {}
    return slugs_of(values, ids)


def slugs_of(values: Sequence[str], ids: Mapping[str, str]) -> dict[str, str]:
    """A folder name for each value: its id or readable words, with a digest where another value's is the same."""
    plain = {value: ids.get(value) or _readable(value) for value in values}
    # Some file systems take no account of case, some of composition.
    uses = Counter(_folded(slug) for slug in plain.values())
    return {
        value: slug if value in ids or (uses[_folded(slug)] == 1 and _stands_alone(slug)) else _with_digest(slug, value)
        for value, slug in plain.items()
    }


def _readable(value: str) -> str:
    return _UNSAFE.sub("-", normalize("NFC", value)).strip("-")


def _folded(slug: str) -> str:
    return normalize("NFC", slug.casefold())


def _stands_alone(slug: str) -> bool:
    """Whether the slug is a folder name as it is, and none that a digest could have made of another value."""
    return 0 < len(slug) <= _LONGEST_SLUG and not _LIKE_DIGEST.fullmatch(slug)


def _with_digest(slug: str, value: str) -> str:
    digest = blake2b(value.encode(), digest_size=4).hexdigest()
    return f"{slug[:_LONGEST_SLUG]}-{digest}".lstrip("-")


def facet_path(kind: Kind, name: str, slug: str) -> str:
    """Folder of the facet's page, as the file system writes it."""
    return f"{MODELS[kind].plural}/by/{_SLUGS[name]}/{slug}/"


def facet_url(kind: Kind, name: str, slug: str) -> str:
    return quote(facet_path(kind, name, slug))


def region_list_url(derived: Derived, kind: Kind, region: Region) -> str:
    """The list of a kind narrowed to a main region; the whole one where it has no such page."""
    found = derived.main_regions.get(kind, frozenset())
    narrowed = len(found) > 1 and region.title in found
    return facet_url(kind, "地区", region.id) if narrowed else f"{MODELS[kind].plural}/"
