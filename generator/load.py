"""Documents to a `Library`: every value converted by the declared model, every problem placed in its file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from generator import inline
from generator.diagnostics import Checked, Diagnostic, Span, diagnostic, in_order
from generator.library import Entry, FreePage, Key, Library, MediaFile, in_key_order, key_of
from generator.model import KINDS, MARKDOWN_KINDS, MODELS, Kind, Media, Record, SiteConfig
from generator.model.fields import texts
from generator.model.types import Line, Model
from generator.parse import Document, parse
from generator.shape import shape_problems
from generator.source import CONFIG_PATH, MEDIA_SUFFIXES, SourceFile

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


@dataclass(frozen=True, slots=True)
class Loaded:
    """What one file gave."""

    entries: tuple[Entry, ...] = ()
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
    path = PurePosixPath(file.path)
    if parsed.value is None:
        kind = _kind_at(path)
        unread = (Key(f"{kind}:{path.stem}"), Key(f"{kind}:*")) if kind else ()
        return Loaded(unread=unread, diagnostics=parsed.diagnostics)
    loaded = _load_document(parsed.value, path)
    return replace(loaded, document=parsed.value, diagnostics=(*parsed.diagnostics, *loaded.diagnostics))


def _load_document(document: Document, path: PurePosixPath) -> Loaded:
    match path.parts:
        case ("site_config.yml",):
            return _load_config(document)
        case ("content", "media", *_) if path.suffix == ".yml":
            return _load_credit(document, path)
        case ("content", "pages", _) if path.suffix == ".md":
            return _load_page(document, path)
        case _:
            kind = _kind_at(path)
            if kind is None:
                return Loaded(diagnostics=(diagnostic("misplaced-file", Span(document.path), path=document.path),))
            return _load_records(document, path, kind)


def _kind_at(path: PurePosixPath) -> Kind | None:
    """The kind of the records in a file, by its folder and suffix."""
    match path.parts:
        case (folder, _) if path.suffix == ".md":
            return _KIND_OF_FOLDER.get(folder)
        case ("content", kind, _) if path.suffix == ".yml" and kind not in MARKDOWN_KINDS:
            return next((known for known in KINDS if known == kind), None)
        case _:
            return None


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
    return Loaded(config=(config, document) if config else None, diagnostics=found)


def _load_credit(document: Document, path: PurePosixPath) -> Loaded:
    credit, found = _validated(Media, document.data, document, ())
    described = str(path.with_suffix(""))
    return Loaded(credit=(described, credit) if credit else None, diagnostics=found)


def _load_page(document: Document, path: PurePosixPath) -> Loaded:
    matter, found = _validated(_PageMatter, document.data, document, ())
    if matter is None:
        return Loaded(diagnostics=found)
    body = document.body.text if document.body else ""
    page = FreePage(path.stem, matter.title, matter.summary, matter.order, body, document)
    return Loaded(page=page, diagnostics=found)


def _load_records(document: Document, path: PurePosixPath, kind: Kind) -> Loaded:
    if isinstance(document.data, list):
        return _joined([_load_record(item, document, (at,), kind) for at, item in enumerate(document.data)])
    return _load_single(document, path.stem, kind)


def _load_single(document: Document, stem: str, kind: Kind) -> Loaded:
    """A file that is one record takes its id from its name."""
    data = dict(document.data) if isinstance(document.data, dict) else document.data
    found: tuple[Diagnostic, ...] = ()
    if isinstance(data, dict):
        if data.get("id") not in (None, stem):
            found = (diagnostic("id-mismatch", document.spans.value(("id",)), id=data["id"], stem=stem),)
        data["id"] = stem
        if document.body and document.body.text.strip():
            data["body"] = document.body.text
    loaded = _load_record(data, document, (), kind)
    return replace(loaded, diagnostics=(*found, *loaded.diagnostics))


def _load_record(data: Any, document: Document, prefix: tuple[int, ...], kind: Kind) -> Loaded:
    record, found = _validated(MODELS[kind], data, document, prefix)
    if record is None:
        name = data.get("id") if isinstance(data, dict) else None
        return Loaded(unread=(Key(f"{kind}:{name or '*'}"),), diagnostics=found)
    if record.id in RESERVED_IDS:
        found = (*found, diagnostic("reserved-id", document.spans.value((*prefix, "id")), id=record.id))
    return Loaded(entries=(_entry(record, document, prefix),), diagnostics=found)


def _entry(record: Record, document: Document, prefix: tuple[int, ...]) -> Entry:
    written = [text for _, text in texts(record)]
    return Entry(
        record,
        document.path,
        lambda: document.spans,
        prefix,
        mentions=tuple(dict.fromkeys(found.target for text in written for found in inline.references(text))),
        pictures=tuple(dict.fromkeys(address for text in written for address, _ in inline.images(text))),
    )


def _joined(parts: Iterable[Loaded]) -> Loaded:
    """What the records of a list file gave, as one."""
    whole = Loaded()
    for part in parts:
        whole = replace(
            whole,
            entries=(*whole.entries, *part.entries),
            unread=(*whole.unread, *part.unread),
            diagnostics=(*whole.diagnostics, *part.diagnostics),
        )
    return whole


def _validated(
    model: type[M], data: Any, document: Document, prefix: tuple[int, ...]
) -> tuple[M | None, tuple[Diagnostic, ...]]:
    try:
        return model.model_validate(_set_values(data)), ()
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
