"""Numbers: sums, percentages, contradictions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import reduce

from generator import inline
from generator.check.vocabularies import Lookup
from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Entry, Library, key_of
from generator.model import Figure
from generator.quantity import amount, bare_unit
from generator.written import Written

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_WITH_WORDS = re.compile(r"\[\[\s*figure\s*:[^\n|]*\|")
_STATED = re.compile(r"[^\d\s。；！？]{0,6}?(?P<number>\d{1,12}(?:\.\d{1,4})?)(?P<unit>[^\d\s]{1,4})")


def sums(library: Library, _today: date) -> Iterator[Diagnostic]:
    """`parts` add up to the value, in the same unit."""
    for figure in library.every(Figure):
        parts = [part for part in (library.get(f"figure:{name}") for name in figure.parts) if isinstance(part, Figure)]
        if not parts or len(parts) < len(figure.parts):
            continue
        for position, part in enumerate(parts):
            if bare_unit(part) != bare_unit(figure):
                place = _place(library, figure, "parts", position)
                yield diagnostic("unit-mismatch", place, part=part.title, unit=part.unit, expected=figure.unit)
        total = reduce(Decimal.__add__, (amount(part) for part in parts))
        if total != amount(figure):
            place = _place(library, figure, "value")
            yield diagnostic("parts-do-not-add-up", place, title=figure.title, value=amount(figure), sum=total)


def percentages(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A percentage agrees with its count and its base, to the digits that it is given with."""
    for figure in library.every(Figure):
        base = library.get(f"figure:{figure.base}") if figure.base else None
        counted = library.get(f"figure:{figure.counted}") if figure.counted else None
        if not (isinstance(base, Figure) and isinstance(counted, Figure)) or not amount(base):
            continue
        computed = amount(counted) / amount(base) * 100
        exponent = figure.value.as_tuple().exponent
        step = Decimal(1).scaleb(exponent if isinstance(exponent, int) else 0)
        if abs(computed - figure.value) > step / 2:
            place = _place(library, figure, "value")
            yield diagnostic("percent-mismatch", place, value=figure.value, computed=computed.quantize(step))


def contradictions(library: Library, _today: date) -> Iterator[Diagnostic]:
    """One figure (same region, title, unit, time and scope) stated with two values."""
    stated: dict[tuple[object, ...], Figure] = {}
    for figure in library.every(Figure):
        what = (figure.region, figure.title, bare_unit(figure), figure.as_of, figure.period, figure.scope)
        first = stated.setdefault(what, figure)
        if amount(first) != amount(figure):
            place = _place(library, figure, "value")
            other = _place(library, first, "value")
            yield diagnostic(
                "figure-conflict",
                place,
                related=(other,),
                title=figure.title,
                value=f"{figure.value}{figure.unit}",
                other=f"{first.value}{first.unit}（{other}）",
            )


def _place(library: Library, figure: Figure, *path: str | int) -> Span:
    return library.whole(key_of(figure)).place(*path)


def shown_words(entry: Entry, written: Written, lookup: Lookup) -> Iterator[Diagnostic]:
    """The words shown for a figure hold another number than its record."""
    if not _WITH_WORDS.search(written.joined):
        return
    for path, text in written.texts:
        for reference in inline.references(text):
            figure = lookup.figures.get(reference.id) if reference.kind == "figure" else None
            if figure is None or not reference.words:
                continue
            shown = {Decimal(number) for number in _NUMBER.findall(reference.words)}
            if shown and shown.isdisjoint(figure.values):
                place = entry.within(path, reference.offset)
                yield diagnostic("figure-text-mismatch", place, shown=reference.words, value=figure.stated)


def running_numbers(entry: Entry, written: Written, lookup: Lookup) -> Iterator[Diagnostic]:
    """A text that names a figure by its title and goes on with another number of its unit."""
    if isinstance(entry.record, Figure) or not lookup.titles.is_in(written.joined):
        return
    for path, text in written.texts:
        for position, _, end in lookup.titles.matches(text):
            figure = lookup.titled[position]
            number = _STATED.match(text, end)
            if number and number["unit"].startswith(figure.units) and Decimal(number["number"]) not in figure.values:
                place = entry.within(path, number.start("number"))
                shown = number["number"] + number["unit"][: len(figure.units[0])]
                yield diagnostic("figure-text-mismatch", place, shown=shown, value=figure.stated)


def undated(entry: Entry, _written: Written) -> Iterator[Diagnostic]:
    """A number without a time: readers cannot tell whether it still holds."""
    figure = entry.record
    if isinstance(figure, Figure) and figure.as_of is None and figure.period is None and not figure.ordinal:
        yield diagnostic("number-needs-period", entry.place(), title=figure.title)


RECORD_RULES = (undated,)
TEXT_RULES = (shown_words,)
WORD_RULES = (running_numbers,)
LIBRARY_RULES = (sums, percentages, contradictions)
