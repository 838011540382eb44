"""The loaded collection: every record with its place in the files, the free pages, the media, the settings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NewType, TypeVar

from generator.diagnostics import Span
from generator.images.renditions import ImageInfo
from generator.model import KINDS, Kind, Media, Record, SiteConfig, Status
from generator.model.fields import Path
from generator.parse import Document, SourceMap
from generator.values import Value

Key = NewType("Key", str)
"""A record's name across kinds: `kind:id`."""

R = TypeVar("R", bound=Record)


def key_of(record: Record) -> Key:
    return Key(f"{record.kind}:{record.id}")


class Entry(Value, frozen=True):
    """A record and where it was written: its file, and the path of the record inside it."""

    record: Record
    """Whole, or in outline: without its long texts."""
    path: str
    """Of its file."""
    spans: Callable[[], SourceMap]
    """Where the values of the file stand. Of an outline only asked where something is wrong: the file is read again."""
    prefix: Path = ()
    mentions: tuple[str, ...] = ()
    """What its texts refer to as `kind:id`, each once, in the order of first mention; as written, not checked."""
    pictures: tuple[str, ...] = ()
    """The addresses of the pictures in its texts, each once."""

    def place(self, *path: str | int) -> Span:
        """Where the value at `path` of the record stands."""
        return self.spans().value((*self.prefix, *path))

    def within(self, path: Path, offset: int) -> Span:
        """Where the character at `offset` of the text at `path` stands."""
        return self.spans().at((*self.prefix, *path), offset)


class FreePage(Value, frozen=True):
    """A page of `content/pages/`: Markdown with Material's extensions."""

    id: str
    title: str
    summary: str | None
    order: int
    body: str
    document: Document


class MediaFile(Value, frozen=True):
    """A photograph or recording under `content/media/`, with its credit if it has one."""

    path: str
    credit: Media | None
    info: ImageInfo | None = None
    """What its header says; None until it has been probed, and where it cannot be shown."""


class Library(Value, frozen=True):
    """Everything that was read. Records of every status are here; `published` is what readers may see."""

    config: SiteConfig
    entries: Mapping[Key, Entry]
    pages: tuple[FreePage, ...] = ()
    media: Mapping[str, MediaFile] = {}
    config_document: Document | None = None
    documents: tuple[Document, ...] = ()
    """Every document of the project, those without records too, by path."""
    unread: frozenset[Key] = frozenset()
    """Records that are there but could not be read; `kind:*` where not even their ids are known."""
    read_again: Callable[[Entry], Entry] = lambda entry: entry
    """From an outline to the whole entry."""

    @property
    def records(self) -> Iterator[Record]:
        """Of every kind and status, in library order."""
        return (entry.record for entry in self.entries.values())

    def get(self, key: str) -> Record | None:
        """The record of any status, or None."""
        entry = self.entries.get(Key(key))
        return entry.record if entry else None

    def is_unread(self, key: str) -> bool:
        """Whether `key` may be a record that has been reported already, so that references to it are not wrong too."""
        return Key(key) in self.unread or Key(f"{key.partition(':')[0]}:*") in self.unread

    def whole(self, key: Key) -> Entry:
        """The entry with its texts; raises KeyError."""
        return self.read_again(self.entries[key])

    def find(self, model: type[R], record_id: str) -> R:
        """The record of that kind; raises KeyError where the check would have reported it."""
        record = self.entries[Key(f"{model.kind}:{record_id}")].record
        assert isinstance(record, model)
        return record

    def every(self, model: type[R]) -> tuple[R, ...]:
        """Records of one kind and any status, by id."""
        return tuple(entry.record for entry in self.entries.values() if isinstance(entry.record, model))

    def published(self, model: type[R]) -> tuple[R, ...]:
        """Records of one kind that readers may see, by id."""
        return tuple(record for record in self.every(model) if record.status is Status.PUBLISHED)


def in_key_order(entries: Iterable[Entry]) -> dict[Key, Entry]:
    """Entries by kind, in the order the kinds are declared, then by id."""
    rank: Mapping[Kind, int] = {kind: position for position, kind in enumerate(KINDS)}
    ordered = sorted(entries, key=lambda entry: (rank[entry.record.kind], entry.record.id))
    return {key_of(entry.record): entry for entry in ordered}
