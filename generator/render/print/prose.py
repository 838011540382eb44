"""CommonMark to a tree of plain JSON values that the templates set; never to generated markup.

Blocks: `p h item quote alert table code rule`; inline nodes: strings and `strong em strike break note ref link name`.
References must have been written as links with the scheme `record:` beforehand (see `words.py`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter, Scanned
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

Node = dict[str, Any]
Inline = str | Node
Setter = Callable[[str], list[Inline]]
"""Makes inline nodes of a run of plain text."""
Linker = Callable[[str, list[Inline]], Inline]
"""Makes the node of a link from its address and its words."""

RECORD_SCHEME = "record:"

_ALERTS = {
    "[!NOTE]": "说明",
    "[!TIP]": "提示",
    "[!IMPORTANT]": "重要",
    "[!WARNING]": "警告",
    "[!CAUTION]": "小心",
}
_TASK = re.compile(r"\[([ xX])\]\s+")


def blocks(text: str, *, set_text: Setter, set_link: Linker) -> list[Node]:
    """The blocks of a prose text, its footnotes as a numbered list at the end."""
    return _Reader(set_text, set_link).blocks(iter(_markdown().parse(text)))


class _Reader:
    """Turns markdown-it's flat token stream into nested nodes."""

    def __init__(self, set_text: Setter, set_link: Linker) -> None:
        self.set_text = set_text
        self.set_link = set_link

    def blocks(self, tokens: Iterator[Token], until: str = "") -> list[Node]:
        """Blocks up to the token of type `until`, which is consumed."""
        found: list[Node] = []
        for token in tokens:
            if token.type == until:
                break
            found.extend(self._block(token, tokens))
        return found

    def _block(self, token: Token, tokens: Iterator[Token]) -> list[Node]:
        match token.type:
            case "paragraph_open":
                return [{"t": "p", "c": self._content(tokens, "paragraph_close")}]
            case "heading_open":
                return [{"t": "h", "c": self._content(tokens, "heading_close")}]
            case "bullet_list_open":
                return self._list(tokens, "bullet_list_close", None)
            case "ordered_list_open":
                return self._list(tokens, "ordered_list_close", int(token.attrGet("start") or 1))
            case "blockquote_open":
                return [_as_alert(self.blocks(tokens, "blockquote_close"))]
            case "table_open":
                return [self._table(tokens)]
            case "fence" | "code_block":
                return [{"t": "code", "s": token.content.rstrip("\n")}]
            case "hr":
                return [{"t": "rule"}]
            case "footnote_block_open":
                return [node for part in self._footnotes(tokens) for node in part]
            case _:
                return []

    def _content(self, tokens: Iterator[Token], until: str) -> list[Inline]:
        found: list[Inline] = []
        for token in tokens:
            if token.type == until:
                break
            if token.type == "inline":
                found.extend(self._inline(iter(token.children or ())))
        return found

    def _list(self, tokens: Iterator[Token], until: str, start: int | None) -> list[Node]:
        """Items one after another, so that a column may end between two of them; numbered from `start` unless None."""
        found: list[Node] = []
        for token in tokens:
            if token.type == until:
                break
            if token.type == "list_item_open":
                found.extend(_as_item(self.blocks(tokens, "list_item_close"), "" if start is None else f"{start}."))
                start = None if start is None else start + 1
        return found

    def _footnotes(self, tokens: Iterator[Token]) -> list[list[Node]]:
        items: list[list[Node]] = []
        for token in tokens:
            if token.type == "footnote_block_close":
                break
            if token.type == "footnote_open":
                items.append(_as_item(self.blocks(tokens, "footnote_close"), f"{len(items) + 1}."))
        return items

    def _table(self, tokens: Iterator[Token]) -> Node:
        rows: list[list[list[Inline]]] = []
        for token in tokens:
            if token.type == "table_close":
                break
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(self._content(tokens, token.type.replace("open", "close")))
        return {"t": "table", "head": rows[0], "rows": rows[1:]}

    def _inline(self, tokens: Iterator[Token], until: str = "") -> list[Inline]:
        found: list[Inline] = []
        for token in tokens:
            if token.type == until:
                break
            match token.type:
                case "text" | "text_special" | "code_inline":
                    found.extend(self.set_text(token.content))
                case "strong_open" | "em_open" | "s_open":
                    name = token.type.removesuffix("_open")
                    kind = {"s": "strike"}.get(name, name)
                    found.append({"t": kind, "c": self._inline(tokens, f"{name}_close")})
                case "link_open":
                    words = self._inline(tokens, "link_close")
                    found.append(self.set_link(str(token.attrGet("href")), words))
                case "hardbreak":
                    found.append({"t": "break"})
                case "footnote_ref":
                    found.append({"t": "note", "n": token.meta["id"] + 1})
        return found


def _as_alert(parts: list[Node]) -> Node:
    """A block quote, or an alert where its first line says which."""
    first = parts[0]["c"] if parts and parts[0]["t"] == "p" else []
    label = _ALERTS.get(first[0].strip().upper()) if first and isinstance(first[0], str) else None
    if label is None:
        return {"t": "quote", "c": parts}
    own = [{**parts[0], "c": first[1:]}] if first[1:] else []
    return {"t": "alert", "label": label, "c": [*own, *parts[1:]]}


def _as_item(parts: list[Node], sign: str) -> list[Node]:
    """The paragraphs of one list item, its sign before the first; an empty sign is a bullet, `[ ]` and `[x]` a box."""
    found: list[Node] = []
    if parts and parts[0]["t"] == "p":
        box, words = _task(parts[0]["c"])
        sign = box or sign
        parts = [{**parts[0], "c": words}, *parts[1:]]
    for part in parts:
        if part["t"] == "p":
            found.append({"t": "item", "sign": None if found else sign, "depth": 0, "c": part["c"]})
        elif part["t"] == "item":
            found.append({**part, "depth": part["depth"] + 1})
        else:
            found.append(part)
    return found


def _task(words: list[Inline]) -> tuple[str | None, list[Inline]]:
    """The box that a task begins with, and the rest."""
    found = _TASK.match(words[0]) if words and isinstance(words[0], str) else None
    if found is None:
        return None, words
    rest = found.string[found.end() :]
    return ("[ ]" if found[1] == " " else "[x]"), [*([rest] if rest else []), *words[1:]]


@cache
def _markdown() -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.use(footnote_plugin)
    markdown.inline.ruler.at("emphasis", _emphasis)
    return markdown


def _emphasis(state: StateInline, silent: bool) -> bool:
    """CommonMark's rule, but with flanking that knows Chinese: 说**“……。”**然后 is bold."""
    marker = state.src[state.pos]
    if silent or marker not in "_*":
        return False
    scanned = _scan(state, marker)
    for _ in range(scanned.length):
        token = state.push("text", "", 0)
        token.content = marker
        state.delimiters.append(
            Delimiter(ord(marker), scanned.length, len(state.tokens) - 1, -1, scanned.can_open, scanned.can_close)
        )
    state.pos += scanned.length
    return True


def _scan(state: StateInline, marker: str) -> Scanned:
    """A run of asterisks beside a Chinese character opens and closes as one beside a space does."""
    plain = state.scanDelims(state.pos, marker == "*")
    if marker == "_":
        return plain
    end = state.pos + plain.length
    before = state.src[state.pos - 1 : state.pos] or " "
    after = state.src[end : end + 1] or " "
    opens = plain.can_open or (not after.isspace() and _is_chinese(before, after))
    closes = plain.can_close or (not before.isspace() and _is_chinese(before, after))
    return Scanned(opens, closes, plain.length)


def _is_chinese(*characters: str) -> bool:
    return any(
        "\u2e80" <= char <= "\u9fff" or "\uff00" <= char <= "\uffef" or char >= "\U00020000" for char in characters
    )


def plain(nodes: Sequence[Inline]) -> str:
    """The words of inline nodes, without marks."""
    return "".join(node if isinstance(node, str) else node.get("s", "") or plain(node.get("c", ())) for node in nodes)
