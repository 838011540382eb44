"""Open data: what is in it, what is not, and that each file is what its format says."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from typing import Any
from xml.etree import ElementTree

import pytest
from conftest import MINIMAL, library_of
from in_memory import open_data

from generator.derive import Derived, derive
from generator.model import KINDS, MODELS, Kind
from generator.render.data.schema import record_schema
from generator.render.data.sitemap import render_sitemap
from generator.render.data.table import SEPARATOR, columns

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"

TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "array": (list,),
    "object": (dict,),
}

FILES: Mapping[str, str] = {
    "site_config.yml": MINIMAL["site_config.yml"] + "url: https://example.org/\n",
    "content/region/huainan.yml": (
        "title: 淮南市\nlevel: city\nsources:\n  - report\n"
        "centre:\n  lat: 32.6255\n  lon: 116.9998\n  precision: approximate\n  datum: WGS-84\n"
    ),
    "content/honour/zuimei.yml": "title: 最美退役军人\nlevel: city\nsources:\n  - report\n",
    "content/person/wang.yml": (
        "name: 王大山\ndisplay_name: 王某\nname_form: masked\nreading: wang da shan\nbirth_year: 1950\n"
        "region: huainan\nsources:\n  - report\nhonours:\n  - honour: zuimei\n    edition: 4\n"
        "consent:\n  ground: public-report\n  source: report\n  record_number: 甲-17\n"
    ),
    "content/figure/stations.yml": (
        "title: 服务站总数\nvalue: 9.34\nunit: 万个\nbound: over\nas_of: 2023-04\nscope: 全市\n"
        "source: report\nas_written: 9.34万余个\n"
    ),
    "content/place/hall.yml": (
        "title: 一站式大厅\ntype: one-stop-hall\nregion: huainan\nsources:\n  - report\n"
        "location:\n  lat: 32.6\n  lon: 117.0\n  precision: exact\n  datum: GCJ-02\n"
    ),
    "content/lesson/letter.yml": (
        "title: 读一封家书\ngrade_band: 初中\nsubject: 班会\ngoals:\n  - 我能讲一个故事\n"
        "flow:\n  - minutes: 40\n    activity: 读\nquiz:\n  - question: 谁写的信\n    answer: 一名老兵\n"
        "sources:\n  - report\n"
    ),
    "content/activity/tea.yml": "title: 茶会\nregion: huainan\nwhen: 2023-03\nsources:\n  - report\n",
    "content/activity/plan.yml": "title: 没有日期的活动\nstate: planned\nsources:\n  - report\n",
    "stories/tea.md": (
        "---\ntitle: 茶会上的一句话 & 其他\nregion: huainan\ndate: 2023-04-26\nupdated: 2026-11-20\n"
        "tags:\n  - 公益奉献\n  - 双拥共建\npeople:\n  - wang\nsources:\n  - source: report\n    where: 第三段\n---\n"
        "见[[person:wang]]和[[place:hall|大厅]]，共{{ figure:stations }}。\n"
    ),
    "stories/draft.md": "---\ntitle: 还没写好\nstatus: draft\nsources:\n  - report\n---\n草稿。\n",
    "policies/help.md": (
        "---\ntitle: 就业扶持\ntype: measure\neffective: 2024-01-01\nbasis:\n  - policy: law\n    articles:\n"
        "      - 第四十条\nsources:\n  - report\n---\n要点。\n"
    ),
    "policies/law.md": "---\ntitle: 保障法\ntype: law\neffective: 2021-01-01\nsources:\n  - report\n---\n要点。\n",
}


@pytest.fixture(scope="module")
def derived() -> Derived:
    return derive(library_of(FILES), today=date(2026, 11, 22))


@pytest.fixture(scope="module")
def written(derived: Derived) -> Mapping[str, bytes]:
    return open_data(derived)


def _json(written: Mapping[str, bytes], path: str) -> Any:
    return json.loads(written[path])


def _rows(written: Mapping[str, bytes], path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(written[path].decode("utf-8-sig"), newline="")))


def test_the_list_and_the_single_file_say_the_same(written: Mapping[str, bytes]) -> None:
    assert _json(written, "data/stories.json") == [_json(written, "data/stories/tea.json")]


def test_references_become_links_and_numbers_become_words(written: Mapping[str, bytes]) -> None:
    story = _json(written, "data/stories/tea.json")
    assert story["body"] == (
        "见[王某](<https://example.org/people/wang/>)和[大厅](<https://example.org/places/hall/>)，共9.34万余个。"
    )
    assert story["page"] == "https://example.org/stories/tea/"
    assert story["people"] == ["wang"]


def test_what_is_not_published_is_nowhere(written: Mapping[str, bytes]) -> None:
    everything = b"".join(written.values()).decode()
    assert "还没写好" not in everything
    assert "stories/draft" not in everything


def test_a_masked_person_stays_masked(written: Mapping[str, bytes]) -> None:
    everything = b"".join(written.values()).decode()
    assert _json(written, "data/people/wang.json")["name"] == "王某"
    for private in ("王大山", "wang da shan", "甲-17", "1950"):
        assert private not in everything


def test_answers_are_left_to_the_teacher(written: Mapping[str, bytes]) -> None:
    assert _json(written, "data/lessons/letter.json")["quiz"] == [{"question": "谁写的信"}]


def test_a_figure_has_unit_bound_period_and_source(written: Mapping[str, bytes]) -> None:
    figure = _json(written, "data/figures/stations.json")
    assert (figure["value"], figure["unit"], figure["bound"], figure["as_of"]) == (9.34, "万个", "over", "2023-04")
    assert (figure["amount"], figure["text"]) == (93400, "9.34万余个")
    assert (figure["source"], figure["source_title"]) == ("report", "一篇报道")


def test_a_policy_tells_whether_it_holds(written: Mapping[str, bytes]) -> None:
    assert {row["id"]: row["validity"] for row in _json(written, "data/policies.json")} == {
        "help": "in-force",
        "law": "in-force",
    }


def test_tables_open_in_a_spreadsheet(written: Mapping[str, bytes]) -> None:
    assert written["data/stories.csv"].startswith(b"\xef\xbb\xbfkind,id,title,page,")
    story = _rows(written, "data/stories.csv")[0]
    assert story["tags"] == SEPARATOR.join(("公益奉献", "双拥共建"))
    assert story["sources"] == "report"
    assert "body" not in story
    assert _rows(written, "data/regions.csv")[0]["centre_lat"] == "32.6255"
    assert _rows(written, "data/figures.csv")[0]["ordinal"] == "false"
    assert {row["id"]: row["basis"] for row in _rows(written, "data/policies.csv")} == {"help": "law", "law": ""}


def test_no_cell_is_a_formula() -> None:
    story = "---\ntitle: =HYPERLINK(1)\nsummary: ＝甲\nsources:\n  - report\n---\n文。\n"
    files = open_data(_derived_of({"stories/a.md": story}))
    assert _rows(files, "data/stories.csv")[0]["title"] == "'=HYPERLINK(1)"
    assert _rows(files, "data/stories.csv")[0]["summary"] == "'＝甲"
    assert _json(files, "data/stories.json")[0]["title"] == "=HYPERLINK(1)"


def _derived_of(files: Mapping[str, str]) -> Derived:
    return derive(library_of(files), today=date(2026, 11, 22))


def test_records_follow_their_schemas(written: Mapping[str, bytes]) -> None:
    schemas = {path: _json(written, path) for path in written if path.startswith("data/schemas/")}
    singles = [_json(written, path) for path in written if re.fullmatch(r"data/(?!schemas)[a-z]+/.+", path)]
    assert {f"data/schemas/{record['kind']}.json" for record in singles} == set(schemas)
    for record in singles:
        schema = schemas[f"data/schemas/{record['kind']}.json"]
        assert schema["$id"] == f"https://example.org/data/schemas/{record['kind']}.json"
        assert list(_violations(record, schema, schema)) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_schema_is_closed_and_hides_what_is_not_public(kind: Kind) -> None:
    schema = record_schema(kind)
    assert schema["additionalProperties"] is False
    assert not {"status", "cover", "portrait", "display_name", "birth_year"} & set(schema["properties"])
    names = [column.name for column in columns(schema)]
    assert len(names) == len(set(names))


def _violations(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], at: str = "$") -> Iterator[str]:
    """The part of JSON Schema that ours use; an unknown keyword is a violation of the test's own."""
    if "$ref" in schema:
        yield from _violations(value, root["$defs"][schema["$ref"].rpartition("/")[2]], root, at)
        return
    if "type" in schema and not isinstance(value, TYPES[schema["type"]]):
        yield f"{at}: not {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value}"
    if "const" in schema and value != schema["const"]:
        yield f"{at}: {value}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value}"
    if isinstance(value, list):
        for position, item in enumerate(value):
            yield from _violations(item, schema["items"], root, f"{at}[{position}]")
    if isinstance(value, dict):
        properties = schema["properties"]
        yield from (f"{at}: no {name}" for name in schema.get("required", ()) if name not in value)
        yield from (f"{at}: unknown {name}" for name in value if name not in properties)
        for name in value.keys() & properties.keys():
            yield from _violations(value[name], properties[name], root, f"{at}.{name}")


def test_geojson_has_wgs84_only_and_says_how_exact(written: Mapping[str, bytes]) -> None:
    seat, hall = _json(written, "data/places.geojson")["features"]
    assert seat["geometry"] == {"type": "Point", "coordinates": [116.9998, 32.6255]}
    assert (seat["properties"]["precision"], seat["properties"]["datum"]) == ("approximate", "WGS-84")
    assert hall["geometry"] is None
    assert (hall["properties"]["lat"], hall["properties"]["datum"]) == (32.6, "GCJ-02")


def test_the_package_lists_what_is_there(derived: Derived, written: Mapping[str, bytes]) -> None:
    package = _json(written, "data/datapackage.json")
    tables = [
        f"{MODELS[kind].plural}.{suffix}" for kind in KINDS if derived.cards_of(kind) for suffix in ("csv", "json")
    ]
    assert [entry["path"] for entry in package["resources"]] == [*tables, "places.geojson"]
    for entry in package["resources"]:
        data = written[f"data/{entry['path']}"]
        assert (entry["bytes"], entry["hash"]) == (len(data), f"sha256:{sha256(data).hexdigest()}")
    names = [entry["name"] for entry in package["resources"]]
    assert len(names) == len(set(names))


def test_tables_have_the_columns_that_the_package_tells(written: Mapping[str, bytes]) -> None:
    package = _json(written, "data/datapackage.json")
    tables = {entry["name"]: entry for entry in package["resources"] if entry.get("type") == "table"}
    for entry in tables.values():
        header = written[f"data/{entry['path']}"].decode("utf-8-sig").splitlines()[0].split(",")
        assert header == [field["name"] for field in entry["schema"]["fields"]]
        for key in entry["schema"]["foreignKeys"]:
            ids = {row["id"] for row in _rows(written, f"data/{tables[key['reference']['resource']]['path']}")}
            cells = {row[key["fields"][0]] for row in _rows(written, f"data/{entry['path']}")}
            assert cells - {""} <= ids


@pytest.fixture
def in_parts(monkeypatch: pytest.MonkeyPatch) -> Mapping[str, bytes]:
    """Forty stories, where ten are enough for parts."""
    monkeypatch.setattr("generator.derive.parts.MOST_IN_A_PART", 10)
    story = "---\ntitle: 第{0}篇\nsources:\n  - report\n---\n正文{0}。\n"
    return open_data(_derived_of({f"stories/s{number}.md": story.format(number) for number in range(40)}))


def test_a_kind_with_many_records_lies_in_parts_with_every_record_once(in_parts: Mapping[str, bytes]) -> None:
    names = [path for path in in_parts if re.fullmatch(r"data/stories-\d\.json", path)]
    assert len(names) == 4
    assert "data/stories.json" not in in_parts
    records = [record for name in names for record in _json(in_parts, name)]
    assert sorted(record["id"] for record in records) == sorted(f"s{number}" for number in range(40))
    for record in records:
        assert record == _json(in_parts, f"data/stories/{record['id']}.json")
    for name in names:
        rows = _rows(in_parts, name.replace(".json", ".csv"))
        assert [row["id"] for row in rows] == [record["id"] for record in _json(in_parts, name)]


def test_the_package_lists_every_part_and_refers_to_none(in_parts: Mapping[str, bytes]) -> None:
    entries = {entry["path"]: entry for entry in _json(in_parts, "data/datapackage.json")["resources"]}
    parts = [path for path in entries if path.startswith("stories")]
    assert parts == [f"stories-{number}.{suffix}" for number in range(1, 5) for suffix in ("csv", "json")]
    assert len({entry["name"] for entry in entries.values()}) == len(entries)
    assert all(f"（{path[8]}／4）" in entries[path]["title"] for path in parts)
    keys = [key for entry in entries.values() if "schema" in entry for key in entry["schema"]["foreignKeys"]]
    assert {key["reference"]["resource"] for key in keys} <= {entry["name"] for entry in entries.values()}
    assert "stories" not in {key["reference"]["resource"] for key in keys}


def test_feeds_are_atom(written: Mapping[str, bytes]) -> None:
    feed = ElementTree.fromstring(written["feeds/all.xml"])
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        moment = element.findtext(f"{ATOM}updated") or ""
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", moment)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "https://example.org/feeds/all.xml"


def test_feeds_hold_their_kinds_newest_first_and_nothing_without_a_date(written: Mapping[str, bytes]) -> None:
    def ids(path: str) -> list[str | None]:
        return [entry.findtext(f"{ATOM}id") for entry in ElementTree.fromstring(written[path]).iter(f"{ATOM}entry")]

    assert ids("feeds/all.xml") == ["tag:example.org,2026:story:tea", "tag:example.org,2026:activity:tea"]
    assert ids("feeds/stories.xml") == ["tag:example.org,2026:story:tea"]
    assert ids("feeds/activities.xml") == ["tag:example.org,2026:activity:tea"]


def test_an_empty_feed_is_valid_too() -> None:
    files = open_data(_derived_of({}))
    assert ElementTree.fromstring(files["feeds/all.xml"]).findtext(f"{ATOM}updated") == "2026-11-22T00:00:00+08:00"


def test_the_sitemap_has_every_page_once(written: Mapping[str, bytes]) -> None:
    urls = ElementTree.fromstring(written["sitemap.xml"])
    pages = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in urls}
    assert len(pages) == len(urls)
    assert pages["https://example.org/stories/tea/"] == "2026-11-20"
    assert pages["https://example.org/stories/"] == "2026-11-20"
    assert pages["https://example.org/people/wang/"] is None
    assert {"https://example.org/", "https://example.org/data/"} <= pages.keys()
    assert b"Sitemap: https://example.org/sitemap.xml" in written["robots.txt"]


def test_a_large_sitemap_is_split(derived: Derived) -> None:
    index, *parts = render_sitemap(derived, most=5)
    named = [entry.findtext(f"{SITEMAP}loc") for entry in ElementTree.fromstring(index.data)]
    assert named == [f"https://example.org/{part.path}" for part in parts]
    whole = ElementTree.fromstring(next(iter(render_sitemap(derived))).data)
    assert sum(len(ElementTree.fromstring(part.data)) for part in parts) == len(whole)


def test_the_same_twice(derived: Derived) -> None:
    assert list(open_data(derived).items()) == list(open_data(derived).items())
