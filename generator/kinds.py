"""The kinds of records and the form of their ids: what is needed before any record is looked at.

Apart from the model, because the model takes a tenth of a second to load, and a run in which nothing has changed
does without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Kind = Literal[
    "region",
    "person",
    "honour",
    "organization",
    "place",
    "route",
    "story",
    "lecture",
    "activity",
    "initiative",
    "policy",
    "service",
    "figure",
    "lesson",
    "source",
    "term",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

MARKDOWN_KINDS: Mapping[Kind, str] = {"story": "stories", "policy": "policies"}
"""Kinds written as front matter and Markdown, with their folder at the top of the project."""

SLUG_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
