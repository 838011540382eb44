"""Lessons: the minutes fit the periods, the answers are among the options."""

from __future__ import annotations

from collections.abc import Iterator

from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Entry
from generator.model import Lesson
from generator.written import Written

_PERIOD_MINUTES = (40, 50)
"""School periods last 40 minutes in primary schools, 45 in most others, 50 at universities."""


def lessons(entry: Entry, _written: Written) -> Iterator[Diagnostic]:
    """The parts of the lesson together fill its periods; the answer of a multiple-choice question is an option."""
    if isinstance(entry.record, Lesson):
        yield from _minutes(entry, entry.record)
        yield from _answers(entry, entry.record)


def _minutes(entry: Entry, lesson: Lesson) -> Iterator[Diagnostic]:
    shortest, longest = _PERIOD_MINUTES
    total = sum(step.minutes for step in lesson.flow)
    if not lesson.periods * shortest <= total <= lesson.periods * longest:
        expected = f"{lesson.periods * shortest}—{lesson.periods * longest}"
        yield diagnostic("flow-minutes", entry.place("flow"), sum=total, expected=expected)


def _answers(entry: Entry, lesson: Lesson) -> Iterator[Diagnostic]:
    for position, item in enumerate(lesson.quiz):
        if item.options and item.answer not in item.options:
            place = entry.place("quiz", position, "answer")
            yield diagnostic("quiz-answer-not-in-options", place, answer=item.answer)


RECORD_RULES = (lessons,)
