"""The templates of pages, compiled once."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from generator.model import KINDS


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("generator.render.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )


@cache
def template(name: str) -> Template:
    return _environment().get_template(name)


def kind_template(kind: str) -> Template:
    assert kind in KINDS, kind
    return template(f"kinds/{kind}.html")
