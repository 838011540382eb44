"""Which finished pages hold words that have become terms, or are none any longer: others would come out the same."""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.check.words import longest
from generator.derive.views import TermWord
from generator.facts import decode

_TERM_LINK = re.compile(r'<a class="term"[^>]*>([^<]*)</a>')


def changed_words(before: bytes | None, now: bytes | None) -> frozenset[str]:
    """Words that only one of two states of the fact `terms` explains, or each elsewhere."""
    return frozenset(term.word for term in _terms(before) ^ _terms(now))


def _terms(fact: bytes | None) -> frozenset[TermWord]:
    return frozenset(decode(fact, tuple[TermWord, ...]) if fact else ())


class Mentions:
    """Finds words in pages."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = longest(sorted(words))

    def are_in(self, page: bytes) -> bool:
        """Whether any of the words may stand in the text, be it that another term's link begins or ends within it."""
        return self._words.is_in(_TERM_LINK.sub(r"\1", page.decode()))
