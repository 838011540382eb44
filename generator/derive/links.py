"""Links between records: who refers to whom, and what is related by the facts that it shares."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from generator.derive.cards import Card
from generator.library import Entry, Key, Library
from generator.model import Kind
from generator.model.fields import references
from generator.values import Value

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


class Relation(Value, frozen=True):
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


def derive_related(
    cards: Mapping[Key, Card], named: Mapping[Key, tuple[Key, ...]], backlinks: Mapping[Key, tuple[Key, ...]]
) -> dict[Key, tuple[Relation, ...]]:
    """Up to six records each, most shared facts first; those that are linked stand elsewhere on the page."""
    names = {key: _facts(card, named[key]) for key, card in cards.items() if card.kind in _RELATED_KINDS}
    telling = _telling(names, cards)
    found: dict[Key, tuple[Relation, ...]] = {}
    for key in names:
        facts = sorted((telling[name] for name in names[key] if name in telling), key=lambda fact: -fact.weight)
        found[key] = _most_related(key, (*named[key], *backlinks.get(key, ())), facts, cards)
    return found


def _named(entry: Entry, key: Key, cards: Mapping[Key, Card]) -> Iterator[Key]:
    seen = {key}
    written = (*(target for _, target in references(entry.record)), *entry.mentions)
    for target in map(Key, written):
        if target in cards and target not in seen:
            seen.add(target)
            yield target


class _Fact(Value, frozen=True):
    """Something that several records share: a record named, a tag."""

    weight: int
    reason: str
    holders: Mapping[Key, int]
    """The records of the related kinds that have it, each with the weight."""


def _facts(card: Card, named: tuple[Key, ...]) -> tuple[str, ...]:
    return (*named, *(f"tag:{tag}" for tag in card.tags))


def _telling(names: Mapping[Key, tuple[str, ...]], cards: Mapping[Key, Card]) -> dict[str, _Fact]:
    """The facts that tell something, by name."""
    holders: dict[str, dict[Key, None]] = defaultdict(dict)
    for key, facts in names.items():
        for name in facts:
            holders[name][key] = None
    return {name: _fact(name, held, cards) for name, held in holders.items() if len(held) <= _COMMON and _weight(name)}


def _weight(name: str) -> int:
    return _WEIGHTS.get(name.partition(":")[0], 0)


def _fact(name: str, holders: Iterable[Key], cards: Mapping[Key, Card]) -> _Fact:
    kind, _, told = name.partition(":")
    reason = f"主题相同：{told}" if kind == "tag" else _SHARED[kind][1].format(cards[Key(name)].title)
    return _Fact(_weight(name), reason, dict.fromkeys(holders, _weight(name)))


def _most_related(
    key: Key, linked: Iterable[Key], facts: Sequence[_Fact], cards: Mapping[Key, Card]
) -> tuple[Relation, ...]:
    """`facts` are those of the record, the weightiest first."""
    scores = _scores(facts)
    for other in (key, *linked):
        scores.pop(other, None)
    # Only those are compared that can be among the first.
    least = max(2, min(sorted(scores.values())[-_MOST_RELATED:], default=0))
    region = cards[key].region
    close = [(-score, cards[other].region != region, other) for other, score in scores.items() if score >= least]
    ranked = (other for _, _, other in sorted(close)[:_MOST_RELATED])
    return tuple(Relation(other, next(fact.reason for fact in facts if other in fact.holders)) for other in ranked)


def _scores(facts: Iterable[_Fact]) -> dict[Key, int]:
    """The weight of all that each other record shares. Few share more than one fact, so the rest goes in bulk."""
    scores: dict[Key, int] = {}
    for fact in facts:
        several = {other: scores[other] + fact.weight for other in scores.keys() & fact.holders.keys()}
        scores |= fact.holders
        scores |= several
    return scores
