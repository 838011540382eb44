"""YAML that may be wrong: what libyaml says is told in the editors' words, and reading goes on behind it."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from generator.parse.compose import Composed, compose
from generator.parse.draft import Draft

MOST_ATTEMPTS = 20

_KEY_ONLY = re.compile(r"\s*(?:- +)*[\w-]+\s*$")
_TOP_LEVEL = re.compile(r"[^\s#-]|-(?!\s)|- ")


class _Kind(NamedTuple):
    """How a complaint of libyaml or of PyYAML's own scanner is told, and which of its two marks shows the place."""

    code: str
    complaint: re.Pattern[str]
    at_context: bool


_KINDS = (
    _Kind("missing-colon", re.compile("could not find expected ':'"), True),
    _Kind("unclosed-quote", re.compile("unexpected end of stream|unexpected document"), True),
    _Kind("unclosed-bracket", re.compile(r"expected ',' or '[\]}]'"), True),
    _Kind("bad-start", re.compile("cannot start any token|alphabetic or numeric|node content|mapping keys are"), True),
    _Kind("bad-escape", re.compile("unknown escape|hexa?decimal"), False),
    _Kind("bad-indentation", re.compile("expected key|'-' indicator|<block end>|document start|indentation"), False),
)


def read_yaml(draft: Draft, start: int, end: int) -> Composed | None:
    """The data of the lines `start:end`; None when some of it cannot be read.

    Reports what `compose` does and `yaml-syntax`, `colon-in-value`, `missing-colon`, `unclosed-quote`,
    `unclosed-bracket`, `text-after-quote`, `bad-start`, `bad-escape`, `bad-indentation`.
    """
    is_whole = True
    for _ in range(MOST_ATTEMPTS):
        composed = compose(yaml_text(draft, start, end))
        if composed.error is None:
            for problem in composed.problems:
                draft.report(problem.code, problem.line, problem.column, related=problem.related, **problem.arguments)
            return composed if is_whole and not composed.stopped else None
        if not isinstance(composed.error, yaml.MarkedYAMLError):
            draft.report("yaml-syntax", start, 0, problem=str(composed.error).partition("\n")[0])
            return None
        if not _mend(draft, composed.error):
            is_whole = False
            if draft.is_flooded or not _set_aside(draft, composed.error, start, end):
                return None
    return None


def yaml_text(draft: Draft, start: int, end: int) -> str:
    """The lines `start:end` with the line numbers of the file."""
    return "\n" * start + "\n".join(draft.lines[start:end]) + ("\n" if end < len(draft.lines) else "")


def _mend(draft: Draft, error: yaml.MarkedYAMLError) -> bool:
    """Report the error. A colon inside a value is made a full-width one, and it was only that."""
    line, column = _mark(error)
    text = draft.lines[line] if line < len(draft.lines) else ""
    if "mapping values are not allowed" in str(error.problem):
        if not _KEY_ONLY.match(text[:column]):
            draft.report("colon-in-value", line, column)
            draft.replace(line, column, column + 1, "：")
            return True
        before = _line_before(draft, line)
        lacks_colon = ":" not in draft.lines[before] and not draft.lines[before].lstrip().startswith("-")
        line = before if lacks_colon else line
        text = draft.lines[line]
        draft.report("missing-colon" if lacks_colon else "bad-indentation", line, len(text) - len(text.lstrip()))
        return False
    _report(draft, error, text[:column])
    return False


def _report(draft: Draft, error: yaml.MarkedYAMLError, before: str) -> None:
    complaint = str(error.problem)
    for kind in _KINDS:
        if kind.complaint.search(complaint):
            line, column = _mark(error, at_context=kind.at_context)
            found = draft.lines[line][column : column + 1] if line < len(draft.lines) else ""
            if kind.code == "bad-indentation" and before.strip() and before.rstrip()[-1] in "\"'":
                draft.report("text-after-quote", line, column)
            elif kind.code == "bad-start" and found:
                draft.report("bad-start", line, column, found=found)
            else:
                draft.report("unclosed-bracket" if kind.code == "bad-start" else kind.code, line, column)
            return
    draft.report("yaml-syntax", *_mark(error), problem=complaint)


def _mark(error: yaml.MarkedYAMLError, *, at_context: bool = False) -> tuple[int, int]:
    mark = (error.context_mark if at_context else None) or error.problem_mark or error.context_mark
    return (mark.line, mark.column) if mark else (0, 0)


def _line_before(draft: Draft, line: int) -> int:
    while line > 0:
        line -= 1
        if draft.lines[line].strip():
            return line
    return line


def _set_aside(draft: Draft, error: yaml.MarkedYAMLError, start: int, end: int) -> bool:
    """Blank the top-level entry that holds the error, so that what follows it is read as well."""
    line = min(_mark(error)[0], _mark(error, at_context=True)[0] or end, end - 1)
    first = last = max(line, start)
    while first > start and not _TOP_LEVEL.match(draft.lines[first]):
        first -= 1
    last += 1
    while last < end and not _TOP_LEVEL.match(draft.lines[last]):
        last += 1
    was_blank = not any(text.strip() for text in draft.lines[first:last])
    for number in range(first, last):
        draft.lines[number] = ""
    return not was_blank
