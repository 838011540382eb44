"""The pictures of a site: photographs in their sizes, the drawn covers that pages use, share cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from generator.artifact import Artifact
from generator.derive import permalink
from generator.diagnostics import Checked, Diagnostic
from generator.fonts import Fonts
from generator.images.art import VARIANTS, ArtRef, cover_variant
from generator.images.card import ShareCard
from generator.images.cover import draw_cover_art
from generator.images.picturing import Picturing
from generator.images.renditions import SPEC, ImageInfo, renditions
from generator.images.shelf import PictureStore, draw_and_shelve
from generator.library import Key
from generator.model import Kind, SiteConfig
from generator.model.places import Palette
from generator.photographs import draw_photograph
from generator.run import Executor, run_tasks
from generator.store import Digest, code_digest, digest
from generator.values import Value

SITE_CARD_PATH = "assets/share/site.jpg"
MOST_OWN_CARDS = 500
"""Share cards of records are drawn up to this number: two seconds' work, and few sites of that size are read from
chats record by record."""
_WORTH_A_POOL = 4
"""So many slow pictures are drawn before workers have started and drawn their first background."""

Placed = tuple[str, Path]
"""The path of a file below the site, and where it lies finished."""


class Pictured(Protocol):
    """What pictures show of a record; a `Card` is one."""

    @property
    def key(self) -> Key: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def kicker(self) -> str: ...
    @property
    def palette(self) -> Palette: ...
    @property
    def seal(self) -> str: ...


class SharePlan(Value, frozen=True):
    """Which kinds have a share card for each record; the others share that of their main region, or the site's."""

    own: tuple[Kind, ...]

    def path(self, card: Pictured, main: str | None) -> str:
        """Where the share card of a record is, below the site's root; `main` is the id of its main region."""
        if card.kind in self.own:
            return share_card_path(card)
        return _card_path(permalink(Key(f"region:{main}"))) if main else SITE_CARD_PATH


def plan_shares(config: SiteConfig, published: Mapping[Kind, int]) -> SharePlan:
    """By how many records of each kind are published: cards for all of them, or for none where they are too many."""
    few = sum(published.get(kind, 0) for kind in config.share_cards) <= MOST_OWN_CARDS
    return SharePlan(config.share_cards if few else ())


def share_card_path(card: Pictured) -> str:
    """Where the record's own share card is, below the site's root."""
    return _card_path(card.url)


def wanted(
    root: Path,
    config: SiteConfig,
    cards: Iterable[Pictured],
    photographs: Iterable[ImageInfo],
    plan: SharePlan,
    fonts: Fonts,
) -> Iterator[Picturing]:
    """Every picture of the site, quick ones first; no two have a path in common.

    `cards` are those of all published records, `photographs` those that they show.
    """
    cards = tuple(cards)
    yield from _covers(cards)
    yield from _share_cards(config, cards, plan, fonts)
    yield from _photographs(root, photographs)


def made(pictures: Iterable[Picturing], store: PictureStore, executor: Executor) -> Checked[tuple[Placed, ...]]:
    """The files of all pictures; those that no earlier run made are drawn, each key once.

    Reports `broken-image` where only decoding shows that a photograph is damaged. Raises OSError.
    """
    placed: list[Placed] = []
    missing: dict[Digest, list[Picturing]] = {}
    for picture in pictures:
        files = store.find(picture)
        if files is None:
            missing.setdefault(picture.key, []).append(picture)
        else:
            placed.extend(zip(picture.paths, files, strict=True))
    found: list[Diagnostic] = []
    for alike, drawn in _drawn(missing.values(), store, executor):
        found.extend(drawn.diagnostics)
        for picture in alike if drawn.value else ():
            placed.extend(zip(picture.paths, drawn.value, strict=True))
    return Checked(tuple(placed), tuple(found))


def _drawn(
    missing: Iterable[Sequence[Picturing]], store: PictureStore, executor: Executor
) -> Iterator[tuple[Sequence[Picturing], Checked[tuple[Path, ...]]]]:
    """Each group with the files that its first picture became."""
    slow = []
    for alike in missing:
        if alike[0].is_quick:
            drawn = alike[0].draw()
            yield alike, Checked(store.keep(alike[0], drawn.value), drawn.diagnostics)
        else:
            slow.append(alike)
    tasks = [(store.folder, alike[0]) for alike in slow]
    for alike, shelved in zip(slow, run_tasks(executor, draw_and_shelve, tasks, few=_WORTH_A_POOL), strict=True):
        files = store.remember(alike[0], shelved.value) if shelved.value else ()
        yield alike, Checked(files, shelved.diagnostics)


def _covers(cards: Sequence[Pictured]) -> Iterator[Picturing]:
    palettes = {Palette.CINNABAR, *(card.palette for card in cards)}
    refs = {ArtRef(Palette.CINNABAR, 0)}
    for card in cards:
        if len(refs) == VARIANTS * len(palettes):
            break
        refs.add(cover_variant(card.key, card.palette))
    for ref in sorted(refs, key=lambda ref: (ref.palette, ref.variant)):
        paths = tuple(file.path for file in ref.picture.files)
        yield Picturing(_key("cover", repr(ref)), paths, _draw_cover, ref, is_quick=True)


def _share_cards(config: SiteConfig, cards: Sequence[Pictured], plan: SharePlan, fonts: Fonts) -> Iterator[Picturing]:
    """Those of one background after one another, for a background takes longer to draw than the rest of a card."""
    seal = config.seal or config.title[:2]
    site = ShareCard(config.title, config.subtitle or config.description, Palette.CINNABAR, seal, config.title)
    main = {Key(f"region:{region}") for region in config.regions}
    shown = {
        share_card_path(card): ShareCard(card.title, card.kicker, card.palette, card.seal, config.title)
        for card in cards
        if card.kind in plan.own or card.key in main
    }
    named = repr(fonts)
    ordered = sorted(
        {SITE_CARD_PATH: site, **shown}.items(), key=lambda item: (item[1].palette, item[1].background, item[0])
    )
    for path, card in ordered:
        yield Picturing(_key("share card", repr(card), named), (path,), _draw_share_card, (path, card, fonts))


def _photographs(root: Path, photographs: Iterable[ImageInfo]) -> Iterator[Picturing]:
    # The same photograph may lie under two names that come to one: in another folder, or as .jpg and .jpeg.
    used = {renditions(info): info for info in photographs}
    for picture, info in used.items():
        paths = tuple(file.path for file in picture.files)
        yield Picturing(_key("photograph", info.digest, repr(SPEC)), paths, draw_photograph, (root, info))


def _card_path(url: str) -> str:
    return f"assets/share/{url.rstrip('/')}.jpg"


def _key(*parts: str) -> Digest:
    return digest("picture", _recipe(), *parts)


@cache
def _recipe() -> Digest:
    """What draws the pictures: our code, and the library that encodes them, which is only looked at and not loaded."""
    library = find_spec("PIL")
    assert library is not None
    assert library.origin is not None
    return digest(code_digest("generator.images"), Path(library.origin).with_name("_version.py").read_bytes())


def _draw_cover(ref: ArtRef) -> Checked[tuple[Artifact, ...]]:
    return Checked(draw_cover_art(ref.palette, ref.variant))


def _draw_share_card(given: tuple[str, ShareCard, Fonts]) -> Checked[tuple[Artifact, ...]]:
    from generator.images.share import draw_share_card

    path, card, fonts = given
    return Checked((Artifact(path, draw_share_card(card, fonts)),))
