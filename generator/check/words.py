"""Many words looked for in a text at once, in time that hardly grows with their number."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

_MOST_IN_TABLE = 100_000
"""Characters of words that are made one table, of 300 bytes for each; it takes half the time to look through a text."""


class Words:
    """Distinct words, none of them empty. A match is the word's position among them, its start and its end."""

    def __init__(self, words: Sequence[str], kind: MatchKind, implementation: Implementation | None = None) -> None:
        self._automaton = AhoCorasick(words, matchkind=kind, implementation=implementation) if words else None

    def is_in(self, text: str) -> bool:
        """Whether any of the words stands in `text`."""
        # Strings rather than places, because for those it first counts the characters of the whole text.
        return bool(self._automaton and self._automaton.find_matches_as_strings(text))

    def matches(self, text: str) -> list[tuple[int, int, int]]:
        """Matches that do not overlap, from left to right."""
        return self._automaton.find_matches_as_indexes(text) if self._automaton else []


def longest(words: Sequence[str]) -> Words:
    """Of words that begin at one place the longest matches."""
    return Words(words, MatchKind.LeftmostLongest)


def any_of(words: Sequence[str]) -> Words:
    """Words of which only matters whether any of them is there: for every text, so that it is worth some memory."""
    is_small = sum(map(len, words)) < _MOST_IN_TABLE
    return Words(words, MatchKind.LeftmostLongest, Implementation.DFA if is_small else None)


def first(words: Sequence[str]) -> Words:
    """Of words that begin at one place the one listed first matches, as in a regular expression."""
    return Words(words, MatchKind.LeftmostFirst)
