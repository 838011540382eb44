"""The editors' reference, made from the declared model and the catalogue: JSON Schemas and Markdown pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.diagnostics import Language, Rule, catalogue
from generator.model import KINDS, MARKDOWN_KINDS, MODELS, Citation, Kind, Media, Record, SiteConfig
from generator.model.fields import nested_model
from generator.model.types import Choice, PartialDate, Period, RefersTo

_HAN = re.compile(r"[\u4e00-\u9fff]")
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def kind_schema(kind: Kind) -> dict[str, Any]:
    """The JSON Schema of a file of this kind: one record, or (but for Markdown kinds) a list of records."""
    model = MODELS[kind]
    schema = _in_chinese(model.model_json_schema(), model)
    definitions = schema.pop("$defs", {})
    required = schema.get("required", ())
    schema = {**schema, "required": [name for name in required if name == "id" or name not in model.filled_in]}
    single = {**schema, "required": [name for name in required if name not in model.filled_in]}
    head = {"$schema": _DIALECT, "title": model.label, "description": model.__doc__}
    if kind in MARKDOWN_KINDS:
        return {**head, **single, "$defs": definitions}
    listed = {"type": "array", "items": {"$ref": "#/$defs/一条记录"}, "minItems": 1}
    return {**head, "oneOf": [single, listed], "$defs": {**definitions, "一条记录": schema}}


def plain_schema(model: type[BaseModel], title: str) -> dict[str, Any]:
    """The JSON Schema of a file that is not a record: the settings, a media credit."""
    return {"$schema": _DIALECT, **_in_chinese(model.model_json_schema(), model), "title": title}


def editor_schemas() -> Mapping[str, dict[str, Any]]:
    """Every schema by its name: the kinds, `site_config` and `media`."""
    return {
        **{kind: kind_schema(kind) for kind in KINDS},
        "site_config": plain_schema(SiteConfig, "站点设置"),
        "media": plain_schema(Media, "图片署名"),
    }


def field_reference() -> str:
    """Markdown: every kind with every field, what to write and whether it must be there."""
    parts = ["本页由程序从内容模型生成，请勿手改。\n"]
    parts.append(_model_section("共有字段", "每一种记录都可以写的字段。", Record.model_fields))
    parts.extend(_kind_section(MODELS[kind]) for kind in KINDS)
    parts.append(_model_section("站点设置", "写在 `site_config.yml`。", SiteConfig.model_fields))
    parts.append(_model_section("图片署名", "`content/media/<图片文件名>.yml`，放在图片旁边。", Media.model_fields))
    return "\n".join(parts)


def message_reference(language: Language = "zh") -> str:
    """Markdown: every diagnostic with its reason, a bad and a good example."""
    parts = ["本页由程序从提示目录生成，请勿手改。\n"]
    parts.extend(_rule_section(rule, language) for rule in sorted(catalogue().values(), key=lambda rule: rule.code))
    return "\n".join(parts)


def _in_chinese(schema: dict[str, Any], model: type[BaseModel]) -> dict[str, Any]:
    """Choices with their labels, no English descriptions, and text fields that also take bare numbers."""
    choices = {choice.__name__: choice for choice in _choices(model)}
    definitions = {name: _described(entry, choices.get(name)) for name, entry in schema.get("$defs", {}).items()}
    relaxed = _relaxed({**schema, "$defs": definitions} if definitions else schema)
    assert isinstance(relaxed, dict)
    return relaxed


def _described(entry: dict[str, Any], choice: type[Choice] | None) -> dict[str, Any]:
    if choice is not None:
        return {"type": "string", "enum": [*choice], "enumDescriptions": [member.label for member in choice]}
    if not _HAN.search(entry.get("description", "")):
        entry = {key: value for key, value in entry.items() if key != "description"}
    if entry.get("title") == Citation.__name__:
        return {"anyOf": [entry["properties"]["source"], entry]}
    return entry


def _relaxed(node: Any) -> Any:
    """The loader reads every scalar as text, so an editor need not quote the year 2023 or a title that is a number."""
    if isinstance(node, list):
        return [_relaxed(item) for item in node]
    if not isinstance(node, dict):
        return node
    relaxed = {key: _relaxed(value) for key, value in node.items()}
    takes_digits = str(relaxed.get("pattern", r"^\d")).startswith(r"^\d")
    if relaxed.get("type") == "string" and takes_digits and not relaxed.keys() & {"enum", "const"}:
        relaxed["type"] = ["string", "number"]
    return relaxed


def _choices(model: type[BaseModel]) -> Iterator[type[Choice]]:
    for field in model.model_fields.values():
        yield from _choices_in(field.annotation)


def _choices_in(annotation: Any) -> Iterator[type[Choice]]:
    if isinstance(annotation, type) and issubclass(annotation, Choice):
        yield annotation
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _choices(annotation)
    else:
        for argument in get_args(annotation):
            yield from _choices_in(argument)


def _kind_section(model: type[Record]) -> str:
    folder = MARKDOWN_KINDS.get(model.kind)
    place = f"`{folder}/<编号>.md`" if folder else f"`content/{model.kind}/<编号>.yml`，也可以一个文件列多条"
    own = {name: field for name, field in model.model_fields.items() if name not in Record.model_fields}
    return _model_section(f"{model.label} {model.kind}", f"{model.__doc__}写在 {place}。", own)


def _model_section(title: str, introduction: str, fields: Mapping[str, FieldInfo]) -> str:
    lines = [f"## {title}\n", f"{introduction}\n", *_table(fields)]
    for name, inner in _inner_models(fields).items():
        lines.extend(("", f"### {name}\n", *_table(inner.model_fields)))
    return "\n".join((*lines, ""))


def _inner_models(fields: Mapping[str, FieldInfo], prefix: str = "") -> dict[str, type[BaseModel]]:
    """Models inside `fields`, by dotted field name."""
    found: dict[str, type[BaseModel]] = {}
    for name, field in fields.items():
        inner = nested_model(field.annotation)
        if inner is not None:
            found[f"{prefix}{name}"] = inner
            found.update(_inner_models(inner.model_fields, f"{prefix}{name}."))
    return found


def _table(fields: Mapping[str, FieldInfo]) -> Iterator[str]:
    yield "| 字段 | 名称 | 必填 | 写法 | 说明 |"
    yield "| --- | --- | --- | --- | --- |"
    for name, field in fields.items():
        required = "是" if field.is_required() else ""
        cells = (f"`{name}`", field.title or "", required, _written(field), field.description or "")
        yield f"| {' | '.join(cell.replace('|', '｜').replace(chr(10), ' ') for cell in cells)} |"


def _written(field: FieldInfo) -> str:
    """How a value of this field is written, in Chinese."""
    words = _written_as(field.annotation, tuple(field.metadata))
    return f"列表，每项是{words}" if "tuple" in str(field.annotation).lower() else words


def _written_as(annotation: Any, metadata: tuple[Any, ...]) -> str:
    marks = [mark for mark in metadata if isinstance(mark, RefersTo)]
    if marks:
        kinds = marks[0].kinds
        names = "、".join(MODELS[kind].label for kind in kinds)
        return f"{names}的编号" if len(kinds) == 1 else f"`种类:编号`（{names}）"
    if nested_model(annotation):
        return "一组键值，见下表"
    if isinstance(annotation, type):
        return _written_type(annotation)
    arguments = [argument for argument in get_args(annotation) if argument not in (type(None), Ellipsis)]
    if all(isinstance(argument, str) for argument in arguments) and arguments:
        return "、".join(f"`{argument}`" for argument in arguments)
    return _written_as(arguments[0], tuple(getattr(annotation, "__metadata__", ()))) if arguments else "文字"


def _written_type(annotation: type) -> str:
    if issubclass(annotation, Choice):
        return "、".join(f"`{member}`" for member in annotation)
    names: Mapping[type, str] = {PartialDate: "日期", Period: "日期或期间", bool: "`true` 或 `false`", int: "整数"}
    if issubclass(annotation, (str, Enum)) and annotation not in names:
        return "文字"
    return names.get(annotation, "数")


def _rule_section(rule: Rule, language: Language) -> str:
    severity = {"error": "错误", "warning": "警告"}[rule.severity]
    lines = [f"## {rule.code}\n", f"**{severity}：{_blanked(rule.message[language])}**\n"]
    lines.append(f"{rule.why[language]}\n")
    if rule.hint[language]:
        lines.append(f"怎么改：{_blanked(rule.hint[language])}\n")
    lines.extend(_example("不好", rule.bad))
    lines.extend(_example("好", rule.good))
    return "\n".join(lines)


def _blanked(text: str) -> str:
    """A message before its arguments are known; what Markdown would take for markup is shown as it is."""
    unfilled = re.sub(r"(?<!\{)\{\w+\}", "……", text).replace("{{", "{").replace("}}", "}")
    pieces = unfilled.split("`")
    # Odd pieces stand between back-ticks, where nothing is markup.
    pieces[::2] = [re.sub(r"([\[\]*<])", r"\\\1", piece) for piece in pieces[::2]]
    return "`".join(pieces)


def _example(label: str, text: str) -> Iterator[str]:
    if text.strip():
        yield f"{label}：\n"
        yield "```text"
        yield text.rstrip("\n")
        yield "```\n"
