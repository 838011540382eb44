"""JSON Schemas of the open data. They differ from the editors' schemas: no empty values, public fields only."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from generator.model import MODELS, Kind
from generator.model.types import Choice
from generator.render.data.public import added, hidden, in_order

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_HAN = re.compile(r"[\u4e00-\u9fff]")


class _Public(GenerateJsonSchema):
    """Tells what `public_record` writes, where pydantic would tell what it reads."""

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        made = super().model_schema(schema)
        left_out = hidden(schema["cls"])
        made["properties"] = {name: value for name, value in made["properties"].items() if name not in left_out}
        made["required"] = [name for name in made.get("required", ()) if name not in left_out]
        return made

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def decimal_schema(self, _schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        return {"type": "number"}

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Without the limits on length: a reference in a text grows when it becomes a link."""
        made = super().str_schema(schema)
        return {key: value for key, value in made.items() if key not in {"minLength", "maxLength"}}

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        labels = [member.label for member in schema["members"] if isinstance(member, Choice)]
        return {
            "type": "string",
            "enum": [str(member.value) for member in schema["members"]],
            "enumDescriptions": labels,
        }


@cache
def record_schema(kind: Kind) -> dict[str, Any]:
    """The schema of one record of `kind`, without an `$id`: that depends on the site's address."""
    model = MODELS[kind]
    made = _as_written(model.model_json_schema(schema_generator=_Public))
    extra = {
        field.name: {"title": field.title, "description": field.description, **field.schema} for field in added(kind)
    }
    extra["kind"] = {**extra["kind"], "const": kind}
    return {
        "$schema": DIALECT,
        **made,
        "title": model.label,
        "properties": in_order({**extra, **made["properties"]}),
        "required": ["kind", "page", *made["required"]],
    }


def _as_written(node: Any) -> Any:
    """Dates are always text here (the editors' schema lets a bare year pass as a number); descriptions are Chinese."""
    if isinstance(node, list):
        return [_as_written(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: "string" if key == "type" and isinstance(value, list) else _as_written(value)
        for key, value in node.items()
        if key != "description" or not isinstance(value, str) or _HAN.search(value)
    }
