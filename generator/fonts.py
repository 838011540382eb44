"""Which font files set our Chinese: in the brochure and on the share cards.

The folder that `RONGGUANG_FONTS` names comes first and alone; otherwise the Noto or Source Han faces of the system,
and for what those lack the Noto Sans SC of the wheel `justmytype-intl-cjk`, so that a bare `pip install` prints.
"""

from __future__ import annotations

import os
import re
import struct
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, BinaryIO, Literal

from generator.faults import MachineFaultError
from generator.values import Value

Style = Literal["serif", "sans"]

ENVIRONMENT_VARIABLE = "RONGGUANG_FONTS"
WEIGHTS = (400, 500, 700)
"""The weights that our designs ask for; others are not loaded."""

_SUFFIXES = frozenset({".otf", ".ttf", ".otc", ".ttc"})
_KNOWN = re.compile(r"(?:source[ -]?han|noto)[ -]?(serif|sans)[ -]?(?:cjk[ -]?)?(?:sc|cn)", re.IGNORECASE)
_KNOWN_FILE = re.compile(r"(?:source[ -]?han|noto)[ -]?(?:serif|sans)[ -]?(?:cjk|sc|cn|vf|[-.])", re.IGNORECASE)
_SERIF_NAME = re.compile(r"serif|song|ming|宋|明", re.IGNORECASE)
_TYPICAL = "荣光志"
_FAMILY_NAMES = (16, 1)
_ENGLISH = frozenset({(1, 0), (3, 0x409)})
"""Platform and language."""
_MOST_FACES, _MOST_TABLES = 64, 128


class FontsNotFoundError(MachineFaultError):
    """The machine has no font that can set Chinese; tells the places that were looked in."""

    def __init__(self, folders: Iterable[Path]) -> None:
        places = "、".join(map(str, folders))
        super().__init__(
            f"找不到中文字体（找过：{places}）。请装上思源宋体和思源黑体，或用{ENVIRONMENT_VARIABLE}指明字体文件夹。"
        )


class FontFile(Value, frozen=True):
    """One face: a file, and its place in it when the file is a collection."""

    path: Path
    index: int
    family: str
    weight: int
    variable: bool
    stamp: tuple[int, int]
    """Size and time of the file: another version of a font draws other pictures."""

    def code_points(self) -> frozenset[int]:
        """Every character that the face can draw."""
        return _code_points(self.path, self.index)


class Fonts(Value, frozen=True):
    """The regular faces, and `faces`: every file that a typesetter should be given."""

    serif: FontFile | None
    sans: FontFile
    faces: tuple[FontFile, ...]

    def face(self, style: Style, weight: int = 400) -> FontFile:
        """The face nearest to `weight`; a sans face where no serif was found. A variable one still has to be set."""
        family = (self.serif or self.sans if style == "serif" else self.sans).family
        return min((face for face in self.faces if face.family == family), key=lambda face: abs(face.weight - weight))

    @property
    def families(self) -> tuple[str, ...]:
        """Family names, serif before sans, each once."""
        return tuple(dict.fromkeys(face.family for face in (self.serif or self.sans, self.sans)))

    def missing(self, text: str) -> tuple[str, ...]:
        """The characters of `text` that no face has, each once, in the order met."""
        covered = frozenset[int]().union(*(self.face(style).code_points() for style in ("serif", "sans")))
        return tuple(dict.fromkeys(char for char in text if not char.isspace() and ord(char) not in covered))


def find_fonts(environment: Mapping[str, str] = os.environ) -> Fonts:
    """Raises FontsNotFoundError when neither the folder named nor the system nor the wheel has a Chinese face."""
    configured = environment.get(ENVIRONMENT_VARIABLE)
    if configured:
        return _fonts_of(((Path(configured),),), known_only=False)
    return _fonts_of((_system_folders(environment), _wheel_folders()), known_only=True)


@cache
def _fonts_of(places: tuple[tuple[Path, ...], ...], *, known_only: bool) -> Fonts:
    families = [_families(folders, known_only=known_only) for folders in places]
    serif = next((found["serif"] for found in families if "serif" in found), ())
    sans = next((found["sans"] for found in families if "sans" in found), serif)
    if not sans:
        raise FontsNotFoundError(folder for folders in places for folder in folders)
    return Fonts(serif=serif[0] if serif else None, sans=sans[0], faces=tuple(dict.fromkeys((*serif, *sans))))


def _families(folders: Iterable[Path], *, known_only: bool) -> dict[Style, tuple[FontFile, ...]]:
    """For each style the faces of one family, the regular one first."""
    by_family: dict[tuple[Style, str], list[FontFile]] = {}
    for path in _font_files(folders, known_only=known_only):
        for face in _faces_in(path, known_only=known_only):
            by_family.setdefault((_style(face.family), face.family), []).append(face)
    chosen: dict[Style, tuple[FontFile, ...]] = {}
    for (style, _), faces in sorted(by_family.items(), key=_preference):
        chosen.setdefault(style, _nearest(faces))
    return chosen


def _preference(entry: tuple[tuple[Style, str], list[FontFile]]) -> tuple[bool, bool, str]:
    """Known families first, then those that have a regular weight, then by name."""
    (_, family), faces = entry
    has_regular = any(face.weight == 400 or face.variable for face in faces)
    return (not _KNOWN.match(family), not has_regular, family)


def _nearest(faces: list[FontFile]) -> tuple[FontFile, ...]:
    """One face for each weight wanted; a variable file serves them all."""
    ordered = sorted(faces, key=lambda face: (not face.variable, face.weight, face.path))
    if ordered[0].variable:
        return (ordered[0],)
    return tuple(dict.fromkeys(min(ordered, key=lambda face: abs(face.weight - wanted)) for wanted in WEIGHTS))


def _font_files(folders: Iterable[Path], *, known_only: bool) -> Iterator[Path]:
    for folder in folders:
        found = (Path(place, name) for place, _, names in os.walk(folder) for name in names if _is_font(name))
        yield from sorted(path for path in found if not known_only or _KNOWN_FILE.match(path.name))


def _is_font(name: str) -> bool:
    return name[-4:].lower() in _SUFFIXES


def _faces_in(path: Path, *, known_only: bool) -> Iterator[FontFile]:
    """The Simplified Chinese faces of a file; none of a file that cannot be read as a font."""
    # Four numbers and a name are read by hand: loading fontTools takes longer than all of a small build's pages.
    with suppress(OSError, struct.error, KeyError), path.open("rb") as file:
        found = os.fstat(file.fileno())
        offsets = _offsets(file)
        for index, offset in enumerate(offsets):
            tables = _tables(file, offset)
            weight = _numbers(file, tables[b"OS/2"] + 4, ">H")[0]
            family = _family(file, tables[b"name"]) or path.stem
            face = FontFile(path, index, family, weight, b"fvar" in tables, (found.st_size, found.st_mtime_ns))
            if _KNOWN.match(family) or (not known_only and len(offsets) == 1 and _sets_chinese(path)):
                yield face


def _offsets(file: BinaryIO) -> tuple[int, ...]:
    """Where each face of the file begins."""
    tag, _, count = _numbers(file, 0, ">4sLL")
    return _numbers(file, 12, f">{min(count, _MOST_FACES)}L") if tag == b"ttcf" else (0,)


def _tables(file: BinaryIO, offset: int) -> dict[bytes, int]:
    """Where the tables of a face are. Source: OpenType 1.9, "Organization of an OpenType Font"."""
    count = _numbers(file, offset + 4, ">H")[0]
    rows = _numbers(file, offset + 12, ">" + "4sLLL" * min(count, _MOST_TABLES))
    return dict(zip(rows[::4], rows[2::4], strict=True))


def _family(file: BinaryIO, table: int) -> str:
    """The family to which all weights belong, else the one of the face; in English where it has an English name."""
    count, strings = _numbers(file, table + 2, ">HH")
    names: dict[tuple[int, bool], str] = {}
    for number in range(count):
        platform, _, language, kind, length, at = _numbers(file, table + 6 + 12 * number, ">6H")
        if kind in _FAMILY_NAMES:
            (raw,) = _numbers(file, table + strings + at, f">{length}s")
            english = (platform, language) in _ENGLISH
            names.setdefault((kind, english), raw.decode("mac-roman" if platform == 1 else "utf-16-be", "replace"))
    return next(
        (names[kind, english] for kind in _FAMILY_NAMES for english in (True, False) if (kind, english) in names), ""
    )


def _numbers(file: BinaryIO, at: int, layout: str) -> tuple[Any, ...]:
    file.seek(at)
    return struct.unpack(layout, file.read(struct.calcsize(layout)))


def _sets_chinese(path: Path) -> bool:
    from fontTools.ttLib import TTLibError  # type: ignore[import-untyped]

    try:
        return all(ord(char) in _code_points(path, 0) for char in _TYPICAL)
    except TTLibError:
        return False


def _style(family: str) -> Style:
    return "serif" if _SERIF_NAME.search(family) and "sans" not in family.lower() else "sans"


@cache
def _code_points(path: Path, index: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont

    with TTFont(path, fontNumber=index, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})


def _system_folders(environment: Mapping[str, str]) -> tuple[Path, ...]:
    home = Path.home()
    if sys.platform == "win32":
        local = environment.get("LOCALAPPDATA", str(home / "AppData/Local"))
        folders = [Path(environment.get("WINDIR", "C:/Windows")) / "Fonts", Path(local) / "Microsoft/Windows/Fonts"]
    elif sys.platform == "darwin":
        folders = [home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts")]
    else:
        data = Path(environment.get("XDG_DATA_HOME", str(home / ".local/share")))
        folders = [data / "fonts", home / ".fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts")]
    return tuple(folder for folder in folders if folder.is_dir())


def _wheel_folders() -> tuple[Path, ...]:
    spec = find_spec("justmytype_intl_cjk")
    return (Path(spec.origin).parent / "fonts",) if spec and spec.origin else ()
