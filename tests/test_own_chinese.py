"""Our own Chinese keeps the rule that the program holds editors to: no half-width mark beside a Han character.

How the words are told from the code, by kind of file:

* content, starter content and settings: every text that `parse` finds, and every comment;
* Markdown: the text without its code;
* Python: comments, and strings that are not regular expressions; what an f-string fills in is opaque.
  An English sentence about Chinese words has English punctuation;
* TOML: every comment and every string; the examples of the catalogue are read as the content that they show,
  the good ones only;
* templates of HTML and SVG: comments and what is left without tags and expressions; text inside attributes as well;
* JavaScript, CSS, Typst: comments and strings; in Typst also the text between them.

`种类:编号` and `键: 值` name syntax, whose colon is a half-width one. Tests are not looked at: their strings
are wrong on purpose.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
import tomllib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.parse import parse
from generator.punctuation import slips, texts
from generator.source import SourceFile

ROOT = Path(__file__).parents[1]
OPAQUE = "\ue000"

_HAN = re.compile("[\u3400-\u9fff]")
_ENGLISH = re.compile(
    r"^\W*[A-Z][a-z]+,? [a-z]+|[a-z]; [a-z]|\b(?i:the|of|and|an?|in|to|as|with|without|is|are|every|where)\b"
)
_SYNTAX = re.compile(rf"(?<![\w])(?:[a-z]+|种类|键|{OPAQUE}): ?(?:编号|值)")
_YAML_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
_CODE = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`", re.DOTALL)
_STRINGS_OF_TYPST = re.compile(r"//[^\n]*|/\*.*?\*/|\"(?:[^\"\\\n]|\\.)*\"", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\$\{[^}]*\}", re.DOTALL)
_TAG = re.compile(r"<(?!!--)[^<>]*>")
_ATTRIBUTE = re.compile(r"\"([^\"<>]*)\"")


def of_content(text: str, path: str = "a.yml") -> Iterator[str]:
    document = parse(SourceFile(path, text.encode())).value
    if document is not None:
        yield from (words for _, words in texts(document))
    yield from _YAML_COMMENT.findall(text.partition("\n---\n")[0] if path.endswith(".md") else text)


def of_markdown(text: str) -> Iterator[str]:
    yield from of_content(text, "a.md") if text.startswith("---\n") else (text,)


def of_python(text: str) -> Iterator[str]:
    return (words for words in _words_of_python(text) if not _ENGLISH.search(words))


def _words_of_python(text: str) -> Iterator[str]:
    tree = ast.parse(text)
    patterns = {
        inner
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        for argument in (*node.args, *node.keywords)
        if ast.unparse(node.func).startswith("re.") or getattr(argument, "arg", None) == "pattern"
        for inner in ast.walk(argument)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node not in patterns:
            patterns.update(node.values)
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else OPAQUE for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in patterns:
            yield node.value
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.string


def of_toml(text: str) -> Iterator[str]:
    open_values: list[Any] = [tomllib.loads(text)]
    while open_values:
        value = open_values.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, dict):
            open_values.extend(inner for key, inner in value.items() if key not in ("bad", "good"))
            yield from of_content(str(value.get("good", "")))
        elif isinstance(value, list):
            open_values.extend(value)
    yield from _YAML_COMMENT.findall(text)


def of_template(text: str) -> Iterator[str]:
    bare = _EXPRESSION.sub(lambda match: OPAQUE * len(match[0]), text)
    yield _TAG.sub(OPAQUE, bare)
    for tag in _TAG.findall(bare):
        yield from _ATTRIBUTE.findall(tag)
    for expression in _EXPRESSION.findall(text):
        yield from of_code(expression[2:-2])


def of_code(text: str) -> Iterator[str]:
    yield from (_unquoted(_EXPRESSION.sub(OPAQUE, words)) for words in _CODE.findall(text))


def _unquoted(words: str) -> str:
    return words[1:-1] if words[0] in "\"'`" else words


def of_typst(text: str) -> Iterator[str]:
    yield from (_unquoted(words) for words in _STRINGS_OF_TYPST.findall(text))
    # A function's arguments follow its name or its content at once: `#strong[甲](乙)` is code, not text.
    yield re.sub(r"(?<=\])\(|#[\w.-]+\(", OPAQUE, _STRINGS_OF_TYPST.sub(OPAQUE, text))


WORDS: Mapping[str, Callable[[str], Iterator[str]]] = {
    ".yml": of_content,
    ".md": of_markdown,
    ".py": of_python,
    ".toml": of_toml,
    ".html": of_template,
    ".svg": of_template,
    ".xml": of_template,
    ".js": of_code,
    ".css": of_code,
    ".typ": of_typst,
}


def own_files() -> Iterator[Path]:
    yield from (ROOT / "site_config.yml", ROOT / "CHANGELOG.md", *ROOT.glob("README*.md"), *ROOT.glob("CONTRIBUTING*"))
    for folder in ("content", "stories", "policies", "generator", "docs", "tools"):
        yield from (path for path in (ROOT / folder).rglob("*") if path.suffix in WORDS and path.is_file())


# The reference repeats the bad examples of the catalogue; `reference --check` holds it to its source.
GENERATED = ("docs/reference/",)
FILES = [
    name
    for name in sorted(path.relative_to(ROOT).as_posix() for path in own_files() if path.exists())
    if not name.startswith(GENERATED)
]


@pytest.mark.parametrize("name", FILES)
def test_no_half_width_mark_stands_beside_a_han_character(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    found = [
        words[max(0, slip.offset - 12) : slip.offset + 12]
        for words in WORDS[Path(name).suffix](text)
        if _HAN.search(words)
        for slip in slips(_SYNTAX.sub(lambda match: OPAQUE * len(match[0]), words))
    ]
    assert not found


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (of_content, "# 甲,乙\na: b\n"),
        (of_content, "a: 甲,乙\n"),
        (of_markdown, "甲,乙"),
        (of_markdown, "---\ntitle: 甲,乙\n---\n"),
        (of_python, "# 甲,乙\n"),
        (of_python, 'a = "甲,乙"\n'),
        (of_python, 'a = f"甲{b},乙"\n'),
        (of_toml, 'a.zh = "甲,乙"\n'),
        (of_toml, "# 甲,乙\n"),
        (of_template, "<p>甲,乙</p>"),
        (of_template, '<p title="甲,乙">{{ a }}</p>'),
        (of_template, "<p>{{ t('甲,乙') }}</p>"),
        (of_template, "<!-- 甲,乙 -->"),
        (of_code, "let a = `甲,${b}`"),
        (of_code, "// 甲,乙"),
        (of_code, "/* 甲,乙 */"),
        (of_typst, "#let a = [甲,乙]"),
        (of_typst, '#let a = "甲,乙"'),
    ],
)
def test_slips_are_seen(words: Callable[[str], Iterator[str]], text: str) -> None:
    assert any(slips(found) for found in words(text))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (of_python, 'import re\na = re.compile("甲,乙|(丙)")\n'),
        (of_python, 'a = {"甲": 1, "乙": 2}\n'),
        (of_python, '"""Without 年, 月 or 日: the year."""\n'),
        (of_python, 'a = Field(pattern="[甲(),]")\n'),
        (of_toml, 'bad = "甲,乙"\ngood = "甲，乙"\n'),
        (of_template, '<p class="a">甲</p>{{ f(甲, 乙) }}'),
        (of_code, 'let a = ["甲", "乙"]'),
        (of_typst, '#f("甲", "乙")\n#strong[甲](1)'),
    ],
)
def test_code_is_no_slip(words: Callable[[str], Iterator[str]], text: str) -> None:
    assert not any(slips(found) for found in words(text))
