"""Make a whole made-up project: `python -m benchmarks.corpus N OUT [--images K] [--seed S]`.

N is the number of records of all kinds; seven of ten are stories of about two thousand characters. The same
arguments give the same bytes, and a larger archive begins with the records of the smaller one. Everything in it
is invented. The records are written as they are made, so a large archive needs no more memory than a small one.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

from benchmarks.material import names
from benchmarks.material.emit import document, documents
from benchmarks.material.evidence import figure, honour, region, source, term
from benchmarks.material.people import organization, person, place, route
from benchmarks.material.photographs import photograph_name, write_photographs
from benchmarks.material.policies import lesson, policy, service
from benchmarks.material.schedule import kinds
from benchmarks.material.site import PAGES, site_config
from benchmarks.material.stories import Maker, activity, initiative, lecture, story
from benchmarks.material.world import Data, World
from generator.check.reviews import text_digest
from generator.model import MARKDOWN_KINDS, MODELS, Kind

SEED = 20261122
_MAKERS: Mapping[Kind, Maker] = {
    "region": region,
    "person": person,
    "honour": honour,
    "organization": organization,
    "place": place,
    "route": route,
    "story": story,
    "lecture": lecture,
    "activity": activity,
    "initiative": initiative,
    "policy": policy,
    "service": service,
    "figure": figure,
    "lesson": lesson,
    "source": source,
    "term": term,
}
_LISTED: Mapping[Kind, int] = {
    "honour": 50,
    "term": 50,
    "source": 50,
    "figure": 50,
    "organization": 50,
    "place": 50,
    "service": 25,
}
"""Kinds that stand in lists, and how many records a file holds; the others have a file each."""
_REVIEWED = 0.9
_REVIEW_DAYS = ("2026-11-16", "2026-11-18", "2026-11-20")


class Written(NamedTuple):
    """A record, and what a reference to it shows."""

    kind: Kind
    data: Data
    is_published: bool


def records(count: int, world: World) -> Iterator[Written]:
    """The first `count` records of an archive, each after those that it refers to. Fills `world`."""
    for kind in kinds(count):
        number = world.number(kind)
        data, made = _MAKERS[kind](world, number)
        is_reviewed = Random(f"{world.seed}:review:{kind}:{number}").random() < _REVIEWED
        if is_reviewed or made is None:
            data = _signed(data, kind, number, is_published=made is not None)
        world.add(kind, made)
        yield Written(kind, data, made is not None)


def _signed(data: Data, kind: Kind, number: int, *, is_published: bool) -> Data:
    """With its reviews: all three and the digest of the text, or only the first where it is still waiting."""
    people = names.REVIEWERS
    signed = [{"by": people[(number + stage * 5) % len(people)], "date": day} for stage, day in enumerate(_REVIEW_DAYS)]
    if not is_published:
        return {**data, "review": {"initial": signed[0]}}
    digest = text_digest(MODELS[kind].model_validate(data))
    chain = dict(zip(("initial", "second", "final"), signed, strict=True))
    return {**data, "review": {**chain, "text_digest": digest}}


@dataclass(slots=True)
class _Writer:
    """Writes records as they come; lists wait until a file is full."""

    root: Path
    waiting: dict[Kind, list[Data]] = field(default_factory=dict)
    files: dict[Kind, int] = field(default_factory=dict)

    def write(self, written: Written) -> None:
        kind, data = written.kind, written.data
        if kind in _LISTED:
            waiting = self.waiting.setdefault(kind, [])
            waiting.append(data)
            if len(waiting) == _LISTED[kind]:
                self._list(kind)
            return
        single = {key: value for key, value in data.items() if key != "id"}
        if kind in MARKDOWN_KINDS:
            self._markdown(f"{MARKDOWN_KINDS[kind]}/{data['id']}.md", single)
        else:
            self.put(f"content/{kind}/{data['id']}.yml", document(single))

    def close(self) -> None:
        for kind in list(self.waiting):
            self._list(kind)

    def put(self, path: str, text: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="\n")

    def _list(self, kind: Kind) -> None:
        waiting = self.waiting.pop(kind, [])
        if waiting:
            number = self.files.get(kind, 0)
            self.files[kind] = number + 1
            self.put(f"content/{kind}/{MODELS[kind].plural}-{number:04d}.yml", documents(waiting))

    def _markdown(self, path: str, data: Mapping[str, Any]) -> None:
        matter = {key: value for key, value in data.items() if key != "body"}
        self.put(path, f"---\n{document(matter)}---\n\n{data['body']}\n")


def write_corpus(count: int, out: Path, *, seed: int = SEED, images: int = 0) -> World:
    """Write the project into the new folder `out`."""
    out.mkdir(parents=True)
    world = World(seed, images=shown_images(count, images))
    writer = _Writer(out)
    for written in records(count, world):
        writer.write(written)
    writer.close()
    writer.put("site_config.yml", document(site_config(world)))
    for path, text in PAGES.items():
        writer.put(f"content/pages/{path}", text)
    if images:
        write_photographs(out / "content" / "media", images, seed)
    return world


def shown_images(count: int, images: int) -> list[list[str]]:
    """For each story the photographs that it shows: one each for as many stories as there are, then more of them."""
    stories = sum(kind == "story" for kind in kinds(count)) if images else 0
    shown: list[list[str]] = [[] for _ in range(min(stories, images))]
    for number in range(images if shown else 0):
        shown[number % len(shown)].append(photograph_name(number))
    return shown


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.corpus", description=__doc__)
    parser.add_argument("records", type=int, metavar="N")
    parser.add_argument("out", type=Path, metavar="OUT")
    parser.add_argument("--images", type=int, default=0, metavar="K", help="photographs of 12 megapixels")
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args(arguments)
    if given.out.exists():
        print(f"{given.out} is there already; give a new folder", file=sys.stderr)
        return 2
    world = write_corpus(given.records, given.out, seed=given.seed, images=given.images)
    for kind in MODELS:
        print(f"{kind:14}{world.number(kind):8}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
