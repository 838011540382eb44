"""The docs say what is so: commands, targets, links, and the examples that editors copy."""

from __future__ import annotations

import argparse
import re
import shlex
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from conftest import ROOT, TODAY
from PIL import Image

from generator.check import check_project
from generator.cli import _parser
from generator.diagnostics import Diagnostic
from generator.model import KINDS
from generator.punctuation import slips
from generator.report import as_text

READMES = ("README.md", "README.zh-CN.md")
GUIDE = "docs/editors-guide.md"
DOCS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
PAGES = (*READMES, "CHANGELOG.md", *(page for page in DOCS if not page.startswith("docs/reference/")))
"""Without the generated reference, which is full of bad examples and has `rongguang reference --check`."""

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_FILE = re.compile(r"^`([^`\n]+)`：\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL)
"""In the guide: the path of a file on a line of its own, then the file."""


@pytest.mark.parametrize("page", PAGES)
def test_relative_links_lead_to_files(page: str) -> None:
    prose = _FENCE.sub("", _text(page))
    for address in _LINK.findall(prose):
        if not re.match(r"[a-z]+:", address):
            path, _, anchor = address.partition("#")
            target = (ROOT / page).parent / path if path else ROOT / page
            assert target.exists(), f"{page} links to {address}"
            assert not anchor or anchor in _anchors(target.read_text("utf-8")), f"{page} links to {address}"


@pytest.mark.parametrize("page", PAGES)
def test_commands_shown_are_commands(page: str) -> None:
    for line in _shell_lines(_text(page)):
        match shlex.split(line):
            case ["rongguang", *arguments]:
                _parser().parse_args(arguments)
            case ["make", target]:
                assert target in _targets(), f"{page}: {line}"
            case _:
                pass


@pytest.mark.parametrize("page", PAGES)
def test_make_targets_named_exist(page: str) -> None:
    named = re.findall(r"`make ([a-z-]+)`", _text(page))
    assert set(named) <= _targets()


def test_every_make_target_is_explained() -> None:
    told = _text("docs/contributing.md")
    assert [target for target in sorted(_targets()) if f"`make {target}`" not in told] == []


def test_the_guide_has_every_command_and_option() -> None:
    told = _text(GUIDE)
    for name, command in _commands().items():
        row = next((line for line in told.splitlines() if line.startswith(f"| `rongguang {name}`")), None)
        assert row, f"{GUIDE} has no row for {name}"
        for option in _options(command) - _options(_parser()):
            common = option in {"-C", "--lang", "--today"}
            assert f"`{option}" in (told if common else row), f"{GUIDE} says nothing of {name} {option}"


def test_the_guide_has_every_kind() -> None:
    told = _text(GUIDE)
    assert [kind for kind in KINDS if f"| `{kind}` |" not in told] == []


@pytest.mark.parametrize("page", READMES)
def test_readme_names_both_commands_and_the_outputs(page: str) -> None:
    lines = list(_shell_lines(_text(page)))
    assert lines[:2] == ["make site", "make test"]
    assert (ROOT / "docs/images/home.png").stat().st_size < 300_000
    assert (ROOT / "docs/images/brochure.png").stat().st_size < 300_000


def test_the_guides_examples_pass_the_check(tmp_path: Path) -> None:
    """Whoever copies them begins with files that are right."""
    settings = "title: 试验站\ndescription: 只为试验。\nsample: true\n"
    files = {"site_config.yml": settings, **dict(_FILE.findall(_text(GUIDE)))}
    picture = BytesIO()
    Image.new("RGB", (8, 6)).save(picture, "JPEG")
    for path, text in files.items():
        _write(tmp_path / path, text.encode())
        if path.startswith("content/media/"):
            _write(tmp_path / path.removesuffix(".yml"), picture.getvalue())
    found = check_project(tmp_path, today=TODAY)
    assert {problem.code for problem in found} == {"source-unclear"}, as_text(found, "zh")


@pytest.mark.parametrize("page", READMES)
def test_the_tours_story_passes_and_its_slip_is_told_as_shown(page: str, tmp_path: Path) -> None:
    blocks = [text for language, text in _FENCE.findall(_text(page)) if language == "markdown"]
    shown = [text for language, text in _FENCE.findall(_text(page)) if language == "text"]
    story = "stories/huainan-visits.md"
    for name in ("content", "policies", "stories"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "site_config.yml", tmp_path)
    _write(tmp_path / story, blocks[0].encode())
    assert as_text(_about(story, tmp_path), "zh") == ""
    _write(tmp_path / story, blocks[0].replace("title: ", "title：").encode())
    assert as_text(_about(story, tmp_path), "zh") == shown[0].rstrip("\n")


def test_the_guides_message_is_what_the_program_says() -> None:
    (shown,) = (text for language, text in _FENCE.findall(_text(GUIDE)) if language == "text")
    readme = [text for language, text in _FENCE.findall(_text("README.zh-CN.md")) if language == "text"]
    assert shown.replace("huainan-di-weishan", "huainan-visits") == readme[0]


def test_the_changelog_has_an_unreleased_part() -> None:
    assert re.search(r"^## Unreleased", _text("CHANGELOG.md"), re.MULTILINE)


def test_every_module_has_its_line_in_the_architecture() -> None:
    package = ROOT / "generator"
    named = set(re.findall(r"^\| `([a-z_]+(?:\.py|/))`", _text("docs/architecture.md"), re.MULTILINE))
    there = {f"{path.name}/" if path.is_dir() else path.name for path in package.iterdir()}
    modules = {name for name in there if name.endswith(".py") or (package / name / "__init__.py").exists()}
    assert sorted(modules - {"__init__.py"} - named) == []
    assert sorted(named - there) == []


@pytest.mark.parametrize("page", PAGES)
def test_chinese_has_full_width_punctuation(page: str) -> None:
    assert slips(_text(page)) == ()


def _text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _about(path: str, root: Path) -> tuple[Diagnostic, ...]:
    return tuple(found for found in check_project(root, today=TODAY) if found.span.path == path)


def _anchors(text: str) -> set[str]:
    """As GitHub makes them of headings: lower case, no punctuation, hyphens for blanks."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


def _shell_lines(text: str) -> Iterator[str]:
    for language, block in _FENCE.findall(text):
        if language == "sh":
            yield from (line for line in block.splitlines() if line and not line.startswith("#"))


def _targets() -> set[str]:
    (declared,) = re.findall(r"^\.PHONY: (.+)$", _text("Makefile"), re.MULTILINE)
    return set(declared.split())


def _commands() -> dict[str, argparse.ArgumentParser]:
    (commands,) = (action for action in _parser()._actions if isinstance(action, argparse._SubParsersAction))
    return dict(commands.choices)


def _options(parser: argparse.ArgumentParser) -> set[str]:
    return {option for action in parser._actions for option in action.option_strings}
