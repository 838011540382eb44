"""What the open data consists of, and `datapackage.json` (Frictionless Data Package) that lists it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from generator.derive import Derived
from generator.model import KINDS, MODELS, Kind
from generator.render.data.geo import located
from generator.render.data.schema import record_schema
from generator.render.data.table import Column, columns

_PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
_MEDIA_TYPES: Mapping[str, str] = {
    "json": "application/json",
    "csv": "text/csv",
    "geojson": "application/geo+json",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """One data file: where it is, what it holds, how many records."""

    name: str
    path: str
    """Below the site's root."""
    title: str
    description: str
    format: str
    count: int
    kind: Kind | None = None
    """None for a file that holds several kinds."""

    @property
    def schema_path(self) -> str | None:
        """The JSON Schema of one of its records."""
        return schema_path(self.kind) if self.kind else None


def resources(derived: Derived) -> tuple[Resource, ...]:
    """Every data file that will be written, kinds in their order; kinds without records have none."""
    found: list[Resource] = []
    for kind in KINDS:
        count = len(derived.cards_of(kind))
        if count:
            found.extend(_of_kind(kind, count))
    about = "有坐标的地区和地点。地区的坐标是政府驻地的大致位置，坐标系写在 datum 里。"
    located_count = sum(1 for _ in located(derived))
    found.append(Resource("places-geojson", "data/places.geojson", "坐标", about, "geojson", located_count))
    return tuple(found)


def schema_path(kind: Kind) -> str:
    return f"data/schemas/{kind}.json"


def data_package(derived: Derived, made: Iterable[tuple[Resource, bytes]]) -> dict[str, Any]:
    """The package of the files in `made`. Paths are relative to `data/`, where the package lies."""
    listed = tuple(made)
    tables = {resource.kind for resource, _ in listed if resource.format == "csv" and resource.kind}
    return {
        "$schema": _PROFILE,
        "name": "rongguang",
        "title": derived.config.title,
        "description": derived.config.description,
        "homepage": f"{derived.config.url}data/",
        "licenses": [{"name": derived.config.licence.replace(" ", "-"), "title": derived.config.licence}],
        "contributors": [{"title": derived.config.organiser or derived.config.title, "roles": ["publisher"]}],
        "resources": [_entry(resource, data, tables) for resource, data in listed],
    }


def _of_kind(kind: Kind, count: int) -> tuple[Resource, ...]:
    model = MODELS[kind]
    about = f"{model.__doc__ or ''}"
    return (
        Resource(model.plural, f"data/{model.plural}.csv", model.label, about, "csv", count, kind),
        Resource(f"{model.plural}-json", f"data/{model.plural}.json", model.label, about, "json", count, kind),
    )


def _entry(resource: Resource, data: bytes, tables: Iterable[Kind]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": resource.name,
        "path": resource.path.removeprefix("data/"),
        "title": resource.title,
        "description": resource.description,
        "format": resource.format,
        "mediatype": _MEDIA_TYPES[resource.format],
        "encoding": "utf-8",
        "bytes": len(data),
        "hash": f"sha256:{sha256(data).hexdigest()}",
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
