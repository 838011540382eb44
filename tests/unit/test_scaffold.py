"""Skeletons that pass once they are filled, and a starting project that passes as it is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from conftest import MINIMAL
from skeletons import filled

from generator.check import check, check_project
from generator.load import load
from generator.model import KINDS, MARKDOWN_KINDS, MODELS, Kind
from generator.parse import parse
from generator.scaffold import init_project, new_record
from generator.source import SourceFile

TODAY = date(2026, 11, 22)


def _skeleton(kind: Kind) -> tuple[str, str]:
    made = new_record(kind, "some-record", today=TODAY)
    assert made.diagnostics == ()
    return made.value


def _files(path: str, text: str) -> list[SourceFile]:
    return [SourceFile(name, body.encode()) for name, body in sorted({**MINIMAL, path: text}.items())]


@pytest.mark.parametrize("kind", KINDS)
def test_a_skeleton_passes_once_its_fields_arefilled(kind: Kind) -> None:
    path, text = _skeleton(kind)
    loaded = load(_files(path, filled(kind, text)))
    assert loaded.diagnostics == ()
    assert loaded.value is not None
    assert f"{kind}:some-record" in loaded.value.entries
    assert [found for found in check(loaded.value, today=TODAY) if found.span.path == path] == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_unfilled_skeleton_is_asked_for_what_the_model_requires(kind: Kind) -> None:
    path, text = _skeleton(kind)
    loaded = load(_files(path, text))
    fields = MODELS[kind].model_fields
    required = {name for name, field in fields.items() if field.is_required()} - MODELS[kind].filled_in
    assert {found.code for found in loaded.diagnostics} == {"missing-field"}
    missing = {dict(found.arguments)["field"] for found in loaded.diagnostics}
    assert missing == required


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_there_and_can_be_uncommented(kind: Kind) -> None:
    path, text = _skeleton(kind)
    uncommented = re.sub(r"^#(?! )|^#(?=  )", "", text, flags=re.MULTILINE)
    parsed = parse(SourceFile(path, uncommented.encode()))
    assert parsed.value is not None, parsed.diagnostics
    assert isinstance(parsed.value.data, dict)
    outside = {"id", "body"} if kind in MARKDOWN_KINDS else {"id"}
    assert set(parsed.value.data) == set(MODELS[kind].model_fields) - outside


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_is_explained_in_chinese(kind: Kind) -> None:
    lines = _skeleton(kind)[1].splitlines()
    for number, line in enumerate(lines):
        if re.match(r"#?[a-z_]+:", line):
            assert lines[number - 1].startswith("# "), line


@pytest.mark.parametrize(
    ("wrong", "code"), [("Wang", "bad-id"), ("../x", "bad-id"), ("a" * 81, "bad-id"), ("index", "reserved-id")]
)
def test_an_id_that_cannot_be_one_is_told(wrong: str, code: str) -> None:
    assert [found.code for found in new_record("story", wrong, today=TODAY).diagnostics] == [code]


def test_a_new_project_is_checked_without_errors(tmp_path: Path) -> None:
    for artifact in init_project():
        target = tmp_path / artifact.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(artifact.data)
    assert check_project(tmp_path, today=TODAY) == ()


def test_a_new_project_has_what_a_bureau_needs() -> None:
    files = {artifact.path: artifact.data.decode() for artifact in init_project()}
    assert {"site_config.yml", "README.md", ".gitignore", ".vscode/settings.json"} <= files.keys()
    assert "schemas/story.schema.json" in files
    workflow = files[".github/workflows/check.yml"]
    assert "pull_request:" in workflow
    assert "pull_request_target" not in workflow
    assert "permissions:\n  contents: read\n" in workflow
    assert "sample: true" in files["site_config.yml"]


def test_a_new_project_is_the_same_every_time() -> None:
    assert init_project() == init_project()
