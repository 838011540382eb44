"""What tells of all pages at once: the search index, and where former addresses lead."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.artifact import Artifact
from generator.derive.derived import Derived
from generator.model import MODELS


def render_whole(derived: Derived) -> Iterator[Artifact]:
    yield Artifact("search/index.js", _search_index(derived))
    yield Artifact("redirects.map", "".join(sorted(_redirects(derived))).encode())


def _search_index(derived: Derived) -> bytes:
    """Title, address, kicker, summary and other words of every record; shards take its place when it grows."""
    rows = [
        [card.title, card.url, f"{card.label} · {card.region_name}" if card.region_name else card.label,
         card.summary[:90], " ".join((*card.words, *card.tags))]
        for card in derived.cards.values()
    ]  # fmt: skip
    return f"window.rongguangIndex={json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _redirects(derived: Derived) -> Iterator[str]:
    """A line of a map for nginx for each former address."""
    prefix = urlsplit(derived.config.url).path or "/"
    for card in derived.cards.values():
        for alias in derived.record(card.key).aliases:
            yield f"{prefix}{MODELS[card.kind].plural}/{alias}/ {prefix}{card.url};\n"
