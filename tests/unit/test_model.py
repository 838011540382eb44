"""The declared model: what its modules load, what its types take, how its values travel."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, TypeAdapter, ValidationError

from generator.model import KINDS, MODELS, Media, SiteConfig
from generator.model.fields import nested_model
from generator.model.types import Line


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
