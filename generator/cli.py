"""The `rongguang` command: arguments in, diagnostics and progress printed, exit status out.

0: fine (warnings allowed unless `--strict`). 1: the content has errors. 2: the command line or the machine
is at fault.
"""

from __future__ import annotations

import argparse
import atexit
import gc
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, Language, has_errors
from generator.faults import MachineFaultError
from generator.kinds import KINDS
from generator.messages import message
from generator.output.site import BuildInProgressError, is_url
from generator.report import FORMATS, as_text
from generator.run.executor import ClusterFaultError, WorkerDiedError

if TYPE_CHECKING:
    from generator.build import Built

FINE, CONTENT_ERRORS, AT_FAULT = 0, 1, 2
PARTS = ("site", "images", "data", "print")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    given = _parser().parse_args(arguments)
    try:
        return _COMMANDS[given.command](given)
    except _AtFaultError as fault:
        return _at_fault(str(fault))
    except BuildInProgressError as fault:
        return _at_fault(message("trouble.in_progress", given.lang, path=fault))
    except WorkerDiedError as fault:
        return _at_fault(_worker_died(given, fault))
    except ClusterFaultError as fault:
        return _at_fault(message("trouble.cluster", given.lang, reason=fault))
    except KeyboardInterrupt:
        return AT_FAULT
    except (MachineFaultError, OSError) as fault:
        return _at_fault(message("trouble.machine", given.lang, reason=fault))


class _AtFaultError(Exception):
    """The command line or the machine is at fault; the text says how."""


def _worker_died(given: argparse.Namespace, fault: WorkerDiedError) -> str:
    if getattr(given, "executor", None):
        return message("trouble.cluster", given.lang, reason=fault)
    return message("trouble.workers", given.lang)


def _build(given: argparse.Namespace) -> int:
    from generator.build import build

    # A large library is many objects that live to the end; to look for rubbish among them takes a tenth of the time.
    gc.set_threshold(200_000, 50, 1000)
    # Nor is there any use in looking at the very end: it all goes with the process.
    atexit.register(gc.freeze)
    root = _project(given)
    out = (given.out if is_url(given.out) else Path(given.out)) if given.out else root / "build"
    progress = _Progress(given.lang)
    try:
        built = build(
            root,
            out,
            today=_today(given),
            only=_parts(given),
            strict=given.strict,
            jobs=given.jobs,
            executor=given.executor,
            progress=progress.step,
        )
    finally:
        progress.end()
    _print_text(_errors_first(built.diagnostics), given.lang)
    errors, warnings = _counts(built.diagnostics)
    if built.site is None:
        name = "summary.failed" if errors else "summary.strict"
        print(message(name, given.lang, errors=errors, warnings=warnings), file=sys.stderr)
        return CONTENT_ERRORS
    print(message("summary.records", given.lang, records=_records(built.records or {}, given.lang)))
    print(
        message(
            "summary.built",
            given.lang,
            pages=built.pages,
            files=built.files,
            megabytes=f"{built.bytes / 1e6:.1f}",
            warnings=warnings,
            seconds=f"{built.seconds:.1f}",
            site=built.site,
        )
    )
    return FINE


def _check(given: argparse.Namespace) -> int:
    from generator.check import check_project
    from generator.source import is_within

    root = _project(given)
    found = check_project(root, today=_today(given))
    if given.paths:
        wanted = [_known(path, root, given.lang) for path in given.paths]
        found = tuple(problem for problem in found if is_within(problem.span.path, wanted))
    if formatted := FORMATS[given.format](found, given.lang):
        print(formatted)
    errors, warnings = _counts(found)
    print(message("summary.checked", given.lang, errors=errors, warnings=warnings), file=sys.stderr)
    return CONTENT_ERRORS if has_errors(found) or (given.strict and found) else FINE


def _serve(given: argparse.Namespace) -> int:
    from generator.serve import serve

    root = _project(given)

    def announce(url: str) -> None:
        print(message("summary.serving", given.lang, url=url), flush=True)

    def rebuilt(built: Built) -> None:
        errors, warnings = _counts(built.diagnostics)
        if built.site is None:
            _print_text(_errors_first(built.diagnostics), given.lang)
            print(message("summary.failed", given.lang, errors=errors, warnings=warnings), flush=True)
        else:
            print(message("summary.rebuilt", given.lang, seconds=f"{built.seconds:.1f}", warnings=warnings), flush=True)

    serve(root, port=given.port, today=lambda: _today(given), language=given.lang, announce=announce, rebuilt=rebuilt)
    return FINE


def _new(given: argparse.Namespace) -> int:
    from generator.scaffold import new_record

    root = _project(given)
    made = new_record(given.kind, given.id, today=_today(given))
    if has_errors(made.diagnostics):
        _print_text(made.diagnostics, given.lang)
        return CONTENT_ERRORS
    path, text = made.value
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    try:
        with (root / path).open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise _AtFaultError(message("trouble.exists", given.lang, path=path)) from None
    print(message("summary.created", given.lang, path=path))
    return FINE


def _init(given: argparse.Namespace) -> int:
    from generator.scaffold import init_project

    root = Path(given.directory)
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise _AtFaultError(message("trouble.not_empty", given.lang, path=root))
    for artifact in init_project():
        target = root / artifact.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(artifact.data)
    print(message("summary.initialised", given.lang, path=root))
    return FINE


def _fmt(given: argparse.Namespace) -> int:
    from generator.fmt import format_project

    root = _project(given)
    changed = format_project(
        root, paths=[_known(path, root, given.lang) for path in given.paths], write=not given.check
    )
    if given.check:
        for path in changed:
            print(message("summary.unformatted", given.lang, path=path))
        return CONTENT_ERRORS if changed else FINE
    print(message("summary.formatted", given.lang, count=len(changed)))
    return FINE


def _reference(given: argparse.Namespace) -> int:
    from generator.reference import stale, write

    root = Path(given.C)
    if given.check:
        outdated = stale(root)
        for path in outdated:
            print(message("summary.reference_stale", given.lang, path=path), file=sys.stderr)
        if not outdated:
            print(message("summary.reference_current", given.lang))
        return CONTENT_ERRORS if outdated else FINE
    print(message("summary.reference_written", given.lang, count=write(root)))
    return FINE


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "build": _build,
    "check": _check,
    "serve": _serve,
    "new": _new,
    "init": _init,
    "fmt": _fmt,
    "reference": _reference,
}


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("-C", metavar="DIR", default=".", help="内容仓库所在的文件夹（the project, default: here）")
    common.add_argument("--lang", choices=("zh", "en"), default="zh", help="提示用的语言（language of messages）")
    common.add_argument("--today", metavar="DATE", help="把这一天当作今天，例如 2026-11-22（the day to build for）")
    parser = argparse.ArgumentParser(prog="rongguang", description="荣光：退役军人事迹、宣讲、路线与政策的出版工具。")
    told = "show program's version number and exit"
    parser.add_argument("--version", action=_Version, nargs=0, default=argparse.SUPPRESS, help=told)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, help=text, description=text, parents=[common])

    building = command("build", "检查内容并生成网站、手册和开放数据（build everything）")
    building.add_argument("--out", metavar="PLACE", help="输出文件夹，或 s3://桶/文件夹 这样的网址，默认是 build")
    building.add_argument("--only", metavar="PARTS", help=f"只生成其中几样，用逗号分开：{','.join(PARTS)}")
    building.add_argument("--jobs", type=_number(1, 1_000), metavar="N", help="用几个进程，默认与处理器数相同")
    building.add_argument("--executor", metavar="URL", help="交给这个 dask 集群去做，例如 tcp://10.0.0.5:8786")
    building.add_argument("--strict", action="store_true", help="有警告也不发布（warnings count as errors）")
    checking = command("check", "只检查内容，不生成（check the content）")
    checking.add_argument("paths", nargs="*", metavar="PATH", help="只显示这些文件或文件夹的问题")
    checking.add_argument("--format", choices=tuple(FORMATS), default="text", help="输出格式")
    checking.add_argument("--strict", action="store_true", help="有警告也算不通过")
    serving = command("serve", "边改边看：保存后自动更新网页（preview with live reload）")
    serving.add_argument("--port", type=_number(0, 65_535), default=8000, help="端口，默认 8000")
    making = command("new", "新建一条记录的骨架（a commented skeleton）")
    kinds = "、".join(f"{kind} {message(f'kind.{kind}', 'zh')}" for kind in KINDS)
    making.add_argument("kind", choices=KINDS, metavar="KIND", help=f"种类：{kinds}")
    making.add_argument("id", metavar="ID", help="编号，例如 huainan-di-weishan")
    starting = command("init", "新建一个内容仓库（a new content repository）")
    starting.add_argument("directory", metavar="DIR", help="放在哪个文件夹")
    formatting = command("fmt", "整理标点和版式（mend punctuation and layout）")
    formatting.add_argument("paths", nargs="*", metavar="PATH", help="只整理这些文件或文件夹")
    formatting.add_argument("--check", action="store_true", help="只列出需要整理的文件，不改动")
    referring = command("reference", "更新编辑器用的 JSON Schema 和字段说明（schemas and field reference）")
    referring.add_argument("--check", action="store_true", help="只检查是否最新，不改动")
    return parser


class _Version(argparse.Action):
    """Looked up only when it is asked for: that takes as long as a run in which nothing changed."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from importlib.metadata import version

        print(parser.prog, version("rongguang"))
        parser.exit()


def _number(least: int, most: int) -> Callable[[str], int]:
    def number(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError
        return value

    number.__name__ = f"{least}—{most}"  # argparse names it where the value is wrong
    return number


def _project(given: argparse.Namespace) -> Path:
    root = Path(given.C)
    if not (root / "site_config.yml").exists():
        raise _AtFaultError(message("trouble.no_project", given.lang, path=root.absolute()))
    return root


def _today(given: argparse.Namespace) -> date:
    """`--today`, else SOURCE_DATE_EPOCH, else the clock."""
    if given.today:
        try:
            return date.fromisoformat(given.today)
        except ValueError:
            raise _AtFaultError(message("trouble.bad_date", given.lang, value=given.today)) from None
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return date.today()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        raise _AtFaultError(message("trouble.bad_epoch", given.lang, value=epoch)) from None


def _parts(given: argparse.Namespace) -> tuple[str, ...]:
    wanted = tuple(given.only.split(",")) if given.only else PARTS
    for part in wanted:
        if part not in PARTS:
            raise _AtFaultError(message("trouble.bad_part", given.lang, parts="、".join(PARTS), value=part))
    return wanted


def _relative(path: str, root: Path) -> str:
    """As diagnostics write paths: POSIX, relative to the project; both spellings of the prompt are taken."""
    absolute = Path(path).absolute() if Path(path).exists() else (root / path).absolute()
    try:
        return absolute.relative_to(root.absolute()).as_posix().removeprefix(".")
    except ValueError:
        return Path(path).as_posix()


def _known(path: str, root: Path, language: Language) -> str:
    """The path as diagnostics write it; a path that leads nowhere must not pass for one without problems."""
    relative = _relative(path, root)
    if not (root / relative).exists():
        raise _AtFaultError(message("trouble.no_path", language, path=path))
    return relative


def _records(records: Mapping[str, int], language: Language) -> str:
    return "，".join(f"{message(f'kind.{kind}', language)} {records[kind]}" for kind in KINDS if records.get(kind))


def _counts(found: tuple[Diagnostic, ...]) -> tuple[int, int]:
    errors = sum(problem.severity == "error" for problem in found)
    return errors, len(found) - errors


def _errors_first(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The errors alone where there are any: among warnings one would look for them in vain."""
    return tuple(problem for problem in found if problem.severity == "error") or found


def _print_text(found: tuple[Diagnostic, ...], language: Language) -> None:
    if found:
        print(as_text(found, language), file=sys.stderr)


def _at_fault(text: str) -> int:
    print(text, file=sys.stderr)
    return AT_FAULT


class _Progress:
    """One line that changes on a terminal, one line a step elsewhere; silent while all is quick."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._begun = time.monotonic()
        self._on_terminal = sys.stderr.isatty()

    def step(self, name: str) -> None:
        if self._on_terminal:
            seconds = time.monotonic() - self._begun
            print(f"\r\033[K{message(f'step.{name}', self._language)} … {seconds:.0f}s", end="", file=sys.stderr)
        else:
            print(message(f"step.{name}", self._language), file=sys.stderr)
        sys.stderr.flush()

    def end(self) -> None:
        if self._on_terminal:
            print("\r\033[K", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
