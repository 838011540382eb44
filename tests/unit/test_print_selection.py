"""Every record is set once, whatever chapters the settings ask for; what Typst refuses is told in one line."""

from __future__ import annotations

from datetime import date

import pytest
from brochures import render_brochures

from generator.derive import Derived, derive
from generator.faults import MachineFaultError
from generator.fonts import find_fonts
from generator.render.print.compiler import TypesettingError, typeset
from generator.render.print.selection import select
from tests.conftest import library_of

TODAY = date(2026, 11, 22)


def story(region: str) -> str:
    return f"---\ntitle: 一件事\nregion: {region}\nsources:\n  - report\n---\n\n一段。\n"


FILES = {
    "content/region/shouxian.yml": "title: 寿县\nlevel: county\nparent: huainan\nsources:\n  - report\n",
    "content/person/zhang.yml": "name: 张某\nregion: shouxian\nsummary: 一个人。\nsources:\n  - report\n",
    "content/figure/a.yml": (
        "- id: all\n  title: 总数\n  value: 5\n  unit: 个\n  region: shouxian\n  as_of: 2023-04-26\n"
        "  source: report\n  as_written: 5个\n"
    ),
    "stories/city.md": story("huainan"),
    "stories/county.md": story("shouxian"),
}


def derived_with(chapters: str) -> Derived:
    config = (
        "title: 试验站\ndescription: 只为试验。\nsample: true\nregions:\n  - huainan\n"
        f"brochures:\n  - id: book\n    title: 试印\n    chapters:\n{chapters}"
    )
    return derive(library_of({**FILES, "site_config.yml": config}), today=TODAY)


def told(chapters: str) -> list[list[str]]:
    derived = derived_with(chapters)
    return [[story.id for story in part.stories] for part in select(derived, derived.config.brochures[0]).chapters]


PARENT = "      - region: huainan\n"
CHILD = "      - region: shouxian\n"


@pytest.mark.parametrize(
    ("chapters", "expected"),
    [
        (PARENT, [["city", "county"]]),
        (PARENT + CHILD, [["city"], ["county"]]),
        (CHILD + PARENT, [["county"], ["city"]]),
        (PARENT + "        stories: [county, city, county]\n" + CHILD, [["county", "city"], []]),
        (PARENT + "        stories: [city]\n" + CHILD + "        stories: [city, county]\n", [["city"], ["county"]]),
    ],
)
def test_every_story_is_set_once(chapters: str, expected: list[list[str]]) -> None:
    assert told(chapters) == expected


def test_other_records_of_a_parent_and_a_child_stand_in_the_nearer_chapter() -> None:
    derived = derived_with(PARENT + CHILD)
    selection = select(derived, derived.config.brochures[0])
    assert [len(part.people) for part in selection.chapters] == [0, 1]
    assert [len(group) for group in selection.figures] == [0, 1, 0]


def test_a_parent_and_a_child_are_printed() -> None:
    made = render_brochures(derived_with(PARENT + CHILD))
    assert not made.diagnostics
    assert len(made.value) == 1


def test_what_typst_refuses_is_a_short_fault_of_the_machine() -> None:
    with pytest.raises(TypesettingError) as caught:
        typeset({}, find_fonts(), today=TODAY)
    told = str(caught.value)
    assert isinstance(caught.value, MachineFaultError)
    assert "\n" not in told
    assert 10 < len(told) < 200
