"""Cover art, share cards, photographs: what is drawn, how large, and what never gets through."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import ExifTags, Image, ImageCms

from generator.fonts import find_fonts
from generator.images.art import RECIPE, VARIANTS, ArtRef, cover_variant
from generator.images.card import ShareCard
from generator.images.cover import draw_cover_art
from generator.images.hills import Frame, ridges
from generator.images.lines import CLOSING, OPENING, Line, clip, set_lines
from generator.images.photo import MAX_PIXELS, draw_renditions, probe
from generator.images.renditions import ImageInfo, renditions
from generator.images.share import HEIGHT_PX, WIDTH_PX, draw_share_card
from generator.images.tones import INK, PAPER
from generator.model.places import Palette

CARD = ShareCard("三百二十四毫升，寄往重庆", "淮南 · 公益奉献", Palette.CINNABAR, "邸", "荣光")


def _encoded(image: Image.Image, image_format: str, **options: object) -> bytes:
    data = BytesIO()
    image.save(data, image_format, **options)
    return data.getvalue()


def _decoded(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def _info(data: bytes, path: str = "content/media/bridge.jpg") -> ImageInfo:
    found = probe(data, path)
    assert found.value is not None, found.diagnostics
    return found.value


def _drawn(data: bytes, path: str = "content/media/bridge.jpg") -> dict[str, Image.Image]:
    made = draw_renditions(data, _info(data, path))
    assert made.diagnostics == ()
    return {artifact.path.rpartition("v2-")[2]: _decoded(artifact.data) for artifact in made.value}


# Cover art


def test_a_record_keeps_its_art_and_records_spread_over_the_variants() -> None:
    refs = [cover_variant(f"story:example-{number}", Palette.GREEN) for number in range(200)]
    assert refs == [cover_variant(f"story:example-{number}", Palette.GREEN) for number in range(200)]
    assert {ref.variant for ref in refs} == set(range(VARIANTS))


def _drawing(palette: Palette, variant: int) -> ElementTree.Element:
    (artifact,) = draw_cover_art(palette, variant)
    return ElementTree.fromstring(artifact.data)


def _points(data: str) -> Iterator[tuple[float, float]]:
    """The knots of a curve, from its relative pieces."""
    pieces = re.findall(r"[Mcs][^Mcs]*", re.sub(r"[VHz].*", "", data))
    x = y = 0.0
    for piece in pieces:
        *_, across, down = (float(number) for number in re.findall(r"-?\d+", piece))
        x, y = x + across, y + down
        yield x, y


def test_art_is_the_file_that_pages_were_told_of() -> None:
    (artifact,) = draw_cover_art(Palette.OCHRE, 3)
    (file,) = ArtRef(Palette.OCHRE, 3).picture.files
    assert artifact.path == file.path == f"assets/art/v{RECIPE}-ochre-3.svg"
    drawing = ElementTree.fromstring(artifact.data)
    assert (drawing.get("width"), drawing.get("height")) == (str(file.width_px), str(file.height_px))
    assert drawing.get("viewBox", "").split()[2:] == [str(3 * file.width_px), str(3 * file.height_px)]


def test_all_art_differs_is_small_and_the_same_twice() -> None:
    refs = [(palette, variant) for palette in Palette for variant in range(VARIANTS)]
    first, second = ([draw_cover_art(*ref)[0] for ref in refs] for _ in range(2))
    assert first == second
    assert len({artifact.data for artifact in first}) == len(refs)
    assert max(len(artifact.data) for artifact in first) < 15_000


def test_nothing_in_art_could_run_or_load_anything() -> None:
    elements = {element.tag.rpartition("}")[2] for element in _drawing(Palette.PLUM, 1).iter()}
    assert elements == {"svg", "defs", "g", "linearGradient", "stop", "path", "use"}
    for element in _drawing(Palette.PLUM, 1).iter():
        assert all(not name.startswith("on") for name in element.attrib)
        assert element.get("href", "#").startswith("#")


def test_curves_are_the_hills() -> None:
    drawing = _drawing(Palette.GREEN, 2)
    frame = Frame(2880, 1680, horizon=0.49, lines_from=0.06)
    outlines = [found.get("d", "") for found in drawing.iter() if (found.get("id") or "").startswith("ridge")]
    for data, height in zip(outlines, ridges(frame, 2), strict=True):
        points = list(_points(data))
        assert points[0][0] < 0
        assert points[-1][0] > 2880
        assert all(abs(y - height(x / 2880) * 1680) < 4 for x, y in points)


def test_art_is_light_above_and_deep_below() -> None:
    stops = [found.get("stop-color") for found in _drawing(Palette.SLATE, 0).iter() if found.tag.endswith("stop")]
    assert stops[0] == "#e3e1da"
    lightness = [sum(bytes.fromhex(str(stop)[1:])) for stop in stops[2::2]]
    assert lightness == sorted(lightness, reverse=True)


def test_art_is_its_own_fallback_and_a_photograph_has_a_jpeg() -> None:
    art = cover_variant("story:a", Palette.GREEN).picture
    assert art.srcset("webp") == ""
    assert art.fallback.path.endswith(".svg")
    photograph = renditions(ImageInfo("content/media/a.jpg", "JPEG", 4000, 3000, "0" * 64))
    assert photograph.srcset("webp", "../../").count("../../assets/media/") == 3
    assert photograph.srcset("webp").endswith(" 1600w")
    assert photograph.fallback.path.endswith("-960.jpg")


# Share cards


def test_share_card_has_the_size_that_networks_ask_for_and_is_the_same_twice() -> None:
    first = draw_share_card(CARD, find_fonts())
    assert first == draw_share_card(CARD, find_fonts())
    image = _decoded(first)
    assert image.size == (WIDTH_PX, HEIGHT_PX)
    assert len(first) < 150_000


def test_share_card_is_paper_above_with_the_title_in_ink() -> None:
    image = _decoded(draw_share_card(CARD, find_fonts())).convert("L")
    paper = sum(PAPER) // 3
    assert min(image.crop((0, 0, WIDTH_PX, 20)).tobytes()) > paper - 8
    assert min(image.crop((72, 150, 900, 380)).tobytes()) < 60


def test_drawing_other_cards_between_leaves_a_card_as_it_was() -> None:
    first = draw_share_card(CARD, find_fonts())
    draw_share_card(ShareCard("另一张卡，1411个字", "曲靖", Palette.CINNABAR, "曲靖", "荣光"), find_fonts())
    assert draw_share_card(CARD, find_fonts()) == first


def test_the_title_is_set_in_ink_where_its_lines_stand() -> None:
    image = _decoded(draw_share_card(ShareCard("一", "", Palette.CINNABAR, "", ""), find_fonts())).convert("L")
    dark = image.crop((0, 0, WIDTH_PX, 400)).point([255 if shade < 80 else 0 for shade in range(256)]).getbbox()
    assert dark is not None
    left, top, right, bottom = dark
    assert 72 <= left < right <= 72 + 76
    assert 138 < top < bottom < 300
    assert sum(INK) // 3 < 80


@pytest.mark.parametrize("title", ["“", "字" * 500, "A" * 500, "《》（）" * 60, "🀄荣光", "。，、"])
def test_share_card_survives_any_title(title: str) -> None:
    assert draw_share_card(ShareCard(title, title, Palette.OCHRE, "荣光五城", title), find_fonts())


# Lines


def _measure(piece: str) -> float:
    return sum(5.0 if char.isascii() else 10.0 for char in piece)


def _text(line: Line) -> str:
    return "".join(glyphs.text for glyphs in line.glyphs)


def test_lines_are_balanced_and_break_after_a_mark() -> None:
    lines = set_lines("三百二十四毫升，寄往重庆", _measure, 10, 100, 2)
    assert lines is not None
    assert [_text(line) for line in lines] == ["三百二十四毫升，", "寄往重庆"]


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "把老兵请到一张桌前，听他们说“当年”的事、（现在）的事，《相约老兵》茶会：每月一个主题！"
    for width in range(60, 200, 10):
        for line in set_lines(text, _measure, 10, width, 12) or ():
            assert _text(line)[0] not in CLOSING
            assert _text(line)[-1] not in OPENING
            assert line.width <= width


def test_numbers_and_words_stay_whole_and_stand_apart_from_han() -> None:
    lines = set_lines("建成服务站1411个", _measure, 10, 60, 3)
    assert lines is not None
    pieces = [glyphs for line in lines for glyphs in line.glyphs]
    assert "1411" in [glyphs.text for glyphs in pieces]
    after = next(line for line in lines if any(glyphs.text == "1411" for glyphs in line.glyphs)).glyphs
    at = [glyphs.text for glyphs in after].index("1411")
    assert after[at + 1].x - after[at].x == pytest.approx(20 + 1.25)


def test_what_does_not_fit_is_clipped_with_an_ellipsis() -> None:
    assert set_lines("字" * 50, _measure, 10, 100, 2) is None
    lines = clip("字" * 50, _measure, 10, 100, 2)
    assert len(lines) == 2
    assert _text(lines[-1]).endswith("……")
    assert clip("字", _measure, 10, 5, 1) == ()


# Photographs


def _photo(size: tuple[int, int] = (64, 48), colour: tuple[int, int, int] = (200, 30, 30)) -> Image.Image:
    return Image.new("RGB", size, colour)


def test_widths_never_exceed_the_photograph() -> None:
    data = _encoded(_photo((1000, 750)), "JPEG")
    picture = renditions(_info(data))
    assert [(file.format, file.width_px, file.height_px) for file in picture.files] == [
        ("webp", 480, 360),
        ("webp", 960, 720),
        ("webp", 1000, 750),
        ("jpeg", 960, 720),
    ]
    assert {name: image.size for name, image in _drawn(data).items()} == {
        "480.webp": (480, 360),
        "960.webp": (960, 720),
        "1000.webp": (1000, 750),
        "960.jpg": (960, 720),
    }


def test_names_follow_the_content() -> None:
    one, other = (_encoded(_photo(colour=colour), "JPEG") for colour in ((1, 2, 3), (200, 100, 0)))
    assert renditions(_info(one)) == renditions(_info(one))
    assert {file.path for file in renditions(_info(one)).files}.isdisjoint(
        file.path for file in renditions(_info(other)).files
    )


def test_what_is_known_of_a_photograph_goes_through_json() -> None:
    info = _info(_encoded(_photo(), "JPEG"), "content/media/大桥.jpg")
    assert ImageInfo.from_json(info.to_json()) == info


def test_position_comment_and_profile_are_gone() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "someone"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (32.0, 37.0, 31.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    data = _encoded(_photo(), "JPEG", exif=exif, comment=b"private", icc_profile=profile)
    assert b"someone" in data
    for image in _drawn(data).values():
        assert not image.getexif()
        assert not {"exif", "comment", "icc_profile", "xmp"} & set(image.info)


@pytest.mark.parametrize("image_format", ["JPEG", "PNG", "WEBP"])
def test_orientation_is_applied(image_format: str) -> None:
    lying = Image.new("RGB", (120, 40), (255, 255, 255))
    lying.paste((0, 0, 0), (0, 0, 40, 40))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    path = f"content/media/a.{image_format.lower()}"
    data = _encoded(lying, image_format, exif=exif)
    assert (_info(data, path).width_px, _info(data, path).height_px) == (40, 120)
    upright = _drawn(data, path)["40.jpg"]
    assert upright.size == (40, 120)
    assert upright.convert("L").getpixel((20, 10)) < 60  # type: ignore[operator]
    assert upright.convert("L").getpixel((20, 110)) > 200  # type: ignore[operator]


def test_cmyk_becomes_rgb() -> None:
    data = _encoded(Image.new("CMYK", (50, 50), (0, 255, 255, 0)), "JPEG")
    red, green, blue = _drawn(data)["50.jpg"].getpixel((25, 25))  # type: ignore[misc]
    assert red > 200
    assert green < 60
    assert blue < 60


def test_sixteen_bits_are_scaled_not_cut_off() -> None:
    grey = Image.new("I;16", (50, 50), 32_768)
    shade = _drawn(_encoded(grey, "PNG"), "content/media/a.png")["50.jpg"].convert("L").getpixel((25, 25))
    assert shade == pytest.approx(127, abs=3)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA"])
def test_every_mode_of_png_is_read(mode: str) -> None:
    data = _encoded(_photo().convert(mode), "PNG")
    assert all(image.mode == "RGB" for image in _drawn(data, "content/media/a.png").values())


def test_transparent_becomes_white() -> None:
    data = _encoded(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG")
    assert _drawn(data, "content/media/a.png")["20.jpg"].getpixel((5, 5)) == (255, 255, 255)


def test_of_an_animation_the_first_frame_is_kept() -> None:
    data = _encoded(
        _photo(colour=(250, 0, 0)), "WEBP", save_all=True, append_images=[_photo(colour=(0, 0, 250))], lossless=True
    )
    image = _drawn(data, "content/media/a.webp")["64.webp"]
    assert getattr(image, "n_frames", 1) == 1
    assert image.getpixel((5, 5))[0] > 200  # type: ignore[index]


def _huge_png(side: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def _truncated_jpeg() -> bytes:
    data = _encoded(Image.effect_noise((300, 300), 60), "JPEG")
    return data[: len(data) // 2]


def _html_in_jpeg() -> bytes:
    return b"<!doctype html><script>alert(1)</script>"


@pytest.mark.parametrize(
    ("make", "path", "code"),
    [
        (_html_in_jpeg, "a.jpg", "wrong-image-type"),
        (lambda: b"", "a.png", "wrong-image-type"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg", "wrong-image-type"),
        (lambda: _encoded(_photo(), "GIF"), "a.gif", "wrong-image-type"),
        (lambda: _encoded(_photo(), "PNG"), "a.jpg", "wrong-image-type"),
        (lambda: b"\xff\xd8\xff" + b"\x00" * 40, "a.jpg", "broken-image"),
        (lambda: b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "a.png", "broken-image"),
        (lambda: b"RIFF\x20\x00\x00\x00WEBPVP8 " + b"\x00" * 40, "a.webp", "broken-image"),
        (_truncated_jpeg, "a.jpg", "broken-image"),
        (lambda: _encoded(_photo(), "PNG")[:-12], "a.png", "broken-image"),
        (lambda: _encoded(_photo((400, 400)), "WEBP", lossless=True)[:-8], "a.webp", "broken-image"),
        (lambda: _huge_png(12_000), "a.png", "too-large-image"),
        (lambda: _huge_png(60_000), "a.png", "too-large-image"),
    ],
)
def test_what_cannot_be_shown_is_told(make: Callable[[], bytes], path: str, code: str) -> None:
    found = probe(make(), f"content/media/{path}")
    assert found.value is None
    assert [problem.code for problem in found.diagnostics] == [code]
    assert found.diagnostics[0].span.path == f"content/media/{path}"
    assert path in found.diagnostics[0].message()


def test_the_cap_is_far_below_what_pillow_would_load() -> None:
    assert probe(_huge_png(6_000), "a.png").value is not None
    assert MAX_PIXELS == 40_000_000


def test_nothing_of_a_polyglot_is_published() -> None:
    data = _encoded(_photo(), "JPEG") + b"<script>alert(1)</script>PK\x03\x04"
    made = draw_renditions(data, _info(data))
    assert made.value
    assert all(b"script" not in artifact.data and b"PK\x03\x04" not in artifact.data for artifact in made.value)


def test_pixels_that_cannot_be_decoded_are_told_when_drawing() -> None:
    data = _huge_png(100)
    made = draw_renditions(data, _info(data, "content/media/a.png"))
    assert made.value == ()
    assert [problem.code for problem in made.diagnostics] == ["broken-image"]
