"""The pictures of a site: photographs in their sizes, the drawn covers that pages use, share cards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Executor
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from generator.artifact import Artifact
from generator.derive import Card, Derived
from generator.diagnostics import Checked, Diagnostic
from generator.fonts import Fonts, find_fonts
from generator.images.art import ArtRef, cover_variant
from generator.images.cover import draw_cover_art
from generator.images.renditions import ImageInfo, renditions
from generator.images.share import ShareCard, draw_share_card
from generator.model.places import Palette
from generator.photographs import draw_photograph, used_photographs
from generator.run import run_tasks
from generator.store import Digest, Store, code_digest, digest

A = TypeVar("A")

SITE_CARD_PATH = "assets/share/site.jpg"


def share_card_path(card: Card) -> str:
    """Where the share card of a record is, below the site's root."""
    return f"assets/share/{card.url.rstrip('/')}.jpg"


def render_images(root: Path, derived: Derived, store: Store, executor: Executor) -> Checked[tuple[Artifact, ...]]:
    """Every picture of the site. Reports `broken-image` where only decoding shows that a photograph is damaged."""
    photographs = _photographs(root, derived, store, executor)
    drawn = (*_covers(derived, store, executor), *_share_cards(derived, store, executor))
    return Checked((*photographs.value, *drawn), photographs.diagnostics)


def _photographs(root: Path, derived: Derived, store: Store, executor: Executor) -> Checked[tuple[Artifact, ...]]:
    # The same photograph may lie under two names that come to one: in another folder, or as .jpg and .jpeg.
    used = {renditions(info): info for info in used_photographs(derived.library)}
    made: list[Artifact] = []
    missing: list[ImageInfo] = []
    for picture, info in used.items():
        kept = _kept([file.path for file in picture.files], store)
        made.extend(kept)
        if not kept:
            missing.append(info)
    found: list[Diagnostic] = []
    for drawn in run_tasks(executor, draw_photograph, [(root, info) for info in missing]):
        made.extend(_keep(drawn.value, store))
        found.extend(drawn.diagnostics)
    return Checked(tuple(made), tuple(found))


def _covers(derived: Derived, store: Store, executor: Executor) -> Iterable[Artifact]:
    used = {cover_variant(card.key, card.palette) for card in derived.cards.values()}
    used.add(ArtRef(Palette.CINNABAR, 0))
    refs = sorted(used, key=lambda ref: (ref.palette, ref.variant))
    wanted = [([file.path for file in ref.picture.files], ref) for ref in refs]
    return _from_store_or(_draw_cover, wanted, store, executor)


def _share_cards(derived: Derived, store: Store, executor: Executor) -> Iterable[Artifact]:
    config, fonts = derived.config, find_fonts()
    seal = config.seal or config.title[:2]
    site = ShareCard(config.title, config.subtitle or config.description, Palette.CINNABAR, seal, config.title)
    cards = [(SITE_CARD_PATH, site)]
    cards.extend(
        (share_card_path(card), ShareCard(card.title, card.kicker, card.palette, card.seal, config.title))
        for card in derived.cards.values()
        if card.kind in config.share_cards
    )
    wanted = [([path], (path, card, fonts)) for path, card in cards]
    return _from_store_or(_draw_share_card, wanted, store, executor)


def _from_store_or(
    draw: Callable[[A], tuple[Artifact, ...]],
    wanted: Sequence[tuple[Sequence[str], A]],
    store: Store,
    executor: Executor,
) -> Iterable[Artifact]:
    """The files at the paths, from the store where an earlier run drew them from the same arguments."""
    missing = []
    for paths, argument in wanted:
        kept = _kept(paths, store, salt=repr(argument))
        yield from kept
        if not kept:
            missing.append(argument)
    for argument, drawn in zip(missing, run_tasks(executor, draw, missing), strict=True):
        yield from _keep(drawn, store, salt=repr(argument))


def _kept(paths: Sequence[str], store: Store, salt: str = "") -> tuple[Artifact, ...]:
    """All of the files, or none."""
    found = [(path, store.get(_key(path, salt))) for path in paths]
    kept = tuple(Artifact(path, data) for path, data in found if data is not None)
    return kept if len(kept) == len(paths) else ()


def _keep(drawn: Iterable[Artifact], store: Store, salt: str = "") -> Iterable[Artifact]:
    for artifact in drawn:
        store.put(_key(artifact.path, salt), artifact.data)
        yield artifact


def _key(path: str, salt: str) -> Digest:
    return digest("picture", _recipe(), path, salt)


@cache
def _recipe() -> Digest:
    """What draws the pictures: our code and the library that encodes them."""
    return digest(code_digest("generator.images"), version("pillow"))


def _draw_cover(ref: ArtRef) -> tuple[Artifact, ...]:
    return draw_cover_art(ref.palette, ref.variant)


def _draw_share_card(given: tuple[str, ShareCard, Fonts]) -> tuple[Artifact, ...]:
    path, card, fonts = given
    return (Artifact(path, draw_share_card(card, fonts)),)
