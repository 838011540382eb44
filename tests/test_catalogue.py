"""The catalogue of diagnostics: complete in both languages, and what the program reports fits it."""

from __future__ import annotations

import ast
import inspect
import re
import string
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from generator import diagnostics
from generator.diagnostics import Code, Rule, catalogue
from generator.punctuation import slips

PACKAGE = Path(__file__).parents[1] / "generator"
REPORTERS = {"diagnostic": "related", "report": "related"}
"""Functions that take a code and, by name, the arguments of its message; with the one name that is no argument."""


def fields(texts: Mapping[str, str]) -> dict[str, set[str]]:
    return {
        language: {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        for language, text in texts.items()
    }


def wanted(rule: Rule) -> set[str]:
    return set().union(*fields(rule.message).values(), *fields(rule.hint).values())


@pytest.mark.parametrize("rule", catalogue().values(), ids=list(catalogue()))
class TestEntries:
    def test_is_complete(self, rule: Rule) -> None:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.code)
        for texts in (rule.message, rule.hint, rule.why):
            assert all(texts[language].strip() for language in ("zh", "en"))
        assert rule.bad
        assert rule.good
        assert rule.bad != rule.good

    def test_says_the_same_in_both_languages(self, rule: Rule) -> None:
        arguments = fields(rule.message)
        assert arguments["zh"] == arguments["en"]
        assert fields(rule.why) == {"zh": set(), "en": set()}

    def test_is_good_chinese(self, rule: Rule) -> None:
        for texts in (rule.message, rule.hint, rule.why):
            assert not slips(texts["zh"])
            assert not re.search(r"[\u4e00-\u9fff] (?=[A-Za-z0-9{])|[A-Za-z0-9}] (?=[\u4e00-\u9fff])", texts["zh"])
        assert rule.why["zh"].endswith("。")
        assert rule.hint["zh"].endswith(("。", "？", "}"))
        assert not rule.message["zh"].endswith("。")


def test_the_catalogue_read_as_a_whole_has_the_same_entries() -> None:
    whole = tomllib.loads((PACKAGE / "locale" / "diagnostics.toml").read_text("utf-8"))
    assert {code: (entry["severity"], entry["message"], entry["bad"]) for code, entry in whole.items()} == {
        code: (rule.severity, rule.message, rule.bad) for code, rule in catalogue().items()
    }


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """Every place that reports a code it names itself: where, the code, the names of the arguments."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                continue
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            names = {keyword.arg for keyword in node.keywords if keyword.arg} - {REPORTERS.get(name)}
            if name in REPORTERS and None not in {keyword.arg for keyword in node.keywords}:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", str(node.args[0].value), names


@pytest.mark.parametrize(
    ("where", "code", "arguments"), list(calls()), ids=[f"{where}-{code}" for where, code, _ in calls()]
)
def test_what_is_reported_fits_the_catalogue(where: str, code: str, arguments: set[str]) -> None:
    assert code in catalogue(), f"{where} reports {code}, which has no entry"
    assert wanted(catalogue()[Code(code)]) <= arguments, f"{where} leaves arguments of {code} out"
    by_keyword = inspect.signature(diagnostics.diagnostic).parameters
    clashing = {
        name
        for name in arguments
        if name in by_keyword and by_keyword[name].kind is not inspect.Parameter.POSITIONAL_ONLY
    }
    assert not clashing, f"{where}: {clashing} of {code} is a name of diagnostic() itself"


def test_every_entry_is_reported_somewhere() -> None:
    told = {
        node.value
        for path in PACKAGE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert sorted(set(catalogue()) - told) == []
