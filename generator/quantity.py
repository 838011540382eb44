"""Figures as amounts and as the words that readers see."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from generator.model import Bound, Figure

_DIGITS = "〇一二三四五六七八九"
_SCALES: Mapping[str, Decimal] = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}


def amount(figure: Figure) -> Decimal:
    """The value in the bare unit: 9.34 万人 is 93400."""
    return figure.value * _SCALES.get(_scale(figure), Decimal(1))


def bare_unit(figure: Figure) -> str:
    """The unit without 万 or 亿, and without 余 or 多 before it."""
    return figure.unit[len(_scale(figure)) :].removeprefix("余").removeprefix("多")


def figure_text(figure: Figure) -> str:
    """As running text writes it: 1411个, 800多个, 约1600人, 7—8名, 6.6万余个, 104.12%, 第三位."""
    number = str(figure.value)
    if figure.upper is not None:
        number = f"{number}—{figure.upper}"
    scale, unit = _scale(figure), bare_unit(figure)
    if figure.ordinal:
        rank = chinese_number(int(figure.value)) if figure.value in range(1, 100) else number
        return f"第{rank}{scale}{unit}"
    if figure.bound is Bound.ABOUT:
        return f"约{number}{scale}{unit}"
    more = ("多" if "多" in figure.as_written else "余") if figure.bound is Bound.OVER else ""
    return f"{number}{scale}{more}{unit}"


def chinese_number(number: int) -> str:
    """As Chinese writes ranks and editions: 四, 十二, 二十; from a hundred on in digits: 134."""
    if number >= 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _DIGITS[ones]
    return ("" if tens == 1 else _DIGITS[tens]) + "十" + (_DIGITS[ones] if ones else "")


def edition(number: int | None) -> str:
    """Such as 第四届, as the honours' own names are written; empty where none is given."""
    return f"第{chinese_number(number)}届" if number else ""


def _scale(figure: Figure) -> str:
    return figure.unit[0] if figure.unit[0] in _SCALES else ""
