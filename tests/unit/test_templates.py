"""Templates compiled to plain Python: what is escaped, what is an error, when compiled templates are believed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, FileSystemLoader, StrictUndefined, TemplateAssertionError, UndefinedError
from markupsafe import Markup

from generator.model import Level
from generator.model.types import PartialDate
from generator.render.site.bytecode import BytecodeBeside
from generator.render.site.compiler import DirectEnvironment


def made(source: str, **context: object) -> str:
    environment = DirectEnvironment(autoescape=True, undefined=StrictUndefined)
    return environment.from_string(source).render(context)


@pytest.mark.parametrize("mark", ["<", ">", "&", '"', "'"])
def test_every_mark_of_html_is_escaped(mark: str) -> None:
    escaped = str(Markup.escape(f"退役{mark}军人"))
    assert escaped != f"退役{mark}军人"
    assert made("{{ text }}", text=f"退役{mark}军人") == escaped
    assert made("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(text) }}", text=f"退役{mark}军人") == escaped
    assert made("{% set a %}{{ text }}{% endset %}{{ a }}", text=f"退役{mark}军人") == escaped


def test_what_is_html_stays() -> None:
    assert made("{{ text }}", text=Markup("<b>一</b>")) == "<b>一</b>"
    assert made("{% macro m(a) %}<b>{{ a }}</b>{% endmacro %}{{ m('一') ~ m('<') }}") == "<b>一</b><b>&lt;</b>"


def test_values_that_are_not_plain_text_are_written_as_text() -> None:
    values = (7, None, Level.CITY, PartialDate("2023-04"))
    assert made("{% for value in values %}{{ value }} {% endfor %}", values=values) == "7 None city 2023-04 "


def test_macros_have_defaults() -> None:
    macro = '{% macro m(a, level=3, side=none) %}{{ a }}{{ level }}{{ side or "" }}{% endmacro %}'
    assert made(f"{macro}{{{{ m(1) }}}} {{{{ m(1, 2) }}}} {{{{ m(1, 2, '侧') }}}}") == "13 12 12侧"


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("{{ missing }}", UndefinedError),
        ("{{ missing.name }}", UndefinedError),
        ("{{ text.missing }}", AttributeError),
        ("{{ text.missing() }}", AttributeError),
        ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m() }}", UndefinedError),
        ("{% macro m(a) %}{{ a }}{% endmacro %}{{ m(1, 2) }}", TypeError),
        ("{% macro m(a) %}{{ caller() }}{% endmacro %}{% call m(1) %}{% endcall %}", TemplateAssertionError),
    ],
)
def test_what_is_missing_is_an_error(source: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        made(source, text="文")


def test_a_template_is_one_with_those_it_extends_and_includes() -> None:
    templates = {
        "parts.html": "{% macro m(a) %}<b>{{ a }}</b>{% endmacro %}\n",
        "frame.html": '{% import "parts.html" as m %}{% set side %}{% block side %}{% endblock %}{% endset %}'
        "{% block head %}上{{ title }}{% endblock %}{{ side }}{% if wide is defined %}宽{% endif %}",
        "piece.html": "{{ m.m(title) }}{{ told }}",
        "page.html": '{% extends "frame.html" %}\n{% set wide = true %}\n'
        '{% block side %}{% set told = "旁" %}{% include "piece.html" %}{% endblock %}',
        "other.html": '{% extends "frame.html" %}{% block head %}{{ told }}{% endblock %}',
    }
    environment = DirectEnvironment(autoescape=True, undefined=StrictUndefined, loader=DictLoader(templates))
    assert environment.get_template("page.html").render(title="<甲>") == "上&lt;甲&gt;<b>&lt;甲&gt;</b>旁宽"
    assert environment.get_template("frame.html").render({"title": "乙"}) == "上乙"
    with pytest.raises(UndefinedError):
        environment.get_template("other.html").render(title="丙")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "a.html").write_text("甲", "utf-8")
    return tmp_path


def rendered(folder: Path) -> str:
    cache = BytecodeBeside([folder / "maker"] if (folder / "maker").exists() else [])
    return DirectEnvironment(loader=FileSystemLoader(folder), bytecode_cache=cache).get_template("a.html").render()


def kept(folder: Path) -> Path:
    (found,) = (folder / "__pycache__").iterdir()
    return found


def test_compiled_templates_are_used_while_template_and_compiler_are_the_same(folder: Path) -> None:
    assert rendered(folder) == "甲"
    first = kept(folder).read_bytes()
    (folder / "a.html").write_text("乙", "utf-8")
    assert rendered(folder) == "乙"
    second = kept(folder).read_bytes()
    (folder / "maker").write_text("another", "utf-8")
    assert rendered(folder) == "乙"
    assert len({first, second, kept(folder).read_bytes()}) == 3


@pytest.mark.parametrize("data", [b"", b"nonsense", None])
def test_damaged_bytecode_is_made_anew(folder: Path, data: bytes | None) -> None:
    rendered(folder)
    whole = kept(folder).read_bytes()
    kept(folder).write_bytes(whole[:-20] if data is None else data)
    assert rendered(folder) == "甲"
    assert kept(folder).read_bytes() == whole


def test_nothing_is_written_where_it_is_not_wanted_or_cannot_be(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "__pycache__").write_text("a file in its place", "utf-8")
    assert rendered(folder) == "甲"
    (folder / "__pycache__").unlink()
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(folder) == "甲"
    assert not (folder / "__pycache__").exists()
