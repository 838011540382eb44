"""Quotation marks inside quotation marks."""

from __future__ import annotations

from generator.quotation import quoted


def test_marks_inside_marks_are_of_the_other_kind() -> None:
    assert quoted("“一站式”真方便") == "“‘一站式’真方便”"
    assert quoted("他说‘好’") == "“他说“好””"
