"""A photograph from the camera to the page: sized, upright, credited, and without what the camera wrote into it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from conftest import TODAY
from PIL import Image

from generator.build import Built, build
from generator.images.renditions import ImageInfo, renditions
from generator.photographs import draw_photograph, probe_photograph

Project = Callable[[Mapping[str, str]], Path]
CREDIT = "alt: 码头上的一块石碑\ncredit: 张三\ncaption: 石碑立在码头东侧。\n"
STORY = (
    "---\ntitle: 一块石碑\nregion: huainan\ncover: stele.jpg\nsources:\n  - report\n---\n"
    "从前有一块石碑。\n\n![码头上的一块石碑](stele.jpg)\n\n现在还在。\n"
)


def photograph() -> bytes:
    """2,000 by 1,000 pixels lying on its side, with a place and a maker in its Exif."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "SECRETMAKER"
    exif.get_ifd(0x8825)[2] = (32.0, 37.0, 30.0)
    data = BytesIO()
    Image.new("RGB", (2000, 1000), "#336699").save(data, "JPEG", exif=exif, comment=b"SECRETMAKER")
    return data.getvalue()


def built_with(project: Project, files: Mapping[str, str]) -> tuple[Built, Path]:
    root = project({"stories/a.md": STORY, **files})
    (root / "content" / "media").mkdir(parents=True, exist_ok=True)
    (root / "content" / "media" / "stele.jpg").write_bytes(photograph())
    return build(root, root / "build", today=TODAY, only=("site", "images")), root / "build" / "site"


def test_a_photograph_is_published_in_three_widths_and_once_as_jpeg_without_its_metadata(project: Project) -> None:
    built, site = built_with(project, {"content/media/stele.jpg.yml": CREDIT})
    assert built.site is not None, [found.code for found in built.diagnostics]
    files = sorted((site / "assets" / "media").iterdir())
    sizes = {}
    for file in files:
        assert b"SECRETMAKER" not in file.read_bytes()
        with Image.open(file) as image:
            assert not image.getexif()
            sizes.setdefault(file.suffix, []).append(image.size)
    assert {suffix: sorted(found) for suffix, found in sizes.items()} == {
        ".jpg": [(960, 1920)],
        ".webp": [(480, 960), (960, 1920), (1000, 2000)],
    }


def test_the_page_gives_sizes_words_and_credit(project: Project) -> None:
    _, site = built_with(project, {"content/media/stele.jpg.yml": CREDIT})
    page = (site / "stories" / "a" / "index.html").read_text("utf-8")
    shown = re.findall(r'<img [^>]*src="([^"]*assets/media/[^"]*)"[^>]*>', page)
    assert len(shown) == 2, "the cover and the picture in the text"
    for address in shown:
        assert (site / "stories" / "a" / address).resolve().is_file()
    assert page.count('alt="码头上的一块石碑"') == 2
    assert "摄影：张三" in page
    assert "石碑立在码头东侧。" in page
    assert re.search(r'<img [^>]*width="960" height="1920"', page)


@pytest.mark.parametrize(
    ("files", "code", "path"),
    [
        ({}, "media-without-credit", "content/media/stele.jpg"),
        ({"content/media/stele.jpg.yml": CREDIT, "stories/b.md": STORY.replace("(stele.jpg)", "(else.jpg)")},
         "missing-media", "stories/b.md"),
    ],
)  # fmt: skip
def test_what_is_missing_is_told(project: Project, files: dict[str, str], code: str, path: str) -> None:
    built, _ = built_with(project, files)
    assert built.site is None
    assert (code, path) in {(found.code, found.span.path) for found in built.diagnostics}


def test_one_photograph_under_two_names_is_published_once(project: Project) -> None:
    names = ("stele.jpeg", "2/stele.jpg")
    root = project({f"content/media/{name}.yml": CREDIT for name in ("stele.jpg", *names)})
    for name in names:
        (root / "content" / "media" / name).write_bytes(photograph())
    second = STORY.replace("cover: stele.jpg", "cover: stele.jpeg").replace("(stele.jpg)", "(2/stele.jpg)")
    built, site = built_with(project, {"stories/b.md": second})
    assert built.site is not None, [found.code for found in built.diagnostics]
    assert len(list((site / "assets" / "media").iterdir())) == 4


def test_the_name_of_a_photograph_does_not_break_its_addresses() -> None:
    name = "content/media/两块, 石碑&co.jpg"
    picture = renditions(ImageInfo(name, "JPEG", 500, 500, "0" * 64))
    assert picture.srcset("webp") == (
        "assets/media/两块-石碑-co-000000000000-v2-480.webp 480w, "
        "assets/media/两块-石碑-co-000000000000-v2-500.webp 500w"
    )


def test_a_photograph_is_probed_with_one_look_at_its_file(tmp_path: Path) -> None:
    data = photograph()
    (tmp_path / "stele.jpg").write_bytes(data)
    found = probe_photograph(tmp_path, "stele.jpg")
    assert found.diagnostics == ()
    assert found.value == ImageInfo("stele.jpg", "JPEG", 1000, 2000, sha256(data).hexdigest())


def test_a_photograph_that_is_not_there_or_is_a_link_is_told(tmp_path: Path) -> None:
    (tmp_path / "secret.jpg").write_bytes(photograph())
    (tmp_path / "stele.jpg").symlink_to("secret.jpg")
    for name in ("stele.jpg", "nothing.jpg"):
        found = probe_photograph(tmp_path, name)
        assert found.value is None
        assert [problem.code for problem in found.diagnostics] == ["unreadable-file"]


def test_a_photograph_that_changed_after_it_was_probed_is_not_drawn(tmp_path: Path) -> None:
    (tmp_path / "stele.jpg").write_bytes(photograph())
    info = probe_photograph(tmp_path, "stele.jpg").value
    assert info is not None
    (tmp_path / "stele.jpg").write_bytes(photograph() + b"\0")
    drawn = draw_photograph((tmp_path, info))
    assert drawn.value == ()
    assert [problem.code for problem in drawn.diagnostics] == ["unreadable-file"]
