"""Where a text comes from, as a line of small print."""

from __future__ import annotations

from generator.derive import Derived
from generator.model import Citation, Record, Source


def source_line(derived: Derived, record: Record) -> str:
    """Titles, publishers, dates and places in the source; then what we read differently and what stays open."""
    cited: dict[str, list[Citation]] = {}
    for citation in record.sources:
        cited.setdefault(citation.source, []).append(citation)
    told = "；".join(_citation(derived, source, citations) for source, citations in cited.items())
    notes = [citation.note.rstrip("。") for citation in record.sources if citation.note]
    notes.extend(f"存疑：{point.question}" for point in record.open_points)
    line = f"来源：{told}。" if told else ""
    return line + "".join(note if note[-1] in "？。" else f"{note}。" for note in notes)


def source_title(source: Source) -> str:
    """In title marks, or as our own title where the source has none."""
    return source.title if source.title_supplied else f"《{source.title.strip('《》')}》"


def _citation(derived: Derived, source_id: str, citations: list[Citation]) -> str:
    source = derived.library.find(Source, source_id)
    places = "、".join(citation.where for citation in citations if citation.where)
    date = source.published or ""
    parts = [source_title(source), source.publisher, f"{date}（推定）" if source.date_inferred else date]
    return "，".join(part for part in parts if part) + (f"（{places}）" if places else "")
