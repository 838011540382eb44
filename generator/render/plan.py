"""What the output is to hold, and the facts that it is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path

from generator.derive.derived import Derived
from generator.derive.facts import derive_facts
from generator.facts import encode
from generator.fonts import find_fonts
from generator.images.picturing import Picturing
from generator.model import KINDS, Kind
from generator.photographs import used_photographs
from generator.render.data.schema import record_schema
from generator.render.data.table import columns, columns_name
from generator.render.images import plan_shares, wanted
from generator.render.site.frame import frame_of
from generator.render.site.host import render_shells, shell_key
from generator.render.site.pages import PAGES
from generator.store import Store, digest

_PAGES = ("list:", "free:")
"""Facts that are a page each."""


class Plan:
    """Facts first, then the units: what pages there are follows from the facts."""

    def __init__(self, root: Path, derived: Derived, records: Mapping[str, tuple[str, str]], store: Store) -> None:
        self._root = root
        self.derived = derived
        self._records = records
        self._store = store
        self._shares = plan_shares(derived.config, {kind: len(cards) for kind, cards in derived.shelves.items()})
        self._pages: list[str] = []
        self._parts: list[str] = []

    def facts(self) -> Iterator[tuple[str, bytes]]:
        """Every fact; records are among them with the digest of what they say and the file that they are in."""
        for name, value in derive_facts(self.derived):
            if name.startswith(_PAGES):
                self._pages.append(name)
            elif name.startswith("part:"):
                self._parts.append(name)
            yield name, encode(value)
        yield "shells", encode(self._shells())
        yield "shares", encode(self._shares)
        for kind in KINDS:
            yield columns_name(kind), self._store.remember(digest("columns", kind), partial(_columns, kind))
        for key in self.derived.cards:
            yield f"record:{key}", encode(self._records[key])

    def units(self, part: str) -> list[str]:
        """The units of one part, once the facts are known."""
        keys = self.derived.cards
        match part:
            case "site":
                return [*(f"page:{key}" for key in keys), *self._pages, *PAGES, "assets", "whole:site"]
            case "data":
                return [*(f"data:{key}" for key in keys), *self._parts, "whole:data", "package"]
            case "images":
                return list(self.pictures)
            case _:
                return [f"book:{brochure.id}" for brochure in self.derived.config.brochures]

    @cached_property
    def pictures(self) -> Mapping[str, Picturing]:
        """Every picture of the site by its unit; another way of drawing makes another unit."""
        found = wanted(
            self._root,
            self.derived.config,
            self.derived.cards.values(),
            used_photographs(self.derived.library),
            self._shares,
            find_fonts(),
        )
        return {f"picture:{picturing.key}:{picturing.paths[0]}": picturing for picturing in found}

    def counts(self) -> Mapping[str, int]:
        """How many records of each kind and any status there are."""
        return Counter(record.kind for record in self.derived.library.records)

    def _shells(self) -> str:
        """From the store while theme and settings are the same: importing MkDocs costs more than all the shells."""
        frame = frame_of(self.derived)
        key = digest("shells", shell_key(frame))
        return self._store.remember(key, lambda: render_shells(frame).to_json().encode()).decode()


def _columns(kind: Kind) -> bytes:
    return encode(columns(record_schema(kind)))
