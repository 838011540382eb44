"""The small parts of a printed book: landscapes, QR codes, the letters of the index."""

from __future__ import annotations

import pytest
import segno

from generator.render.print.initials import OTHER, index_key, initial
from generator.render.print.landscape import landscape
from generator.render.print.qr import qr_code


def test_a_landscape_depends_on_its_seed_only() -> None:
    assert landscape("甲", level_lines=6) == landscape("甲", level_lines=6)
    assert landscape("甲", level_lines=6) != landscape("乙", level_lines=6)


@pytest.mark.parametrize("seed", ["甲", "opener:huainan", "邸"])
def test_a_landscape_has_hills_only_and_fills_its_width(seed: str) -> None:
    drawn = landscape(seed, level_lines=5)
    assert set(drawn) == {"lines", "ridges", "path"}
    assert 3 <= len(drawn["ridges"]) <= 5
    for curve in (*drawn["lines"], *drawn["ridges"]):
        assert curve[0][0] < 0
        assert curve[-1][-2] > 1
        assert all(len(piece) == 6 for piece in curve[1:])


def test_the_bars_of_a_qr_code_are_its_matrix() -> None:
    address = "https://rongguang.example/stories/huainan-di-weishan/"
    code = qr_code(address)
    drawn = {(x + step, y) for x, y, length in code["bars"] for step in range(length)}
    matrix = segno.make_qr(address, error="l", boost_error=True).matrix
    assert drawn == {(x, y) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}
    assert code["size"] == len(matrix)


@pytest.mark.parametrize(
    ("name", "letter"),
    [("陶琳", "T"), ("张书陶", "Z"), ("邸维山", "D"), ("“红色驿站”", "H"), ("5G基地", OTHER), ("IT园", "I")],
)
def test_index_letters(name: str, letter: str) -> None:
    assert initial(name) == letter


def test_surnames_are_read_as_surnames_and_a_reading_wins() -> None:
    assert initial("单田芳", person=True) == "S"
    assert initial("单县") == "D"
    assert initial("单田芳", reading="dan tian fang", person=True) == "D"


def test_names_under_one_letter_are_in_the_order_of_their_reading() -> None:
    assert sorted(["梁远光", "李耀成", "刘某"], key=index_key) == ["李耀成", "梁远光", "刘某"]
