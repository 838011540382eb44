"""Links between records: who refers to whom, and what is related by the facts that it shares."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
_WEIGHTS: Mapping[str, int] = {"tag": 1, **{kind: weight for kind, (weight, _) in _SHARED.items()}}
_COMMON = 60
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


def _holders(cards: Mapping[Key, Card], named: Mapping[Key, tuple[Key, ...]]) -> dict[str, dict[Key, None]]:
    """For each fact (a record named, a tag) the records of the related kinds that have it."""
    # Dictionaries for their order and for a quick look at who is in them.
    found: dict[str, dict[Key, None]] = defaultdict(dict)
    for key, card in cards.items():
        if card.kind in _RELATED_KINDS:
            for fact in _facts(card, named[key]):
                found[fact][key] = None
    return found


def _facts(card: Card, named: tuple[Key, ...]) -> Iterator[str]:
    yield from named
    yield from (f"tag:{tag}" for tag in card.tags)


def _most_related(
    key: Key, cards: Mapping[Key, Card], named: Mapping[Key, tuple[Key, ...]], holders: Mapping[str, Mapping[Key, None]]
) -> tuple[Relation, ...]:
    facts = _telling(_facts(cards[key], named[key]), holders)
    scores: dict[Key, int] = {}
    for fact, weight in facts:
        for other in holders[fact]:
            scores[other] = scores.get(other, 0) + weight
    for linked in (key, *named[key]):
        scores.pop(linked, None)
    region = cards[key].region
    close = [
        (-score, cards[other].region != region, other)
        for other, score in scores.items()
        if score > 1 and key not in named[other]
    ]
    ranked = heapq.nsmallest(_MOST_RELATED, close)
    return tuple(Relation(other, _reason(other, facts, holders, cards)) for _, _, other in ranked)


def _telling(facts: Iterable[str], holders: Mapping[str, Mapping[Key, None]]) -> list[tuple[str, int]]:
    """The facts that tell something, with their weights, the weightiest first."""
    weighed = ((fact, _WEIGHTS.get(fact.partition(":")[0], 0)) for fact in facts)
    found = [(fact, weight) for fact, weight in weighed if weight and len(holders[fact]) <= _COMMON]
    return sorted(found, key=lambda told: -told[1])


def _reason(
    other: Key, facts: Iterable[tuple[str, int]], holders: Mapping[str, Mapping[Key, None]], cards: Mapping[Key, Card]
) -> str:
    """The weightiest fact that the record shares."""
    fact = next(fact for fact, _ in facts if other in holders[fact])
    kind, _, name = fact.partition(":")
    return f"主题相同：{name}" if kind == "tag" else _SHARED[kind][1].format(cards[Key(fact)].title)
