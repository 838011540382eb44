"""What a site owes its readers: who runs it, where each fact comes from, books and chapters with names of their own."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Entry, Library
from generator.model import Figure, Source, Term
from generator.written import Written


def organiser(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A real site names its organiser; a sample says that it is one instead."""
    if library.config.organiser is None and not library.config.sample and library.config_document is not None:
        yield diagnostic("empty-organiser", library.config_document.spans.value(()))


def sources(entry: Entry, _written: Written) -> Iterator[Diagnostic]:
    """A record of facts that names no source."""
    if not entry.record.sources and not isinstance(entry.record, (Source, Figure, Term)):
        yield diagnostic("missing-source", entry.place(), title=entry.record.title)


def books(library: Library, _today: date) -> Iterator[Diagnostic]:
    """Two books of one name would be one file."""
    if library.config_document is None:
        return
    spans = library.config_document.spans
    first: dict[str, int] = {}
    for position, brochure in enumerate(library.config.brochures):
        if first.setdefault(brochure.id, position) != position:
            other = spans.value(("brochures", first[brochure.id], "id"))
            place = spans.value(("brochures", position, "id"))
            yield diagnostic("duplicate-id", place, related=(other,), id=brochure.id, other=other)


def chapters(library: Library, _today: date) -> Iterator[Diagnostic]:
    """Two chapters about one region would hold the same records under the same name."""
    if library.config_document is None:
        return
    spans = library.config_document.spans
    for number, brochure in enumerate(library.config.brochures):
        first: dict[str, Span] = {}
        for position, chapter in enumerate(brochure.chapters):
            place = spans.value(("brochures", number, "chapters", position, "region"))
            other = first.setdefault(chapter.region, place)
            if other != place:
                yield diagnostic(
                    "repeated-chapter", place, related=(other,), book=brochure.title, region=chapter.region, other=other
                )


RECORD_RULES = (sources,)
LIBRARY_RULES = (organiser, books, chapters)
