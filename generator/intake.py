"""What one source file gives, in the form that the store keeps: its records in outline and what was found wrong.

A file is parsed and checked by itself once; later runs take this instead. Only the file of a record that is
rendered again, or in which something across records is wrong, is opened once more.
"""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from generator.check import Vocabulary, check_document, check_record, check_texts
from generator.diagnostics import Checked, Diagnostic
from generator.facts import decode, encode
from generator.faults import MachineFaultError
from generator.images.renditions import ImageInfo
from generator.library import Entry, Key, MediaFile, key_of
from generator.load import Loaded, load_file
from generator.model import Kind, Media, Parcel, Record, from_json, outline, to_json
from generator.parse import SourceMap
from generator.photographs import probe_photograph
from generator.source import MEDIA_SUFFIXES, SourceFile, read
from generator.store import Stamp
from generator.values import Value

NO_STAMP: Stamp = (0, -1, 0)


class ContentChangedError(MachineFaultError):
    """A file is no longer what it was when this run read it."""


class Outlined(NamedTuple):
    """A record without its long texts."""

    kind: Kind
    record: bytes
    prefix: tuple[str | int, ...]
    mentions: tuple[str, ...]
    pictures: tuple[str, ...]


class Outside(NamedTuple):
    """What the rest of the project can know of a file. While it stays the same, nothing else has to be looked at."""

    records: tuple[Outlined, ...] = ()
    credit: bytes | None = None
    image: ImageInfo | None = None
    is_media: bool = False
    unread: tuple[str, ...] = ()
    whole: str | None = None
    """Digest of a file that is no record and always taken whole: the settings, a free page."""


class Intake(NamedTuple):
    """What one file gives."""

    path: str
    digest: str
    """Of its bytes; empty where it could not be read."""
    records: tuple[tuple[str, str], ...]
    """Keys of the records in it, each with the digest of everything that it says."""
    outside: bytes
    """An encoded `Outside`."""
    found: tuple[Diagnostic, ...]
    """What is wrong with the file by itself."""
    found_in_texts: tuple[Diagnostic, ...] = ()
    """What is wrong with its texts, held against what other records say."""


class Batch(Value, frozen=True):
    """Some files of a project."""

    root: Path
    paths: tuple[str, ...]
    vocabulary: Vocabulary | None = None
    """What texts are held against; without it that is left for later."""
    known: Mapping[str, str] = {}
    """Digests of files that an earlier run took in."""
    sources: tuple[Checked[SourceFile | None], ...] = ()
    """The files themselves, for workers that cannot reach them."""

    def opened(self) -> Iterator[tuple[str, Checked[SourceFile | None]]]:
        if self.sources:
            yield from zip(self.paths, self.sources, strict=True)
        else:
            yield from ((path, read(self.root, path)) for path in self.paths)


class Taken(NamedTuple):
    """One file, read."""

    path: str
    stamp: Stamp
    intake: bytes | None = None
    """An encoded `Intake`; None where the file says what it said before."""
    whole: tuple[tuple[str, bytes], ...] = ()
    """Its records with all their texts, pickled for another process of this run."""


def take_in_batch(batch: Batch) -> list[Taken]:
    """Read, parse and check each of the files by itself."""
    return [_take_in(batch, path, opened) for path, opened in batch.opened()]


def _take_in(batch: Batch, path: str, opened: Checked[SourceFile | None]) -> Taken:
    root, vocabulary = batch.root, batch.vocabulary
    if opened.value is None:
        # What was in the file cannot be known; references to it are not wrong too.
        outside = Outside(unread=tuple(load_file(SourceFile(path, b"")).unread))
        return Taken(path, NO_STAMP, encode(Intake(path, "", (), encode(outside), opened.diagnostics)))
    file = opened.value
    if file.data and batch.known.get(path) == _digest(file.data):
        return Taken(path, file.stamp)
    if path.endswith(MEDIA_SUFFIXES):
        return Taken(path, file.stamp, encode(_media(root, path)))
    loaded = load_file(file)
    outlined = tuple(map(_outlined, loaded.entries))
    whole = tuple(
        (key_of(entry.record), pickled(Parcel(entry.record, short.record)))
        for entry, short in zip(loaded.entries, outlined, strict=True)
    )
    return Taken(path, file.stamp, encode(_text(file, loaded, outlined, vocabulary)), whole)


def pickled(record: Record | Parcel) -> bytes:
    """For another process of this run; nothing pickled is ever kept."""
    return pickle.dumps(record, pickle.HIGHEST_PROTOCOL)


def check_again(batch: Batch) -> list[tuple[str, tuple[Diagnostic, ...]]]:
    """What is wrong with the texts of each file, held against the batch's vocabulary."""
    assert batch.vocabulary is not None
    files = ((path, opened.value) for path, opened in batch.opened())
    return [(path, _held_against(load_file(file), batch.vocabulary)) for path, file in files if file]


def _media(root: Path, path: str) -> Intake:
    probed = probe_photograph(root, path)
    outside = Outside(image=probed.value, is_media=True)
    digest = probed.value.digest if probed.value else ""
    return Intake(path, digest, (), encode(outside), probed.diagnostics)


def _text(file: SourceFile, loaded: Loaded, outlined: tuple[Outlined, ...], vocabulary: Vocabulary | None) -> Intake:
    digest = _digest(file.data)
    found = [*loaded.diagnostics]
    if loaded.document is not None:
        found.extend(check_document(loaded.document))
    in_texts: list[Diagnostic] = []
    for entry, texts in zip(loaded.entries, loaded.texts, strict=True):
        found.extend(check_record(entry, texts))
        if vocabulary:
            in_texts.extend(check_texts(entry, texts, vocabulary))
    is_whole = loaded.config is not None or loaded.page is not None
    outside = Outside(
        records=outlined,
        credit=loaded.credit[1].model_dump_json(exclude_defaults=True).encode() if loaded.credit else None,
        unread=tuple(loaded.unread),
        whole=digest if is_whole else None,
    )
    return Intake(
        file.path,
        digest,
        tuple(_record_digests(loaded)),
        encode(outside),
        tuple(found),
        tuple(in_texts),
    )


def _held_against(loaded: Loaded, words: Vocabulary) -> tuple[Diagnostic, ...]:
    checked = zip(loaded.entries, loaded.texts, strict=True)
    return tuple(problem for entry, texts in checked for problem in check_texts(entry, texts, words))


def _outlined(entry: Entry) -> Outlined:
    record = entry.record
    return Outlined(record.kind, to_json(outline(record)), entry.prefix, entry.mentions, entry.pictures)


def _record_digests(loaded: Loaded) -> Iterable[tuple[str, str]]:
    """Of what each record says: another comment, or a change of another record of a list, is no change."""
    document = loaded.document
    if document is None:
        return
    body = document.body.text if document.body else ""
    for entry in loaded.entries:
        data: Any = document.data[entry.prefix[0]] if entry.prefix else document.data
        yield key_of(entry.record), _digest(encode((data, body)))


def _digest(data: bytes) -> str:
    # Half the time of BLAKE2: processors have instructions for it.
    return sha256(data).hexdigest()[:32]


class Again:
    """The files of a project opened once more, for the few that are asked for."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self.loaded = lru_cache(maxsize=32)(self._loaded)

    def _loaded(self, path: str) -> Loaded:
        opened = read(self._root, path)
        if opened.value is None:
            raise ContentChangedError(path)
        return load_file(opened.value)

    def spans(self, path: str) -> SourceMap:
        """Where the values of a file stand."""
        document = self.loaded(path).document
        if document is None:
            raise ContentChangedError(path)
        return document.spans

    def entry(self, outlined: Entry) -> Entry:
        """The whole of an entry in outline."""
        return self.record(outlined.path, key_of(outlined.record))

    def record(self, path: str, key: Key) -> Entry:
        """The whole entry of that key in the file; raises ContentChangedError where it is gone."""
        for entry in self.loaded(path).entries:
            if key_of(entry.record) == key:
                return entry
        raise ContentChangedError(path)


def loaded_from(intake: Intake, again: Again) -> Loaded:
    """The intake as loading takes it, its records in outline."""
    outside = decode(intake.outside, Outside)
    if outside.whole is not None:
        return again.loaded(intake.path)
    credit = Media.model_validate_json(outside.credit) if outside.credit else None
    return Loaded(
        entries=tuple(_entry(outlined, intake.path, again) for outlined in outside.records),
        media=MediaFile(intake.path, None, outside.image) if outside.is_media else None,
        credit=(intake.path.removesuffix(".yml"), credit) if credit else None,
        unread=tuple(map(Key, outside.unread)),
        diagnostics=intake.found,
    )


def _entry(outlined: Outlined, path: str, again: Again) -> Entry:
    return Entry(
        from_json(outlined.kind, outlined.record),
        path,
        partial(again.spans, path),
        outlined.prefix,
        outlined.mentions,
        outlined.pictures,
    )
