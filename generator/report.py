"""Diagnostics as people and programs read them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping

from generator.diagnostics import Diagnostic, Language

Formatter = Callable[[Iterable[Diagnostic], Language], str]

_HINT: Mapping[Language, str] = {"zh": "提示：", "en": "hint: "}
_SEE: Mapping[Language, str] = {"zh": "参见：", "en": "see: "}


def as_text(diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """`path:line:column: error[code]: message`, then the hint and related places, indented."""
    return "\n".join(line for found in diagnostics for line in _lines(found, language))


def as_json(diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """A list of objects with code, severity, message, hint, path, line, column."""
    return json.dumps([as_object(found, language) for found in diagnostics], ensure_ascii=False, indent=2)


def as_github(diagnostics: Iterable[Diagnostic], language: Language) -> str:
    """Workflow commands, which GitHub shows beside the changed lines of a pull request."""
    return "\n".join(
        f"::{found.severity} file={_escaped_property(found.span.path)},line={found.span.line},col={found.span.column},"
        f"title={found.code}::{_escaped(found.message(language))}%0A{_escaped(found.hint(language))}"
        for found in diagnostics
    )


def as_object(found: Diagnostic, language: Language) -> dict[str, object]:
    return {
        "code": found.code,
        "severity": found.severity,
        "message": found.message(language),
        "hint": found.hint(language),
        "path": found.span.path,
        "line": found.span.line,
        "column": found.span.column,
    }


FORMATS: Mapping[str, Formatter] = {"text": as_text, "json": as_json, "github": as_github}


def _lines(found: Diagnostic, language: Language) -> Iterable[str]:
    yield f"{found.span}: {found.severity}[{found.code}]: {found.message(language)}"
    if hint := found.hint(language):
        yield f"  {_HINT[language]}{hint}"
    for place in found.related:
        yield f"  {_SEE[language]}{place}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
