"""Prose of records to HTML: CommonMark through comrak, references resolved, terms explained at first mention.

The only importer of comrak. Its wheel is young, its Rust core is not; markdown-it-py renders the same
prose for print, and a test keeps the two in agreement.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Mapping
from typing import Protocol
from urllib.parse import unquote

import comrak
from ahocorasick_rs import AhoCorasick, MatchKind

from generator import inline
from generator.derive.cards import Card
from generator.derive.views import Photograph
from generator.images.renditions import renditions

Href = Callable[[str], str]
"""From a root-relative address to one that works on the page being written."""


class Names(Protocol):
    """What references in a text lead to."""

    def card(self, key: str) -> Card | None: ...
    def figure_text(self, figure_id: str) -> str | None: ...
    def photograph(self, name: str | None) -> Photograph | None: ...


_IMAGE = re.compile(r'<img src="(?P<src>[^"]*)" alt="(?P<alt>[^"]*)"[^>]*>')
_IMAGE_ALONE = re.compile(rf"<p>{_IMAGE.pattern}</p>")
_HEADING = re.compile(r"<(h[2-6])>(?=(.*?)</h)")
_SIZES = "(min-width: 60em) 40em, 100vw"
_TAG = re.compile(r"(<[^>]+>)")
_PERHAPS_MARKUP = re.compile(r"[\\`*_\[\]<>~|&{\x00-\x1f]|^[\s#+=-]|^\d+[.)]|\s$")
"""Where it finds nothing, Markdown leaves a text as it is; most summaries are such."""
_ALERT_TITLE = re.compile(r'(?<=<p class="markdown-alert-title">)(?:Note|Tip|Important|Warning|Caution)(?=</p>)')
_ALERT_TITLES: Mapping[str, str] = {
    "Note": "说明",
    "Tip": "提示",
    "Important": "重要",
    "Warning": "警告",
    "Caution": "小心",
}
_CLOSED_TO_TERMS = ("a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6")
"""Elements in which no term is marked."""
_OPENING_TAGS = tuple(f"<{name}{end}" for name in _CLOSED_TO_TERMS for end in " >")
_CLOSING_TAGS = tuple(f"</{name}>" for name in _CLOSED_TO_TERMS)
_BRACKET = re.compile(r"[<>]")


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


def to_html(text: str, names: Names, href: Href) -> str:
    """The HTML of a prose field. Raw HTML in it is dropped; `check` has reported it."""

    def link(found: inline.InlineReference) -> str:
        card = names.card(found.target)
        if card is None:
            return inline.escape_markdown(found.words or found.id)
        words = (names.figure_text(found.id) or found.id) if found.number else found.words or card.title
        return f"[{inline.escape_markdown(words)}](<{href(card.url)}>)"

    rendered = _rendered(inline.expand(text, link))
    if "!" not in text or "<img" not in rendered:
        return rendered
    alone = _IMAGE_ALONE.sub(lambda match: _figure(match, names, href), rendered)
    return _IMAGE.sub(lambda match: _picture(match, names, href), alone)


def to_text(text: str, names: Names) -> str:
    """The words of a prose field without markup, for descriptions, feeds and search."""
    if not _PERHAPS_MARKUP.search(text):
        return text

    def words(found: inline.InlineReference) -> str:
        if found.number:
            return names.figure_text(found.id) or found.id
        card = names.card(found.target)
        return found.words or (card.title if card else found.id)

    rendered = _rendered(inline.expand(text, words))
    return html.unescape(re.sub(r"\s*\n\s*", "", _TAG.sub("", rendered)))


def own_pages(text: str) -> str:
    """The HTML of a page that the program writes itself: every heading has its words as its name."""
    uses: Counter[str] = Counter()

    def named(match: re.Match[str]) -> str:
        name = "-".join(_TAG.sub("", match[2]).split())
        uses[name] += 1
        return f'<{match[1]} id="{name if uses[name] == 1 else f"{name}_{uses[name] - 1}"}">'

    return _HEADING.sub(named, _rendered(text))


def _rendered(text: str) -> str:
    """comrak's HTML with the words of its own, which are English, in Chinese."""
    made = comrak.render_markdown(text, extension_options=_EXTENSIONS)
    # A character is found in no time, and most texts have neither.
    if "^" in text and "data-footnote-backref" in made:
        made = made.replace('aria-label="Back to reference ', 'aria-label="返回引用')
    if "!" in text and "markdown-alert" in made:
        made = _ALERT_TITLE.sub(lambda match: _ALERT_TITLES[match[0]], made)
    return made


class Terms:
    """The terms of a site, found in any text in one pass, however many there are.

    At every place the longest term that begins there, from left to right, none overlapping another; words inside
    links, code and headings are left alone.
    """

    def __init__(self, urls: Mapping[str, str]) -> None:
        """`urls`: the address of each word's explanation."""
        self.urls = urls
        self.at = {url: word for word, url in urls.items()}
        """The word that each address explains."""
        # A text has its angle brackets escaped: what contains one could only be found across a tag.
        self._words = [word for word in urls if not _BRACKET.search(word)]
        found_too = (*_OPENING_TAGS, *_CLOSING_TAGS)
        self._search = AhoCorasick((*self._words, *found_too), MatchKind.LeftmostLongest).find_matches_as_indexes

    def mark(self, rendered: str, opening: Callable[[str], str], known: set[str]) -> str:
        """`rendered` with the first mention of each term linked; `opening` gives the tag before a word.

        Words in `known` are left as they are; those that were linked are added to it.
        """
        words, opening_tags = self._words, len(self._words)
        closing_tags = opening_tags + len(_OPENING_TAGS)
        parts: list[str] = []
        position = depth = 0
        for index, start, end in self._search(rendered):
            if index < opening_tags:
                if not depth and (word := words[index]) not in known and not _is_in_tag(rendered, start):
                    parts += (rendered[position:start], opening(word), word, "</a>")
                    position = end
                    known.add(word)
            elif index < closing_tags:
                depth += 1
            elif depth:
                depth -= 1
        return "".join((*parts, rendered[position:])) if parts else rendered


def _is_in_tag(rendered: str, position: int) -> bool:
    return rendered.rfind("<", 0, position) > rendered.rfind(">", 0, position)


def _figure(match: re.Match[str], names: Names, href: Href) -> str:
    """A photograph that is a paragraph of its own, with its caption and credit."""
    photograph = names.photograph(unquote(match["src"]))
    if photograph is None:
        return ""
    caption = " ".join(filter(None, (photograph.caption, f"摄影：{photograph.credit}")))
    return (
        f'<figure class="photo">{_picture(match, names, href)}<figcaption>{html.escape(caption)}</figcaption></figure>'
    )


def _picture(match: re.Match[str], names: Names, href: Href) -> str:
    """The photograph in its widths and formats; nothing where it cannot be shown, for `check` has said why."""
    photograph = names.photograph(unquote(match["src"]))
    if photograph is None:
        return ""
    picture = renditions(photograph.info)
    fallback = picture.fallback
    root = href(fallback.path).removesuffix(fallback.path)
    return (
        f'<picture><source type="image/webp" srcset="{picture.srcset("webp", root)}" sizes="{_SIZES}">'
        f'<img src="{root}{fallback.path}" srcset="{picture.srcset("jpeg", root)}" sizes="{_SIZES}"'
        f' width="{fallback.width_px}" height="{fallback.height_px}" alt="{match["alt"]}"'
        ' loading="lazy" decoding="async"></picture>'
    )
