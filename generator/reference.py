"""`rongguang reference`: writes `schemas/`, `docs/reference/` and `.vscode/settings.json`; `--check` only compares."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.guide import editor_schemas, field_reference, message_reference
from generator.model import KINDS, MARKDOWN_KINDS


def write(root: Path) -> int:
    """Write every reference file below `root`; returns how many."""
    files = reference_files()
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")
    return len(files)


def stale(root: Path) -> tuple[str, ...]:
    """Paths of the reference files that are missing, changed by hand or older than the model."""
    return tuple(path for path, text in reference_files().items() if _read(root / path) != text)


def reference_files() -> Mapping[str, str]:
    """All generated files by path, as text."""
    schemas = {f"schemas/{name}.schema.json": _json(schema) for name, schema in editor_schemas().items()}
    return {
        **schemas,
        "docs/reference/fields.md": f"# 字段说明\n\n每一种记录有哪些字段、怎样写。{field_reference()}",
        "docs/reference/messages.md": f"# 检查提示\n\n检查时可能看到的提示：为什么，怎么改。{message_reference()}",
        ".vscode/settings.json": _json(editor_settings()),
    }


def editor_settings() -> dict[str, Any]:
    """Which schema the YAML language server uses for which files."""
    kinds = {f"./schemas/{kind}.schema.json": f"content/{kind}/*.yml" for kind in KINDS if kind not in MARKDOWN_KINDS}
    return {
        "yaml.schemas": {
            **kinds,
            "./schemas/site_config.schema.json": "site_config.yml",
            "./schemas/media.schema.json": "content/media/*.yml",
        },
        "yaml.schemaStore.enable": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
    }


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _read(path: Path) -> str | None:
    return path.read_text("utf-8") if path.is_file() else None
