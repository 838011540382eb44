"""The templates of pages, compiled once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import jinja2.compiler
from jinja2 import PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from generator.model import KINDS
from generator.quotation import quoted
from generator.render.site import compiler
from generator.render.site.bytecode import BytecodeBeside

_PHRASE = re.compile(r"(?:“[^”]{1,8}”|《[^》]{1,8}》|[“《]?[^“《，。：；！？]+|[“《])[，。：；！？]*|[，。：；！？]+")
_TEMPLATES = Path(__file__).parent / "templates"


def phrases(title: str) -> Markup | str:
    """`title` with its phrases kept whole where a line has room for them."""
    parts = _PHRASE.findall(title)
    if len(parts) == 1:
        return title
    escape = compiler.DirectEnvironment.escape
    return compiler.as_html("".join([f'<span class="phrase">{escape(part)}</span>' for part in parts]))


@cache
def _environment() -> compiler.DirectEnvironment:
    # Of the templates those that others extend and include, and so become part of.
    made_by = (*map(Path, (jinja2.compiler.__file__, compiler.__file__, __file__)), *sorted(_TEMPLATES.glob("*.*")))
    environment = compiler.DirectEnvironment(
        loader=PackageLoader("generator.render.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
        bytecode_cache=BytecodeBeside(made_by),
    )
    environment.filters["phrases"] = phrases
    environment.filters["quoted"] = quoted
    return environment


@cache
def template(name: str) -> Template:
    return _environment().get_template(name)


def macro(name: str) -> Callable[..., str]:
    """A piece that more than one page is made of; it takes its arguments by position."""
    made: Callable[..., str] = getattr(template("macros.html").module, name)
    return made


def kind_template(kind: str) -> Template:
    assert kind in KINDS, kind
    return template(f"kinds/{kind}.html")
