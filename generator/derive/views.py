"""What pages show of other records beyond their cards."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.derive.cards import Card
from generator.derive.derived import Derived
from generator.derive.links import Relation
from generator.images.renditions import ImageInfo
from generator.library import Key, MediaFile
from generator.model import Figure, Honour, Kind, Organization, Person, Policy, Source, Story, Term
from generator.model.stories import Activity, Lecture
from generator.quantity import amount, edition
from generator.values import Value

_NUMBER = re.compile(r"^(\D*)([\d.]+(?:—[\d.]+)?)(.*)$", re.DOTALL)
_MOST_LINKED = 12
_MOST_IN_TEXT = 400

_SHOWN_IN_TEXT: Mapping[Kind, frozenset[Kind]] = {
    "person": frozenset({"story"}),
    "organization": frozenset({"person", "story", "organization"}),
    "place": frozenset({"story"}),
    "policy": frozenset({"service"}),
    "honour": frozenset({"person"}),
    "initiative": frozenset({"activity", "lecture"}),
    "activity": frozenset({"activity", "lecture"}),
}
"""Kinds whose backlinks the page itself shows in full, and not once more beside it."""
_ALSO_IN_TEXT: Mapping[Kind, frozenset[Kind]] = {"organization": frozenset({"service"})}
"""Kinds whose backlinks the page may show in its text where the record names none itself."""


class LinkGroup(Value, frozen=True):
    """The first records of one kind that refer to a record, and how many there are."""

    kind: Kind
    keys: tuple[Key, ...]
    total: int


class Links(Value, frozen=True):
    """What surrounds a record."""

    beside: tuple[LinkGroup, ...]
    """Backlinks that stand in the page's side column."""
    inside: Mapping[Kind, tuple[Key, ...]]
    """Backlinks that the page shows in its own text."""
    related: tuple[Relation, ...]


class FigureFact(Value, frozen=True):
    """A figure cut for setting: what stands before the digits, the digits, and the unit."""

    text: str
    before: str
    number: str
    after: str
    when: str
    publisher: str
    scope: str | None
    amount: str


class SourceView(Value, frozen=True):
    title: str
    url: str
    credit: str


class Holder(Value, frozen=True):
    """Who holds an honour, and what is told of it: edition, time, region."""

    key: Key
    told: str


class TermWord(Value, frozen=True):
    """A word that is explained where it is first mentioned."""

    word: str
    url: str


class Photograph(Value, frozen=True):
    """A photograph that may be shown, with the words that go with it."""

    info: ImageInfo
    alt: str
    credit: str
    caption: str | None


def derive_links(derived: Derived) -> Iterator[tuple[Key, Links]]:
    for key, card in derived.cards.items():
        yield key, _links(derived, key, card)


def _links(derived: Derived, key: Key, card: Card) -> Links:
    if key not in derived.backlinks or card.kind == "region":
        return Links((), {}, derived.related.get(key, ()))
    named = set(derived.named[key])  # linked from the text or the fact card already
    in_text = _SHOWN_IN_TEXT.get(card.kind, frozenset())
    also = _ALSO_IN_TEXT.get(card.kind, frozenset())
    beside: list[LinkGroup] = []
    inside: dict[Kind, tuple[Key, ...]] = {}
    for kind, cards in derived.linked_from(key).items():
        if kind in in_text | also:
            inside[kind] = tuple(found.key for found in cards[:_MOST_IN_TEXT])
        if kind not in in_text:
            others = [found.key for found in cards if found.key not in named]
            if others:
                beside.append(LinkGroup(kind, tuple(others[:_MOST_LINKED]), len(others)))
    return Links(tuple(beside), inside, derived.related.get(key, ()))


def derive_figures(derived: Derived) -> Iterator[tuple[str, FigureFact]]:
    """Every published figure by its id."""
    for figure in derived.published(Figure):
        text = derived.figure_texts[figure.id]
        match = _NUMBER.match(text)
        before, number, after = match.groups() if match else ("", text, "")
        when = f"截至{figure.as_of.chinese}" if figure.as_of else (figure.period.chinese if figure.period else "")
        source = derived.library.get(f"source:{figure.source}")
        publisher = source.publisher if isinstance(source, Source) else ""
        yield (
            figure.id,
            FigureFact(text, before, number, after, when, publisher, figure.scope, str(amount(figure))),
        )


def derive_sources(derived: Derived) -> Iterator[tuple[str, SourceView]]:
    for source in derived.published(Source):
        credit = "，".join(part for part in (source.publisher, source.published) if part)
        yield source.id, SourceView(source.title, f"{Source.plural}/{source.id}/", credit)


def derive_holders(derived: Derived) -> Mapping[str, tuple[Holder, ...]]:
    """Of each honour: persons by id, then the regions and groups that its record names."""
    found: dict[str, list[Holder]] = defaultdict(list)
    for person in derived.published(Person):
        for held in person.honours:
            parts = (derived.regions.short_name(person.region), edition(held.edition), held.year)
            told = " · ".join(part for part in parts if part)
            found[held.honour].append(Holder(Key(f"person:{person.id}"), told))
    for honour in derived.published(Honour):
        for holder in honour.holders:
            holding = derived.cards.get(Key(holder))
            if holding:
                place = "" if holding.kind == "region" else derived.regions.short_name(holding.region)
                found[honour.id].append(Holder(holding.key, place))
    return {honour: tuple(holders) for honour, holders in found.items()}


def derive_roll(derived: Derived) -> Iterator[tuple[str, str]]:
    """What the roll of honour tells of each honour."""
    for honour in derived.published(Honour):
        parts = (honour.type.label, honour.level.label if honour.level else "", honour.body_conferring or "")
        yield honour.id, " · ".join(part for part in parts if part)


def derive_children(derived: Derived) -> Mapping[str, tuple[Key, ...]]:
    """The organizations below each one."""
    pairs = ((office.parent, Key(f"organization:{office.id}")) for office in derived.published(Organization))
    return _grouped((parent, key) for parent, key in pairs if parent)


def derive_sessions(derived: Derived) -> Mapping[str, tuple[Key, ...]]:
    """Activities and lectures of each series, earliest first."""
    held: tuple[Activity | Lecture, ...] = (*derived.published(Activity), *derived.published(Lecture))
    found = _grouped((record.series, Key(f"{record.kind}:{record.id}")) for record in held if record.series)
    return {
        series: tuple(sorted(keys, key=lambda key: derived.cards[key].date or "9")) for series, keys in found.items()
    }


def derive_replaced(derived: Derived) -> Mapping[str, Key]:
    """Policies that were superseded, with the one that replaced them."""
    return {old: Key(f"policy:{new.id}") for new in derived.published(Policy) for old in new.supersedes}


def derive_wholes(derived: Derived) -> Mapping[str, Key]:
    """Figures that are part of another, with the whole."""
    return {part: Key(f"figure:{figure.id}") for figure in derived.published(Figure) for part in figure.parts}


def derive_posts(derived: Derived) -> Iterator[tuple[str, str]]:
    """The posts of persons that a story names."""
    named = {name for story in derived.published(Story) for name in story.people}
    for person in derived.published(Person):
        if person.post and person.id in named:
            yield person.id, person.post


def derive_photographs(media: Iterable[MediaFile]) -> Iterator[tuple[str, Photograph]]:
    """By path of the file: those with a credit that can be shown."""
    for file in media:
        if file.info and file.credit:
            yield file.path, Photograph(file.info, file.credit.alt, file.credit.credit, file.credit.caption)


def term_pages(derived: Derived) -> Iterator[tuple[str, str, str]]:
    """Title, address and definition of each term; of two with one title, the first."""
    seen: set[str] = set()
    for term in derived.published(Term):
        if term.title in seen:
            continue
        seen.add(term.title)
        yield term.title, f"{Term.plural}/{term.id}/", term.definition


def _grouped(pairs: Iterable[tuple[str, Key]]) -> Mapping[str, tuple[Key, ...]]:
    found: dict[str, list[Key]] = defaultdict(list)
    for name, key in pairs:
        found[name].append(key)
    return {name: tuple(keys) for name, keys in found.items()}
