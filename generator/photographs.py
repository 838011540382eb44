"""The photographs of a project: found by their names in records, probed after loading, drawn on request."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from generator import inline
from generator.artifact import Artifact
from generator.diagnostics import Checked, Diagnostic, Span, diagnostic
from generator.images.renditions import ImageInfo
from generator.library import Library, MediaFile
from generator.model import Person, Record, Status
from generator.model.fields import texts

FOLDER = "content/media"


def probe_photographs(root: Path, library: Library) -> Checked[Library]:
    """The library with what the header of each photograph says.

    Reports `wrong-image-type`, `too-large-image`, `broken-image` and `unreadable-file`.
    """
    found: list[Diagnostic] = []
    media: dict[str, MediaFile] = {}
    for path, file in library.media.items():
        probed = _probe(root, path)
        found.extend(probed.diagnostics)
        media[path] = replace(file, info=probed.value)
    return Checked(replace(library, media=media), tuple(found))


def shown(library: Library, name: str | None) -> MediaFile | None:
    """The photograph that a record's `cover` or `portrait` names, where it can be shown."""
    file = library.media.get(f"{FOLDER}/{name}") if name else None
    return file if file and file.info else None


def used_photographs(library: Library) -> tuple[ImageInfo, ...]:
    """The photographs that published records show, each once, by path."""
    names = (name for record in library.records if record.status is Status.PUBLISHED for name in _named(record))
    files = (shown(library, name) for name in names)
    infos = {file.path: file.info for file in files if file and file.info}
    return tuple(infos[path] for path in sorted(infos))


def _named(record: Record) -> Iterator[str | None]:
    yield record.cover
    if isinstance(record, Person):
        yield record.portrait
    for _, text in texts(record):
        yield from (address for address, _ in inline.images(text))


def draw_photograph(given: tuple[Path, ImageInfo]) -> Checked[tuple[Artifact, ...]]:
    """All renditions of one photograph of the project at the given folder."""
    from generator.images.photo import draw_renditions

    root, info = given
    return draw_renditions(_read(root, info.path), info)


def _probe(root: Path, path: str) -> Checked[ImageInfo | None]:
    # Most projects have few photographs, most runs none: Pillow is loaded where there is one.
    from generator.images.photo import probe

    try:
        return probe(_read(root, path), path)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return Checked(None, (diagnostic("unreadable-file", Span(path), reason=reason),))


def _read(root: Path, path: str) -> bytes:
    """The file's bytes; a link put in its place since it was found is not followed."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(root / path, flags), "rb") as opened:
        return opened.read()
