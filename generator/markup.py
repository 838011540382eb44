"""Markdown that a record must not contain: HTML, links that run programs, pictures of others, headings out of order.

It is found in the text itself, before any renderer sees it, and in time proportional to its length:
some renderers need minutes for a few thousand brackets.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from generator.code_spans import without_code
from generator.source import megabytes

PAGE_LIMIT_BYTES = 200_000
BRACKET_LIMIT = 200
OPEN_LIMIT = 20
"""An open bracket is looked at again for every one after it; closed ones are done with."""
DEPTH_LIMIT = 20
MOST = 200
"""A text full of one thing is told so often, no more."""

Finding = tuple[int, str, dict[str, str]]
"""An offset in the text, a code, and the arguments of its message."""

_TAG = re.compile(r"(?<!\\)<(?:(!--)|(/?[A-Za-z][A-Za-z0-9-]*)(?=[\s/>]|$)|([!?][A-Za-z\[]*))", re.MULTILINE)
_TARGET = re.compile(r"(?P<image>!?)(?:\[(?P<words>[^\[\]]*))?\]\(\s*(?P<target><[^<>\n]*>|[^\s()]*)")
_DEFINITION = re.compile(r"^[ >]*\[(?P<label>[^\[\]\n^][^\[\]\n]*)\]:\s*(?P<target><[^<>\n]*>|\S*)", re.MULTILINE)
_IMAGE_BY_LABEL = re.compile(r"!\[(?P<words>[^\[\]]*)\](?:\[(?P<label>[^\[\]]*)\])?(?!\()")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}):[^\s<>]*>")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
_HEADING = re.compile(r"^ {0,3}(#{1,6})(?=[ \t]|$)", re.MULTILINE)
_UNDERLINED = re.compile(r"^ {0,3}(?![-*+>#|] |\s)[^\n]+\n {0,3}(=+|-+)[ \t]*$", re.MULTILINE)
_TIGHT_HEADING = re.compile(r"^ {0,3}(#{2,6})(?=[^#\s])", re.MULTILINE)
_CONTAINERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+")
_BLOCK_START = re.compile(r"\s*(?:$|[-*+] |\d{1,9}[.)] |\||#{1,6} |>\s*$)")
_FILE_NAME = re.compile(r"[\w.-]+\.(?:jpe?g|png|webp|gif|svg)|(?:img|dsc|image)[_-]?\d+", re.IGNORECASE)
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def markdown_problems(text: str) -> tuple[Finding, ...]:
    """What is wrong with the Markdown of a record, by offset.

    Reports `raw-html`, `html-comment`, `unsafe-link`, `remote-image`, `image-without-alt`, `level-one-heading`,
    `heading-jump`, `heading-without-space`, and what `flood_problems` does.
    """
    floods = flood_problems(text)
    if floods:
        return floods
    masked = without_code(text)
    found = (*islice(_tags(masked), MOST), *islice(_links(masked), MOST), *islice(_headings(masked), MOST))
    return tuple(sorted(found, key=lambda finding: finding[:2]))


def flood_problems(text: str) -> tuple[Finding, ...]:
    """What would keep a renderer busy for minutes, free pages' Markdown included; then nothing else is looked for.

    Reports `too-many-brackets`, `too-deep`, `too-large`.
    """
    size = len(text.encode())
    if size > PAGE_LIMIT_BYTES:
        return ((0, "too-large", {"size": megabytes(size), "limit": megabytes(PAGE_LIMIT_BYTES)}),)
    return tuple(_floods(without_code(text)))


def _floods(text: str) -> Iterator[Finding]:
    offset = 0
    for paragraph in _paragraphs(text):
        count = paragraph.count("[")
        if count > BRACKET_LIMIT or max(_open_at_once(paragraph, "[]"), _open_at_once(paragraph, "()")) > OPEN_LIMIT:
            yield offset, "too-many-brackets", {"count": str(count)}
            return
        for line in paragraph.splitlines():
            nested = _CONTAINERS.match(line)
            depth = len(re.findall(r"[>*+.)-]", nested[0])) if nested else 0
            if depth > DEPTH_LIMIT or (nested and len(line) - len(line.lstrip()) > 6 * DEPTH_LIMIT):
                yield offset, "too-deep", {"limit": str(DEPTH_LIMIT)}
                return
        offset += len(paragraph)


def _open_at_once(text: str, pair: str) -> int:
    """How many brackets of the pair are open at the same time; a stray closing one closes nothing."""
    if text.count(pair[0]) <= OPEN_LIMIT:
        return 0
    most = depth = 0
    for char in text:
        if char == pair[0]:
            depth += 1
            most = max(most, depth)
        elif char == pair[1] and depth:
            depth -= 1
    return most


def _paragraphs(text: str) -> Iterator[str]:
    """Pieces that no renderer takes for less than a paragraph, with the blank lines between them.

    An item of a list, or a row of a table, stands by itself only in a list or table: right below a line of
    text one Markdown begins a list there, another does not.
    """
    lines: list[str] = []
    is_list = False
    for line in text.splitlines(keepends=True):
        begins = not lines or not lines[-1].strip()
        if not line.strip() or begins or (is_list and _BLOCK_START.match(line)):
            yield "".join(lines)
            lines = []
            is_list = _BLOCK_START.match(line) is not None if begins else is_list
        lines.append(line)
    yield "".join(lines)


def _tags(text: str) -> Iterator[Finding]:
    for match in _TAG.finditer(text):
        if match[1]:
            yield match.start(), "html-comment", {}
        elif not _AUTOLINK.match(text, match.start()):
            yield match.start(), "raw-html", {"tag": f"{match[0]}>"}
    for match in _AUTOLINK.finditer(text):
        yield from _unsafe(match.start(), match[0][1:-1])


class _Image(NamedTuple):
    offset: int
    words: str
    target: str


def _links(text: str) -> Iterator[Finding]:
    targets = {match["label"].strip().casefold(): match["target"].strip("<>") for match in _DEFINITION.finditer(text)}
    for match in _DEFINITION.finditer(text):
        yield from _unsafe(match.start(), match["target"].strip("<>"))
    for match in _TARGET.finditer(text):
        target = match["target"].strip("<>")
        yield from _unsafe(match.start(), target)
        if match["image"] and match["words"] is not None:
            yield from _image(_Image(match.start(), match["words"], target))
    for match in _IMAGE_BY_LABEL.finditer(text):
        label = (match["label"] or match["words"]).strip().casefold()
        if label in targets:
            yield from _image(_Image(match.start(), match["words"], targets[label]))


def _image(image: _Image) -> Iterator[Finding]:
    if not image.words.strip() or _FILE_NAME.fullmatch(image.words.strip()):
        yield image.offset, "image-without-alt", {}
    if re.match(r"(?:https?:)?//", image.target.strip(), re.IGNORECASE):
        yield image.offset, "remote-image", {"url": image.target[:100]}


def _unsafe(offset: int, target: str) -> Iterator[Finding]:
    """A browser forgives entities, blanks and control characters inside a scheme, so they are taken out first."""
    plain = re.sub(r"[\x00-\x20\x7f-\xa0\\]", "", html.unescape(target)).lower()
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1] not in _SAFE_SCHEMES:
        yield offset, "unsafe-link", {"scheme": scheme[1]}


def _headings(text: str) -> Iterator[Finding]:
    for match in _TIGHT_HEADING.finditer(text):
        yield match.start(1), "heading-without-space", {"marks": match[1]}
    marked = [(match.start(1), len(match[1])) for match in _HEADING.finditer(text)]
    underlined = [(match.start(), 1 if match[1][0] == "=" else 2) for match in _UNDERLINED.finditer(text)]
    before = 1
    for offset, level in sorted(marked + underlined):
        if level == 1:
            yield offset, "level-one-heading", {}
        elif level > before + 1:
            yield offset, "heading-jump", {"before": str(before), "after": str(level)}
        before = level
