"""Documents to a `Library`: every value converted by the declared model, every problem placed in its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from generator import inline
from generator.code_spans import may_hold_code
from generator.diagnostics import Checked, Diagnostic, Span, diagnostic, in_order
from generator.library import Entry, FreePage, Key, Library, MediaFile, in_key_order, key_of
from generator.model import KINDS, MARKDOWN_KINDS, MODELS, Kind, Media, SiteConfig
from generator.model.types import Line, Model
from generator.parse import Document, parse
from generator.shape import shape_problems
from generator.source import CONFIG_PATH, MEDIA_SUFFIXES, SourceFile
from generator.values import Value, replace
from generator.written import Written, written

M = TypeVar("M", bound=BaseModel)

RESERVED_IDS = frozenset({"index", "404", "search", "page"})
_KIND_OF_FOLDER: Mapping[str, Kind] = {folder: kind for kind, folder in MARKDOWN_KINDS.items()}


class _PageMatter(Model):
    """Front matter of a free page."""

    title: Line = Field(title="标题")
    """页面的标题。"""
    summary: Line | None = Field(default=None, title="摘要")
    """页面的摘要。"""
    order: int = Field(default=100, title="次序")
    """在页脚里的次序，小的在前。"""


class Loaded(Value, frozen=True):
    """What one file gave."""

    entries: tuple[Entry, ...] = ()
    texts: tuple[Written, ...] = ()
    """What is written in each of the entries; not there for an outline."""
    page: FreePage | None = None
    media: MediaFile | None = None
    credit: tuple[str, Media] | None = None
    config: tuple[SiteConfig, Document] | None = None
    document: Document | None = None
    unread: tuple[Key, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


def load(files: Iterable[SourceFile], *, rejected: Iterable[str] = ()) -> Checked[Library | None]:
    """The library of a project's files; None only where its settings cannot be read.

    The records of `rejected` paths, which `find` has reported, count as unread.
    Reports everything `parse` and the declared model find, `missing-config`, `misplaced-file`,
    `id-mismatch`, `reserved-id` and `duplicate-id`.
    """
    loaded = [load_file(file) for file in files]
    assembled = assemble(loaded, rejected=rejected)
    found = (problem for part in loaded for problem in part.diagnostics)
    return Checked(assembled.value, in_order((*found, *assembled.diagnostics)))


def assemble(loaded: Sequence[Loaded], *, rejected: Iterable[str] = ()) -> Checked[Library | None]:
    """The library of what the files gave, and what is wrong with the files together."""
    entries, found = _unique(entry for part in loaded for entry in part.entries)
    config = next((part.config for part in loaded if part.config), None)
    if config is None:
        if not any(problem.span.path == CONFIG_PATH for part in loaded for problem in part.diagnostics):
            found.append(diagnostic("missing-config", Span(CONFIG_PATH)))
        return Checked(None, in_order(found))
    credits_ = dict(part.credit for part in loaded if part.credit)
    media = {
        part.media.path: replace(part.media, credit=credits_.get(part.media.path)) for part in loaded if part.media
    }
    pages = sorted((part.page for part in loaded if part.page), key=lambda page: (page.order, page.id))
    library = Library(
        config[0],
        in_key_order(entries),
        tuple(pages),
        media,
        config[1],
        documents=tuple(part.document for part in loaded if part.document),
        unread=frozenset((*(key for part in loaded for key in part.unread), *_unread_at(rejected))),
    )
    return Checked(library, in_order(found))


def load_file(file: SourceFile) -> Loaded:
    """What one file gives by itself, with what `parse` and the declared model find in it."""
    if file.path.endswith(MEDIA_SUFFIXES):
        return Loaded(media=MediaFile(file.path, None))
    parsed = parse(file)
    if parsed.value is None:
        kind = _kind_at(file.path)
        unread = (Key(f"{kind}:{_stem(file.path)}"), Key(f"{kind}:*")) if kind else ()
        return Loaded(unread=unread, diagnostics=parsed.diagnostics)
    loaded = _load_document(parsed.value)
    return replace(loaded, diagnostics=(*parsed.diagnostics, *loaded.diagnostics)) if parsed.diagnostics else loaded


def _load_document(document: Document) -> Loaded:
    match document.path.split("/"):
        case ["site_config.yml"]:
            return _load_config(document)
        case ["content", "media", *_, name] if name.endswith(".yml"):
            return _load_credit(document)
        case ["content", "pages", name] if name.endswith(".md"):
            return _load_page(document)
        case _:
            kind = _kind_at(document.path)
            if kind is None:
                misplaced = diagnostic("misplaced-file", Span(document.path), path=document.path)
                return Loaded(document=document, diagnostics=(misplaced,))
            return _load_records(document, kind)


def _kind_at(path: str) -> Kind | None:
    """The kind of the records in a file, by its folder and suffix."""
    match path.split("/"):
        case [folder, name] if name.endswith(".md"):
            return _KIND_OF_FOLDER.get(folder)
        case ["content", kind, name] if name.endswith(".yml") and kind not in MARKDOWN_KINDS:
            return next((known for known in KINDS if known == kind), None)
        case _:
            return None


def _stem(path: str) -> str:
    """The file's name without its suffix."""
    return path.rpartition("/")[2].rpartition(".")[0]


def _unread_at(paths: Iterable[str]) -> Iterator[Key]:
    """What may have been in files or folders that could not even be read, whatever their names end in."""
    for path in paths:
        match PurePosixPath(path).parts:
            case ("content",):
                yield from (Key(f"{kind}:*") for kind in KINDS if kind not in MARKDOWN_KINDS)
            case ("content", folder, *_) if folder in KINDS and folder not in MARKDOWN_KINDS:
                yield Key(f"{folder}:*")
            case (folder, *_) if folder in _KIND_OF_FOLDER:
                yield Key(f"{_KIND_OF_FOLDER[folder]}:*")


def _load_config(document: Document) -> Loaded:
    config, found = _validated(SiteConfig, document.data, document, ())
    return Loaded(config=(config, document) if config else None, document=document, diagnostics=found)


def _load_credit(document: Document) -> Loaded:
    credit, found = _validated(Media, document.data, document, ())
    described = document.path.removesuffix(".yml")
    return Loaded(credit=(described, credit) if credit else None, document=document, diagnostics=found)


def _load_page(document: Document) -> Loaded:
    matter, found = _validated(_PageMatter, document.data, document, ())
    if matter is None:
        return Loaded(document=document, diagnostics=found)
    body = document.body.text if document.body else ""
    page = FreePage(_stem(document.path), matter.title, matter.summary, matter.order, body, document)
    return Loaded(page=page, document=document, diagnostics=found)


def _load_records(document: Document, kind: Kind) -> Loaded:
    if isinstance(document.data, list):
        return _joined(document, [_load_record(item, document, (at,), kind) for at, item in enumerate(document.data)])
    return _load_single(document, kind)


def _load_single(document: Document, kind: Kind) -> Loaded:
    """A file that is one record takes its id from its name."""
    stem = _stem(document.path)
    data = dict(document.data) if isinstance(document.data, dict) else document.data
    found: tuple[Diagnostic, ...] = ()
    if isinstance(data, dict):
        if data.get("id") not in (None, stem):
            found = (diagnostic("id-mismatch", document.spans.value(("id",)), id=data["id"], stem=stem),)
        data["id"] = stem
        if document.body and document.body.text and not document.body.text.isspace():
            data["body"] = document.body.text
    loaded = _load_record(data, document, (), kind)
    return replace(loaded, diagnostics=(*found, *loaded.diagnostics)) if found else loaded


def _load_record(data: Any, document: Document, prefix: tuple[int, ...], kind: Kind) -> Loaded:
    record, found = _validated(MODELS[kind], data, document, prefix)
    if record is None:
        name = data.get("id") if isinstance(data, dict) else None
        return Loaded(document=document, unread=(Key(f"{kind}:{name or '*'}"),), diagnostics=found)
    if record.id in RESERVED_IDS:
        found = (*found, diagnostic("reserved-id", document.spans.value((*prefix, "id")), id=record.id))
    texts = written(record)
    entry = Entry(record, document.path, lambda: document.spans, prefix, _mentions(texts), _pictures(texts))
    return Loaded(entries=(entry,), texts=(texts,), document=document, diagnostics=found)


def _mentions(texts: Written) -> tuple[str, ...]:
    return tuple(dict.fromkeys(target for text in _in_pieces(texts) for target in inline.targets(text)))


def _in_pieces(texts: Written) -> Iterable[str]:
    """No reference reaches from one text into the next; but code might, so then each is looked at alone."""
    return (text for _, text in texts.texts) if may_hold_code(texts.joined) else (texts.joined,)


def _pictures(texts: Written) -> tuple[str, ...]:
    if not inline.may_hold_images(texts.joined):
        return ()
    return tuple(dict.fromkeys(address for _, text in texts.texts for address, _ in inline.images(text)))


def _joined(document: Document, parts: Sequence[Loaded]) -> Loaded:
    """What the records of a list file gave, as one."""
    return Loaded(
        entries=tuple(entry for part in parts for entry in part.entries),
        texts=tuple(texts for part in parts for texts in part.texts),
        document=document,
        unread=tuple(key for part in parts for key in part.unread),
        diagnostics=tuple(problem for part in parts for problem in part.diagnostics),
    )


def _validated(
    model: type[M], data: Any, document: Document, prefix: tuple[int, ...]
) -> tuple[M | None, tuple[Diagnostic, ...]]:
    try:
        return model.model_validate(_set_values(data) if document.has_gaps else data), ()
    except ValidationError as error:
        return None, tuple(shape_problems(model, error, document.spans, prefix))


def _set_values(data: Any) -> Any:
    """Without the keys that were left empty: an empty value means "not set", as in a skeleton."""
    if isinstance(data, dict):
        return {key: _set_values(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [_set_values(item) for item in data]
    return data


def _unique(entries: Iterable[Entry]) -> tuple[list[Entry], list[Diagnostic]]:
    """The first of each key, and a report for every further one."""
    kept: dict[str, Entry] = {}
    found: list[Diagnostic] = []
    for entry in entries:
        first = kept.setdefault(key_of(entry.record), entry)
        if first is not entry:
            place, other = entry.place("id"), first.place("id")
            found.append(diagnostic("duplicate-id", place, related=(other,), id=entry.record.id, other=other))
    return list(kept.values()), found
