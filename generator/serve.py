"""`rongguang serve`: a preview that follows the files.

Each save rebuilds into `.rongguang/preview`, never into the published site. A page reloads when the
site under it changed; when the content has errors the pages stay as they were and list what is wrong.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from watchfiles import Change, watch

from generator.build import Built, build
from generator.diagnostics import Diagnostic, Language
from generator.messages import message
from generator.report import as_object
from generator.source import CONFIG_PATH, FOLDERS
from generator.values import Value

_PREVIEW = Path(".rongguang") / "preview"
_PREVIEW_PARTS = ("site", "images", "data")
"""Without the brochures: a book is not read while typing."""
_EVENTS, _SCRIPT = "/__rongguang/events", "/__rongguang/live.js"
_PING_SECONDS = 15
_DEBOUNCE_MS = 60
_STEP_MS = 10
_IDLE_MS = 250
"""How often the watch looks up while nothing happens."""


class _State(Value, frozen=True):
    """What an open page needs to know."""

    version: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()
    failed: bool = False

    def as_event(self, language: Language) -> bytes:
        errors = sum(found.severity == "error" for found in self.diagnostics)
        name = "summary.failed" if self.failed else "summary.checked"
        # While there are errors, the warnings would only hide them.
        listed = [found for found in self.diagnostics if found.severity == "error"] if errors else self.diagnostics
        state = {
            "version": self.version,
            "failed": self.failed,
            "headline": message(name, language, errors=errors, warnings=len(self.diagnostics) - errors),
            "diagnostics": [as_object(found, language) for found in listed],
        }
        return f"data: {json.dumps(state, ensure_ascii=False)}\n\n".encode()


class _Board:
    """The present state, and a bell for those who wait for the next."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0
        self.state = _State()

    def post(self, built: Built) -> None:
        with self._changed:
            version = self.state.version + (built.site is not None)
            self.state = _State(version, built.diagnostics, failed=built.site is None)
            self._count += 1
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> int:
        """The number of the newest post, after at most `seconds`."""
        with self._changed:
            self._changed.wait_for(lambda: self._count != seen, timeout=seconds)
            return self._count


def serve(
    root: Path,
    *,
    port: int,
    today: Callable[[], date],
    language: Language,
    announce: Callable[[str], None],
    rebuilt: Callable[[Built], None],
    stop: threading.Event | None = None,
) -> None:
    """Preview the project at `root` until interrupted or `stop` is set; raises OSError when the port is taken."""
    board = _Board()
    preview = root / _PREVIEW

    def run() -> None:
        built = build(root, preview, today=today(), only=_PREVIEW_PARTS)
        board.post(built)
        rebuilt(built)

    handler = partial(_Handler, board=board, language=language, directory=str(preview / "site"))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        server.daemon_threads = True
        watched = _Watch(root, stop or threading.Event())
        run()
        threading.Thread(target=server.serve_forever, daemon=True).start()
        announce(f"http://127.0.0.1:{server.server_address[1]}/")
        while watched.wait():
            run()
        server.shutdown()


class _Watch:
    """Tells when content changes. Only its folders are watched in depth: what we write beside them has more files.

    The watches begin before this is made: what is saved during the first build is not missed.
    """

    def __init__(self, root: Path, stop: threading.Event) -> None:
        self._stop = stop
        self._changed = threading.Event()
        # The system tells real paths.
        self._root = root.resolve()
        self._start(self._root, recursive=False)
        self._watched: set[str] = set()
        self._watch_folders()

    def wait(self) -> bool:
        """Until something changed; False once the preview is to end."""
        while not self._stop.is_set():
            if self._changed.wait(_IDLE_MS / 1000):
                self._changed.clear()
                self._watch_folders()
                return True
        return False

    def _watch_folders(self) -> None:
        """A project may get its first policy while it is being previewed."""
        for folder in FOLDERS:
            if folder not in self._watched and (self._root / folder).is_dir():
                self._watched.add(folder)
                self._start(self._root / folder, recursive=True)

    def _start(self, folder: Path, *, recursive: bool) -> None:
        changes = watch(
            folder, debounce=_DEBOUNCE_MS, step=_STEP_MS, stop_event=self._stop,
            rust_timeout=_IDLE_MS, yield_on_timeout=True, recursive=recursive, watch_filter=self._is_content,
        )  # fmt: skip
        # A watch begins with its first answer.
        next(changes, None)
        threading.Thread(target=self._follow, args=(changes,), daemon=True).start()

    def _follow(self, changes: Iterator[set[tuple[Change, str]]]) -> None:
        for found in changes:
            if found:
                self._changed.set()

    def _is_content(self, _change: Change, path: str) -> bool:
        first = Path(path).relative_to(self._root).parts[:1]
        return first == (CONFIG_PATH,) or (bool(first) and first[0] in FOLDERS)


class _Handler(SimpleHTTPRequestHandler):
    """Files of the preview, with the live script in each page."""

    def __init__(self, *arguments: object, board: _Board, language: Language, directory: str) -> None:
        self._board = board
        self._language = language
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path == _EVENTS:
            self._stream_events()
        elif self.path == _SCRIPT:
            self._answer(HTTPStatus.OK, "text/javascript; charset=utf-8", _live_script())
        else:
            super().do_GET()

    def send_head(self) -> BytesIO | BinaryIO | None:
        """As the base class, but pages are answered from memory with the live script added."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix == ".html" and path.is_file():
            self._answer(HTTPStatus.OK, "text/html; charset=utf-8", _with_live_script(path.read_bytes()))
            return None
        if not path.exists():
            self._answer(HTTPStatus.NOT_FOUND, "text/html; charset=utf-8", self._not_found())
            return None
        return super().send_head()

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Silence: the editor wants to see the content's problems, not the requests."""

    def _not_found(self) -> bytes:
        page = Path(self.directory) / "404.html"
        return _with_live_script(page.read_bytes() if page.is_file() else b"<!doctype html><body></body>")

    def _answer(self, status: HTTPStatus, content_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _stream_events(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.end_headers()
        seen = -1
        try:
            while True:
                count = self._board.wait(seen, _PING_SECONDS)
                self.wfile.write(b": ping\n\n" if count == seen else self._board.state.as_event(self._language))
                self.wfile.flush()
                seen = count
        except (BrokenPipeError, ConnectionResetError):
            return


def _with_live_script(page: bytes) -> bytes:
    head, closing, tail = page.rpartition(b"</body>")
    return b"".join((head, f'<script src="{_SCRIPT}" defer></script>'.encode(), closing, tail))


def _live_script() -> bytes:
    return files("generator.theme").joinpath("live.js").read_bytes()
