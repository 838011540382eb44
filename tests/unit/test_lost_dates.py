"""Dates that lost a character: every reading is proposed, none applied."""

from __future__ import annotations

import pytest

from generator.model.lost_dates import DAMAGED, readings


@pytest.mark.parametrize(
    ("damaged", "proposed"),
    [
        ("20224月", "2022年4月"),
        ("20239月", "2023年9月"),
        ("202312月", "2023年12月"),
        ("2023316日", "2023年3月16日"),
        ("2023111日", "2023年1月11日 或 2023年11月1日"),
        ("20192022", "2019年至2022年 或 2019年、2022年"),
    ],
)
def test_readings(damaged: str, proposed: str) -> None:
    assert readings(damaged) == proposed
    match = DAMAGED.search(f"定于{damaged}举行")
    assert match is not None
    assert match[0] == damaged


@pytest.mark.parametrize("sound", ["2023年3月16日", "202213月", "1411个", "81932人次", "3月16日", "020224月"])
def test_sound_text_is_not_taken_for_damage(sound: str) -> None:
    match = DAMAGED.search(sound)
    assert match is None or readings(match[0]) == ""
