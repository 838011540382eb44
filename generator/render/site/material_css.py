"""The part of Material's stylesheet that our pages use: base and typography, without its application."""

from __future__ import annotations

import re
from collections.abc import Iterator

_KEPT_CLASSES = frozenset(
    {
        "md-typeset", "md-typeset__table", "md-typeset__scrollwrap", "md-container", "md-main", "md-main__inner",
        "md-content", "md-content__inner", "md-grid", "md-skip", "md-banner", "md-banner__inner", "md-icon",
        "footnote", "footnote-ref", "footnote-backref", "highlight",
    }
)  # fmt: skip
_CLASS = re.compile(r"\.((?:[A-Za-z_]|\\.)(?:[\w-]|\\.)*)")
_FOREIGN = re.compile(
    r"\[dir=rtl\]|\[data-|\[id=|#__|::?-moz-|summary|details|iframe|kbd|role=|:root>|:not\(\[hidden|^html$"
)
_STRING = re.compile(r"""(["'])(?:\\.|(?!\1).)*\1""", re.DOTALL)


def used_part(stylesheet: str) -> str:
    """`stylesheet` without the rules that need a class, a state or a picture that no page of ours has."""
    return "".join(_kept_rules(re.sub(r"/\*.*?\*/|@charset[^;]*;", "", stylesheet, flags=re.DOTALL)))


def _kept_rules(text: str) -> Iterator[str]:
    for prelude, body in _blocks(text):
        if prelude.startswith(("@media", "@supports")):
            inner = "".join(_kept_rules(body))
            if inner and not _needs_wide_screen_application(prelude):
                yield f"{prelude}{{{inner}}}"
        elif prelude.startswith("@"):
            continue
        else:
            selectors = [selector for selector in _selectors(prelude) if _is_used(selector)]
            declarations = _declarations(body)
            if selectors and declarations:
                yield f"{','.join(selectors)}{{{declarations}}}"


def _needs_wide_screen_application(prelude: str) -> bool:
    # Material enlarges its root size on large screens; our three reader sizes do that instead.
    return "min-width:100em" in prelude or "min-width:125em" in prelude


def _is_used(selector: str) -> bool:
    return not _FOREIGN.search(selector) and all(name in _KEPT_CLASSES for name in _CLASS.findall(selector))


def _declarations(body: str) -> str:
    # Pictures in Material's stylesheet are data: addresses, which the content security policy forbids.
    kept = [part for part in _split(body, ";") if part and "url(" not in part and "var(--md-admonition" not in part]
    return ";".join(kept)


def _selectors(prelude: str) -> Iterator[str]:
    yield from _split(prelude, ",")


def _split(text: str, separator: str) -> Iterator[str]:
    """Cut at separators that stand outside brackets and strings."""
    masked = _STRING.sub(lambda match: "x" * len(match[0]), text)
    depth = start = 0
    for position, character in enumerate(masked):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth -= 1
        elif character == separator and depth == 0:
            yield text[start:position]
            start = position + 1
    yield text[start:]


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    """Each rule's prelude and what stands in its braces."""
    masked = _STRING.sub(lambda match: "x" * len(match[0]), text)
    depth = start = opened = 0
    for position, character in enumerate(masked):
        if character == "{":
            depth += 1
            if depth == 1:
                opened = position
        elif character == "}":
            depth -= 1
            if depth == 0:
                yield text[start:opened].strip(), text[opened + 1 : position]
                start = position + 1
