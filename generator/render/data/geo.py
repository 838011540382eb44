"""What has coordinates, as GeoJSON (RFC 7946)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.derive import Derived
from generator.library import key_of
from generator.model import Place, Record, Region
from generator.model.types import Location


def feature_collection(derived: Derived) -> dict[str, Any]:
    """Seats of regions and located places, regions first, by id."""
    return {
        "type": "FeatureCollection",
        "features": [_feature(derived, record, location) for record, location in located(derived)],
    }


def located(derived: Derived) -> Iterator[tuple[Record, Location]]:
    yield from ((region, region.centre) for region in derived.published(Region) if region.centre)
    yield from ((place, place.location) for place in derived.published(Place) if place.location)


def _feature(derived: Derived, record: Record, location: Location) -> dict[str, Any]:
    card = derived.cards[key_of(record)]
    properties = {
        "kind": record.kind,
        "title": record.title,
        "region_name": card.region_name,
        "page": f"{derived.config.url}{card.url}",
        "precision": location.precision,
        "datum": location.datum,
    }
    # GeoJSON knows WGS 84 only, which CGCS2000 equals to within centimetres. GCJ-02 is off by up to 700 m and has no
    # public inverse: such a point goes into the properties, where nobody can take it for something else.
    if location.datum == "GCJ-02":
        return _told(record, None, {**properties, "lat": location.lat, "lon": location.lon})
    return _told(record, {"type": "Point", "coordinates": [location.lon, location.lat]}, properties)


def _told(record: Record, geometry: dict[str, Any] | None, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "id": key_of(record), "geometry": geometry, "properties": properties}
