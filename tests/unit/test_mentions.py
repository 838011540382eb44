"""Which pages a word that becomes a term can change."""

from __future__ import annotations

import pytest

from generator.derive.views import TermWord
from generator.facts import encode
from generator.render.mentions import Mentions, changed_words

_JOBS, _CARE = TermWord("就业", "terms/jobs/"), TermWord("优抚", "terms/care/")


def test_words_that_come_go_or_lead_elsewhere_are_changed() -> None:
    before, now = encode((_JOBS, _CARE)), encode((TermWord("优抚", "terms/kindness/"), _JOBS, TermWord("茶会", "t/")))
    assert changed_words(before, now) == {"优抚", "茶会"}
    assert changed_words(before, encode((_CARE, _JOBS))) == frozenset()
    assert changed_words(None, before) == {"就业", "优抚"}


@pytest.mark.parametrize(
    ("page", "is_in"),
    [
        ("<p>谈优抚对象。</p>", True),
        ('<p>谈<a class="term" href="../" title="优待">优抚</a>对象。</p>', True),
        ('<p>谈<a class="term" href="../" title="优待">优抚</a>工作。</p>', False),
        ("<p>谈<em>优抚</em>对象。</p>", False),
    ],
)
def test_a_word_is_found_across_the_link_of_a_shorter_one(page: str, is_in: bool) -> None:
    assert Mentions(["优抚对象", "喝茶"]).are_in(page.encode()) is is_in
