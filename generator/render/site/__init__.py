"""The public site: pages stamped into theme shells, lists, search, and the theme's assets."""

from __future__ import annotations

from collections.abc import Iterator

from generator.artifact import Artifact
from generator.derive import Derived
from generator.render.site.assets import theme_assets
from generator.render.site.host import render_shells, shell_key
from generator.render.site.pages import render
from generator.render.site.sections import frame_of
from generator.render.site.shell import Shells
from generator.store import Digest, Store, digest

__all__ = ["render_site"]


def render_site(derived: Derived, store: Store) -> Iterator[Artifact]:
    """Every file of the site but pictures, books and data."""
    yield from (Artifact(path, data) for path, data in theme_assets())
    yield from render(derived, _shells(derived, store))


def _shells(derived: Derived, store: Store) -> Shells:
    """From the store while theme and settings are the same: importing MkDocs costs more than all the shells."""
    frame = frame_of(derived)
    key: Digest = digest("shells", shell_key(frame))
    return Shells.from_json(store.remember(key, lambda: render_shells(frame).to_json().encode()).decode())
