"""Free pages: Markdown with Material's extensions, sanitised."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import markdown
import nh3

# No snippets (they read files) and no emoji (they are fetched from elsewhere).
_EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "pymdownx.betterem",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
_BLOCK_TITLE = re.compile(
    r'(?<=<p class="admonition-title">)[A-Z][a-z]+(?=</p>)|(?<=<summary>)[A-Z][a-z]+(?=</summary>)'
)
_BLOCK_TITLES: Mapping[str, str] = {
    "Note": "说明",
    "Info": "说明",
    "Tip": "提示",
    "Important": "重要",
    "Warning": "警告",
    "Danger": "警告",
    "Caution": "小心",
    "Success": "完成",
    "Question": "问答",
    "Example": "例子",
    "Quote": "引文",
    "Abstract": "摘要",
    "Failure": "失败",
    "Bug": "缺陷",
}
"""What a block is called that has no title of its own: Python-Markdown takes the English name of its sort."""
_FIRST_LEVEL = re.compile(r"^# ", re.MULTILINE)
_HEADINGS = {f"h{level}" for level in range(2, 7)}
_TAGS = _HEADINGS | {
    "a", "abbr", "aside", "b", "blockquote", "br", "caption", "code", "dd", "del", "details", "div", "dl", "dt", "em",
    "figcaption", "figure", "hr", "i", "img", "input", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "rp", "rt",
    "ruby", "s", "small", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "u", "ul", "section",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"class", "id", "title", "lang"},
    "a": {"href"},
    "details": {"open"},
    "img": {"src", "alt", "width", "height", "loading"},
    "input": {"type", "checked", "disabled"},
    "li": {"value"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}


def render_free_page(text: str) -> str:
    """Safe HTML of `text`; headings begin at the second level, because the page's title is the first."""
    top = 2 if _FIRST_LEVEL.search(text) else 1
    made = _converter(top).reset().convert(text)
    return _cleaner().clean(_BLOCK_TITLE.sub(lambda match: _BLOCK_TITLES.get(match[0], match[0]), made))


@cache
def _converter(top: int) -> markdown.Markdown:
    return markdown.Markdown(
        extensions=[*_EXTENSIONS, "toc"],
        extension_configs={
            "footnotes": {"BACKLINK_TITLE": "返回引用{}"},
            "toc": {"baselevel": top, "slugify": _slug},
            "pymdownx.superfences": {"disable_indented_code_blocks": True},
        },
        output_format="html",
    )


def _slug(heading: str, separator: str) -> str:
    return separator.join(heading.split())


@cache
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel"},
        link_rel="noopener",
    )
