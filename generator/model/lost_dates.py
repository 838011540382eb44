"""Dates that lost a character on their way through copying: `20224月`, `2023316日`, `20192022`."""

from __future__ import annotations

import re
from datetime import date

DAMAGED = re.compile(r"(?<!\d)(?:\d{4}[01]?\d[月]|\d{4}[01]?\d[0-3]?\d日|(?:19|20)\d{2}(?:19|20)\d{2}(?=\D|$))")
"""Digits run together where 年, 月 or a dash should stand."""


def readings(text: str) -> str:
    """The dates that `text` can stand for, joined by 或; empty when it is not such a damaged date."""
    match = DAMAGED.fullmatch(text)
    if match is None:
        return ""
    digits = re.sub(r"\D", "", text)
    if text.endswith("月"):
        found = _months(digits)
    elif text.endswith("日"):
        found = _days(digits)
    else:
        found = [f"{digits[:4]}年至{digits[4:]}年", f"{digits[:4]}年、{digits[4:]}年"]
    return " 或 ".join(found)


def _months(digits: str) -> list[str]:
    month = int(digits[4:])
    return [f"{digits[:4]}年{month}月"] if 1 <= month <= 12 else []


def _days(digits: str) -> list[str]:
    year, rest = digits[:4], digits[4:]
    splits = ((rest[:cut], rest[cut:]) for cut in range(1, len(rest)))
    return [f"{year}年{int(month)}月{int(day)}日" for month, day in splits if _exists(year, month, day)]


def _exists(year: str, month: str, day: str) -> bool:
    if month.startswith("0") or day.startswith("0"):
        return False
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True
