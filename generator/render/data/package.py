"""`datapackage.json` (Frictionless Data Package): what the open data consists of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.derive.facts import SiteFacts
from generator.derive.parts import Part
from generator.model import MODELS, Kind
from generator.render.data.schema import record_schema
from generator.render.data.table import Column, columns

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv",
    "geojson": "application/geo+json",
}
_PLACES = "有坐标的地区和地点。地区的坐标是政府驻地的大致位置，坐标系写在 datum 里。"


@dataclass(frozen=True, slots=True)
class Resource:
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


def part_resources(part: Part, files: Mapping[str, tuple[int, str]]) -> Iterable[Resource]:
    """The table and the JSON of a part, with size and SHA-256 of each file by its path."""
    model = MODELS[part.kind]
    title = f"{model.label}（{part.number}／{part.count}）" if part.number else model.label
    for suffix, name in (("csv", part.name), ("json", f"{part.name}-json")):
        path = f"data/{part.name}.{suffix}"
        yield Resource(name, path, title, model.__doc__ or "", suffix, *files[path], part.kind)


def places_resource(path: str, size: int, sha256: str) -> Resource:
    return Resource("places-geojson", path, "坐标", _PLACES, "geojson", size, sha256)


def data_package(site: SiteFacts, organiser: str | None, resources: Iterable[Resource]) -> dict[str, Any]:
    """The package of these files. Paths are relative to `data/`, where the package lies."""
    listed = tuple(resources)
    tables = {resource.kind for resource in listed if resource.format == "csv" and resource.kind}
    return {
        "$schema": _PROFILE,
        "name": "rongguang",
        "title": site.title,
        "description": site.description,
        "homepage": f"{site.url}data/",
        "licenses": [{"name": site.licence.replace(" ", "-"), "title": site.licence}],
        "contributors": [{"title": organiser or site.title, "roles": ["publisher"]}],
        "resources": [_entry(resource, tables) for resource in listed],
    }


def _entry(resource: Resource, tables: Iterable[Kind]) -> dict[str, Any]:
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
        entry["schema"] = _table_schema(resource.kind, frozenset(tables))
    return entry


def _table_schema(kind: Kind, tables: frozenset[Kind]) -> dict[str, Any]:
    header = columns(record_schema(kind))
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
