"""Renditions of many photographs: `python -m benchmarks.images` or `make bench-images`.

Draws the photographs of an archive with worker processes, once and again, then compares ways to make the same files:
Pillow with other settings, and libraries that are measured where they are installed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path

from benchmarks.corpus import SEED
from benchmarks.material.photographs import write_photographs
from benchmarks.measure import Cost, measure, output_of
from generator.fonts import find_fonts
from generator.images.renditions import SPEC
from generator.images.shelf import PictureStore
from generator.model import SiteConfig
from generator.photographs import FOLDER, draw_photograph, probe_photograph
from generator.render.images import SharePlan, made, wanted
from generator.run import open_executor, run_tasks
from generator.store import Store

Way = Callable[[bytes], Iterable[bytes]]
"""From a photograph to the files of our spec."""

ROOT = Path(__file__).parents[1]
_MIB = 1024 * 1024
_SIZES = tuple((image_format, width, width * 3 // 4) for image_format, width in SPEC.files)
_WIDTHS = sorted({width for _, width, _ in _SIZES}, reverse=True)


# What is measured, each in a process of its own


def draw_all(folder: Path, jobs: int) -> dict[str, float]:
    """As a build does it: look at each photograph, draw what is not there yet."""
    begun = time.process_time()
    paths = sorted(path.relative_to(folder).as_posix() for path in (folder / FOLDER).glob("*.jpg"))
    config = SiteConfig(title="试验站", description="只为试验。")
    with (
        open_executor(jobs) as executor,
        Store(folder / "pictures.sqlite") as index,
        PictureStore(folder / "pictures", index) as store,
    ):
        probed = run_tasks(executor, partial(probe_photograph, folder), paths)
        infos = [found.value for found in probed if found.value]
        drawn = made(wanted(folder, config, (), infos, SharePlan(()), find_fonts()), store, executor)
    return {"photographs": len(infos), "files": len(drawn.value), "main_cpu_s": time.process_time() - begun}


def draw_some(folder: Path, name: str, count: int) -> dict[str, float]:
    """One of the ways, without workers; what loading its library costs is left out."""
    photographs = [path.read_bytes() for path in sorted((folder / FOLDER).glob("*.jpg"))[:count]]
    way = _ours(folder) if name == "ours" else WAYS[name]()
    list(way(photographs[0]))
    begun = time.process_time()
    written = sum(len(file) for data in photographs for file in way(data))
    return {"cpu_ms": 1000 * (time.process_time() - begun) / count, "bytes": written / count}


# Ways


def _ours(folder: Path) -> Way:
    """What a build does, on the first photograph again and again."""
    first = min((folder / FOLDER).glob("*.jpg")).relative_to(folder).as_posix()
    info = probe_photograph(folder, first).value
    assert info is not None
    return lambda _: (artifact.data for artifact in draw_photograph((folder, info)).value)


def _pillow(*, draft: bool = True, method: int = 2, resampling: str = "LANCZOS", progressive: bool = False) -> Way:
    from PIL import Image

    def draw(data: bytes) -> Iterator[bytes]:
        image: Image.Image = Image.open(BytesIO(data))
        if draft:
            image.draft(None, (_WIDTHS[0], _WIDTHS[0] * 3 // 4))
        sized = {}
        for width in _WIDTHS:
            image = image.resize((width, width * 3 // 4), Image.Resampling[resampling], reducing_gap=3.0)
            sized[width] = image
        for image_format, width, _ in _SIZES:
            file = BytesIO()
            if image_format == "webp":
                sized[width].save(file, "WEBP", quality=78, method=method)
            else:
                sized[width].save(file, "JPEG", quality=80, progressive=progressive, optimize=progressive)
            yield file.getvalue()

    return draw


def _libvips() -> Way:
    import pyvips  # type: ignore[import-not-found,unused-ignore]

    pyvips.cache_set_max(0)

    def draw(data: bytes) -> Iterator[bytes]:
        image = pyvips.Image.thumbnail_buffer(data, _WIDTHS[0]).copy_memory()
        sized = {_WIDTHS[0]: image}
        for width in _WIDTHS[1:]:
            sized[width] = image = image.thumbnail_image(width).copy_memory()
        for image_format, width, _ in _SIZES:
            if image_format == "webp":
                yield sized[width].webpsave_buffer(Q=78, effort=2)
            else:
                yield sized[width].jpegsave_buffer(Q=80)

    return draw


def _opencv() -> Way:
    import cv2  # type: ignore[import-not-found,unused-ignore]
    import numpy  # type: ignore[import-not-found,unused-ignore]

    cv2.setNumThreads(1)

    def draw(data: bytes) -> Iterator[bytes]:
        image = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_REDUCED_COLOR_2)
        sized = {}
        for width in _WIDTHS:
            sized[width] = image = cv2.resize(image, (width, width * 3 // 4), interpolation=cv2.INTER_AREA)
        for image_format, width, _ in _SIZES:
            quality = cv2.IMWRITE_WEBP_QUALITY if image_format == "webp" else cv2.IMWRITE_JPEG_QUALITY
            yield cv2.imencode(f".{image_format}", sized[width], [quality, 78])[1].tobytes()

    return draw


def _simplejpeg() -> Way:
    import numpy  # type: ignore[import-not-found,unused-ignore]
    import simplejpeg  # type: ignore[import-not-found,unused-ignore]
    from PIL import Image

    def draw(data: bytes) -> Iterator[bytes]:
        smallest = {"min_width": _WIDTHS[0], "min_height": _WIDTHS[0] * 3 // 4, "min_factor": 1}
        image = Image.fromarray(simplejpeg.decode_jpeg(data, "RGB", **smallest))
        sized = {}
        for width in _WIDTHS:
            sized[width] = image = image.resize((width, width * 3 // 4), Image.Resampling.LANCZOS, reducing_gap=3.0)
        for image_format, width, _ in _SIZES:
            file = BytesIO()
            if image_format == "webp":
                sized[width].save(file, "WEBP", quality=78, method=2)
            yield file.getvalue() or simplejpeg.encode_jpeg(numpy.asarray(sized[width]), 80, "RGB", "420")

    return draw


WAYS: Mapping[str, Callable[[], Way]] = {
    "Pillow": _pillow,
    "Pillow, no draft mode": partial(_pillow, draft=False),
    "Pillow, WebP method 0": partial(_pillow, method=0),
    "Pillow, WebP method 4": partial(_pillow, method=4),
    "Pillow, progressive JPEG": partial(_pillow, progressive=True),
    "Pillow, bicubic": partial(_pillow, resampling="BICUBIC"),
    "libvips (pyvips-binary)": _libvips,
    "OpenCV (its own WebP method)": _opencv,
    "simplejpeg for JPEG, else Pillow": _simplejpeg,
}


# The command


def report(folder: Path, photographs: int, jobs: int, some: int) -> Iterator[str]:
    """The lines of the result, as they become known."""
    sources = output_of(folder / FOLDER)
    yield f"{photographs} photographs of 12 megapixels, {sources.bytes / photographs / 1e6:.1f} MB each; {jobs} workers"
    yield ""
    yield "| run | CPU s | CPU ms each | wall s | peak RSS MiB | peak PSS MiB | files | MB | files made |"
    yield "| --- | --: | --: | --: | --: | --: | --: | --: | --: |"
    for name in ("cold", "again"):
        before = _files(folder / "pictures")
        cost, result = _measured(folder, "--draw", str(jobs))
        after = _files(folder / "pictures")
        size = output_of(folder / "pictures").bytes / 1e6
        yield (
            f"| {name} | {cost.cpu_s:.1f} | {1000 * cost.cpu_s / photographs:.1f} | {cost.wall_s:.1f} "
            f"| {cost.peak_rss_bytes / _MIB:.0f} | {cost.peak_pss_bytes / _MIB:.0f} "
            f"| {result['files']:.0f} | {size:.0f} | {len(after - before)} |"
        )
    yield ""
    yield f"One process, {some} photographs, each way for itself:"
    yield ""
    yield "| way | CPU ms each | peak RSS MiB | KB each |"
    yield "| --- | --: | --: | --: |"
    for name in ("ours", *WAYS):
        yield _way_line(folder, name, some)


def _way_line(folder: Path, name: str, some: int) -> str:
    try:
        cost, result = _measured(folder, "--way", name, "--some", str(some))
    except ModuleNotFoundError:
        return f"| {name} | not installed | | |"
    return f"| {name} | {result['cpu_ms']:.0f} | {cost.peak_rss_bytes / _MIB:.0f} | {result['bytes'] / 1000:.0f} |"


def _measured(folder: Path, *arguments: str) -> tuple[Cost, dict[str, float]]:
    """What this module does with the arguments in a process of its own."""
    log = folder / "log.txt"
    command = [sys.executable, "-m", "benchmarks.images", "--folder", str(folder), *arguments]
    cost = measure(command, ROOT, log=log)
    answer = json.loads(log.read_text("utf-8").splitlines()[-1])
    if "missing" in answer:
        raise ModuleNotFoundError(answer["missing"])
    return cost, answer


def _files(folder: Path) -> set[tuple[str, int, int]]:
    """Names with inodes and times: a file that was made again differs."""
    found = ((path.name, path.stat()) for path in folder.glob("*"))
    return {(name, stat.st_ino, stat.st_mtime_ns) for name, stat in found}


def _write_missing(folder: Path, photographs: int, seed: int) -> None:
    """The photographs, unless they are there from another time; then what was drawn of them goes."""
    note = folder / "made.txt"
    wanted_note = f"{photographs} {seed}"
    if not note.exists() or note.read_text("utf-8") != wanted_note:
        write_photographs(folder / FOLDER, photographs, seed)
        note.write_text(wanted_note, "utf-8")
    for path in [*folder.glob("pictures/*"), *folder.glob("pictures.sqlite*")]:
        path.unlink()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--photographs", type=int, default=1_000, metavar="N")
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="worker processes")
    parser.add_argument("--some", type=int, default=12, metavar="N", help="photographs for the comparison of ways")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--folder", type=Path, default=ROOT / "build" / "bench-images", help="for photographs and files"
    )
    parser.add_argument("--draw", type=int, metavar="JOBS", help=argparse.SUPPRESS)
    parser.add_argument("--way", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    folder = given.folder.resolve()
    if given.draw is not None:
        print(json.dumps(draw_all(folder, given.draw)))
    elif given.way is not None:
        try:
            print(json.dumps(draw_some(folder, given.way, given.some)))
        except ModuleNotFoundError as error:
            print(json.dumps({"missing": error.name}))
    else:
        folder.mkdir(parents=True, exist_ok=True)
        _write_missing(folder, given.photographs, given.seed)
        for line in report(folder, given.photographs, given.jobs, given.some):
            print(line, flush=True)


if __name__ == "__main__":
    main()
