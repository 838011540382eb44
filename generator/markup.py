"""Markdown that a record must not contain: HTML, links that run programs, pictures of others, headings out of order.

It is found in the text itself, before any renderer sees it, and in time proportional to its length:
some renderers need minutes for a few thousand brackets.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
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
_TARGET = re.compile(r"\]\(\s*(?P<target><[^<>\n]*>|[^\s()]*)")
_DEFINITION = re.compile(r"^[ >]*\[(?P<label>[^\[\]\n^][^\[\]\n]*)\]:\s*(?P<target><[^<>\n]*>|\S*)", re.MULTILINE)
_IMAGE_BY_LABEL = re.compile(r"!\[(?P<words>[^\[\]]*)\](?:\[(?P<label>[^\[\]]*)\])?(?!\()")
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}):[^\s<>]*>")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):")
# A pattern that begins with a line end itself is tried at line ends only; one with "^" is tried at every character.
_NUMBER_SIGNS = re.compile(r"\n {0,3}(?P<marks>#+)(?P<next>.?)")
_UNDERLINE = re.compile(r"\n {0,3}(?=[=-])(?:=+|-+)[ \t]*$", re.MULTILINE)
_UNDERLINED = re.compile(r"^ {0,3}(?![-*+>#|] |\s)[^\n]+\n {0,3}(=+|-+)[ \t]*$", re.MULTILINE)
_CONTAINERS = re.compile(r"(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+")
_DEEP = re.compile(rf"\n(?:\s{{{6 * DEPTH_LIMIT}}}|{_CONTAINERS.pattern[:-1]}{{{DEPTH_LIMIT}}})")
_SIGNS = (b"`", b"~", b"<", b"=", b"\t", b"\r", b" " * 6 * DEPTH_LIMIT)
_ODD_LINE = re.compile(
    # Nearly all lines are done with at their first character.
    rb"\n(?=[ #>*+\[0-9-]) *(?:#(?!# )|-+ *(?:\n|\Z)|[> ]*\[(?!\[)|(?:(?:>|[-*+] |[0-9]{1,9}[.)] ) *){2})"
)
"""A heading but of the second level, a line of dashes, the name of a link, one container inside another."""
_NO_BRACKETS = {pair: bytes(code for code in range(256) if code not in pair) for pair in (b"[]", b"()")}
_BLOCK_START = re.compile(r"\s*(?:$|[-*+] |\d{1,9}[.)] |\||#{1,6} |>\s*$)")
_FILE_NAME = re.compile(r"[\w.-]+\.(?:jpe?g|png|webp|gif|svg)|(?:img|dsc|image)[_-]?\d+", re.IGNORECASE)
_SAFE_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def is_plain(signs: bytes) -> bool:
    """Whether Markdown certainly has no problem; most has none, and what this tells takes a third of the time.

    It is given with a line end before each of its texts, and with a question mark for whatever is not ASCII.
    """
    if len(signs) * 4 > PAGE_LIMIT_BYTES or any(sign in signs for sign in _SIGNS) or _ODD_LINE.search(signs):
        return False
    if signs.count(b"[") > BRACKET_LIMIT or (b"(" in signs and b"](" in signs):
        return False
    return not any(signs.count(pair[:1]) > OPEN_LIMIT and _is_nested(signs, pair) for pair in _NO_BRACKETS)


def markdown_problems(text: str) -> tuple[Finding, ...]:
    """What is wrong with the Markdown of a record, by offset.

    Reports `raw-html`, `html-comment`, `unsafe-link`, `remote-image`, `image-without-alt`, `level-one-heading`,
    `heading-jump`, `heading-without-space`, and what `flood_problems` does.
    """
    masked = without_code(text)
    floods = _flood_problems(text, masked)
    if floods:
        return floods
    found = (*islice(_tags(masked), MOST), *islice(_links(masked), MOST), *islice(_headings(masked), MOST))
    return tuple(sorted(found, key=lambda finding: finding[:2]))


def flood_problems(text: str) -> tuple[Finding, ...]:
    """What would keep a renderer busy for minutes, free pages' Markdown included; then nothing else is looked for.

    Reports `too-many-brackets`, `too-deep`, `too-large`.
    """
    return _flood_problems(text, without_code(text))


def _flood_problems(text: str, masked: str) -> tuple[Finding, ...]:
    size = len(text.encode()) if len(text) * 4 > PAGE_LIMIT_BYTES else 0
    if size > PAGE_LIMIT_BYTES:
        return ((0, "too-large", {"size": megabytes(size), "limit": megabytes(PAGE_LIMIT_BYTES)}),)
    return () if _is_calm(masked) else tuple(_floods(masked))


def _is_calm(text: str) -> bool:
    """Whether there certainly is no flood, as in nearly every text; looked for without telling paragraphs apart."""
    if text.count("[") > BRACKET_LIMIT or "\r" in text or _DEEP.search(f"\n{text}"):
        return False
    signs = text.encode("ascii", "replace")
    return not any(signs.count(pair[:1]) > OPEN_LIMIT and _is_nested(signs, pair) for pair in _NO_BRACKETS)


def _is_nested(signs: bytes, pair: bytes) -> bool:
    """Whether more than the allowed number of brackets may be open at the same time."""
    brackets = signs.translate(None, _NO_BRACKETS[pair])
    for _ in range(OPEN_LIMIT):
        # Each time the innermost ones go, so that every nest loses a level.
        if pair not in brackets:
            break
        brackets = brackets.replace(pair, b"")
    return pair[:1] in brackets


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
    if "<" not in text:
        return
    for match in _TAG.finditer(text):
        if match[1]:
            yield match.start(), "html-comment", {}
        elif not _AUTOLINK.match(text, match.start()):
            yield match.start(), "raw-html", {"tag": f"{match[0]}>"}
    for match in _AUTOLINK.finditer(text):
        yield from _unsafe(match.start(), match[0][1:-1])


class _Link(NamedTuple):
    offset: int
    words: str | None
    """Those of a picture."""
    target: str


def _links(text: str) -> Iterator[Finding]:
    if "]" not in text:
        return
    definitions = tuple(_DEFINITION.finditer(text)) if "]:" in text else ()
    for match in definitions:
        yield from _unsafe(match.start(), match["target"].strip("<>"))
    for image in _targets(text):
        yield from _unsafe(image.offset, image.target)
        if image.words is not None:
            yield from _image(image.offset, image.words, image.target)
    if definitions:
        yield from _images_by_label(text, definitions)


def _images_by_label(text: str, definitions: Iterable[re.Match[str]]) -> Iterator[Finding]:
    targets = {match["label"].strip().casefold(): match["target"].strip("<>") for match in definitions}
    for match in _IMAGE_BY_LABEL.finditer(text):
        label = (match["label"] or match["words"]).strip().casefold()
        if label in targets:
            yield from _image(match.start(), match["words"], targets[label])


def _targets(text: str) -> Iterator[_Link]:
    """Every link and picture that names its target right behind its words."""
    end = 0
    for match in _TARGET.finditer(text):
        opened = text.rfind("[", end, match.start())
        has_words = opened >= 0 and text.find("]", opened, match.start()) < 0
        start = opened if has_words else match.start()
        is_image = start > end and text[start - 1] == "!"
        words = text[opened + 1 : match.start()] if has_words and is_image else None
        yield _Link(start - is_image, words, match["target"].strip("<>"))
        end = match.end()


def _image(offset: int, words: str, target: str) -> Iterator[Finding]:
    if not words.strip() or _FILE_NAME.fullmatch(words.strip()):
        yield offset, "image-without-alt", {}
    if re.match(r"(?:https?:)?//", target.strip(), re.IGNORECASE):
        yield offset, "remote-image", {"url": target[:100]}


def _unsafe(offset: int, target: str) -> Iterator[Finding]:
    """A browser forgives entities, blanks and control characters inside a scheme, so they are taken out first."""
    plain = re.sub(r"[\x00-\x20\x7f-\xa0\\]", "", html.unescape(target)).lower()
    scheme = _SCHEME.match(plain)
    if scheme and scheme[1] not in _SAFE_SCHEMES:
        yield offset, "unsafe-link", {"scheme": scheme[1]}


def _headings(text: str) -> Iterator[Finding]:
    marked = tuple(_number_signs(text)) if "#" in text else ()
    headings = []
    for offset, marks, following in marked:
        if following in " \t":
            headings.append((offset, len(marks)))
        elif len(marks) > 1 and not following.isspace():
            yield offset, "heading-without-space", {"marks": marks}
    before = 1
    for offset, level in sorted((*headings, *_underlined(text))):
        if level == 1:
            yield offset, "level-one-heading", {}
        elif level > before + 1:
            yield offset, "heading-jump", {"before": str(before), "after": str(level)}
        before = level


def _number_signs(text: str) -> Iterator[tuple[int, str, str]]:
    """Offset of each run of one to six number signs that begins a line, the run, and what follows it in the line."""
    for match in _NUMBER_SIGNS.finditer(f"\n{text}"):
        if len(match["marks"]) <= 6:
            yield match.start("marks") - 1, match["marks"], match["next"]


def _underlined(text: str) -> Iterator[tuple[int, int]]:
    """Offsets and levels of the headings with a line of dashes or equals signs below them."""
    if _UNDERLINE.search(text):
        for match in _UNDERLINED.finditer(text):
            yield match.start(), 1 if match[1][0] == "=" else 2
