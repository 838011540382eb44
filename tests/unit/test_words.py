"""Many words at once: the same matches as of a regular expression of all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from generator.check.words import any_of, first, longest

WORDS = st.lists(st.text(st.sampled_from("汉字ab号"), min_size=1, max_size=4), max_size=8, unique=True)
TEXTS = st.text(st.sampled_from("汉字ab号\n\0😀"), max_size=40)


def by_expression(words: Sequence[str], text: str) -> list[tuple[str, int, int]]:
    """Matches of the words as they are listed: where two begin at one place, the first of them."""
    if not words:
        return []
    return [(match[0], *match.span()) for match in re.finditer("|".join(map(re.escape, words)), text)]


@given(WORDS, TEXTS)
@settings(max_examples=1_000, deadline=None, derandomize=True)
def test_the_longest_or_the_first_word_matches_as_in_an_expression(words: list[str], text: str) -> None:
    by_length = sorted(words, key=lambda word: (-len(word), word))
    found = longest(words)
    assert [(words[word], start, end) for word, start, end in found.matches(text)] == by_expression(by_length, text)
    assert [(words[word], start, end) for word, start, end in first(words).matches(text)] == by_expression(words, text)
    assert found.is_in(text) == any_of(words).is_in(text) == any(word in text for word in words)
