"""Many words looked for in a text at once, in time that hardly grows with their number."""

from __future__ import annotations

from collections.abc import Sequence

from ahocorasick_rs import AhoCorasick, MatchKind


class Words:
    """Distinct words, none of them empty. A match is the word's position among them, its start and its end."""

    def __init__(self, words: Sequence[str], kind: MatchKind) -> None:
        self._automaton = AhoCorasick(words, matchkind=kind) if words else None

    def is_in(self, text: str) -> bool:
        """Whether any of the words stands in `text`."""
        return bool(self.matches(text))

    def matches(self, text: str) -> list[tuple[int, int, int]]:
        """Matches that do not overlap, from left to right."""
        return self._automaton.find_matches_as_indexes(text) if self._automaton else []


def longest(words: Sequence[str]) -> Words:
    """Of words that begin at one place the longest matches."""
    return Words(words, MatchKind.LeftmostLongest)


def first(words: Sequence[str]) -> Words:
    """Of words that begin at one place the one listed first matches, as in a regular expression."""
    return Words(words, MatchKind.LeftmostFirst)
