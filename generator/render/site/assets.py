"""The files that every page loads: one stylesheet, two small scripts, two icons, named by their digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path

from generator.artifact import Artifact
from generator.render.site.material_css import used_part
from generator.values import Value

THEME = Path(str(files("generator.theme")))
FOLDER = "assets"
_OWN_STYLES = (
    "tokens.css", "base.css", "frame.css", "components.css", "pages.css", "themes.css", "print.css",
)  # fmt: skip


class AssetNames(Value, frozen=True):
    """Paths below the site's root."""

    style: str
    preferences: str
    script: str
    search: str
    icon: str
    touch_icon: str


class _Assets(Value, frozen=True):
    names: AssetNames
    files: tuple[tuple[str, bytes], ...]


def asset_names() -> AssetNames:
    return _assets().names


def theme_assets() -> Iterable[Artifact]:
    return (Artifact(path, data) for path, data in _assets().files)


@cache
def _assets() -> _Assets:
    contents = {
        "style": ("rongguang.css", _stylesheet()),
        "preferences": ("preferences.js", _own("js/preferences.js")),
        "script": ("site.js", _own("js/site.js")),
        "search": ("search.js", _own("js/search.js")),
        "icon": ("icon.svg", _own("icons/icon.svg")),
        "touch_icon": ("icon-180.png", _own("icons/icon-180.png")),
    }
    named = {role: (_digested(name, data), data) for role, (name, data) in contents.items()}
    return _Assets(AssetNames(**{role: path for role, (path, _) in named.items()}), tuple(named.values()))


def _digested(name: str, data: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{FOLDER}/{stem}.{hashlib.blake2b(data, digest_size=5).hexdigest()}.{suffix}"


def _own(path: str) -> bytes:
    return (THEME / path).read_bytes()


def _stylesheet() -> bytes:
    own = "".join(_own(f"css/{name}").decode("utf-8") for name in _OWN_STYLES)
    # In a layer, so that any rule of ours wins whatever Material's selectors weigh.
    return f"@layer material{{{used_part(_material_stylesheet())}}}\n{own}".encode()


def _material_stylesheet() -> str:
    # Looked up by metadata: importing material imports its plugins.
    material = distribution("mkdocs-material")
    folder = Path(str(material.locate_file("material/templates/assets/stylesheets")))
    (path,) = folder.glob("main.*.min.css")
    return path.read_text("utf-8")
