"""Which pictures a site wants, and that each is drawn once and found ever after."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

import pytest
from conftest import ROOT, TODAY
from PIL import Image

from generator.check import load_project
from generator.derive import Derived, derive
from generator.fonts import Fonts, find_fonts
from generator.images.art import cover_variant
from generator.images.picturing import Picturing
from generator.images.renditions import ImageInfo, renditions
from generator.images.shelf import PictureStore
from generator.model import SiteConfig
from generator.model.places import Palette
from generator.photographs import probe_photograph, used_photographs
from generator.render.images import (
    MOST_OWN_CARDS,
    SITE_CARD_PATH,
    SharePlan,
    made,
    plan_shares,
    share_card_path,
    wanted,
)
from generator.run import open_executor
from generator.store import Digest, Store
from generator.values import replace

Project = Callable[[Mapping[str, str]], Path]
CREDIT = "alt: 码头上的一块石碑\ncredit: 张三\n"
STORY = "---\ntitle: 一块石碑\nregion: {region}\ncover: {cover}\nsources:\n  - report\n---\n从前有一块石碑。\n"
TEXTS = {
    "content/region/shouxian.yml": "title: 寿县\nlevel: county\nparent: huainan\nsources:\n  - report\n",
    "content/region/elsewhere.yml": "title: 别处市\nlevel: city\nsources:\n  - report\n",
    "content/service/help.yml": "title: 一件事\ncategory: 帮扶\nregion: shouxian\nsources:\n  - report\n",
    "stories/a.md": STORY.format(region="shouxian", cover="stele.jpg"),
    "stories/b.md": STORY.format(region="elsewhere", cover="stone.jpg"),
    **{f"content/media/{name}.jpg.yml": CREDIT for name in ("stele", "stone", "unused")},
}


@pytest.fixture
def draws(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each picture was drawn, by its first path."""
    counted: Counter[str] = Counter()
    draw = Picturing.draw

    def counting(picture: Picturing) -> object:
        counted[picture.paths[0]] += 1
        return draw(picture)

    monkeypatch.setattr(Picturing, "draw", counting)
    return counted


def photograph(colour: str, width: int = 600) -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, 400), colour).save(data, "JPEG")
    return data.getvalue()


@pytest.fixture
def root(project: Project) -> Path:
    made_root = project(TEXTS)
    for name, colour in {"stele": "#336699", "stone": "#993366", "unused": "#669933"}.items():
        (made_root / "content" / "media" / f"{name}.jpg").write_bytes(photograph(colour))
    return made_root


def derived_of(root: Path) -> Derived:
    loaded = load_project(root, today=TODAY)
    assert loaded.value is not None
    return derive(loaded.value, today=TODAY)


def rendered(root: Path) -> dict[str, bytes]:
    """The pictures of the project, kept beside it."""
    derived = derived_of(root)
    pictures = wanted_of(derived, root, SharePlan(derived.config.share_cards))
    with Store(root / "index.sqlite") as index, PictureStore(root / "pictures", index) as store:
        drawn = made(pictures, store, open_executor(1))
        assert drawn.diagnostics == ()
        return {path: file.read_bytes() for path, file in drawn.value}


def wanted_of(derived: Derived, root: Path, plan: SharePlan) -> tuple[Picturing, ...]:
    infos = used_photographs(derived.library)
    return tuple(wanted(root, derived.config, derived.cards.values(), infos, plan, find_fonts()))


def test_every_picture_that_pages_show_is_there(root: Path) -> None:
    derived, files = derived_of(root), rendered(root)
    for card in derived.cards.values():
        assert {file.path for file in cover_variant(card.key, card.palette).picture.files} <= files.keys()
    names = {path.rpartition("/")[2].partition("-")[0] for path in files if path.startswith("assets/media/")}
    assert names == {"stele", "stone"}, "a photograph that nothing shows is not published"
    for path, data in files.items():
        if not path.endswith(".svg"):
            Image.open(BytesIO(data)).load()


def test_a_second_run_draws_nothing_and_gives_the_same(root: Path, draws: Counter[str]) -> None:
    first = rendered(root)
    assert draws
    assert set(draws.values()) == {1}
    draws.clear()
    assert rendered(root) == first
    assert not draws


def test_what_changed_is_drawn_and_nothing_else(root: Path, draws: Counter[str]) -> None:
    first = rendered(root)
    (root / "content" / "media" / "stone.jpg").write_bytes(photograph("#000000"))
    story = (root / "stories" / "a.md").read_text("utf-8")
    (root / "stories" / "a.md").write_text(story.replace("title: 一块石碑", "title: 两块石碑"), "utf-8")
    draws.clear()
    second = rendered(root)
    assert len(draws) == 2
    assert "assets/share/stories/a.jpg" in draws
    assert {path for path, data in second.items() if first.get(path) != data} == {
        "assets/share/stories/a.jpg",
        *(path for path in second if path.startswith("assets/media/stone-")),
    }
    assert {path for path in first if path not in second} == {
        path for path in first if path.startswith("assets/media/stone-")
    }


def test_one_photograph_under_two_names_is_drawn_once(root: Path, draws: Counter[str]) -> None:
    (root / "content" / "media" / "stone.jpg").write_bytes(photograph("#336699"))
    files = rendered(root)
    assert sum(path.startswith("assets/media/") for path in draws) == 1
    twins = {path: path.replace("/stele-", "/stone-") for path in files if path.startswith("assets/media/stele-")}
    assert twins
    assert all(files[one] == files[other] for one, other in twins.items())


def test_a_planted_picture_is_not_published(root: Path) -> None:
    first = rendered(root)
    (root / "index.sqlite").unlink()
    for file in (root / "pictures").iterdir():
        file.write_bytes(b"<script>alert(1)</script>")
    assert rendered(root) == first


def test_workers_draw_the_same_bytes(root: Path) -> None:
    derived = derived_of(root)
    pictures = wanted_of(derived, root, SharePlan(derived.config.share_cards))
    assert sum(not picture.is_quick for picture in pictures) > 5, "or no worker is asked"
    written = []
    for jobs in (1, 2):
        with (
            open_executor(jobs) as executor,
            Store(root / f"{jobs}.sqlite") as index,
            PictureStore(root / f"{jobs}", index) as store,
        ):
            files = made(pictures, store, executor)
            written.append({path: file.read_bytes() for path, file in files.value})
    assert written[0] == written[1]
    assert written[0].keys() == {path for picture in pictures for path in picture.paths}


def test_no_two_pictures_have_a_path_in_common(root: Path) -> None:
    derived = derived_of(root)
    paths = [path for picture in wanted_of(derived, root, SharePlan(("region", "story"))) for path in picture.paths]
    assert len(paths) == len(set(paths))


def test_a_damaged_photograph_is_told_and_the_others_are_drawn(root: Path) -> None:
    name = "content/media/stone.jpg"
    whole = BytesIO()
    Image.effect_noise((1600, 1600), 80).save(whole, "PNG")
    damaged = whole.getvalue()[:200_000] + bytes(200) + whole.getvalue()[200_200:]
    (root / "content" / "media" / "noise.png").write_bytes(damaged)
    info = probe_photograph(root, "content/media/noise.png").value
    assert info is not None, "its header and its end are right"
    derived = derived_of(root)
    photographs = (info, *(found for found in used_photographs(derived.library) if found.path != name))
    pictures = tuple(wanted(root, derived.config, derived.cards.values(), photographs, SharePlan(()), find_fonts()))
    for _ in range(2):
        with Store(root / "index.sqlite") as index, PictureStore(root / "pictures", index) as store:
            drawn = made(pictures, store, open_executor(1))
        assert [(found.code, found.span.path) for found in drawn.diagnostics] == [("broken-image", info.path)]
        paths = {path for path, _ in drawn.value}
        assert paths == {path for picture in pictures for path in picture.paths} - {
            file.path for file in renditions(info).files
        }


def test_up_to_a_number_each_record_has_its_own_card_above_it_none_has(root: Path) -> None:
    config = derived_of(root).config
    assert plan_shares(config, {"story": MOST_OWN_CARDS}).own == config.share_cards
    assert plan_shares(config, {"story": MOST_OWN_CARDS, "source": 9_000}).own == config.share_cards
    assert plan_shares(config, {"story": MOST_OWN_CARDS, "person": 1}).own == ()


@pytest.mark.parametrize("own", [(), ("story",), ("story", "region", "person", "service")])
def test_pages_name_the_cards_that_are_drawn(root: Path, own: tuple[str, ...]) -> None:
    derived, plan = derived_of(root), SharePlan(own)  # type: ignore[arg-type]
    drawn = {path for picture in wanted_of(derived, root, plan) for path in picture.paths}
    named = {card.key: plan.path(card, derived.regions.main_id_of(card.region)) for card in derived.cards.values()}
    assert set(named.values()) <= drawn
    assert {path for path in drawn if path.startswith("assets/share/")} == {
        SITE_CARD_PATH,
        "assets/share/regions/huainan.jpg",
        *(share_card_path(card) for card in derived.cards.values() if card.kind in own),
    }
    if "service" not in own:
        assert named["service:help"] == "assets/share/regions/huainan.jpg"  # type: ignore[index]
    if "story" not in own:
        assert named["story:b"] == SITE_CARD_PATH, "its region is not one of the site's"  # type: ignore[index]


def test_the_number_of_pictures_does_not_grow_with_the_records(root: Path) -> None:
    derived = derived_of(root)
    (first, *_) = derived.cards.values()
    cards = [
        replace(first, key=f"story:n{number}", kind="story", url=f"stories/n{number}/", palette=palette)  # type: ignore[arg-type]
        for number in range(1_000)
        for palette in Palette
    ]
    plan = plan_shares(derived.config, Counter(card.kind for card in cards))
    pictures = list(wanted(root, derived.config, cards, (), plan, find_fonts()))
    assert len(pictures) == 40 + 1


def test_a_run_that_draws_nothing_loads_no_library_for_drawing(project: Project) -> None:
    story = STORY.format(region="huainan", cover="").replace("cover: \n", "")
    root = project({"stories/a.md": story})
    script = (
        "import sys; from datetime import date; from pathlib import Path; from generator.build import build\n"
        f"built = build(Path({str(root)!r}), Path({str(root / 'build')!r}), today=date(2026, 1, 1), only=('images',))\n"
        "assert built.site, built.diagnostics\n"
        "print(' '.join(sys.modules))"
    )
    loaded = []
    for text in (story, story, story.replace("从前", "以前")):
        (root / "stories" / "a.md").write_text(text, "utf-8")
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
        loaded.append({"PIL", "fontTools"} & set(done.stdout.split()))
    assert loaded == [{"PIL"}, set(), set()]


def test_a_picture_is_known_by_all_that_shapes_it(root: Path) -> None:
    derived, fonts = derived_of(root), find_fonts()
    (info, *_) = used_photographs(derived.library)
    renamed = derived.config.model_copy(update={"title": "别的站"})
    changed = (replace(info, digest="f" * 64),)
    other_font = replace(fonts, sans=replace(fonts.sans, stamp=(1, 1)))

    def keys(config: SiteConfig, photographs: tuple[ImageInfo, ...], with_fonts: Fonts) -> set[Digest]:
        return {picture.key for picture in wanted(root, config, (), photographs, SharePlan(()), with_fonts)}

    cover, card, photo = (picture.key for picture in wanted(root, derived.config, (), (info,), SharePlan(()), fonts))
    assert keys(derived.config, (info,), fonts) == {cover, card, photo}
    assert keys(renamed, (info,), fonts) & {cover, card, photo} == {cover, photo}
    assert keys(derived.config, (info,), other_font) & {cover, card, photo} == {cover, photo}
    assert keys(derived.config, changed, fonts) & {cover, card, photo} == {cover, card}
