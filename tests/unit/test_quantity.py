"""Figures as amounts and as words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.model import Figure
from generator.quantity import amount, bare_unit, edition, figure_text


def figure(**fields: object) -> Figure:
    given = {"id": "n", "title": "数", "source": "report", "as_written": "照录", "value": "1", "unit": "个", **fields}
    return Figure.model_validate(given)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"value": "1411", "unit": "个"}, "1411个"),
        ({"value": "1758.5", "unit": "万元"}, "1758.5万元"),
        ({"value": "800", "unit": "个", "bound": "over", "as_written": "800多个就业岗位"}, "800多个"),
        ({"value": "30", "unit": "人", "bound": "over", "as_written": "30余人"}, "30余人"),
        ({"value": "6.6", "unit": "万个", "bound": "over", "as_written": "6.6万余个"}, "6.6万余个"),
        ({"value": "6.6", "unit": "万余个", "bound": "over", "as_written": "6.6万余个"}, "6.6万余个"),
        ({"value": "1600", "unit": "人", "bound": "about"}, "约1600人"),
        ({"value": "7", "upper": "8", "unit": "名"}, "7—8名"),
        ({"value": "3", "unit": "位", "ordinal": "true"}, "第三位"),
        ({"value": "18", "unit": "批", "ordinal": "true"}, "第十八批"),
        ({"value": "20", "unit": "届", "ordinal": "true"}, "第二十届"),
        ({"value": "134", "unit": "届", "ordinal": "true"}, "第134届"),
        ({"value": "104.12", "unit": "%"}, "104.12%"),
        ({"value": "1.10", "unit": "%"}, "1.10%"),
    ],
)
def test_figures_read_as_their_source_writes_them(fields: dict[str, object], words: str) -> None:
    assert figure_text(figure(**fields)) == words


@pytest.mark.parametrize(("number", "words"), [(None, ""), (4, "第四届"), (30, "第三十届"), (134, "第134届")])
def test_editions(number: int | None, words: str) -> None:
    assert edition(number) == words


def test_amounts_count_in_the_bare_unit() -> None:
    assert amount(figure(value="9.34", unit="万人")) == Decimal(93400)
    assert amount(figure(value="1.85", unit="亿元")) == Decimal(185_000_000)
    assert bare_unit(figure(value="9.34", unit="万人")) == "人"
