"""Which fonts are found, in which order, and what they lack."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest
from conftest import ROOT
from fontTools.ttLib import TTFont

from generator.fonts import ENVIRONMENT_VARIABLE, Fonts, FontsNotFoundError, find_fonts


def wheel_folder() -> Path:
    spec = find_spec("justmytype_intl_cjk")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).parent


@pytest.fixture(scope="module")
def wheel() -> Fonts:
    return find_fonts({ENVIRONMENT_VARIABLE: str(wheel_folder() / "fonts" / "ofl" / "notosanssc")})


def test_the_named_folder_comes_first_and_alone(wheel: Fonts) -> None:
    assert wheel.serif is None
    assert wheel.families == ("Noto Sans SC",)
    assert wheel.sans.variable


def test_without_a_serif_the_sans_stands_in(wheel: Fonts) -> None:
    assert wheel.face("serif", 700) == wheel.sans


def test_a_folder_without_chinese_fonts_is_the_machines_fault(tmp_path: Path) -> None:
    with pytest.raises(FontsNotFoundError, match=tmp_path.name):
        find_fonts({ENVIRONMENT_VARIABLE: str(tmp_path)})


def test_files_that_are_no_fonts_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "broken.otf").write_bytes(b"not a font")
    with pytest.raises(FontsNotFoundError):
        find_fonts({ENVIRONMENT_VARIABLE: str(tmp_path)})


@pytest.mark.parametrize("environment", [{}, {ENVIRONMENT_VARIABLE: ""}])
def test_without_a_named_folder_some_font_is_always_found(environment: Mapping[str, str]) -> None:
    fonts = find_fonts(environment)
    assert not fonts.missing("荣光志：邸维山，324ml（2022年）")
    assert fonts.sans in fonts.faces


def test_missing_characters_are_told_once_in_order(wheel: Fonts) -> None:
    assert wheel.missing("𡋤荣𣇉\n𡋤 光") == ("𡋤", "𣇉")


def test_names_and_weights_are_those_that_font_tools_read() -> None:
    for face in find_fonts({}).faces:
        with TTFont(face.path, fontNumber=face.index, lazy=True) as font:
            assert face.family == (font["name"].getDebugName(16) or font["name"].getDebugName(1))
            assert face.weight == font["OS/2"].usWeightClass
            assert face.variable == ("fvar" in font)


@pytest.mark.parametrize("length", [0, 3, 12, 60, 300, 5_000])
def test_a_font_that_breaks_off_is_passed_over(tmp_path: Path, wheel: Fonts, length: int) -> None:
    with wheel.sans.path.open("rb") as file:
        (tmp_path / "half.ttf").write_bytes(file.read(length))
    with pytest.raises(FontsNotFoundError):
        find_fonts({ENVIRONMENT_VARIABLE: str(tmp_path)})


def test_fonts_are_found_without_loading_what_reads_all_of_them() -> None:
    script = "import sys; from generator.fonts import find_fonts; find_fonts(); print('fontTools' in sys.modules)"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert found.stdout.strip() == "False"
