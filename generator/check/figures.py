"""Numbers: sums, percentages, contradictions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import reduce

from generator import inline
from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Key, Library
from generator.model import Figure
from generator.model.fields import texts
from generator.quantity import amount, bare_unit

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_STATED = re.compile(r"[^\d\s。；！？]{0,6}?(?P<number>\d{1,12}(?:\.\d{1,4})?)(?P<unit>[^\d\s]{1,4})")


def sums(library: Library, _today: date) -> Iterator[Diagnostic]:
    """`parts` add up to the value, in the same unit."""
    for figure in library.every(Figure):
        parts = [part for part in (library.get(f"figure:{name}") for name in figure.parts) if isinstance(part, Figure)]
        if not parts or len(parts) < len(figure.parts):
            continue
        entry = library.entries[Key(f"figure:{figure.id}")]
        for position, part in enumerate(parts):
            if bare_unit(part) != bare_unit(figure):
                place = entry.place("parts", position)
                yield diagnostic("unit-mismatch", place, part=part.title, unit=part.unit, expected=figure.unit)
        total = reduce(Decimal.__add__, (amount(part) for part in parts))
        if total != amount(figure):
            place = entry.place("value")
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
            place = library.entries[Key(f"figure:{figure.id}")].place("value")
            yield diagnostic("percent-mismatch", place, value=figure.value, computed=computed.quantize(step))


def contradictions(library: Library, _today: date) -> Iterator[Diagnostic]:
    """One figure (same region, title, unit, time and scope) stated with two values."""
    stated: dict[tuple[object, ...], Figure] = {}
    for figure in library.every(Figure):
        what = (figure.region, figure.title, bare_unit(figure), figure.as_of, figure.period, figure.scope)
        first = stated.setdefault(what, figure)
        if amount(first) != amount(figure):
            place = library.entries[Key(f"figure:{figure.id}")].place("value")
            other = library.entries[Key(f"figure:{first.id}")].place("value")
            yield diagnostic(
                "figure-conflict",
                place,
                related=(other,),
                title=figure.title,
                value=f"{figure.value}{figure.unit}",
                other=f"{first.value}{first.unit}（{other}）",
            )


def shown_words(library: Library, _today: date) -> Iterator[Diagnostic]:
    """The words shown for a figure hold another number than its record."""
    for entry in library.entries.values():
        for path, text in texts(entry.record):
            for reference in inline.references(text):
                figure = library.get(reference.target)
                if not isinstance(figure, Figure) or not reference.words:
                    continue
                shown = {Decimal(number) for number in _NUMBER.findall(reference.words)}
                if shown and not shown & {figure.value, figure.upper, amount(figure)}:
                    place = entry.within(path, reference.offset)
                    yield diagnostic(
                        "figure-text-mismatch", place, shown=reference.words, value=f"{figure.value}{figure.unit}"
                    )


def running_numbers(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A text that names a figure by its title and goes on with another number of its unit."""
    figures = {figure.title: figure for figure in library.every(Figure)}
    if not figures:
        return
    titles = re.compile("|".join(map(re.escape, sorted(figures, key=lambda title: (-len(title), title)))))
    for entry in library.entries.values():
        if isinstance(entry.record, Figure):
            continue
        for path, text in texts(entry.record):
            for match in titles.finditer(text):
                figure = figures[match[0]]
                stated = _STATED.match(text, match.end())
                if stated and _contradicts(stated, figure):
                    place = entry.within(path, stated.start("number"))
                    shown = stated["number"] + stated["unit"][: len(bare_unit(figure))]
                    yield diagnostic("figure-text-mismatch", place, shown=shown, value=f"{figure.value}{figure.unit}")


def _contradicts(stated: re.Match[str], figure: Figure) -> bool:
    """Whether the number after a figure's title is in its unit and not its value."""
    return stated["unit"].startswith((bare_unit(figure), figure.unit)) and Decimal(stated["number"]) not in {
        figure.value,
        figure.upper,
        amount(figure),
    }


def undated(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A number without a time: readers cannot tell whether it still holds."""
    for figure in library.every(Figure):
        if figure.as_of is None and figure.period is None and not figure.ordinal:
            place = library.entries[Key(f"figure:{figure.id}")].place()
            yield diagnostic("number-needs-period", place, title=figure.title)


RULES = (sums, percentages, contradictions, shown_words, running_numbers, undated)
