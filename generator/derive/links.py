"""Links between records: who refers to whom, and what is related by the facts that it shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.derive.cards import Card
from generator.library import Entry, Key, Library
from generator.model import Kind
from generator.model.fields import references

_SHARED: Mapping[str, tuple[int, str]] = {
    "person": (6, "都写到{}"),
    "initiative": (5, "同属{}"),
    "activity": (5, "同属{}"),
    "route": (4, "都在{}"),
    "place": (4, "都写到{}"),
    "organization": (3, "都与{}有关"),
    "honour": (3, "都写到{}"),
    "policy": (2, "都依据{}"),
    "term": (1, "都讲到{}"),
}
"""How much a shared reference of each kind counts, and how the reason is told."""
_TAG_WEIGHT = 1
_COMMON = 200
"""A fact shared by more records than this tells nothing."""
_RELATED_KINDS: frozenset[Kind] = frozenset(
    {"story", "person", "lecture", "activity", "lesson", "route", "policy", "initiative", "place", "organization"}
)
_MOST_RELATED = 6


@dataclass(frozen=True, slots=True)
class Relation:
    """A related record, and the fact that both share."""

    key: Key
    reason: str


def derive_references(library: Library, cards: Mapping[Key, Card]) -> dict[Key, tuple[Key, ...]]:
    """For each published record the published records that it names, in its own order, each once."""
    return {key: tuple(_named(library.entries[key], key, cards)) for key in cards}


def derive_backlinks(named: Mapping[Key, tuple[Key, ...]]) -> dict[Key, tuple[Key, ...]]:
    """For each record those that name it, in library order."""
    found: dict[Key, list[Key]] = defaultdict(list)
    for key, targets in named.items():
        for target in targets:
            found[target].append(key)
    return {key: tuple(sources) for key, sources in found.items()}


def derive_related(cards: Mapping[Key, Card], named: Mapping[Key, tuple[Key, ...]]) -> dict[Key, tuple[Relation, ...]]:
    """Up to six records each, most shared facts first; those that are linked stand elsewhere on the page."""
    holders = _holders(cards, named)
    return {key: _most_related(key, cards, named, holders) for key in cards if cards[key].kind in _RELATED_KINDS}


def _named(entry: Entry, key: Key, cards: Mapping[Key, Card]) -> Iterator[Key]:
    seen = {key}
    written = (*(target for _, target in references(entry.record)), *entry.mentions)
    for target in map(Key, written):
        if target in cards and target not in seen:
            seen.add(target)
            yield target


def _holders(cards: Mapping[Key, Card], named: Mapping[Key, tuple[Key, ...]]) -> dict[str, list[Key]]:
    """For each fact (a record named, a tag) the records of the related kinds that have it."""
    found: dict[str, list[Key]] = defaultdict(list)
    for key, card in cards.items():
        if card.kind in _RELATED_KINDS:
            for fact in _facts(card, named[key]):
                found[fact].append(key)
    return found


def _facts(card: Card, named: tuple[Key, ...]) -> Iterator[str]:
    yield from named
    yield from (f"tag:{tag}" for tag in card.tags)


def _most_related(
    key: Key, cards: Mapping[Key, Card], named: Mapping[Key, tuple[Key, ...]], holders: Mapping[str, list[Key]]
) -> tuple[Relation, ...]:
    card = cards[key]
    scores: dict[Key, int] = defaultdict(int)
    reasons: dict[Key, tuple[int, str]] = {}
    for fact in _facts(card, named[key]):
        weight, reason = _told(fact, cards)
        if not weight or len(holders[fact]) > _COMMON:
            continue
        for other in holders[fact]:
            scores[other] += weight
            reasons[other] = max(reasons.get(other, (0, "")), (weight, reason), key=lambda told: told[0])
    linked = {key, *named[key]}
    ranked = sorted(
        (other for other in scores if other not in linked and key not in named[other] and scores[other] > 1),
        key=lambda other: (-scores[other], cards[other].region != card.region, other),
    )
    return tuple(Relation(other, reasons[other][1]) for other in ranked[:_MOST_RELATED])


def _told(fact: str, cards: Mapping[Key, Card]) -> tuple[int, str]:
    kind, _, name = fact.partition(":")
    if kind == "tag":
        return _TAG_WEIGHT, f"主题相同：{name}"
    weight, words = _SHARED.get(kind, (0, ""))
    return weight, words.format(cards[Key(fact)].title) if weight else ""
