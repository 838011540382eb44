"""The card that chat programs and social networks show when a page is shared."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from generator.fonts import FontFile, Fonts
from generator.images.art import cover_variant
from generator.images.landscape import Frame, draw_landscape
from generator.images.lines import Line, clip, set_lines
from generator.images.tones import GOLD, INK, MUTED, PAPER, RULE, TONES, Colour
from generator.model.places import Palette

WIDTH_PX = 1200
HEIGHT_PX = 630

_MARGIN_PX = 72
_FRAME = Frame(WIDTH_PX, HEIGHT_PX, horizon=0.70, lines_from=0.57, plain=True)
_BACKGROUNDS = 4
"""Of each palette. All of them are kept in memory (2 MB each), because drawing one takes longer than the rest."""
_HEAD_PX = 26
_TITLE_TOP_PX = 138
_TITLE_BOTTOM_PX = 396
_TITLE_SIZES_PX = ((76, 2), (64, 3), (54, 4))
"""Sizes with the number of lines that each has room for, the largest first."""
_LEADING = 1.32
_SEAL_PX = 112


@dataclass(frozen=True, slots=True)
class ShareCard:
    """What a share card shows. `seal` is one to four characters; `site` is the site's name."""

    title: str
    kicker: str
    palette: Palette
    seal: str
    site: str


def draw_share_card(card: ShareCard, fonts: Fonts) -> bytes:
    """The card as a JPEG of 1,200 by 630 pixels."""
    image = _background(card.palette, cover_variant(card.title, card.palette).variant % _BACKGROUNDS).copy()
    canvas = ImageDraw.Draw(image)
    _draw_head(canvas, card, fonts)
    _draw_title(canvas, card.title, fonts)
    if card.seal:
        _draw_seal(canvas, card.seal, TONES[card.palette].deep, fonts)
    data = BytesIO()
    image.save(data, "JPEG", quality=74, optimize=True)
    return data.getvalue()


def _draw_head(canvas: ImageDraw.ImageDraw, card: ShareCard, fonts: Fonts) -> None:
    """Kicker at the left, the site's name at the right, a hair line under both, as in a book's running head."""
    font = _face(fonts.face("sans"), 400, _HEAD_PX)
    right = WIDTH_PX - _MARGIN_PX
    site = _one_line(card.site, font, 360)
    _draw_line(canvas, site, font, MUTED, right - site.width, 64)
    _draw_line(canvas, _one_line(card.kicker, font, right - site.width - 2 * _MARGIN_PX), font, GOLD, _MARGIN_PX, 64)
    canvas.line((_MARGIN_PX, 88, right, 88), fill=RULE, width=2)


def _one_line(text: str, font: ImageFont.FreeTypeFont, width: float) -> Line:
    if not text:
        return Line((), 0.0)
    lines = set_lines(text, font.getlength, font.size, width, 1) or clip(text, font.getlength, font.size, width, 1)
    return lines[0] if lines else Line((), 0.0)


def _draw_title(canvas: ImageDraw.ImageDraw, title: str, fonts: Fonts) -> None:
    """In the largest size that has room; centred in height between the head and the ridges."""
    font, lines = _fit(title, fonts.face("serif", 700))
    size = font.size
    leading = size * _LEADING
    top = _TITLE_TOP_PX + (_TITLE_BOTTOM_PX - _TITLE_TOP_PX - leading * len(lines)) / 3
    for number, line in enumerate(lines):
        _draw_line(canvas, line, font, INK, _MARGIN_PX, top + leading * number + size)


def _fit(title: str, face: FontFile) -> tuple[ImageFont.FreeTypeFont, tuple[Line, ...]]:
    width = WIDTH_PX - 2 * _MARGIN_PX
    for size, most in _TITLE_SIZES_PX:
        font = _face(face, 700, size)
        lines = set_lines(title, font.getlength, size, width, most)
        if lines:
            return font, lines
    return font, clip(title, font.getlength, size, width, most)


def _draw_line(
    canvas: ImageDraw.ImageDraw, line: Line, font: ImageFont.FreeTypeFont, fill: Colour, left: float, baseline: float
) -> None:
    for glyphs in line.glyphs:
        canvas.text((left + glyphs.x, baseline), glyphs.text, font=font, fill=fill, anchor="ls")


def _draw_seal(canvas: ImageDraw.ImageDraw, seal: str, deep: Colour, fonts: Fonts) -> None:
    """A tile of paper with a ruled edge, written from top to bottom and from right to left, as seals are."""
    left, top = WIDTH_PX - _MARGIN_PX - _SEAL_PX, HEIGHT_PX - 56 - _SEAL_PX
    canvas.rounded_rectangle((left, top, left + _SEAL_PX, top + _SEAL_PX), 5, fill=PAPER)
    canvas.rounded_rectangle((left + 6, top + 6, left + _SEAL_PX - 6, top + _SEAL_PX - 6), 3, outline=deep, width=2)
    columns = {1: (seal,), 2: (seal,)}.get(len(seal), (seal[:2], seal[2:]))
    size = {1: 68, 2: 42}.get(len(seal), 38)
    step = size * 1.04
    font = _face(fonts.face("serif", 700), 700, size)
    centre_x, centre_y = left + _SEAL_PX / 2, top + _SEAL_PX / 2
    for number, column in enumerate(columns):
        x = centre_x + step * ((len(columns) - 1) / 2 - number)
        for row, char in enumerate(column):
            y = centre_y + step * (row - (len(column) - 1) / 2)
            canvas.text((x, y), char, font=font, fill=deep, anchor="mm")


@lru_cache(maxsize=_BACKGROUNDS * len(Palette))
def _background(palette: Palette, variant: int) -> Image.Image:
    return draw_landscape(_FRAME, TONES[palette], variant)


@lru_cache(maxsize=16)
def _face(face: FontFile, weight: int, size_px: int) -> ImageFont.FreeTypeFont:
    # The basic layout: Raqm is not in every build of Pillow, and the pictures must not depend on it.
    font = ImageFont.truetype(face.path, size_px, index=face.index, layout_engine=ImageFont.Layout.BASIC)
    if face.variable:
        font.set_variation_by_axes([weight])
    return font
