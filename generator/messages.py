"""What the command says to the person at the terminal."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from generator.diagnostics import Language


def message(name: str, language: Language, **arguments: object) -> str:
    """The message `group.name` of `locale/messages.toml`, filled in."""
    group, _, key = name.partition(".")
    return _messages()[group][key][language].format_map({key: str(value) for key, value in arguments.items()})


@cache
def _messages() -> Mapping[str, Mapping[str, Mapping[Language, str]]]:
    text = (Path(__file__).with_name("locale") / "messages.toml").read_text("utf-8")
    found: Mapping[str, Mapping[str, Mapping[Language, str]]] = tomllib.loads(text)
    return found
