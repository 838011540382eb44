"""The editors' reference is up to date, complete, and agrees with what the loader takes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest
from conftest import ROOT

from generator.diagnostics import catalogue
from generator.guide import editor_schemas, field_reference, message_reference
from generator.model import KINDS, MARKDOWN_KINDS, MODELS
from generator.parse import parse
from generator.reference import stale, write
from generator.source import SourceFile


def test_the_reference_in_the_repository_is_current() -> None:
    assert stale(ROOT) == ()


def test_a_change_by_hand_is_noticed(tmp_path: Path) -> None:
    write(tmp_path)
    assert stale(tmp_path) == ()
    (tmp_path / "schemas" / "story.schema.json").write_text("{}")
    shutil.rmtree(tmp_path / "docs")
    assert stale(tmp_path) == ("schemas/story.schema.json", "docs/reference/fields.md", "docs/reference/messages.md")


def test_every_field_of_every_kind_is_explained_in_chinese() -> None:
    text = field_reference()
    for model in MODELS.values():
        assert f"## {model.label} {model.kind}" in text
        for name, field in model.model_fields.items():
            assert f"| `{name}` | {field.title} |" in text
            assert field.description, f"{model.kind}.{name} has no description"


def test_every_message_is_explained() -> None:
    text = message_reference()
    assert [code for code in catalogue() if f"## {code}\n" not in text] == []


def content_files() -> list[Path]:
    return sorted([*ROOT.glob("content/*/*.yml"), *ROOT.glob("stories/*.md"), *ROOT.glob("policies/*.md")])


@pytest.mark.parametrize("kind", KINDS)
def test_the_sample_content_passes_the_schema_that_editors_programs_use(kind: str) -> None:
    folder = MARKDOWN_KINDS.get(kind) or f"content/{kind}"  # type: ignore[call-overload]
    validator = jsonschema.Draft202012Validator(json.loads(json.dumps(editor_schemas()[kind])))
    files = [path for path in content_files() if path.parent == ROOT / folder]
    assert files
    for path in files:
        document = parse(SourceFile(path.relative_to(ROOT).as_posix(), path.read_bytes())).value
        assert document is not None
        problems = [error.message for error in validator.iter_errors(_as_yaml_reads(document.data))]
        assert problems == [], path.name


def _as_yaml_reads(value: object) -> object:
    """Scalars as a YAML 1.2 program reads them: true and whole numbers are not text."""
    if isinstance(value, dict):
        return {key: _as_yaml_reads(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_as_yaml_reads(item) for item in value]
    if value in {"true", "false"}:
        return value == "true"
    try:
        return float(value) if isinstance(value, str) and not value.startswith("0") else value
    except ValueError:
        return value


def test_the_schemas_are_wired_to_the_folders() -> None:
    settings = json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8"))
    for schema, pattern in settings["yaml.schemas"].items():
        assert (ROOT / schema).is_file()
        assert "media" in pattern or list(ROOT.glob(pattern)), pattern
