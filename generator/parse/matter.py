"""Where the front matter of a Markdown file ends and the text begins."""

from __future__ import annotations

import re
from typing import NamedTuple

from generator.parse.draft import Draft

_RULE = re.compile(r"\s*[-－—–−―─_=]{2,}\s*$")
_KEY = re.compile(r"[a-z_]+\s*[:：]")
_FIELD = re.compile(r"\s|-\s|#|[A-Za-z_][\w-]*\s*[:：]|$")


class Parts(NamedTuple):
    """Line numbers from 0: the YAML is `yaml_start:yaml_end`; the Markdown begins at `body`, if there is any."""

    yaml_start: int
    yaml_end: int
    body: int | None

    @property
    def has_matter(self) -> bool:
        return self.yaml_end > 0


def split(draft: Draft) -> Parts:
    """Reports `missing-front-matter` and `unclosed-front-matter`; takes what looks most like front matter for it."""
    lines = draft.lines
    first = next((number for number, text in enumerate(lines) if text.strip()), 0)
    if lines[0].rstrip() != "---":
        draft.report("missing-front-matter", first, 0)
        if not _RULE.match(lines[first]) and not _KEY.match(lines[first]):
            return Parts(0, 0, first)
    start = first if _KEY.match(lines[first]) else first + 1
    for number in range(start, len(lines)):
        if lines[number].rstrip() == "---":
            return Parts(start, number, number + 1)
    end = next((number for number in range(start, len(lines)) if _ends(draft, number)), len(lines))
    draft.report("unclosed-front-matter", first, 0)
    is_rule = end < len(lines) and _RULE.match(lines[end]) is not None
    return Parts(start, end, end + is_rule)


def _ends(draft: Draft, number: int) -> bool:
    """Whether front matter without an end seems to end here: at a rule of another make, or where text begins."""
    text = draft.lines[number]
    return not text.strip() or _RULE.match(text) is not None or not _FIELD.match(text)
