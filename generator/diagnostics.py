"""What is wrong in the content, as values: a place in a file, a code, and what to do about it.

A `Diagnostic` carries no prose. Its code names an entry of the catalogue (`locale/diagnostics.toml`),
which holds the severity, the message and the hint in each language, the reason for the rule, and a
bad and a good example; `message()` and `hint()` fill in the arguments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Generic, Literal, NewType, TypeVar

from generator.values import Value

Code = NewType("Code", str)
"""A kebab-case name of what was found, such as `duplicate-key`."""

Severity = Literal["error", "warning"]
Language = Literal["zh", "en"]
T = TypeVar("T", covariant=True)

_CATALOGUE = Path(__file__).with_name("locale") / "diagnostics.toml"
_HEADING = re.compile(r"^\[([a-z0-9-]+)\]\n", re.MULTILINE)


class Span(Value, frozen=True, order=True):
    """A place in a file of the project: POSIX path relative to it, line and column from 1."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


class Rule(Value, frozen=True):
    """One entry of the catalogue."""

    code: Code
    severity: Severity
    message: Mapping[Language, str]
    hint: Mapping[Language, str]
    why: Mapping[Language, str]
    bad: str
    good: str


class Diagnostic(Value, frozen=True):
    """Something that an editor should mend; `arguments` fill the catalogue's message and hint."""

    code: Code
    span: Span
    arguments: tuple[tuple[str, str], ...] = ()
    related: tuple[Span, ...] = ()

    @property
    def rule(self) -> Rule:
        return rule(self.code)

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    def message(self, language: Language = "zh") -> str:
        return self.rule.message[language].format_map(dict(self.arguments))

    def hint(self, language: Language = "zh") -> str:
        return self.rule.hint[language].format_map(dict(self.arguments))


class Checked(Value, Generic[T], frozen=True):
    """A value together with everything that was found wrong while making it."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


def diagnostic(code: str, span: Span, /, *, related: Iterable[Span] = (), **arguments: object) -> Diagnostic:
    """A diagnostic with `code`, at `span`; the keyword arguments are those of its message."""
    filled = tuple((name, str(value)) for name, value in arguments.items())
    return Diagnostic(Code(code), span, filled, tuple(related))


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Each one once, by place, then by code."""
    return tuple(sorted(set(diagnostics), key=lambda found: (found.span, found.code, found.arguments)))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    return any(found.severity == "error" for found in diagnostics)


def catalogue() -> Mapping[Code, Rule]:
    """Every rule by its code, as `locale/diagnostics.toml` declares it."""
    return {Code(code): rule(Code(code)) for code in _entries()}


@cache
def rule(code: Code) -> Rule:
    """The rule of that code; raises KeyError where there is none."""
    # Here, because a run that finds nothing does without; and one that finds something needs few of the entries.
    import tomllib

    return _rule(code, tomllib.loads(_entries()[code]))


def is_rule(code: str) -> bool:
    return code in _entries()


@cache
def _entries() -> Mapping[str, str]:
    """The lines of each entry by its code."""
    _, *parts = _HEADING.split(_CATALOGUE.read_text("utf-8"))
    return dict(zip(parts[::2], parts[1::2], strict=True))


def _rule(code: Code, entry: Mapping[str, object]) -> Rule:
    def texts(name: str) -> Mapping[Language, str]:
        value = entry[name]
        assert isinstance(value, dict), f"{code}.{name} needs zh and en"
        return {"zh": value["zh"], "en": value["en"]}

    severity: Severity = "warning" if entry["severity"] == "warning" else "error"
    return Rule(
        code=code,
        severity=severity,
        message=texts("message"),
        hint=texts("hint"),
        why=texts("why"),
        bad=str(entry["bad"]),
        good=str(entry["good"]),
    )
