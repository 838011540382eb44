"""`rongguang new` and `rongguang init`: skeletons made from the declared model, and a repository to begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from generator.artifact import Artifact
from generator.diagnostics import Checked, Diagnostic, Span, diagnostic
from generator.load import RESERVED_IDS
from generator.model import MARKDOWN_KINDS, MODELS, Kind, Record
from generator.model.fields import nested_model
from generator.model.types import SLUG_PATTERN, Choice, PartialDate, Period, Prose, RefersTo
from generator.reference import reference_files

_STARTER = "starter"
_DOTTED: Mapping[str, str] = {"gitignore": ".gitignore", "github": ".github"}
"""Files of the starter whose names begin with a dot only where they are going: here they would act on ourselves."""

_PROSE = get_args(Prose)[-1]
"""What marks a field as prose rather than a line."""

_COMMON = ("summary", "region", "tags", "date")
"""Common fields that most records have."""

_SET = frozenset({"id", "status", "updated", "body"})
"""Fields that a skeleton sets itself, or that stand outside it."""

_EXPECTED: Mapping[str, tuple[str, ...]] = {
    "source": (),
    "term": (),
    "figure": ("as_of",),
    "person": ("sources", "consent"),
}
"""Fields that the model leaves open and `check` asks for, by kind; of the other kinds only `sources`."""

_EXAMPLES: Mapping[str, str] = {
    "region.title": "某某县",
    "honour.title": "某某市最美退役军人",
    "organization.title": "某某县退役军人服务中心",
    "place.title": "某某县烈士陵园",
    "route.title": "半天走完的县城路线",
    "story.title": "修了三十年水渠的班长",
    "lecture.title": "一双布鞋的故事",
    "activity.title": "三月老兵茶会",
    "initiative.title": "老兵暖心行动",
    "policy.title": "某某县退役军人就业扶持办法",
    "service.title": "返乡报到登记",
    "figure.title": "某某县退役军人服务站总数",
    "lesson.title": "读一封家书",
    "source.title": "报道或文件的题目",
    "term.title": "兵支书",
    "figure.value": "12",
    "figure.unit": "个",
    "figure.as_written": "12个退役军人服务站",
    "service.category": "就业创业扶持",
    "source.publisher": "某某县退役军人事务局",
    "lesson.subject": "班会",
}


def new_record(kind: Kind, record_id: str, *, today: date) -> Checked[tuple[str, str]]:
    """Path and text of a new record: what must be written first and empty, the rest commented out.

    Reports bad-id and reserved-id.
    """
    path = f"{_folder(kind)}/{record_id}.{'md' if kind in MARKDOWN_KINDS else 'yml'}"
    return Checked((path, _skeleton(MODELS[kind], today)), tuple(_id_problems(record_id, path)))


def init_project() -> tuple[Artifact, ...]:
    """The files of a new content repository, by path; `rongguang build` works on it as it is."""
    starter = dict(_files_in(files("generator") / _STARTER, ""))
    references = {path: text.encode() for path, text in reference_files().items()}
    return tuple(Artifact(path, data) for path, data in sorted({**starter, **references}.items()))


def _folder(kind: Kind) -> str:
    return MARKDOWN_KINDS.get(kind) or f"content/{kind}"


def _id_problems(record_id: str, path: str) -> Iterator[Diagnostic]:
    if not re.fullmatch(SLUG_PATTERN, record_id) or len(record_id) > 80:
        yield diagnostic("bad-id", Span(path), value=record_id)
    elif record_id in RESERVED_IDS:
        yield diagnostic("reserved-id", Span(path), id=record_id)


def _files_in(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        path = f"{prefix}{_DOTTED.get(entry.name, entry.name)}"
        if entry.is_dir():
            yield from _files_in(entry, f"{path}/")
        else:
            yield path, entry.read_bytes()


def _skeleton(model: type[Record], today: date) -> str:
    matter = "\n".join(_matter(model, today))
    if model.kind in MARKDOWN_KINDS:
        return f"---\n{matter}\n---\n"
    return f"{matter}\n"


def _matter(model: type[Record], today: date) -> Iterator[str]:
    yield from _head(model)
    wanted = _wanted(model)
    for name in wanted:
        yield from _wanted_field(model, name)
    yield from ("", "# 状态：写好以后改成 review 送审，终审以后改成 published 发布。", "status: draft")
    yield from ("# 更新日期：最近一次实质修改的日期。", f"updated: {today.isoformat()}", "")
    yield "# 以下各项用得到才写：去掉行首的“#”，再填内容。"
    for name in _open_names(model, wanted):
        yield from ("", *_field(name, model.model_fields[name]))


def _open_names(model: type[Record], wanted: tuple[str, ...]) -> Iterator[str]:
    """The remaining fields: those that most records have, then the kind's own, then the other common ones."""
    own = (name for name in model.model_fields if name not in Record.model_fields)
    left_out = _SET if model.kind in MARKDOWN_KINDS else _SET - {"body"}
    names = dict.fromkeys((*_COMMON, *own, *Record.model_fields))
    return (name for name in names if name not in wanted and name not in left_out)


def _head(model: type[Record]) -> Iterator[str]:
    yield f"# {model.label}：{model.__doc__}"
    yield "# 编号就是文件名，发布以后不要改。先填前面几项。"
    yield "# 正文和长文字里可以写：[[person:编号]] 引用别的记录，{{ figure:编号 }} 引用数字。"
    if model.kind in MARKDOWN_KINDS:
        yield "# 正文写在第二行“---”之后，小标题用“## ”开头。"


def _wanted(model: type[Record]) -> tuple[str, ...]:
    """The fields to fill first: what the model requires, then what `check` asks for."""
    required = [name for name, field in model.model_fields.items() if field.is_required() and name not in _SET]
    if model.kind == "person":
        required.remove("title")  # taken from the name
    return (*required, *(name for name in _EXPECTED.get(model.kind, ("sources",)) if name not in required))


def _wanted_field(model: type[Record], name: str) -> Iterator[str]:
    field = model.model_fields[name]
    explanation, _, *block = _field(name, field, "（必填）" if field.is_required() else "（检查时会要）")
    yield from ("", explanation)
    example = _EXAMPLES.get(f"{model.kind}.{name}")
    if example:
        yield f"# 例如：{example}"
    yield from (f"{name}:", *block)


def _field(name: str, field: FieldInfo, mark: str = "") -> Iterator[str]:
    """One line that explains the field, then the field itself, commented out."""
    title = field.title or ""
    text = _help(field).removeprefix(f"{title}。")
    yield f"# {title}{mark}：{text}" if text else f"# {title}{mark}。"
    yield f"#{name}:"
    yield from (f"#{line}" for line in _block(field, "  "))


def _help(field: FieldInfo) -> str:
    """What the declaration tells authors, and how to write it where it does not say."""
    text = field.description or ""
    leaf = _leaf(field)
    if leaf.choice and not all(member.value in text for member in leaf.choice):
        text += f"可写：{'、'.join(_named(member) for member in leaf.choice)}。"
    if leaf.prose:
        text += "要分段时，在冒号后写“|”，从下一行起缩进两格。"
    return text


def _named(member: Choice) -> str:
    return member.value if member.value == member.label else f"{member.value} {member.label}"


def _block(field: FieldInfo, indent: str) -> Iterator[str]:
    """The lines below a key whose value is a list or a mapping, as an example to write over."""
    model = nested_model(field.annotation)
    leaf = _leaf(field)
    if model is None:
        if leaf.listed:
            yield f"{indent}- {_sample(field)}"
        return
    bullet = "- " if leaf.listed else ""
    for position, (name, inner) in enumerate(model.model_fields.items()):
        mark = bullet if position == 0 else " " * len(bullet)
        below = tuple(_block(inner, f"{indent}{' ' * len(bullet)}  "))
        yield f"{indent}{mark}{name}:" if below else f"{indent}{mark}{name}: {_sample(inner)}"
        yield from below


@dataclass(frozen=True, slots=True)
class _Leaf:
    """What an annotation comes down to."""

    type: Any
    listed: bool
    choice: type[Choice] | None
    refers_to: RefersTo | None
    prose: bool


def _leaf(field: FieldInfo) -> _Leaf:
    parts = (*field.metadata, *_parts(field.annotation))
    types = [part for part in parts if isinstance(part, type) and part is not type(None)]
    return _Leaf(
        type=next((part for part in parts if get_origin(part) is Literal), types[0] if types else str),
        listed=any(get_origin(part) is tuple for part in parts),
        choice=next((part for part in types if issubclass(part, Choice)), None),
        refers_to=next((part for part in parts if isinstance(part, RefersTo)), None),
        prose=_PROSE in parts,
    )


def _parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    if get_origin(annotation) is not Literal and not (
        isinstance(annotation, type) and issubclass(annotation, BaseModel)
    ):
        for argument in get_args(annotation):
            yield from _parts(argument)


def _sample(field: FieldInfo) -> str:
    """One value of the right form."""
    leaf = _leaf(field)
    if leaf.refers_to:
        kinds = leaf.refers_to.kinds
        return f"{MODELS[kinds[0]].label}的编号" if len(kinds) == 1 else f"{kinds[0]}:编号"
    if leaf.choice:
        return str(next(iter(leaf.choice)))
    if get_origin(leaf.type) is Literal:
        return str(get_args(leaf.type)[0])
    return _SAMPLES.get(leaf.type, "文字")


_SAMPLES: Mapping[Any, str] = {
    PartialDate: "2026-11-22",
    Period: "2026-01/2026-11",
    bool: "true",
    int: "1",
    float: "30.1",
    Decimal: "1",
}
