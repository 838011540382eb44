"""The pictures of the README, taken from the built site: the home page and two facing pages of the brochure."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
SITE = ROOT / "build" / "site"
IMAGES = ROOT / "docs" / "images"
BROCHURE = SITE / "brochures" / "rongguang.pdf"

HOME_PX = (1440, 1000)
SPREAD_PAGE_WIDTH_PX = 720
SPREAD_WORDS = "送往重庆的324ml"
"""The spread shown is the first after the contents whose left page has this text."""
CONTENTS_PAGES = 6
LIMIT_BYTES = 300_000
PAPER = (226, 220, 210)
"""Around the two pages, so that their edges are seen on a white README."""
MARGIN_PX = 28


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """A request a line is not news."""


def main() -> int:
    if not BROCHURE.is_file():
        print("Nothing to take pictures of: run `make site` first.", file=sys.stderr)
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, image in (("home", home()), ("brochure", spread())):
        data = encoded(image)
        (IMAGES / f"{name}.png").write_bytes(data)
        print(f"docs/images/{name}.png: {image.width} x {image.height}, {len(data) // 1000} KB")
    return 0


def home() -> Image.Image:
    """The top of the home page in light colours."""
    with served(SITE) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-background-networking"]
        )
        page = browser.new_page(viewport={"width": HOME_PX[0], "height": HOME_PX[1]}, color_scheme="light")
        page.goto(url, wait_until="networkidle")
        picture = page.screenshot()
        browser.close()
    return Image.open(BytesIO(picture)).convert("RGB")


def spread() -> Image.Image:
    """Two facing pages of the brochure: even on the left, as in the bound book."""
    left = left_page()
    with tempfile.TemporaryDirectory() as folder:
        width = str(SPREAD_PAGE_WIDTH_PX)
        size = ("-scale-to-x", width, "-scale-to-y", "-1")
        pages = ("-f", str(left), "-l", str(left + 1))
        run("pdftoppm", "-png", *size, *pages, str(BROCHURE), f"{folder}/page")
        leaves = [Image.open(path).convert("RGB") for path in sorted(Path(folder).glob("page*.png"))]
        width_px = sum(leaf.width for leaf in leaves)
        made = Image.new("RGB", (width_px + 2 * MARGIN_PX, leaves[0].height + 2 * MARGIN_PX), PAPER)
        for position, leaf in enumerate(leaves):
            made.paste(leaf, (MARGIN_PX + position * SPREAD_PAGE_WIDTH_PX, MARGIN_PX))
        fold = MARGIN_PX + SPREAD_PAGE_WIDTH_PX
        made.paste(PAPER, (fold - 1, MARGIN_PX, fold, MARGIN_PX + leaves[0].height))
    return made


def left_page() -> int:
    """The even page, counted from 1, of the spread that has the wanted words."""
    pages = run("pdftotext", str(BROCHURE), "-").split("\f")
    wanted = "".join(SPREAD_WORDS.split())
    found = (number for number, text in enumerate(pages, start=1) if wanted in "".join(text.split()))
    number = next(number for number in found if number > CONTENTS_PAGES)
    return number - number % 2


def encoded(image: Image.Image) -> bytes:
    """PNG below the limit: in full colour, else in 256 colours, else smaller."""
    for shrunk in (image, image.quantize(256), *smaller(image)):
        data = BytesIO()
        shrunk.save(data, "PNG", optimize=True)
        if len(data.getvalue()) <= LIMIT_BYTES:
            break
    return data.getvalue()


def smaller(image: Image.Image) -> Iterator[Image.Image]:
    for percent in (90, 80, 70, 60):
        size = (image.width * percent // 100, image.height * percent // 100)
        yield image.resize(size, Image.Resampling.LANCZOS).quantize(256)


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """`folder` on a free port: addresses of folders and the search index do not work from a file."""
    handler = partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("RONGGUANG_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        sys.exit("no Chromium: run tools/require-test-tools")
    return found


def run(*command: str) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
