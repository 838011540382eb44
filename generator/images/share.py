"""The card that chat programs and social networks show when a page is shared."""

from __future__ import annotations

from functools import lru_cache, partial
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from generator.fonts import FontFile, Fonts
from generator.images.card import BACKGROUNDS, ShareCard
from generator.images.hills import Frame
from generator.images.landscape import draw_landscape
from generator.images.lines import Line, clip, set_lines
from generator.images.tones import GOLD, INK, MUTED, PAPER, RULE, TONES, Colour
from generator.model.places import Palette
from generator.values import Value

WIDTH_PX = 1200
HEIGHT_PX = 630

_MARGIN_PX = 72
_FRAME = Frame(WIDTH_PX, HEIGHT_PX, horizon=0.70, lines_from=0.57)
_WIDTHS = 4096
_GLYPHS = 512
"""Kept in memory for each size, of 6 KB at the most each: FreeType takes half of a card's time to draw them again."""
_HEAD_PX = 26
_TITLE_TOP_PX = 138
_TITLE_BOTTOM_PX = 396
_TITLE_SIZES_PX = ((76, 2), (64, 3), (54, 4))
"""Sizes with the number of lines that each has room for, the largest first."""
_LEADING = 1.32
_SEAL_PX = 112


class _Type:
    """A face in one weight and size, with the widths and the glyphs that were asked for before."""

    def __init__(self, face: FontFile, weight: int, size_px: int) -> None:
        # The basic layout: Raqm is not in every build of Pillow, and the pictures must not depend on it.
        layout = ImageFont.Layout.BASIC
        self.font = ImageFont.truetype(face.path, size_px, index=face.index, layout_engine=layout)
        if face.variable:
            self.font.set_variation_by_axes([weight])
        self.size_px = size_px
        self.measure = lru_cache(maxsize=_WIDTHS)(self.font.getlength)
        self.glyph = lru_cache(maxsize=_GLYPHS)(partial(_glyph, self.font))


class _Glyph(Value, frozen=True):
    """A drawn piece of text as a mask, and where it lies from the left end of its baseline."""

    mask: Image.Image
    left: int
    top: int


def draw_share_card(card: ShareCard, fonts: Fonts) -> bytes:
    """The card as a JPEG of 1,200 by 630 pixels."""
    image = _background(card.palette, card.background).copy()
    _draw_head(image, card, fonts)
    _draw_title(image, card.title, fonts)
    if card.seal:
        _draw_seal(image, card.seal, TONES[card.palette].deep, fonts)
    data = BytesIO()
    # Without `optimize`, which takes two thirds more time for one tenth fewer bytes.
    image.save(data, "JPEG", quality=74)
    return data.getvalue()


def _draw_head(image: Image.Image, card: ShareCard, fonts: Fonts) -> None:
    """Kicker at the left, the site's name at the right, a hair line under both, as in a book's running head."""
    font = _type(fonts.face("sans"), 400, _HEAD_PX)
    right = WIDTH_PX - _MARGIN_PX
    site = _one_line(card.site, font, 360)
    _draw_line(image, site, font, MUTED, right - site.width, 64)
    _draw_line(image, _one_line(card.kicker, font, right - site.width - 2 * _MARGIN_PX), font, GOLD, _MARGIN_PX, 64)
    image.paste(RULE, (_MARGIN_PX, 88, right + 1, 90))


def _one_line(text: str, font: _Type, width: float) -> Line:
    if not text:
        return Line((), 0.0)
    measure, size = font.measure, font.size_px
    lines = set_lines(text, measure, size, width, 1) or clip(text, measure, size, width, 1)
    return lines[0] if lines else Line((), 0.0)


def _draw_title(image: Image.Image, title: str, fonts: Fonts) -> None:
    """In the largest size that has room; centred in height between the head and the ridges."""
    font, lines = _fit(title, fonts.face("serif", 700))
    size = font.size_px
    leading = size * _LEADING
    top = _TITLE_TOP_PX + (_TITLE_BOTTOM_PX - _TITLE_TOP_PX - leading * len(lines)) / 3
    for number, line in enumerate(lines):
        _draw_line(image, line, font, INK, _MARGIN_PX, top + leading * number + size)


def _fit(title: str, face: FontFile) -> tuple[_Type, tuple[Line, ...]]:
    width = WIDTH_PX - 2 * _MARGIN_PX
    for size, most in _TITLE_SIZES_PX:
        font = _type(face, 700, size)
        lines = set_lines(title, font.measure, size, width, most)
        if lines:
            return font, lines
    return font, clip(title, font.measure, size, width, most)


def _draw_line(image: Image.Image, line: Line, font: _Type, fill: Colour, left: float, baseline: float) -> None:
    for piece in line.glyphs:
        glyph = font.glyph(piece.text)
        image.paste(fill, (round(left + piece.x) + glyph.left, round(baseline) + glyph.top), glyph.mask)


def _draw_seal(image: Image.Image, seal: str, deep: Colour, fonts: Fonts) -> None:
    """A tile of paper with a ruled edge, written from top to bottom and from right to left, as seals are."""
    canvas = ImageDraw.Draw(image)
    left, top = WIDTH_PX - _MARGIN_PX - _SEAL_PX, HEIGHT_PX - 56 - _SEAL_PX
    canvas.rounded_rectangle((left, top, left + _SEAL_PX, top + _SEAL_PX), 5, fill=PAPER)
    canvas.rounded_rectangle((left + 6, top + 6, left + _SEAL_PX - 6, top + _SEAL_PX - 6), 3, outline=deep, width=2)
    columns = {1: (seal,), 2: (seal,)}.get(len(seal), (seal[:2], seal[2:]))
    size = {1: 68, 2: 42}.get(len(seal), 38)
    step = size * 1.04
    font = _type(fonts.face("serif", 700), 700, size).font
    centre_x, centre_y = left + _SEAL_PX / 2, top + _SEAL_PX / 2
    for number, column in enumerate(columns):
        x = centre_x + step * ((len(columns) - 1) / 2 - number)
        for row, char in enumerate(column):
            y = centre_y + step * (row - (len(column) - 1) / 2)
            canvas.text((x, y), char, font=font, fill=deep, anchor="mm")


# All of them are kept in memory (3 MB each), because drawing one takes longer than the rest of a card.
@lru_cache(maxsize=BACKGROUNDS * len(Palette))
def _background(palette: Palette, variant: int) -> Image.Image:
    return draw_landscape(_FRAME, TONES[palette], variant)


def _glyph(font: ImageFont.FreeTypeFont, text: str) -> _Glyph:
    left, top, right, bottom = (round(edge) for edge in font.getbbox(text, anchor="ls"))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(mask).text((-left, -top), text, font=font, fill=255, anchor="ls")
    return _Glyph(mask, left, top)


_type = lru_cache(maxsize=16)(_Type)
