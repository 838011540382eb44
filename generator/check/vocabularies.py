"""What texts are held against beside themselves: the settings' wording, the figures, the names behind masks."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, lru_cache
from hashlib import sha256
from typing import NamedTuple

from generator.check.words import Words, any_of, first, longest
from generator.library import Library
from generator.model import Figure, Person
from generator.quantity import amount, bare_unit

_MASK = re.compile(r"^[\u4e00-\u9fff]{1,2}[某\u00d7*]")


class Replaced(NamedTuple):
    """A rule of wording."""

    avoid: str
    use: str
    why: str | None


class Stated(NamedTuple):
    """A figure as texts may state it."""

    id: str
    title: str
    stated: str
    """Value and unit as its record writes them."""
    units: tuple[str, str]
    """Bare, and with its scale."""
    values: tuple[Decimal | None, ...]
    """The numbers that are right; None where there is no upper one."""


class Hidden(NamedTuple):
    """The name of a person who is shown under another one."""

    name: str
    shown: str


@dataclass(frozen=True)
class Vocabulary:
    """Small, and the same for the same settings, figures and masks: two are compared by their digests alone."""

    wording: tuple[Replaced, ...] = field(compare=False)
    figures: tuple[Stated, ...] = field(compare=False)
    hidden: tuple[Hidden, ...] = field(compare=False)
    digest: str

    def __reduce__(self) -> tuple[Callable[[bytes], Vocabulary], tuple[bytes]]:
        # It goes with every task: packed once here, unpacked once there.
        return _unpacked, (_packed(self),)


@lru_cache(maxsize=1)
def _packed(vocabulary: Vocabulary) -> bytes:
    words = (vocabulary.wording, vocabulary.figures, vocabulary.hidden, vocabulary.digest)
    return pickle.dumps(words, pickle.HIGHEST_PROTOCOL)


@lru_cache(maxsize=1)
def _unpacked(packed: bytes) -> Vocabulary:
    return Vocabulary(*pickle.loads(packed))


def vocabulary(library: Library) -> Vocabulary:
    """What the texts of the library's records, pages and credits are held against."""
    figures = tuple(map(_stated, library.every(Figure)))
    hidden = {person.name: person.display_name or "" for person in library.every(Person) if _is_hidden(person)}
    wording = tuple(Replaced(rule.avoid, rule.use, rule.why) for rule in library.config.wording)
    words = (wording, figures, tuple(Hidden(name, hidden[name]) for name in sorted(hidden)))
    told = (
        list(wording),
        [(*figure[:4], sorted(map(str, figure[4]))) for figure in figures],
    )
    return Vocabulary(*words, sha256(repr((*told, words[2])).encode()).hexdigest())


def _stated(figure: Figure) -> Stated:
    values = (figure.value, figure.upper, amount(figure))
    units = (bare_unit(figure), figure.unit)
    return Stated(figure.id, figure.title, f"{figure.value}{figure.unit}", units, values)


def _is_hidden(person: Person) -> bool:
    return bool(person.display_name) and person.name != person.display_name and not _MASK.match(person.name)


class Lookup:
    """A vocabulary made ready for finding its words in texts."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        titled = {figure.title: figure for figure in vocabulary.figures}
        self.wording = vocabulary.wording
        self._avoided = tuple(dict.fromkeys(rule.avoid for rule in vocabulary.wording))
        self.figures = {figure.id: figure for figure in vocabulary.figures}
        self.titled = tuple(titled.values())
        """Of figures with one title the last; in the order of `titles`."""
        self.hidden = vocabulary.hidden
        words = (*titled, *self._avoided, *(person.name for person in vocabulary.hidden))
        self.any = any_of(tuple(dict.fromkeys(words)))
        """All words together: one look tells whether a text holds any of them, and nearly none does."""

    @cached_property
    def titles(self) -> Words:
        return longest(tuple(figure.title for figure in self.titled))

    @cached_property
    def avoided(self) -> Words:
        return longest(self._avoided)

    @cached_property
    def names(self) -> Words:
        return first([person.name for person in self.hidden])


# One for each process: it takes a while to make, and is the same for every record.
@lru_cache(maxsize=1)
def lookup(vocabulary: Vocabulary) -> Lookup:
    return Lookup(vocabulary)
