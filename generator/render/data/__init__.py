"""Open data: every published record as JSON and CSV, with schemas, places, feeds and the list of all pages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from generator.artifact import Artifact
from generator.derive import Derived
from generator.library import Key
from generator.model import KINDS, MODELS, Kind
from generator.render.data.feeds import FEEDS, Feed, render_feeds
from generator.render.data.geo import feature_collection
from generator.render.data.package import Resource, data_package, resources, schema_path
from generator.render.data.public import public_record
from generator.render.data.schema import record_schema
from generator.render.data.sitemap import render_robots, render_sitemap
from generator.render.data.table import columns, write_csv

__all__ = ["FEEDS", "Feed", "Resource", "render_data", "resources"]


def render_data(derived: Derived) -> Iterator[Artifact]:
    """Every file below `data/` and `feeds/`, the sitemap and `robots.txt`."""
    listed = {resource.path: resource for resource in resources(derived)}
    written: dict[str, bytes] = {}
    for kind in KINDS:
        for artifact in _kind(derived, kind):
            if artifact.path in listed:
                written[artifact.path] = artifact.data
            yield artifact
    places = Artifact("data/places.geojson", _json(feature_collection(derived)))
    written[places.path] = places.data
    yield places
    made = ((resource, written[path]) for path, resource in listed.items())
    yield Artifact("data/datapackage.json", _json(data_package(derived, made)))
    yield from render_feeds(derived)
    yield from render_sitemap(derived)
    yield render_robots(derived)


def _kind(derived: Derived, kind: Kind) -> Iterator[Artifact]:
    """One file a record, then all of them as JSON and as a table, then what they look like."""
    plural = MODELS[kind].plural
    keys = sorted(card.key for card in derived.cards_of(kind))
    if not keys:
        return
    rows = [public_record(derived, key) for key in keys]
    told = [json.dumps(row, ensure_ascii=False) for row in rows]
    yield from (Artifact(record_path(key), f"{text}\n".encode()) for key, text in zip(keys, told, strict=True))
    # One record a line, so that a change in one shows as a change of one line.
    yield Artifact(f"data/{plural}.json", ("[\n" + ",\n".join(told) + "\n]\n").encode())
    yield Artifact(f"data/{plural}.csv", write_csv(rows, columns(record_schema(kind))))
    address = f"{derived.config.url}{schema_path(kind)}"
    yield Artifact(schema_path(kind), _json({"$id": address, **record_schema(kind)}))


def record_path(key: Key) -> str:
    """The file of one record: `data/stories/huainan-di-weishan.json`."""
    kind, _, record_id = key.partition(":")
    return f"data/{_PLURALS[kind]}/{record_id}.json"


_PLURALS = {str(kind): model.plural for kind, model in MODELS.items()}


def _json(value: dict[str, Any]) -> bytes:
    # Not indented: that would bypass the encoder written in C, and browsers indent JSON themselves.
    return (json.dumps(value, ensure_ascii=False) + "\n").encode()
