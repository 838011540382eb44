"""People are protected: consent, masks, minors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from generator.check.vocabularies import Lookup
from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Entry, FreePage, Library, MediaFile, key_of
from generator.model import NameForm, Person, Status
from generator.model.fields import texts
from generator.written import Written

_ADULT_AGE = 14
"""Personal data of children under fourteen needs a guardian's consent (PIPL, articles 28 and 31)."""


def consent(entry: Entry, _written: Written) -> Iterator[Diagnostic]:
    """A living person under the full name has a recorded ground for publication."""
    person = entry.record
    if not isinstance(person, Person) or person.status is not Status.PUBLISHED:
        return
    if person.consent is None:
        if person.living != "no" and person.name_form is NameForm.FULL:
            yield diagnostic("missing-consent", entry.place("name"), name=person.name)
    elif person.consent.ground == "public-report" and person.consent.source is None:
        yield diagnostic("consent-without-source", entry.place("consent"), name=person.name)


def minors(library: Library, today: date) -> Iterator[Diagnostic]:
    """A child under the full name."""
    for person in library.published(Person):
        young = person.birth_year is not None and today.year - person.birth_year < _ADULT_AGE
        if young and person.living != "no" and person.name_form is NameForm.FULL:
            place = library.whole(key_of(person)).place("birth_year")
            yield diagnostic("minor-named", place, name=person.name)


def masks(entry: Entry, written: Written, lookup: Lookup) -> Iterator[Diagnostic]:
    """A person shown under a mask whose real name stands in a text that readers may meet."""
    if not lookup.names.is_in(written.joined):
        return
    for path, text in written.texts:
        if path[-1] != "name" or not isinstance(entry.record, Person):
            yield from _revealed(text, partial(entry.within, path), lookup)


def masks_in_page(page: FreePage, lookup: Lookup) -> Iterator[Diagnostic]:
    """The same in a free page."""
    for field, words in (("title", page.title), ("summary", page.summary or ""), ("body", page.body)):
        yield from _revealed(words, partial(page.document.spans.at, (field,)), lookup)


def masks_in_credit(file: MediaFile, lookup: Lookup) -> Iterator[Diagnostic]:
    """The same in the credit of a photograph or recording."""
    for _, text in texts(file.credit) if file.credit else ():
        yield from _revealed(text, partial(_in_credit, file.path), lookup)


def _revealed(text: str, place: Callable[[int], Span], lookup: Lookup) -> Iterator[Diagnostic]:
    for position, start, _ in lookup.names.matches(text):
        yield diagnostic("masked-name-revealed", place(start), name=lookup.hidden[position].shown)


def _in_credit(path: str, _offset: int) -> Span:
    return Span(f"{path}.yml")


RECORD_RULES = (consent,)
WORD_RULES = (masks,)
LIBRARY_RULES = (minors,)
