"""The photographs of a project: found by their names in records, probed after loading, drawn on request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from generator.artifact import Artifact
from generator.diagnostics import Checked, Diagnostic, Span, diagnostic
from generator.images.renditions import ImageInfo
from generator.library import Entry, Library, MediaFile
from generator.model import Person, Status
from generator.values import replace

FOLDER = "content/media"


def probe_photographs(root: Path, library: Library) -> Checked[Library]:
    """The library with what the header of each photograph says.

    Reports `wrong-image-type`, `too-large-image`, `broken-image` and `unreadable-file`.
    """
    found: list[Diagnostic] = []
    media: dict[str, MediaFile] = {}
    for path, file in library.media.items():
        probed = probe_photograph(root, path)
        found.extend(probed.diagnostics)
        media[path] = replace(file, info=probed.value)
    return Checked(replace(library, media=media), tuple(found))


def probe_photograph(root: Path, path: str) -> Checked[ImageInfo | None]:
    """What the header of the photograph at `path` says: the file is opened and read once, not decoded.

    Reports `wrong-image-type`, `too-large-image`, `broken-image` and `unreadable-file`.
    """
    # Most runs meet no photograph that they have not met before: Pillow is loaded where there is one.
    from generator.images.photo import probe

    try:
        return probe(_read(root, path), path)
    except OSError as error:
        return Checked(None, (_unreadable(path, error.strerror or type(error).__name__),))


def shown(library: Library, name: str | None) -> MediaFile | None:
    """The photograph that a record's `cover` or `portrait` names, where it can be shown."""
    file = library.media.get(f"{FOLDER}/{name}") if name else None
    return file if file and file.info else None


def used_photographs(library: Library) -> tuple[ImageInfo, ...]:
    """The photographs that published records show, each once, by path."""
    entries = (entry for entry in library.entries.values() if entry.record.status is Status.PUBLISHED)
    files = (shown(library, name) for entry in entries for name in _named(entry))
    infos = {file.path: file.info for file in files if file and file.info}
    return tuple(infos[path] for path in sorted(infos))


def _named(entry: Entry) -> Iterator[str | None]:
    yield entry.record.cover
    if isinstance(entry.record, Person):
        yield entry.record.portrait
    yield from entry.pictures


def draw_photograph(given: tuple[Path, ImageInfo]) -> Checked[tuple[Artifact, ...]]:
    """All renditions of one photograph of the project at the given folder.

    Reports `broken-image`, and `unreadable-file` where it is no longer the file that was probed.
    """
    from generator.images.photo import draw_renditions

    root, info = given
    try:
        data = _read(root, info.path)
    except OSError as error:
        return Checked((), (_unreadable(info.path, error.strerror or type(error).__name__),))
    if sha256(data).hexdigest() != info.digest:
        # Or what is drawn would be found again, for ever, as a picture of the former file.
        return Checked((), (_unreadable(info.path, "文件刚刚变了，请再试一次"),))
    return draw_renditions(data, info)


def _unreadable(path: str, reason: str) -> Diagnostic:
    return diagnostic("unreadable-file", Span(path), reason=reason)


def _read(root: Path, path: str) -> bytes:
    """The file's bytes; a link put in its place since it was found is not followed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(root / path, flags), "rb") as opened:
        return opened.read()
