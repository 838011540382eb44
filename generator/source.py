"""The files of a project: which ones are content, and their bytes. The only module that reads the content tree.

The tree is untrusted. Only regular files with known suffixes count, links are never followed, and
whatever else lies in a content folder is reported rather than skipped.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.diagnostics import Checked, Diagnostic, Span, diagnostic, in_order
from generator.model.types import SLUG_PATTERN

CONFIG_PATH = "site_config.yml"
FOLDERS = ("content", "policies", "stories")
TEXT_SUFFIXES = (".md", ".yml")
MEDIA_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
MEDIA_FOLDER = "content/media"
TEXT_LIMIT_BYTES = 1_000_000
MEDIA_LIMIT_BYTES = 40_000_000

# What version control and the desktops of macOS and Windows leave in every folder; never published, so no bother.
_LEFT_BEHIND = frozenset({".gitkeep", ".gitignore", ".gitattributes", ".DS_Store", "Thumbs.db", "desktop.ini"})
_SET_ASIDE = re.compile(r"\.|~\$|.*(?:~|\.bak|\.old|\.orig|\.tmp|\.swp)$", re.IGNORECASE | re.DOTALL)
_WINDOWS_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_AWKWARD = re.compile(r'[\\:*?"<>|#%\x00-\x1f\x7f]|^[ .-]|[ .]$|[ .]\.[a-z]+$')
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e]")
_NAME_LIMIT = 80 + len(".jpeg.yml")
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the project. `data` of a media file is empty: its bytes are read where they are used."""

    path: str
    """POSIX, relative to the project."""
    data: bytes
    size: int = 0
    mtime_ns: int = 0


def find(root: Path) -> Checked[tuple[SourceFile, ...]]:
    """Every content file below `root`, by path.

    Reports what is there and cannot be content: `unknown-suffix`, `yaml-suffix`, `symlink`, `not-a-regular-file`,
    `unreadable-file`, `hidden-file`, `name-not-utf-8`, `name-not-nfc`, `bad-file-name`, `bad-id`,
    `similar-file-name`, `misplaced-file`, `too-large`.
    """
    results = [*_settings(root), *(result for folder in FOLDERS for result in _below(root, folder))]
    files = (result for result in results if isinstance(result, SourceFile))
    problems = (result for result in results if isinstance(result, Diagnostic))
    return Checked(tuple(sorted(files, key=lambda file: file.path)), in_order(problems))


_Result = SourceFile | Diagnostic


def _settings(root: Path) -> Iterator[_Result]:
    if os.path.lexists(root / CONFIG_PATH):
        yield from _file(root, CONFIG_PATH)
    other = "site_config.yaml"
    if os.path.lexists(root / other):
        yield diagnostic("yaml-suffix", Span(other), name=other, wanted=CONFIG_PATH)


def _below(root: Path, top: str) -> Iterator[_Result]:
    """Everything below one folder. A list of folders to do rather than recursion: depth is the author's choice."""
    if not os.path.lexists(root / top):
        return
    folders = [top]
    while folders:
        folder = folders.pop()
        problem = _folder_problem(root, folder)
        if problem:
            yield problem
            continue
        try:
            names = sorted(entry.name for entry in os.scandir(root / folder))
        except OSError as error:
            yield _unreadable(folder, error)
            continue
        yield from _twins(folder, names)
        for name in names:
            path = f"{folder}/{name}"
            if _is_folder(root / path) and not _is_set_aside(name):
                folders.append(path)
            else:
                yield from _entry(root, path)


def _folder_problem(root: Path, folder: str) -> Diagnostic | None:
    if (root / folder).is_symlink():
        return diagnostic("symlink", _place(folder))
    if not (root / folder).is_dir():
        return diagnostic("not-a-regular-file", _place(folder))
    # A junction of Windows is no symbolic link, but leads out of the tree all the same.
    expected = os.path.join(os.path.realpath(root), *folder.split("/"))  # noqa: PTH118 - names need not be UTF-8
    if os.path.normcase(os.path.realpath(root / folder)) != os.path.normcase(expected):
        return diagnostic("symlink", _place(folder))
    return None


def _is_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(path.lstat().st_mode)
    except OSError:
        return False


def _is_set_aside(name: str) -> bool:
    return _SET_ASIDE.match(name) is not None


def _twins(folder: str, names: Iterable[str]) -> Iterator[Diagnostic]:
    """Names that are one name on a machine that ignores case or composes characters."""
    seen: dict[str, str] = {}
    for name in names:
        first = seen.setdefault(unicodedata.normalize("NFC", name).casefold(), name)
        if first is not name:
            place = _place(f"{folder}/{name}")
            yield diagnostic("similar-file-name", place, name=_printable(name), other=_printable(first))


def _entry(root: Path, path: str) -> Iterator[_Result]:
    """One name in a content folder that is not a folder to look into."""
    pure = PurePosixPath(path)
    if pure.name in _LEFT_BEHIND:
        return
    if _is_set_aside(pure.name):
        yield diagnostic("hidden-file", _place(path), name=_printable(pure.name))
        return
    if (root / path).is_symlink():
        yield diagnostic("symlink", _place(path))
        return
    unusable = _encoding_problem(path, pure.name) or _suffix_problem(path, pure)
    if unusable:
        yield unusable
        return
    misnamed = _name_problem(path, pure)
    if misnamed:
        yield misnamed
    if misnamed is None or misnamed.code != "bad-id":
        yield from _file(root, path)


def _encoding_problem(path: str, name: str) -> Diagnostic | None:
    raw = os.fsencode(name)
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return diagnostic("name-not-utf-8", _place(path), name=raw.decode("gb18030", "replace"))
    if not unicodedata.is_normalized("NFC", name):
        return diagnostic("name-not-nfc", _place(path), name=_printable(name))
    return None


def _suffix_problem(path: str, pure: PurePosixPath) -> Diagnostic | None:
    if pure.suffix.lower() in (".yaml", ".yml") and pure.suffix != ".yml":
        return diagnostic(
            "yaml-suffix", _place(path), name=_printable(pure.name), wanted=_printable(pure.with_suffix(".yml").name)
        )
    if pure.suffix not in (*TEXT_SUFFIXES, *MEDIA_SUFFIXES):
        return diagnostic("unknown-suffix", _place(path), suffix=_printable(pure.suffix or pure.name))
    if pure.suffix in MEDIA_SUFFIXES and not path.startswith(f"{MEDIA_FOLDER}/"):
        return diagnostic("misplaced-file", _place(path), path=_printable(path))
    return None


def _name_problem(path: str, pure: PurePosixPath) -> Diagnostic | None:
    if not path.startswith(f"{MEDIA_FOLDER}/") and (not re.fullmatch(SLUG_PATTERN, pure.stem) or len(pure.stem) > 80):
        return diagnostic("bad-id", _place(path), value=_printable(pure.stem))
    if _WINDOWS_DEVICE.match(pure.name) or _AWKWARD.search(pure.name) or len(pure.name) > _NAME_LIMIT:
        return diagnostic("bad-file-name", _place(path), name=_printable(pure.name))
    return None


def _file(root: Path, path: str) -> Iterator[_Result]:
    """The file at `path`, opened without following a link."""
    try:
        before = (root / path).lstat()
        if stat.S_ISLNK(before.st_mode):
            yield diagnostic("symlink", _place(path))
        elif not stat.S_ISREG(before.st_mode):
            yield diagnostic("not-a-regular-file", _place(path))
        else:
            yield _read(root, path, before)
    except OSError as error:
        yield _unreadable(path, error)


def _read(root: Path, path: str, before: os.stat_result) -> _Result:
    is_media = PurePosixPath(path).suffix in MEDIA_SUFFIXES
    limit = MEDIA_LIMIT_BYTES if is_media else TEXT_LIMIT_BYTES
    with os.fdopen(os.open(root / path, _OPEN_FLAGS), "rb") as opened:
        found = os.fstat(opened.fileno())
        # Where the system has no O_NOFOLLOW, this is what notices a link put in place meanwhile.
        if not os.path.samestat(before, found):
            return diagnostic("symlink", _place(path))
        data = b"" if is_media else opened.read(limit + 1)
    size = found.st_size if is_media else len(data)
    if size > limit:
        return diagnostic("too-large", _place(path), size=megabytes(found.st_size), limit=megabytes(limit))
    if is_media and size == 0:
        return diagnostic("empty-file", _place(path))
    return SourceFile(path, data, size, found.st_mtime_ns)


def is_within(path: str, wanted: Iterable[str]) -> bool:
    """Whether `path` is one of the files, or below one of the folders, that are wanted; "" is the project itself."""
    return any(not place or path == place or path.startswith(f"{place}/") for place in wanted)


def megabytes(size: int) -> str:
    """`size` in bytes as an editor reads it: 1.5 MB."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} KB"


def _unreadable(path: str, error: OSError) -> Diagnostic:
    reason = "没有权限" if isinstance(error, PermissionError) else (error.strerror or type(error).__name__)
    return diagnostic("unreadable-file", _place(path), reason=reason)


def _place(path: str) -> Span:
    return Span(_printable(path))


def _printable(path: str) -> str:
    """A name with its control characters, or all its bytes that are not UTF-8, spelt out, so that it can be printed."""
    raw = os.fsencode(path)
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("ascii", "backslashreplace")
    return _CONTROL.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
