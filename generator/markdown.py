"""Prose of records to HTML: CommonMark through comrak, references resolved, terms explained at first mention.

The only importer of comrak. Its wheel is young, its Rust core is not; markdown-it-py renders the same
prose for print, and a test keeps the two in agreement.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

import comrak

from generator import inline
from generator.derive import Derived
from generator.images.renditions import renditions
from generator.library import Key
from generator.photographs import shown

Href = Callable[[str], str]
"""From a root-relative address to one that works on the page being written."""

_IMAGE = re.compile(r'<img src="(?P<src>[^"]*)" alt="(?P<alt>[^"]*)"[^>]*>')
_IMAGE_ALONE = re.compile(rf"<p>{_IMAGE.pattern}</p>")
_SIZES = "(min-width: 60em) 40em, 100vw"
_TAG = re.compile(r"(<[^>]+>)")
_ALERT_TITLE = re.compile(r'(?<=<p class="markdown-alert-title">)(?:Note|Tip|Important|Warning|Caution)(?=</p>)')
_ALERT_TITLES: Mapping[str, str] = {
    "Note": "说明",
    "Tip": "提示",
    "Important": "重要",
    "Warning": "警告",
    "Caution": "小心",
}
_NO_TERMS_IN = frozenset({"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"})


def _extensions() -> comrak.ExtensionOptions:
    options = comrak.ExtensionOptions()
    options.table = True
    options.footnotes = True
    options.tasklist = True
    options.alerts = True
    options.strikethrough = True
    # Without it 说**“……。”**然后 is not bold: CommonMark's flanking rules know no Chinese.
    options.cjk_friendly_emphasis = True
    return options


_EXTENSIONS = _extensions()


def to_html(text: str, derived: Derived, href: Href) -> str:
    """The HTML of a prose field. Raw HTML in it is dropped; `check` has reported it."""

    def link(found: inline.InlineReference) -> str:
        card = derived.cards.get(Key(found.target))
        if card is None:
            return inline.escape_markdown(found.words or found.id)
        words = derived.figure_texts[found.id] if found.number else found.words or card.title
        return f"[{inline.escape_markdown(words)}](<{href(card.url)}>)"

    rendered = _rendered(inline.expand(text, link))
    if "<img" not in rendered:
        return rendered
    alone = _IMAGE_ALONE.sub(lambda match: _figure(match, derived, href), rendered)
    return _IMAGE.sub(lambda match: _picture(match, derived, href), alone)


def to_text(text: str, derived: Derived) -> str:
    """The words of a prose field without markup, for descriptions, feeds and search."""

    def words(found: inline.InlineReference) -> str:
        card = derived.cards.get(Key(found.target))
        if found.number:
            return derived.figure_texts.get(found.id, found.id)
        return found.words or (card.title if card else found.id)

    rendered = _rendered(inline.expand(text, words))
    return html.unescape(re.sub(r"\s*\n\s*", "", _TAG.sub("", rendered)))


def _rendered(text: str) -> str:
    """comrak's HTML with the words of its own, which are English, in Chinese."""
    made = comrak.render_markdown(text, extension_options=_EXTENSIONS)
    if "data-footnote-backref" in made:
        made = made.replace('aria-label="Back to reference ', 'aria-label="返回引用')
    if "markdown-alert" in made:
        made = _ALERT_TITLE.sub(lambda match: _ALERT_TITLES[match[0]], made)
    return made


def mark_terms(rendered: str, terms: Mapping[str, str], pattern: re.Pattern[str] | None) -> str:
    """`rendered` with the first mention of each term wrapped by `terms[word]`'s opening tag and `</a>`.

    Words inside links, code and headings are left alone.
    """
    if pattern is None:
        return rendered
    waiting = dict(terms)
    closed_to: list[str] = []
    parts = _TAG.split(rendered)
    for position, part in enumerate(parts):
        if part.startswith("<"):
            _follow(part, closed_to)
        elif not closed_to and part.strip():
            parts[position] = pattern.sub(lambda match: _marked(match[0], waiting), part)
    return "".join(parts)


def term_pattern(words: Mapping[str, str]) -> re.Pattern[str] | None:
    """Matches any of the terms, longest first; None when there are none."""
    if not words:
        return None
    return re.compile("|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))))


def _figure(match: re.Match[str], derived: Derived, href: Href) -> str:
    """A photograph that is a paragraph of its own, with its caption and credit."""
    file = shown(derived.library, unquote(match["src"]))
    if file is None or file.credit is None:
        return ""
    caption = " ".join(filter(None, (file.credit.caption, f"摄影：{file.credit.credit}")))
    return (
        f'<figure class="photo">{_picture(match, derived, href)}'
        f"<figcaption>{html.escape(caption)}</figcaption></figure>"
    )


def _picture(match: re.Match[str], derived: Derived, href: Href) -> str:
    """The photograph in its widths and formats; nothing where it cannot be shown, for `check` has said why."""
    file = shown(derived.library, unquote(match["src"]))
    if file is None or file.info is None:
        return ""
    picture = renditions(file.info)
    fallback = picture.fallback
    root = href(fallback.path).removesuffix(fallback.path)
    return (
        f'<picture><source type="image/webp" srcset="{picture.srcset("webp", root)}" sizes="{_SIZES}">'
        f'<img src="{root}{fallback.path}" srcset="{picture.srcset("jpeg", root)}" sizes="{_SIZES}"'
        f' width="{fallback.width_px}" height="{fallback.height_px}" alt="{match["alt"]}"'
        ' loading="lazy" decoding="async"></picture>'
    )


def _follow(tag: str, closed_to: list[str]) -> None:
    """Keep the stack of elements in which no term may be marked."""
    name = re.match(r"</?([a-zA-Z0-9]+)", tag)
    if name is None or name[1].lower() not in _NO_TERMS_IN or tag.endswith("/>"):
        return
    if tag.startswith("</"):
        if closed_to:
            closed_to.pop()
    else:
        closed_to.append(name[1].lower())


def _marked(word: str, waiting: dict[str, str]) -> str:
    opening = waiting.pop(word, None)
    return f"{opening}{word}</a>" if opening else word
