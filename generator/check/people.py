"""People are protected: consent, masks, minors."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Key, Library
from generator.model import NameForm, Person
from generator.model.fields import texts

_ADULT_AGE = 14
"""Personal data of children under fourteen needs a guardian's consent (PIPL, articles 28 and 31)."""
_MASK = re.compile(r"^[\u4e00-\u9fff]{1,2}[某\u00d7*]")


def consent(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A living person under the full name has a recorded ground for publication."""
    for person in library.published(Person):
        entry = library.entries[Key(f"person:{person.id}")]
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
            place = library.entries[Key(f"person:{person.id}")].place("birth_year")
            yield diagnostic("minor-named", place, name=person.name)


def masks(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A person shown under a mask whose real name stands somewhere in the content."""
    hidden = {
        person.name: person
        for person in library.every(Person)
        if person.display_name and person.name != person.display_name and not _MASK.match(person.name)
    }
    if not hidden:
        return
    pattern = re.compile("|".join(map(re.escape, sorted(hidden))))
    for text, place in _published_texts(library):
        for match in pattern.finditer(text):
            shown = hidden[match[0]].display_name or ""
            yield diagnostic("masked-name-revealed", place(match.start()), name=shown)


def _published_texts(library: Library) -> Iterator[tuple[str, Callable[[int], Span]]]:
    """Every text that readers may meet but the names of persons themselves, with what tells places in it."""
    for entry in library.entries.values():
        for path, text in texts(entry.record):
            if path[-1] != "name" or not isinstance(entry.record, Person):
                yield text, partial(entry.within, path)
    for page in library.pages:
        for field, words in (("title", page.title), ("summary", page.summary or ""), ("body", page.body)):
            yield words, partial(page.document.spans.at, (field,))
    for path_of_file, file in library.media.items():
        for _, text in texts(file.credit) if file.credit else ():
            yield text, partial(_in_credit, path_of_file)


def _in_credit(path: str, _offset: int) -> Span:
    return Span(f"{path}.yml")


RULES = (consent, minors, masks)
