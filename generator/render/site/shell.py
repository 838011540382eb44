"""A page of the theme with holes: rendered once by the host, filled for every page in microseconds."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import NewType

from generator.values import Value

SLOTS = ("title", "description", "canonical", "head", "content", "page_class")

Section = NewType("Section", str)
"""Which door of the navigation is lit: the plural of a kind, or nothing."""

_OPEN, _CLOSE = "\ue000", "\ue001"
_SENTINEL = re.compile(f"{_OPEN}([a-z_]+){_CLOSE}")


class Slots(Value, frozen=True):
    """What one page puts into its shell. `head` and `content` are HTML, the others plain text."""

    title: str
    description: str
    canonical: str
    head: str
    content: str
    page_class: str


SENTINELS = Slots(*(f"{_OPEN}{slot}{_CLOSE}" for slot in SLOTS))
"""Private-use characters, which no template escapes and no checked text contains."""


@dataclass(frozen=True)
class Shell:
    """Text and slots by turns; it begins and ends with text."""

    parts: tuple[str, ...]

    @classmethod
    def of(cls, page: str) -> Shell:
        """Cut a page that was rendered with the sentinels where they stand."""
        return cls(tuple(_SENTINEL.split(page)))

    def fill(self, *, title: str, description: str, canonical: str, head: str, content: str, page_class: str) -> bytes:
        """The page's file."""
        slots = {
            "title": escape(title).encode(),
            "description": escape(description).encode(),
            "canonical": escape(canonical).encode(),
            "head": head.encode(),
            "content": content.encode(),
            "page_class": escape(page_class).encode(),
        }
        pieces, names = self._encoded
        filled = list(pieces)
        filled[1::2] = map(slots.__getitem__, names)
        return b"".join(filled)

    @cached_property
    def _encoded(self) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
        """All parts, and the names of the slots among them."""
        return tuple(part.encode() for part in self.parts), self.parts[1::2]

    def rooted(self, prefix: str) -> Shell:
        """The same shell, which stands at the root, with every relative address put under `prefix`."""
        relative = re.compile(r'(\b(?:href|src|action|data-[a-z]+-url)=")(?!https?:|/|#|mailto:|tel:|$)(?:\./)?')
        return Shell(
            tuple(
                part if position % 2 else relative.sub(rf"\g<1>{prefix}", part)
                for position, part in enumerate(self.parts)
            )
        )


class Shells(Value, frozen=True):
    """Every shell of a site, with the digest of what they were made from."""

    key: str
    by_place: Mapping[tuple[str, int], Shell]

    def at(self, section: str, depth: int) -> Shell:
        return self.by_place.get((section, depth)) or self.by_place[("", depth)]

    def to_json(self) -> str:
        places = [[section, depth, shell.parts] for (section, depth), shell in self.by_place.items()]
        return json.dumps({"key": self.key, "shells": places}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Shells:
        data = json.loads(text)
        return cls(data["key"], {(section, depth): Shell(tuple(parts)) for section, depth, parts in data["shells"]})


_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>.*?</script>\s*", re.DOTALL)
_UNUSED = (
    # Drawer, search and dialog of Material's bundle, which is not loaded: without it they are dead controls.
    re.compile(r'<input class="md-toggle"[^>]*>\s*'),
    re.compile(r'<label class="md-overlay"[^>]*></label>\s*'),
    re.compile(r'<div class="md-dialog".*?</div>\s*</div>\s*', re.DOTALL),
    re.compile(r'<div data-md-component="announce">\s*</div>\s*'),
    re.compile(r' data-md-component="[a-z]+"'),
)
_SPACE = re.compile(r"\n\s*")


def tidy(page: str) -> str:
    """A rendered theme page without inline scripts, dead controls and the templates' indentation."""
    page = _INLINE_SCRIPT.sub("", page)
    for pattern in _UNUSED:
        page = pattern.sub("", page)
    return _SPACE.sub("\n", page)
