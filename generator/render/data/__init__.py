"""Open data: every published record as JSON and CSV, with schemas, places, feeds and the list of all pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.artifact import Artifact
from generator.derive.derived import Derived
from generator.derive.parts import Part
from generator.library import Key, key_of
from generator.model import KINDS, MODELS, Record
from generator.render.data.encoding import decoded, encoded
from generator.render.data.package import PLACES, schema_path
from generator.render.data.public import public_record
from generator.render.data.table import Column, write_csv
from generator.render.site.site import Site

__all__ = ["record_file", "record_path", "render_part", "render_whole"]


def record_file(site: Site, record: Record) -> Artifact:
    """One published record as JSON."""
    return Artifact(record_path(key_of(record)), encoded(public_record(site, record)))


def render_part(part: Part, header: tuple[Column, ...], read: Callable[[str], bytes]) -> tuple[Artifact, ...]:
    """The part as JSON and as a table of these columns, of the records' own files as `read` gives them by path."""
    told = [read(record_path(key)).rstrip(b"\n") for key in part.keys]
    rows = map(decoded, told)
    # One record a line, so that a change in one shows as a change of one line.
    return (
        Artifact(f"data/{part.name}.json", b"[\n" + b",\n".join(told) + b"\n]\n"),
        Artifact(f"data/{part.name}.csv", write_csv(rows, header)),
    )


def render_whole(derived: Derived) -> Iterator[Artifact]:
    """What tells of all records at once: schemas, places, feeds, sitemap and `robots.txt`."""
    # Only the process that has the whole needs them, and only then.
    from generator.render.data.feeds import render_feeds
    from generator.render.data.geo import feature_collection
    from generator.render.data.schema import record_schema
    from generator.render.data.sitemap import render_robots, render_sitemap

    for kind in KINDS:
        if derived.cards_of(kind):
            address = f"{derived.config.url}{schema_path(kind)}"
            yield Artifact(schema_path(kind), encoded({"$id": address, **record_schema(kind)}))
    yield Artifact(PLACES, encoded(feature_collection(derived)))
    yield from render_feeds(derived)
    yield from render_sitemap(derived)
    yield render_robots(derived)


def record_path(key: Key) -> str:
    """The file of one record: `data/stories/huainan-di-weishan.json`."""
    kind, _, record_id = key.partition(":")
    return f"data/{_PLURALS[kind]}/{record_id}.json"


_PLURALS = {str(kind): model.plural for kind, model in MODELS.items()}
