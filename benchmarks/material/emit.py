"""YAML as editors write it. Our own few lines: a general writer takes ten times as long."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_PLAIN = re.compile(r"[0-9A-Za-z\u4e00-\u9fff“《][^\n]*")
_TOLD_APART = re.compile(r": | #|:$|\s$")
"""What would end a plain value, or make it a mapping."""


def document(record: dict[str, Any]) -> str:
    return "".join(f"{line}\n" for line in _mapping(record, ""))


def documents(records: list[dict[str, Any]]) -> str:
    return "\n".join("".join(f"{line}\n" for line in _item(record, "")) for record in records)


def _mapping(value: dict[str, Any], indent: str) -> Iterator[str]:
    for key, inner in value.items():
        if inner == [] or inner == {}:
            continue
        if isinstance(inner, dict):
            yield f"{indent}{key}:"
            yield from _mapping(inner, f"{indent}  ")
        elif isinstance(inner, list):
            yield f"{indent}{key}:"
            for item in inner:
                yield from _item(item, f"{indent}  ")
        elif "\n" in str(inner):
            yield f"{indent}{key}: |"
            yield from (f"{indent}  {line}" if line else "" for line in str(inner).splitlines())
        else:
            yield f"{indent}{key}: {_scalar(str(inner))}"


def _item(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        first, *rest = _mapping(value, f"{indent}  ")
        yield f"{indent}- {first.lstrip()}"
        yield from rest
    else:
        yield f"{indent}- {_scalar(str(value))}"


def _scalar(text: str) -> str:
    if _PLAIN.fullmatch(text) and not _TOLD_APART.search(text):
        return text
    return "'" + text.replace("'", "''") + "'"
