"""A caller of the output folder as `build` is one: it keeps a manifest and two marks, and writes what changed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from fsspec.core import url_to_fs

from generator.output import Mark, open_output

Site = Mapping[str, str]


def publish(out: Path | str, state: Path, site: Site) -> None:
    """Make `out` show `site`; what the last run left is in the file `state`."""
    kept = json.loads(state.read_text()) if state.exists() else {}
    with open_output(out) as output:
        prepared = output.prepare(_mark(kept, "base"), _mark(kept, "spare"))
        former: Site = {} if prepared.empty else kept["site"]
        removed = sorted(former.keys() - site.keys())
        changed = sorted(path for path, text in site.items() if former.get(path) != text)
        for path in removed:
            prepared.tree.remove(path)
        prepared.tree.write_all((path, site[path].encode()) for path in changed)
        base = output.publish()
        _keep(state, {"site": dict(site), "base": base})
        spare = output.follow(changed, removed)
        _keep(state, {"site": dict(site), "base": base, "spare": spare})


def marks(state: Path) -> tuple[Mark | None, Mark | None]:
    kept = json.loads(state.read_text())
    return _mark(kept, "base"), _mark(kept, "spare")


def served(out: Path) -> dict[str, str]:
    """Every file of the site that readers see, names for the time between included."""
    return content(out / "site")


def content(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in folder.rglob("*") if path.is_file()
    }


def served_at(url: str) -> dict[str, str]:
    """What `site.json` names."""
    files, root = url_to_fs(url)
    tree = f"{root}/trees/{json.loads(files.cat_file(f'{root}/site.json'))['tree']}/"
    return {path.removeprefix(tree): files.cat_file(path).decode() for path in files.find(tree)}


def _mark(kept: Mapping[str, str | None], name: str) -> Mark | None:
    found = kept.get(name)
    return Mark(found) if found else None


def _keep(state: Path, value: Mapping[str, object]) -> None:
    between = state.with_suffix(".new")
    between.write_text(json.dumps(value))
    between.replace(state)
