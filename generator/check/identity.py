"""Addresses that stay: former ids, and the tree of regions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Key, Library, key_of
from generator.model import MODELS, Region
from generator.model.places import RegionLevel

_RUNGS = tuple(RegionLevel)
_TAKEN = frozenset({"assets", "brochures", "data", "editors", "feeds", "index", "404", "search"}) | {
    model.plural for model in MODELS.values()
}
"""What stands at the root of the site beside the free pages."""


def aliases(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A former id that is somebody's present or former id, or is listed twice."""
    former: dict[Key, str] = {}
    for key, entry in library.entries.items():
        for position, alias in enumerate(entry.record.aliases):
            wanted = Key(f"{entry.record.kind}:{alias}")
            other = entry.record.id if wanted == key else former.setdefault(wanted, entry.record.id)
            is_repeated = alias in entry.record.aliases[:position]
            if wanted in library.entries or other != entry.record.id or is_repeated:
                place = library.whole(key).place("aliases", position)
                yield diagnostic("alias-taken", place, alias=alias, other=other if wanted in former else alias)


def region_levels(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A region stands below a region of a higher level; only a province stands alone."""
    for region in library.every(Region):
        parent = library.get(f"region:{region.parent}") if region.parent else None
        if isinstance(parent, Region) and _RUNGS.index(parent.level) >= _RUNGS.index(region.level):
            place = library.whole(key_of(region)).place("parent")
            yield diagnostic("region-level", place, region=region.title, parent=parent.title)


def page_addresses(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A free page at an address that the site itself uses."""
    for page in library.pages:
        if page.id in _TAKEN:
            yield diagnostic("reserved-id", Span(page.document.path), id=page.id)


LIBRARY_RULES = (aliases, region_levels, page_addresses)
