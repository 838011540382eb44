"""The only importer of mkdocs: renders the theme's page once for each section and depth."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from generator.render.site.assets import asset_names
from generator.render.site.shell import SENTINELS, Shell, Shells, Slots, tidy

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

OVERRIDES = Path(str(files("generator.theme"))) / "overrides"
MAX_DEPTH = 6


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame: path below the site's root, words, and the section that it lights."""

    path: str
    text: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class LinkGroup:
    title: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What header and footer say: all that a shell depends on besides the theme itself."""

    title: str
    url: str
    description: str
    subtitle: str | None = None
    seal: str | None = None
    notice: str | None = None
    doors: tuple[Link, ...] = ()
    footer: tuple[LinkGroup, ...] = ()
    organiser: str | None = None
    contact: tuple[str, ...] = ()
    registration: tuple[str, ...] = ()
    licence: str | None = None


def shell_key(frame: Frame) -> str:
    """Digest of the theme's versions, our overrides and assets, and the frame; costs no import of mkdocs."""
    digest = hashlib.blake2b(digest_size=16)
    for name in ("mkdocs", "mkdocs-material", "jinja2"):
        digest.update(f"{name} {version(name)}\n".encode())
    for path in sorted(OVERRIDES.rglob("*.html")):
        digest.update(path.relative_to(OVERRIDES).as_posix().encode() + b"\0" + path.read_bytes())
    digest.update(repr((frame, asset_names())).encode())
    return digest.hexdigest()


def render_shells(frame: Frame) -> Shells:
    """One shell for each section and depth: rendered at the root, and with longer ways to it further down."""
    return _shells(frame, shell_key(frame))


@lru_cache(maxsize=4)
def _shells(frame: Frame, key: str) -> Shells:
    # A preview builds again and again in one process.
    host = Host(frame)
    sections = ("", *(door.section for door in frame.doors))
    at_root = {section: Shell.of(host.page(section, 0, SENTINELS)) for section in sections}
    places = [(section, depth) for depth in range(1, MAX_DEPTH + 1) for section in sections]
    below = {(name, depth): at_root[name].rooted("../" * depth) for name, depth in places}
    return Shells(key, {**{(name, 0): shell for name, shell in at_root.items()}, **below})


class Host:
    """MkDocs and the theme, ready to render pages of one frame."""

    def __init__(self, frame: Frame) -> None:
        with _quiet_import():
            from mkdocs.config.defaults import MkDocsConfig
        self.frame = frame
        self._config = MkDocsConfig()
        self._config.load_dict(_settings(frame))
        errors, _ = self._config.validate()
        assert not errors, errors
        self._template = self._config.theme.get_env().get_template("main.html")

    def page(self, section: str, depth: int, slots: Slots) -> str:
        """A whole page as the theme renders it; `slots` must be escaped already."""
        from mkdocs.commands.build import get_context
        from mkdocs.structure.files import Files
        from mkdocs.structure.nav import Navigation

        context = get_context(Navigation([], []), Files([]), self._config, self._page(depth, slots))
        ours: dict[str, Any] = {"frame": self.frame, "section": section, "slots": slots, "assets": asset_names()}
        return tidy(self._template.render({**context, **ours}))

    def _page(self, depth: int, slots: Slots) -> Page:
        from mkdocs.structure.files import File
        from mkdocs.structure.pages import Page

        folder = "".join(f"{level}/" for level in range(depth))
        file = File(f"{folder}index.md", self._config.docs_dir, self._config.site_dir, use_directory_urls=True)
        page = Page(slots.title, file, self._config)
        page.content = slots.content
        page.meta = {"description": slots.description}
        page.canonical_url = slots.canonical
        # The base page takes the target of its skip link from the first heading.
        page.toc = [SimpleNamespace(url="#main")]  # type: ignore[assignment]
        return page


def _settings(frame: Frame) -> dict[str, Any]:
    return {
        "site_name": frame.title,
        "site_url": frame.url,
        "docs_dir": str(OVERRIDES),
        "site_dir": str(OVERRIDES.parent / "unused"),
        "plugins": [],
        "theme": {"name": "material", "custom_dir": str(OVERRIDES), "language": "zh", "font": False},
        "extra": {"generator": False},
    }


@contextmanager
def _quiet_import() -> Iterator[None]:
    """Material prints an advertisement about MkDocs 2 when it is imported."""
    before = os.environ.get("NO_MKDOCS_2_WARNING")
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ["NO_MKDOCS_2_WARNING"]
        else:
            os.environ["NO_MKDOCS_2_WARNING"] = before
