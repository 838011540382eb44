"""Lessons: the minutes fit the periods, the answers are among the options."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Key, Library
from generator.model import Lesson

_PERIOD_MINUTES = (40, 50)
"""School periods last 40 minutes in primary schools, 45 in most others, 50 at universities."""


def minutes(library: Library, _today: date) -> Iterator[Diagnostic]:
    """The parts of the lesson together fill its periods."""
    shortest, longest = _PERIOD_MINUTES
    for lesson in library.every(Lesson):
        total = sum(step.minutes for step in lesson.flow)
        if not lesson.periods * shortest <= total <= lesson.periods * longest:
            place = library.entries[Key(f"lesson:{lesson.id}")].place("flow")
            expected = f"{lesson.periods * shortest}—{lesson.periods * longest}"
            yield diagnostic("flow-minutes", place, sum=total, expected=expected)


def answers(library: Library, _today: date) -> Iterator[Diagnostic]:
    """The answer of a multiple-choice question is one of its options."""
    for lesson in library.every(Lesson):
        for position, item in enumerate(lesson.quiz):
            if item.options and item.answer not in item.options:
                place = library.entries[Key(f"lesson:{lesson.id}")].place("quiz", position, "answer")
                yield diagnostic("quiz-answer-not-in-options", place, answer=item.answer)


RULES = (minutes, answers)
