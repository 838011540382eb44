"""Typst, kept behind one function: a JSON value in, the bytes of a tagged PDF out."""

from __future__ import annotations

import json
import shutil
import tempfile
import textwrap
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import typst

from generator.faults import MachineFaultError
from generator.fonts import FontFile, Fonts

_STANDARDS: list[typst.PDFStandard] = ["ua-1"]
_LONGEST_TOLD = 160


class TypesettingError(MachineFaultError):
    """The templates failed: a fault of the program, with what Typst said first; its cause tells the rest."""

    def __init__(self, said: str) -> None:
        first = next(filter(None, map(str.strip, said.splitlines())), "")
        super().__init__(f"Typst: {textwrap.shorten(first, _LONGEST_TOLD, placeholder='…')}")


def typeset(book: Mapping[str, Any], fonts: Fonts, *, today: date) -> bytes:
    """PDF/UA-1, all fonts embedded. The same bytes for the same book, fonts and day, wherever it runs.

    Raises TypesettingError.
    """
    with tempfile.TemporaryDirectory(prefix="rongguang-print-") as folder:
        root = Path(folder)
        templates = _copy_templates(root / "templates")
        compiler = typst.Compiler(
            templates / "book.typ",
            root=templates,
            font_paths=_font_book(root / "fonts", fonts.faces),
            ignore_system_fonts=True,
            sys_inputs={"book": json.dumps(book, ensure_ascii=False), "fonts": json.dumps(_font_lists(fonts))},
        )
        # Midnight UTC: a local time would put the machine's time zone into the file.
        made_at = datetime(today.year, today.month, today.day, tzinfo=UTC)
        try:
            made = compiler.compile(format="pdf", pdf_standards=_STANDARDS, timestamp=made_at)
        except typst.TypstError as error:
            raise TypesettingError(error.message) from error
    assert isinstance(made, bytes)
    return made


def _font_lists(fonts: Fonts) -> dict[str, list[str]]:
    """Family names by style; each style falls back to the other for a rare character."""
    serif, sans = (fonts.face(style).family for style in ("serif", "sans"))
    return {"serif": list(dict.fromkeys((serif, sans))), "sans": list(dict.fromkeys((sans, serif)))}


def _font_book(folder: Path, faces: Iterable[FontFile]) -> typst.Fonts:
    """Only these files: Typst searches folders, so they get one of their own."""
    folder.mkdir()
    for number, path in enumerate(dict.fromkeys(face.path for face in faces)):
        _link(path, folder / f"{number}{path.suffix.lower()}")
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _link(source: Path, target: Path) -> None:
    """A symbolic link, or a copy where the system allows none."""
    try:
        target.symlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def _copy_templates(folder: Path) -> Path:
    with as_file(files("generator.render.print") / "typst") as templates:
        shutil.copytree(templates, folder)
    return folder
