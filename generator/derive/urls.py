"""Permanent addresses. They never change once published, so nothing but kind and id goes into them."""

from __future__ import annotations

from generator.library import Key
from generator.model import MODELS, Kind


def permalink(key: Key) -> str:
    """Root-relative without the leading slash: `stories/huainan-di-weishan/`."""
    kind, _, record_id = key.partition(":")
    return f"{section(kind)}{record_id}/"  # type: ignore[arg-type]


def section(kind: Kind) -> str:
    """The list page of a kind: `stories/`."""
    return f"{MODELS[kind].plural}/"
