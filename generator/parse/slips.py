"""Slips of the pen in YAML: wide colons and dashes, tabs, forgotten spaces and quotes.

libyaml stops at the first thing it cannot read, or reads it as something else. So each line is looked
at before it, what was meant is put there in memory, and the slip is reported.
"""

from __future__ import annotations

import re

from generator.parse.draft import Draft

LONGEST_MENDED = 10_000
"""A value longer than that was not typed, and putting quotes around it would only cost time."""

_SUSPECT = re.compile(
    r"[\t\u3000]|^ *(?:- +)*[－—–−﹣•●·]|^ *(?:- +)*[a-z_][a-z0-9_]* *："
    r"|(?:: +|- +)(?:\[\[|\{\{)|^ *(?:- +)*-[^\s-]|^ *(?:- +)*[a-z_][a-z0-9_]*:[^\s/]",
    re.MULTILINE,
)
_MARGIN = re.compile(r"[ \t\u3000]*(?:-[ \t\u3000]+)*")
_WIDE_DASH = re.compile(r"([－—–−﹣•●·])(?![－—–−﹣•●·])[ \t\u3000]*(?=\S)")
_TIGHT_DASH = re.compile(r"-(?=[^\s\d.-])")
_WIDE_COLON = re.compile(r"([a-z_][a-z0-9_]*)[ \t\u3000]*(：)[ \t\u3000]*")
_TIGHT_COLON = re.compile(r"[a-z_][a-z0-9_]*:(?=[^\s/:])")
_NEXT_KEY = re.compile(r"[a-z_][a-z0-9_]* *[:：]")
_KEY = re.compile(r"(?:[^\s#'\"\[\]{},&*!|>：][^:#\n]*|\"[^\"\n]*\"|'[^'\n]*'):(?P<blanks>[ \t\u3000]+|$)")
_BARE_REFERENCE = re.compile(r"(\[\[(?=[^\[\]\n]*:)|\{\{)[^\n]*")
_BLOCK = re.compile(r"(?:[!&]\S+ +)*[|>][-+0-9]*[ \t]*(?:#.*)?$")
_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")
_HAN = re.compile("[\u3400-\u9fff]")


def mend_slips(draft: Draft, start: int, end: int) -> None:
    """Look at the lines `start:end`, which are YAML.

    Reports `tab`, `full-width-space`, `full-width-space-in-text`, `full-width-dash`, `full-width-colon`,
    `missing-space` and `unquoted-reference`.
    """
    if not _SUSPECT.search("\n".join(draft.lines[start:end])):
        return
    reader = _Reader(draft)
    for line in range(start, end):
        if draft.is_flooded:
            break
        reader.read(line)


class _Reader:
    """Knows whether a line is inside a block of text, a quotation or brackets, where dashes and colons are text."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.block_parent: int | None = None
        """The column that the lines of an open block have to be right of."""
        self.quote = ""
        self.brackets = 0

    def read(self, line: int) -> None:
        text = self.draft.lines[line]
        if not text.strip(" "):
            return
        if self.quote:
            self._text(line)
            self.quote = "" if _closes(text, self.quote) else self.quote
        elif self.block_parent is not None and _indent(text) > self.block_parent:
            self._text(line)
        elif self.brackets:
            self._text(line)
            self.brackets += _opened(text)
        elif not text.lstrip().startswith("#"):
            self.block_parent = None
            self._structure(line)

    def _text(self, line: int) -> None:
        """A line of running text: only its indentation is structure."""
        text = self.draft.lines[line]
        if self.block_parent is None or text.startswith(" " * (self.block_parent + 1)):
            self._spaces(line, 0, len(text) - len(text.lstrip(" \t")))
        else:
            margin = len(text) - len(text.lstrip())
            self._report_blanks(line, 0, margin)
            self.draft.replace(line, 0, margin, " " * self._block_indent(line))
        self._blanks_in_text(line, 0)

    def _block_indent(self, line: int) -> int:
        """How far the properly indented lines of the open block stand in, which begins at or before `line`."""
        parent = self.block_parent or 0
        lines = self.draft.lines
        while line > 0 and _indent(lines[line - 1]) > parent:
            line -= 1
        while line < len(lines) and (not lines[line].strip() or _indent(lines[line]) > parent):
            blanks = len(lines[line]) - len(lines[line].lstrip(" "))
            if lines[line].strip() and blanks > parent:
                return blanks
            line += 1
        return parent + 2

    def _structure(self, line: int) -> None:
        self._spaces(line, 0, self._margin(line))
        self._dash(line, self._margin(line))
        margin = self._margin(line)
        self._spaces(line, 0, margin)
        self._colon(line, margin)
        key = _KEY.match(self.draft.lines[line], margin)
        if key:
            self._spaces(line, *key.span("blanks"))
        self._value(line, margin, key.end() if key else margin)

    def _margin(self, line: int) -> int:
        match = _MARGIN.match(self.draft.lines[line])
        return match.end() if match else 0

    def _dash(self, line: int, margin: int) -> None:
        text = self.draft.lines[line]
        wide, tight = _WIDE_DASH.match(text, margin), _TIGHT_DASH.match(text, margin)
        if wide:
            self.draft.report("full-width-dash", line, margin, found=wide[1])
            self.draft.replace(line, margin, wide.end(), "- ")
        elif tight and _HAN.search(text):
            self.draft.report("missing-space", line, margin, after="-")
            self.draft.replace(line, margin, tight.end(), "- ")

    def _colon(self, line: int, margin: int) -> None:
        text = self.draft.lines[line]
        wide, tight = _WIDE_COLON.match(text, margin), _TIGHT_COLON.match(text, margin)
        # An item may well be a text such as `story:di-weishan`, so there it takes more to be a key.
        is_key = not text[:margin].endswith("- ") or self._continues(line, margin)
        if wide and is_key:
            self.draft.report("full-width-colon", line, wide.start(2), key=wide[1])
            self.draft.replace(line, wide.start(2), wide.end(), ": ")
        elif tight and (is_key or _HAN.match(text, tight.end())):
            self.draft.report("missing-space", line, tight.end() - 1, after=":")
            self.draft.replace(line, tight.end() - 1, tight.end(), ": ")

    def _continues(self, line: int, margin: int) -> bool:
        """Whether the next line is another key of the mapping that an item on this line would begin."""
        following = self.draft.lines[line + 1] if line + 1 < len(self.draft.lines) else ""
        return not following[:margin].strip() and _NEXT_KEY.match(following, margin) is not None

    def _value(self, line: int, margin: int, value: int) -> None:
        """What follows the dashes and the key; `value` is where it begins."""
        self._reference(line, value)
        text = self.draft.lines[line]
        first = text[value : value + 1]
        if _BLOCK.match(text, value):
            self.block_parent = margin if value > margin else text.rfind("-", 0, value)
        elif first in ("'", '"') and not _closes(text[value + 1 :], first):
            self.quote = first
        elif first in ("[", "{"):
            self.brackets = max(0, _opened(text[value:]))
        self._blanks_in_text(line, value)

    def _reference(self, line: int, value: int) -> None:
        match = _BARE_REFERENCE.match(self.draft.lines[line], value)
        if match and len(match[0]) < LONGEST_MENDED:
            self.draft.report("unquoted-reference", line, value, found=match[1])
            if "'" in match[0]:
                self.draft.replace(line, value, match.end(), match[0].replace("'", "''"))
            self.draft.replace(line, len(self.draft.lines[line]), len(self.draft.lines[line]), "'")
            self.draft.replace(line, value, value, "'")

    def _spaces(self, line: int, start: int, end: int) -> None:
        """Blanks that have to be ordinary spaces. A tab or a wide space counts as two."""
        self._report_blanks(line, start, end)
        blanks = self.draft.lines[line][start:end]
        if "\t" in blanks or "\u3000" in blanks:
            self.draft.replace(line, start, end, blanks.replace("\t", "  ").replace("\u3000", "  "))

    def _report_blanks(self, line: int, start: int, end: int) -> None:
        blanks = self.draft.lines[line][start:end]
        for char, code in (("\t", "tab"), ("\u3000", "full-width-space")):
            if char in blanks:
                self.draft.report(code, line, start + blanks.index(char))

    def _blanks_in_text(self, line: int, start: int) -> None:
        text = self.draft.lines[line]
        if "\t" in text:
            self.draft.report("tab", line, text.index("\t"))
            self.draft.lines[line] = text.replace("\t", " ")
        if "\u3000" in text[start:]:
            self.draft.report("full-width-space-in-text", line, text.index("\u3000", start))


def _closes(text: str, quote: str) -> bool:
    """Whether a quotation that is open at the beginning of `text` ends in it."""
    return quote in re.sub({"'": "''", '"': r"\\."}[quote], "", text)


def _opened(text: str) -> int:
    """How many brackets `text` leaves open."""
    bare = _QUOTED.sub("", text)
    return bare.count("[") + bare.count("{") - bare.count("]") - bare.count("}")


def _indent(text: str) -> int:
    blanks = text[: len(text) - len(text.lstrip())]
    return sum(2 if char in "\t\u3000" else 1 for char in blanks)
