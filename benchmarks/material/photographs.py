"""Photographs of twelve megapixels with their credits: drawn, with the grain and the size in bytes of a real one."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

from PIL import Image, ImageChops

from benchmarks.material import words
from benchmarks.material.prose import person_name

SIZE_PX = (4000, 3000)
_QUALITY = 90
_SCENES = 6
_BATCH = 16


def photograph_name(number: int) -> str:
    return f"photo-{number:05d}.jpg"


def write_photographs(folder: Path, count: int, seed: int) -> None:
    """Write `count` photographs, no two of them alike, and the `.yml` beside each."""
    folder.mkdir(parents=True, exist_ok=True)
    batches = [range(first, min(first + _BATCH, count)) for first in range(0, count, _BATCH)]
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
        for _ in pool.map(partial(_write_batch, folder, seed), batches):
            pass


def _write_batch(folder: Path, seed: int, numbers: Sequence[int]) -> None:
    for number in numbers:
        random = Random(f"{seed}:photograph:{number}")
        path = folder / photograph_name(number)
        _photograph(seed, number, random).save(path, quality=_QUALITY)
        (folder / f"{path.name}.yml").write_text(_credit(random), encoding="utf-8", newline="\n")


def _photograph(seed: int, number: int, random: Random) -> Image.Image:
    """A scene shifted about, with a band of its own: quick to make, and as slow to decode as any."""
    scene = _scene(seed, number % _SCENES)
    moved = ImageChops.offset(scene, random.randrange(SIZE_PX[0]), random.randrange(SIZE_PX[1]))
    moved.paste(tuple(random.randrange(256) for _ in range(3)), (0, 0, 40 + number % 400, 40))
    return moved


@cache
def _scene(seed: int, number: int) -> Image.Image:
    """Soft shapes under grain."""
    random = Random(f"{seed}:scene:{number}")
    shapes = Image.frombytes("RGB", (40, 30), random.randbytes(40 * 30 * 3)).resize(SIZE_PX, Image.Resampling.BICUBIC)
    width, height = SIZE_PX[0] // 2, SIZE_PX[1] // 2
    grain = Image.frombytes("L", (width, height), random.randbytes(width * height))
    grain = grain.resize(SIZE_PX, Image.Resampling.BILINEAR)
    return Image.blend(shapes, Image.merge("RGB", (grain,) * 3), 0.12)


def _credit(random: Random) -> str:
    deed = random.choice(words.DEEDS)
    lines = (f"alt: 一位老兵{deed}", f"credit: {person_name(random)}摄", "licence: CC BY 4.0", f"caption: {deed}。")
    return "".join(f"{line}\n" for line in lines)
