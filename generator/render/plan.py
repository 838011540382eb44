"""What the output is to hold, and the facts that it is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from generator.derive.derived import Derived
from generator.derive.facts import derive_facts
from generator.facts import encode
from generator.render.site.frame import frame_of
from generator.render.site.host import render_shells, shell_key
from generator.render.site.pages import PAGES
from generator.store import Store, digest

_PAGES = ("list:", "free:")
"""Facts that are a page each."""


class Plan:
    """Facts first, then the units: what pages there are follows from the facts."""

    def __init__(self, derived: Derived, records: Mapping[str, tuple[str, str]], store: Store) -> None:
        self._derived = derived
        self._records = records
        self._store = store
        self._pages: list[str] = []
        self._parts: list[str] = []

    def facts(self) -> Iterator[tuple[str, bytes]]:
        """Every fact; records are among them with the digest of what they say and the file that they are in."""
        for name, value in derive_facts(self._derived):
            if name.startswith(_PAGES):
                self._pages.append(name)
            elif name.startswith("part:"):
                self._parts.append(name)
            yield name, encode(value)
        yield "shells", encode(self._shells())
        for key in self._derived.cards:
            yield f"record:{key}", encode(self._records[key])

    def units(self, part: str) -> list[str]:
        """The units of one part, once the facts are known."""
        keys = self._derived.cards
        match part:
            case "site":
                return [*(f"page:{key}" for key in keys), *self._pages, *PAGES, "assets", "whole:site"]
            case "data":
                return [*(f"data:{key}" for key in keys), *self._parts, "whole:data", "package"]
            case "images":
                return ["picture:all"]
            case _:
                return [f"book:{brochure.id}" for brochure in self._derived.config.brochures]

    def counts(self) -> Mapping[str, int]:
        """How many records of each kind and any status there are."""
        return Counter(record.kind for record in self._derived.library.records)

    def _shells(self) -> str:
        """From the store while theme and settings are the same: importing MkDocs costs more than all the shells."""
        frame = frame_of(self._derived)
        key = digest("shells", shell_key(frame))
        return self._store.remember(key, lambda: render_shells(frame).to_json().encode()).decode()
