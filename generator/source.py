"""The files of a project: which ones are content, and their bytes. The only module that reads the content tree.

The tree is untrusted. Only regular files with known suffixes count, links are never followed, and
whatever else lies in a content folder is reported rather than skipped.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from pathlib import Path, PurePosixPath

from generator.diagnostics import Checked, Diagnostic, Span, diagnostic, in_order
from generator.kinds import SLUG_PATTERN
from generator.store import Stamp
from generator.values import Value

CONFIG_PATH = "site_config.yml"
FOLDERS = ("content", "policies", "stories")
TEXT_SUFFIXES = (".md", ".yml")
MEDIA_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp")
MEDIA_FOLDER = "content/media"
TEXT_LIMIT_BYTES = 1_000_000
MEDIA_LIMIT_BYTES = 40_000_000
_PIECE_BYTES = 65_536

# What version control and the desktops of macOS and Windows leave in every folder; never published, so no bother.
_LEFT_BEHIND = frozenset({".gitkeep", ".gitignore", ".gitattributes", ".DS_Store", "Thumbs.db", "desktop.ini"})
_SET_ASIDE = re.compile(r"\.|~\$|.*(?:~|\.bak|\.old|\.orig|\.tmp|\.swp)$", re.IGNORECASE | re.DOTALL)
_WINDOWS_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)", re.IGNORECASE)
_AWKWARD = re.compile(r'[\\:*?"<>|#%\x00-\x1f\x7f]|^[ .-]|[ .]$|[ .]\.[a-z]+$')
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e]")
_name_of = attrgetter("name")
_NAME_LIMIT = 80 + len(".jpeg.yml")
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class SourceFile(Value, frozen=True):
    """A file of the project. `data` of a media file is empty: its bytes are read where they are used."""

    path: str
    """POSIX, relative to the project."""
    data: bytes
    stamp: Stamp = (0, 0, 0)

    @property
    def size(self) -> int:
        return self.stamp[0]


def find(root: Path) -> Checked[tuple[SourceFile, ...]]:
    """Every content file below `root`, by path, with its bytes; reports what `scan` and `read` do."""
    listed = scan(root)
    found = [read(root, path) for path in sorted(listed.value)]
    files = tuple(file.value for file in found if file.value is not None)
    return Checked(files, in_order((*listed.diagnostics, *(problem for file in found for problem in file.diagnostics))))


def scan(root: Path, known: Mapping[str, Stamp] | None = None) -> Checked[dict[str, Stamp]]:
    """Every content file below `root`, by path; nothing is opened, and what is `known` is not looked at again.

    Reports what is there and cannot be content: `unknown-suffix`, `yaml-suffix`, `symlink`, `not-a-regular-file`,
    `unreadable-file`, `hidden-file`, `name-not-utf-8`, `name-not-nfc`, `bad-file-name`, `bad-id`,
    `similar-file-name`, `misplaced-file`.
    """
    scanned = _Scan(str(root), known or {})
    scanned.settings()
    for folder in FOLDERS:
        scanned.below(folder)
    return Checked(scanned.files, in_order(scanned.found))


def read(root: Path, path: str) -> Checked[SourceFile | None]:
    """The file at `path`, opened without following a link; reports `symlink`, `too-large`, `unreadable-file`..."""
    full = f"{root}/{path}"
    try:
        before = os.lstat(full)
        if stat.S_ISLNK(before.st_mode):
            return _rejected("symlink", path)
        if not stat.S_ISREG(before.st_mode):
            return _rejected("not-a-regular-file", path)
        return _opened(full, path, before)
    except OSError as error:
        return Checked(None, (_unreadable(path, error),))


class _Scan:
    """One look through the content folders."""

    def __init__(self, root: str, known: Mapping[str, Stamp]) -> None:
        self.root = root
        self.real_root = os.path.realpath(root)
        self.known = known
        self.files: dict[str, Stamp] = {}
        self.found: list[Diagnostic] = []

    def settings(self) -> None:
        if os.path.lexists(f"{self.root}/{CONFIG_PATH}"):
            self._file(CONFIG_PATH)
        other = "site_config.yaml"
        if os.path.lexists(f"{self.root}/{other}"):
            self.found.append(diagnostic("yaml-suffix", Span(other), name=other, wanted=CONFIG_PATH))

    def below(self, top: str) -> None:
        """Everything below one folder. A list of folders to do rather than recursion: depth is the author's choice."""
        folders = [top] if os.path.lexists(f"{self.root}/{top}") else []
        while folders:
            folder = folders.pop()
            problem = self._folder_problem(folder)
            if problem:
                self.found.append(problem)
                continue
            try:
                names = sorted(os.listdir(f"{self.root}/{folder}"))  # noqa: PTH208 - names need not be UTF-8
                entries = self._unknown(folder, names)
            except OSError as error:
                self.found.append(_unreadable(folder, error))
                continue
            self.found.extend(_twins(folder, names))
            for entry in entries:
                path = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False) and not _is_set_aside(entry.name):
                    folders.append(path)
                else:
                    self._entry(path)

    def _folder_problem(self, folder: str) -> Diagnostic | None:
        path = Path(self.root) / folder
        if path.is_symlink():
            return diagnostic("symlink", _place(folder))
        if not path.is_dir():
            return diagnostic("not-a-regular-file", _place(folder))
        # A junction of Windows is no symbolic link, but leads out of the tree all the same.
        expected = os.path.join(self.real_root, *folder.split("/"))  # noqa: PTH118 - names need not be UTF-8
        if os.path.normcase(os.path.realpath(path)) != os.path.normcase(expected):
            return diagnostic("symlink", _place(folder))
        return None

    def _unknown(self, folder: str, names: Sequence[str]) -> list[os.DirEntry[str]]:
        """All but the files to which nothing has happened since they were last read, by name."""
        known, files, root = self.known, self.files, self.root
        others = set()
        # Most runs do little but this. Names are made faster than entries.
        for name in names:
            path = f"{folder}/{name}"
            stamp = known.get(path)
            if stamp is not None and _stamp_of(f"{root}/{path}") == stamp:
                files[path] = stamp
            else:
                others.add(name)
        if not others:
            return []
        with os.scandir(f"{root}/{folder}") as listing:
            return sorted((entry for entry in listing if entry.name in others), key=_name_of)

    def _entry(self, path: str) -> None:
        """One name in a content folder that is not a folder to look into."""
        pure = PurePosixPath(path)
        if pure.name in _LEFT_BEHIND:
            return
        if _is_set_aside(pure.name):
            self.found.append(diagnostic("hidden-file", _place(path), name=_printable(pure.name)))
            return
        if os.path.islink(f"{self.root}/{path}"):  # noqa: PTH114 - names need not be UTF-8
            self.found.append(diagnostic("symlink", _place(path)))
            return
        unusable = _encoding_problem(path, pure.name) or _suffix_problem(path, pure)
        if unusable:
            self.found.append(unusable)
            return
        misnamed = _name_problem(path, pure)
        if misnamed:
            self.found.append(misnamed)
        if misnamed is None or misnamed.code != "bad-id":
            self._file(path)

    def _file(self, path: str) -> None:
        try:
            found = os.lstat(f"{self.root}/{path}")
        except OSError as error:
            self.found.append(_unreadable(path, error))
            return
        if stat.S_ISREG(found.st_mode):
            self.files[path] = _stamp(found)
        else:
            code = "symlink" if stat.S_ISLNK(found.st_mode) else "not-a-regular-file"
            self.found.append(diagnostic(code, _place(path)))


def _is_set_aside(name: str) -> bool:
    return _SET_ASIDE.match(name) is not None


def _twins(folder: str, names: Sequence[str]) -> Iterator[Diagnostic]:
    """Names that are one name on a machine that ignores case or composes characters."""
    seen: dict[str, str] = {}
    # All at once, which is ten times as fast. Nothing composes with a slash, and no name has one.
    plain = unicodedata.normalize("NFC", "/".join(names)).casefold().split("/")
    for name, same in zip(names, plain, strict=False):
        first = seen.setdefault(same, name)
        if first is not name:
            place = _place(f"{folder}/{name}")
            yield diagnostic("similar-file-name", place, name=_printable(name), other=_printable(first))


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


def _opened(full: str, path: str, before: os.stat_result) -> Checked[SourceFile | None]:
    is_media = path.endswith(MEDIA_SUFFIXES)
    limit = MEDIA_LIMIT_BYTES if is_media else TEXT_LIMIT_BYTES
    # No file object: for so little to read it takes longer to make than all the rest.
    descriptor = os.open(full, _OPEN_FLAGS)
    try:
        found = os.fstat(descriptor)
        # Where the system has no O_NOFOLLOW, this is what notices a link put in place meanwhile.
        if not os.path.samestat(before, found):
            return _rejected("symlink", path)
        data = b"" if is_media else _content(descriptor, min(found.st_size, limit) + 1, limit)
    finally:
        os.close(descriptor)
    size = found.st_size if is_media else len(data)
    if size > limit:
        told = diagnostic("too-large", _place(path), size=megabytes(found.st_size), limit=megabytes(limit))
        return Checked(None, (told,))
    if is_media and size == 0:
        return _rejected("empty-file", path)
    return Checked(SourceFile(path, data, _stamp(found)))


def _content(descriptor: int, expected: int, limit: int) -> bytes:
    """All that is in the file, or more than `limit` bytes of it."""
    data = os.read(descriptor, expected)
    while len(data) <= limit and (more := os.read(descriptor, _PIECE_BYTES)):
        data += more
    return data


def _stamp(found: os.stat_result) -> Stamp:
    return found.st_size, found.st_mtime_ns, found.st_ino


def _stamp_of(full: str) -> Stamp | None:
    """None where the file is gone meanwhile."""
    try:
        found = os.lstat(full)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns, found.st_ino


def _rejected(code: str, path: str) -> Checked[SourceFile | None]:
    return Checked(None, (diagnostic(code, _place(path)),))


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
