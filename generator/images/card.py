"""What a share card shows. Arithmetic only: nothing is drawn here."""

from __future__ import annotations

from generator.images.art import cover_variant
from generator.model.places import Palette
from generator.values import Value

BACKGROUNDS = 4
"""Of each palette."""


class ShareCard(Value, frozen=True):
    """`seal` is one to four characters; `site` is the site's name."""

    title: str
    kicker: str
    palette: Palette
    seal: str
    site: str

    @property
    def background(self) -> int:
        """Which background of its palette it stands on."""
        return cover_variant(self.title, self.palette).variant % BACKGROUNDS
