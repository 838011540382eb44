"""What no font has is reported with the record and the character, and the book is not made."""

from __future__ import annotations

from datetime import date
from importlib.util import find_spec
from pathlib import Path

import pytest
from brochures import render_brochures

from generator.derive import derive
from generator.fonts import ENVIRONMENT_VARIABLE
from tests.conftest import library_of

TODAY = date(2026, 11, 22)
CONFIG = (
    "title: 试验站\ndescription: 只为试验。\nsample: true\nregions:\n  - huainan\n"
    "brochures:\n  - id: book\n    title: 试印\n    chapters:\n      - region: huainan\n"
)
RARE = "name: 张𡋤\nregion: huainan\nsummary: 名字里有生僻字。\nsources:\n  - report\n"


@pytest.fixture(autouse=True)
def _only_the_wheels_font(monkeypatch: pytest.MonkeyPatch) -> None:
    spec = find_spec("justmytype_intl_cjk")
    assert spec is not None
    assert spec.origin is not None
    folder = Path(spec.origin).parent / "fonts" / "ofl" / "notosanssc"
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(folder))


def test_a_missing_glyph_names_the_person_and_the_character() -> None:
    library = library_of({"site_config.yml": CONFIG, "content/person/zhang.yml": RARE})
    made = render_brochures(derive(library, today=TODAY))
    assert made.value == ()
    [found] = made.diagnostics
    assert found.code == "missing-glyph"
    assert str(found.span) == "content/person/zhang.yml:1:8"
    assert dict(found.arguments) == {"record": "张𡋤", "character": "𡋤", "code": "U+212E4"}


def test_a_missing_glyph_of_the_settings_points_there() -> None:
    library = library_of({"site_config.yml": CONFIG.replace("试印", "试印😀")})
    [found] = render_brochures(derive(library, today=TODAY)).diagnostics
    assert (str(found.span), dict(found.arguments)["character"]) == ("site_config.yml:8:14", "😀")


STORY = "---\ntitle: 一件事\nregion: huainan\nsources:\n  - report\n---\n\n一段。\n\n{}说了话。\n"


def test_who_only_shows_the_words_of_another_record_is_not_blamed() -> None:
    files = {
        "site_config.yml": CONFIG,
        "content/person/zhang.yml": RARE,
        "stories/other.md": STORY.format("[[person:zhang]]"),
        "stories/own.md": STORY.format("𡋤、𡋤"),
    }
    found = render_brochures(derive(library_of(files), today=TODAY)).diagnostics
    assert [str(one.span) for one in found] == ["content/person/zhang.yml:1:8", "stories/own.md:10:1"]


def test_a_person_that_is_only_named_is_found_all_the_same() -> None:
    config = f"{CONFIG}    sections:\n      - stories\n"
    story = STORY.format("[[person:zhang]]")
    files = {"site_config.yml": config, "content/person/zhang.yml": RARE, "stories/other.md": story}
    [found] = render_brochures(derive(library_of(files), today=TODAY)).diagnostics
    assert str(found.span) == "content/person/zhang.yml:1:8"


def test_the_smallest_book_is_printed_with_the_wheels_font() -> None:
    library = library_of({"site_config.yml": CONFIG})
    made = render_brochures(derive(library, today=TODAY))
    assert not made.diagnostics
    [artifact] = made.value
    assert artifact.path == "brochures/book.pdf"
    assert artifact.data.startswith(b"%PDF-")


def test_markup_of_the_typesetter_is_printed_as_it_is() -> None:
    odd = RARE.replace("𡋤", "某").replace("名字里有生僻字", '#panic(\\"x\\") *粗* $公式$ <mention> @label')
    library = library_of({"site_config.yml": CONFIG, "content/person/zhang.yml": odd})
    made = render_brochures(derive(library, today=TODAY))
    assert not made.diagnostics
    assert len(made.value) == 1


def test_without_brochures_nothing_is_needed_of_the_machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, str(tmp_path))
    made = render_brochures(derive(library_of({}), today=TODAY))
    assert made.value == ()
