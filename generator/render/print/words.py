"""Texts of records as the book sets them: references resolved, names kept whole, numbers kept with their units."""

from __future__ import annotations

import re
from collections.abc import Mapping

from generator import inline
from generator.derive import Derived
from generator.library import Key
from generator.model import Organization, Person, Place
from generator.render.print import prose
from generator.render.print.prose import Inline, Node
from generator.values import Value

WORD_JOINER = "\u2060"
"""No line break here, and no width."""
BREAK_POINT = "\u200b"
"""A line may end here, and no width."""

_BEFORE_UNIT = re.compile(r"(?<=[0-9%])(?=[\u4e00-\u9fff])|(?<=第)(?=[0-9])|(?<=[0-9])(?=[—～－/][0-9])")
_LONG_RUN = re.compile(r"[!-~]{21,}")
_LONGEST_PIECE = 14
_LONGEST_WHOLE_NAME = 4


class Words(Value, frozen=True):
    """Sets texts for one book."""

    derived: Derived
    labels: Mapping[Key, str]
    """Records that have a place of their own in the book, with the label of that place."""
    names: Mapping[str, Key]
    """Names that are kept on one line and entered in the index."""
    pattern: re.Pattern[str] | None

    def line(self, text: str) -> list[Inline]:
        """A text of one line: references resolved, no other markup."""
        nodes: list[Inline] = []
        position = 0
        for found in inline.references(text):
            nodes.extend(self.plain(text[position : found.offset]))
            nodes.append(self._reference(found.target, self.plain(self._shown(found))))
            position = found.offset + len(self._written(text, found.offset))
        return nodes + self.plain(text[position:])

    def blocks(self, text: str | None) -> list[Node]:
        """A prose text as blocks."""
        if text is None:
            return []
        linked = inline.expand(text, self._as_link)
        return prose.blocks(linked, set_text=self.plain, set_link=self._link)

    def plain(self, text: str) -> list[Inline]:
        """A run of text without markup."""
        if self.pattern is None:
            return [_keep_units(text)] if text else []
        nodes: list[Inline] = []
        position = 0
        for match in self.pattern.finditer(text):
            nodes.append(_keep_units(text[position : match.start()]))
            name = match["name"]
            whole = self.names[name].startswith("person:") and len(name) <= _LONGEST_WHOLE_NAME
            nodes.append({"t": "name", "s": match[0], "key": self.names[name], "whole": whole})
            position = match.end()
        nodes.append(_keep_units(text[position:]))
        return [node for node in nodes if node]

    def title(self, key: Key) -> str:
        """The title of a published record; the id of one that is not."""
        card = self.derived.cards.get(key)
        return card.title if card else key.partition(":")[2]

    def _shown(self, found: inline.InlineReference) -> str:
        if found.number:
            return self.derived.figure_texts.get(found.id, found.id)
        return found.words or self.title(Key(found.target))

    def _as_link(self, found: inline.InlineReference) -> str:
        words = inline.escape_markdown(self._shown(found))
        return words if found.number else f"[{words}]({prose.RECORD_SCHEME}{found.target})"

    def _link(self, address: str, words: list[Inline]) -> Inline:
        if address.startswith(prose.RECORD_SCHEME):
            return self._reference(address.removeprefix(prose.RECORD_SCHEME), words)
        return {"t": "link", "url": address, "c": words}

    def _reference(self, target: str, words: list[Inline]) -> Inline:
        return {"t": "ref", "key": target, "to": self.labels.get(Key(target)), "c": words}

    @staticmethod
    def _written(text: str, offset: int) -> str:
        closing = "]]" if text.startswith("[[", offset) else "}}"
        return text[offset : text.index(closing, offset) + 2]


def words_of(derived: Derived, labels: Mapping[Key, str]) -> Words:
    """The setter for a book in which the records of `labels` appear."""
    names: dict[str, Key] = {}
    for person in derived.published(Person):
        if len(person.shown_name) > 1:
            names.setdefault(person.shown_name, Key(f"person:{person.id}"))
    for model in (Place, Organization):
        for record in derived.published(model):
            names.setdefault(record.title, Key(f"{record.kind}:{record.id}"))
    return Words(derived, labels, names, _name_pattern(names))


def _name_pattern(names: Mapping[str, Key]) -> re.Pattern[str] | None:
    """Longest first. A colon or semicolon after a name stays with it: the box around the name would let it wrap."""
    if not names:
        return None
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(f"(?P<name>{'|'.join(map(re.escape, ordered))})[：；？！]?")


def _keep_units(text: str) -> str:
    return _BEFORE_UNIT.sub(WORD_JOINER, _LONG_RUN.sub(_breakable, text))


def _breakable(run: re.Match[str]) -> str:
    """An address or other long run without spaces, so that it can wrap in a narrow column."""
    pieces = re.findall(rf"[^/]{{1,{_LONGEST_PIECE}}}/?|/", run[0])
    return BREAK_POINT.join(pieces)
