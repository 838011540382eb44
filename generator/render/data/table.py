"""Records as rows, for spreadsheets. Columns follow the JSON Schema; what no cell can hold stays in the JSON."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.kinds import Kind
from generator.values import Value

REFERS_TO = "x-rongguang-refers-to"
SEPARATOR = "|"
"""Between several values in one cell: Chinese texts are full of 、 and ；."""

_LONG = frozenset({"body", "script", "transcript", "worksheet"})
"""Whole texts: they fill a spreadsheet's row and are better read on the page or in the JSON."""
_FORMULA = frozenset("=+@-\t\r\n＝＋＠－")
"""Full-width ones too: an input method writes them, and some spreadsheet programs take them for the others."""


class Column(Value, frozen=True):
    """One column: where its value is in a record, and what it holds."""

    name: str
    path: tuple[str, ...]
    title: str
    description: str
    type: str
    """As Table Schema names it: string, number, integer, boolean."""
    refers_to: str | None = None
    """The kind that the value names, where it names exactly one record of one kind."""


def columns_name(kind: Kind) -> str:
    """The fact that holds the columns of a kind's table: they are worked out from the declared model, which takes
    longer than to make a page.
    """
    return f"columns:{kind}"


def columns(schema: Mapping[str, Any]) -> tuple[Column, ...]:
    """The columns of the table for records that follow `schema`."""
    properties = schema["properties"]
    return tuple(column for name in properties if name not in _LONG for column in _columns(schema, name))


def write_csv(rows: Iterable[Mapping[str, Any]], header: tuple[Column, ...]) -> bytes:
    """UTF-8 with a byte order mark.

    Those who open a CSV are officials with a spreadsheet program, and on Chinese Windows both common ones
    take a file without the mark for GB18030 and show nonsense. Programs have the JSON beside it.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(column.name for column in header)
    paths = [(column.path[0], column.path[1:]) for column in header]
    # Most cells are empty: those are not looked into.
    writer.writerows(
        ["" if (value := row.get(name)) is None else _cell(_inside(value, path)) for name, path in paths]
        for row in rows
    )
    return text.getvalue().encode("utf-8-sig")


def _columns(schema: Mapping[str, Any], name: str) -> Iterator[Column]:
    field = schema["properties"][name]
    resolved = _resolved(schema, field)
    if resolved.get("type") == "object":
        yield from _flattened(schema, name, field, resolved["properties"])
    elif resolved.get("type") == "array":
        reference = _reference_in(_resolved(schema, resolved["items"]))
        if reference is not None:
            path = (name, *reference)
            yield Column(name, path, field.get("title", ""), field.get("description", ""), "string")
    else:
        yield _column(name, (name,), resolved, field.get("title", ""), field.get("description", ""))


def _flattened(
    schema: Mapping[str, Any], name: str, field: Mapping[str, Any], inner: Mapping[str, Mapping[str, Any]]
) -> Iterator[Column]:
    """A column for each field of a group; none for a group that has groups inside."""
    targets = {key: _resolved(schema, value) for key, value in inner.items()}
    if any(target.get("type") == "object" for target in targets.values()):
        return
    for key, target in targets.items():
        if target.get("type") != "array":
            title = f"{field.get('title', '')} · {inner[key].get('title', '')}"
            yield _column(f"{name}_{key}", (name, key), target, title, inner[key].get("description", ""))


def _resolved(schema: Mapping[str, Any], field: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" not in field:
        return field
    found: Mapping[str, Any] = schema["$defs"][field["$ref"].removeprefix("#/$defs/")]
    return found


def _reference_in(item: Mapping[str, Any]) -> tuple[str, ...] | None:
    """How to get from an item of a list to its cell: nothing to do for a plain value; of an object that begins with
    a reference, the reference; None for one that tells a story of its own."""
    if item.get("type") != "object":
        return ()
    name, first = next(iter(item["properties"].items()))
    return (name,) if REFERS_TO in first else None


def _column(name: str, path: tuple[str, ...], field: Mapping[str, Any], title: str, description: str) -> Column:
    kinds = field.get(REFERS_TO, ())
    return Column(name, path, title, description, field.get("type", "string"), kinds[0] if len(kinds) == 1 else None)


def _inside(value: Any, path: tuple[str, ...]) -> Any:
    for step in path:
        if isinstance(value, list):
            value = [item[step] for item in value if step in item]
        else:
            value = value.get(step) if value is not None else None
    return value


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _safe(value)
    if isinstance(value, list):
        return _safe(SEPARATOR.join(map(str, value)))
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _safe(text: str) -> str:
    """Never a formula: a spreadsheet program would run it."""
    return f"'{text}" if text[:1] in _FORMULA else text
