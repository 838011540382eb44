"""The texts under the fields of the model, which become hints in editors and the text of the reference."""

import re
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_LINE = re.compile(r'^class (?P<class>\w+)|^    (?P<field>\w+): |^    """(?P<text>.*)"""$', re.MULTILINE)


@cache
def docstrings(module: str) -> Mapping[str, Mapping[str, str]]:
    """For each class in the module, the text under each of its fields: one line, as the model is written.

    pydantic's own `use_attribute_docstrings` cuts every class out of the module and parses it, which took a third of
    the time of each start.
    """
    found: dict[str, dict[str, str]] = {}
    texts: dict[str, str] = {}
    field = ""
    for class_name, field_name, text in _LINE.findall(Path(str(sys.modules[module].__file__)).read_text("utf-8")):
        if class_name:
            texts = found.setdefault(class_name, {})
        if field and text:
            texts[field] = text
        field = field_name
    return found
