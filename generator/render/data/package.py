"""`datapackage.json` (Frictionless Data Package): what the open data consists of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from generator.artifact import Artifact
from generator.derive.facts import SiteFacts
from generator.derive.parts import Part
from generator.facts import decode
from generator.model import KINDS, MODELS, Kind
from generator.render.data.encoding import encoded
from generator.render.data.table import Column, columns_name
from generator.values import Value

PLACES = "data/places.geojson"

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv",
    "geojson": "application/geo+json",
}
_PLACES = "有坐标的地区和地点。地区的坐标是政府驻地的大致位置，坐标系写在 datum 里。"


class Resource(Value, frozen=True):
    """One data file: what it holds, how large it is."""

    name: str
    path: str
    """Below the site's root."""
    title: str
    description: str
    format: str
    size: int
    """Bytes."""
    sha256: str
    kind: Kind | None = None
    """None for a file that holds several kinds."""


def schema_path(kind: Kind) -> str:
    return f"data/schemas/{kind}.json"


Facts = Callable[[str], Iterable[tuple[str, bytes]]]
"""Facts whose names begin so, by name."""

Headers = Mapping[str, tuple[Column, ...]]
"""The columns of each kind's table by the name of the fact."""


def render_package(facts: Facts, files: Mapping[str, str]) -> Artifact:
    """The package of the parts that are facts, with the digest (`size:sha256`) of every file by its path."""
    ((_, told),) = facts("site")
    site = decode(told, SiteFacts)
    parts = sorted((decode(value, Part) for _, value in facts("part:")), key=_order)
    sized = {path: _sized(digest) for path, digest in files.items()}
    listed = [resource for part in parts for resource in _resources(part, sized)]
    headers = {name: decode(value, tuple[Column, ...]) for name, value in facts("columns:")}
    listed.append(Resource("places-geojson", PLACES, "坐标", _PLACES, "geojson", *sized[PLACES]))
    return Artifact("data/datapackage.json", encoded(_package(site, listed, headers)))


def _order(part: Part) -> tuple[int, int]:
    return KINDS.index(part.kind), part.number


def _sized(digest: str) -> tuple[int, str]:
    size, _, sha256 = digest.partition(":")
    return int(size), sha256


def _resources(part: Part, files: Mapping[str, tuple[int, str]]) -> Iterator[Resource]:
    """The table and the JSON of a part."""
    model = MODELS[part.kind]
    title = f"{model.label}（{part.number}／{part.count}）" if part.number else model.label
    for suffix, name in (("csv", part.name), ("json", f"{part.name}-json")):
        path = f"data/{part.name}.{suffix}"
        yield Resource(name, path, title, model.__doc__ or "", suffix, *files[path], part.kind)


def _package(site: SiteFacts, resources: Sequence[Resource], headers: Headers) -> dict[str, Any]:
    """Paths are relative to `data/`, where the package lies."""
    # A table that lies in several files has no name that a foreign key could give.
    tables = {
        resource.kind for resource in resources if resource.kind and resource.name == MODELS[resource.kind].plural
    }
    return {
        "$schema": _PROFILE,
        "name": "rongguang",
        "title": site.title,
        "description": site.description,
        "homepage": f"{site.url}data/",
        "licenses": [{"name": site.licence.replace(" ", "-"), "title": site.licence}],
        "contributors": [{"title": site.organiser or site.title, "roles": ["publisher"]}],
        "resources": [_entry(resource, tables, headers) for resource in resources],
    }


def _entry(resource: Resource, tables: Iterable[Kind], headers: Headers) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": resource.name,
        "path": resource.path.removeprefix("data/"),
        "title": resource.title,
        "description": resource.description,
        "format": resource.format,
        "mediatype": _MEDIA_TYPES[resource.format],
        "encoding": "utf-8",
        "bytes": resource.size,
        "hash": f"sha256:{resource.sha256}",
    }
    if resource.format == "csv" and resource.kind:
        entry["type"] = "table"
        entry["schema"] = _table_schema(headers[columns_name(resource.kind)], frozenset(tables))
    return entry


def _table_schema(header: tuple[Column, ...], tables: frozenset[Kind]) -> dict[str, Any]:
    return {
        "fields": [_field(column) for column in header],
        "primaryKey": ["id"],
        "foreignKeys": [_foreign_key(column) for column in header if column.refers_to in tables],
    }


def _field(column: Column) -> dict[str, Any]:
    return {"name": column.name, "type": column.type, "title": column.title, "description": column.description}


def _foreign_key(column: Column) -> dict[str, Any]:
    assert column.refers_to is not None
    plural = next(model.plural for kind, model in MODELS.items() if kind == column.refers_to)
    return {"fields": [column.name], "reference": {"resource": plural, "fields": ["id"]}}
