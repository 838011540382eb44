"""Skeletons of `rongguang new`, filled as an editor fills them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator.model import Kind

FILLED: Mapping[str, str] = {
    "title": " 某某",
    "name": " 某某",
    "level": " county",
    "category": " 就业创业扶持",
    "value": " 12",
    "unit": " 个",
    "source": " report",
    "as_written": " 12个服务站",
    "as_of": " 2023-04",
    "grade_band": " 初中",
    "subject": " 班会",
    "goals": "\n  - 我能讲一个故事",
    "flow": "\n  - minutes: 45\n    activity: 读信",
    "publisher": " 某某日报",
    "definition": " 一个词。",
    "sources": "\n  - source: report",
    "consent": "\n  ground: public-report\n  source: report",
}
TYPES: Mapping[str, str] = {"organization": " bureau", "place": " venue", "policy": " law"}


def filled(kind: Kind, text: str) -> str:
    """The skeleton `text` with its required fields filled and nothing else."""
    values = {**FILLED, "type": TYPES.get(kind, "")}
    return re.sub(r"^([a-z_]+):$", lambda match: f"{match[1]}:{values[match[1]]}", text, flags=re.MULTILINE)
