"""The declared model: what its modules load, what its types take, how its values travel."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from generator.load import load
from generator.model import (
    KINDS,
    MODELS,
    Kind,
    Media,
    PartialDate,
    Period,
    Record,
    SiteConfig,
    Status,
    Story,
    from_json,
    outline,
    to_json,
)
from generator.model.fields import nested_model, references, texts
from generator.model.types import Line
from generator.source import find


def models(of: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and those inside it."""
    yield of
    for field in of.model_fields.values():
        inner = nested_model(field.annotation)
        if inner:
            yield from models(inner)


@pytest.mark.parametrize("top", [*MODELS.values(), Media, SiteConfig], ids=lambda model: model.__name__)
def test_every_field_of_every_model_is_described(top: type[BaseModel]) -> None:
    for model in models(top):
        assert [name for name, field in model.model_fields.items() if not field.description] == [], model


def test_what_a_run_without_changes_needs_does_not_load_pydantic() -> None:
    script = "import sys, generator.kinds, generator.diagnostics; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.split()
    assert not {"pydantic", "pydantic_core"} & set(loaded)


def test_every_kind_has_a_model() -> None:
    assert tuple(MODELS) == KINDS


@given(st.text(st.characters(codec="utf-8") | st.sampled_from("\n\r\v\f\x1c\x85\u2028 \u3000a"), max_size=5))
@settings(max_examples=500, deadline=None, derandomize=True)
def test_a_line_has_no_line_break_whatever_breaks_lines(text: str) -> None:
    lines = text.strip().splitlines()
    validate = TypeAdapter(Line).validate_python
    if len(lines) == 1:
        assert validate(text)
    else:
        with pytest.raises(ValidationError):
            validate(text)


@cache
def sample_records() -> tuple[Record, ...]:
    library = load(find(ROOT).value).value
    assert library is not None
    return tuple(library.records)


STORY = Story.model_validate(
    {
        "id": "a",
        "title": "一件小事",
        "date": "2023-04",
        "sources": ["report", {"source": "other", "where": "第一段"}],
        "people": ["di", "tao"],
        "tags": ["公益"],
        "aliases": ["b"],
        "reading": {"grade_band": "初中", "minutes": "2"},
        "timeline": [{"when": "2022/2023", "what": "捐献"}],
        "open_points": [{"question": "对不对？"}],
        "body": "正文。\n\n二。",
    }
)


def test_texts_are_what_an_editor_wrote() -> None:
    assert dict(texts(STORY)) == {
        ("title",): "一件小事",
        ("tags", 0): "公益",
        ("sources", 1, "where"): "第一段",
        ("timeline", 0, "what"): "捐献",
        ("open_points", 0, "question"): "对不对？",
        ("body",): "正文。\n\n二。",
    }


def test_references_are_the_records_that_fields_name() -> None:
    assert references(STORY) == [
        (("sources", 0, "source"), "source:report"),
        (("sources", 1, "source"), "source:other"),
        (("people", 0), "person:di"),
        (("people", 1), "person:tao"),
    ]
    lesson = {"title": "一课", "subject": "班会", "goals": ["会"], "flow": [{"minutes": 5, "activity": "听"}]}
    used = MODELS["lesson"].model_validate({"id": "l", "grade_band": "初中", "uses": ["story:a"], **lesson})
    assert references(used) == [(("uses", 0), "story:a")]


def test_an_outline_lacks_nothing_but_the_long_texts() -> None:
    assert outline(STORY).model_dump(exclude={"body"}) == STORY.model_dump(exclude={"body"})
    assert outline(STORY).body is None
    assert STORY.body is not None


@pytest.mark.parametrize("kind", KINDS)
def test_records_travel(kind: Kind) -> None:
    """Through the store in outline, to another process whole."""
    records = [record for record in sample_records() if record.kind == kind]
    assert records
    for record in records:
        assert from_json(kind, to_json(outline(record))) == outline(record)
        assert from_json(kind, to_json(record)) == record
        assert pickle.loads(pickle.dumps(record)) == record


def test_values_keep_their_types_on_the_way() -> None:
    for story in (pickle.loads(pickle.dumps(STORY)), from_json("story", to_json(STORY))):
        assert [type(story.date), type(story.timeline[0].when), type(story.status)] == [PartialDate, Period, Status]
        assert story.model_dump() == STORY.model_dump()
