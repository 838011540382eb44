"""What a site owes its readers: who runs it, and where each fact comes from."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Library
from generator.model import Figure, Source, Term


def organiser(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A real site names its organiser; a sample says that it is one instead."""
    if library.config.organiser is None and not library.config.sample and library.config_document is not None:
        yield diagnostic("empty-organiser", library.config_document.spans.value(()))


def sources(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A record of facts that names no source."""
    for entry in library.entries.values():
        if not entry.record.sources and not isinstance(entry.record, (Source, Figure, Term)):
            yield diagnostic("missing-source", entry.place(), title=entry.record.title)


RULES = (organiser, sources)
