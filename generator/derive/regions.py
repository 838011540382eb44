"""The tree of regions: names, ancestors, colours."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.library import Library
from generator.model import Region
from generator.model.places import Palette, RegionLevel

_SUFFIX = re.compile(r"(?<=..)(?:省|市|区|县|镇|乡|街道|村|自治区)$")


@dataclass(frozen=True, slots=True)
class Regions:
    """Every region by id, and the main ones of the site in their order."""

    by_id: Mapping[str, Region]
    main: tuple[str, ...]
    _trails: dict[str | None, tuple[Region, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def ancestry(self, region: str | None) -> tuple[Region, ...]:
        """From the province down to `region`; shorter where a parent is missing or in a circle."""
        # Asked several times for each record, and there are few regions.
        if region not in self._trails:
            self._trails[region] = self._trail(region)
        return self._trails[region]

    def _trail(self, region: str | None) -> tuple[Region, ...]:
        trail: list[Region] = []
        while region is not None and region in self.by_id and len(trail) < len(RegionLevel):
            found = self.by_id[region]
            trail.append(found)
            region = found.parent
        return tuple(reversed(trail))

    def full_name(self, region: str | None) -> str:
        """From the city down: 淮南市寿县; a province alone: 安徽省."""
        trail = self.ancestry(region)
        below = [found for found in trail if found.level is not RegionLevel.PROVINCE]
        return "".join(found.title for found in below or trail)

    def short_name(self, region: str | None) -> str:
        """The name of the main region it belongs to (淮南), else of the region itself, without 省, 市 or 县."""
        trail = self.ancestry(region)
        if not trail:
            return ""
        main = next((found for found in trail if found.id in self.main), trail[-1])
        return _SUFFIX.sub("", main.title)

    def names(self, region: str | None) -> tuple[str, ...]:
        """Every name that a title may begin with, from the province down, then the short one."""
        return (*(found.title for found in self.ancestry(region)), self.short_name(region))

    def main_of(self, region: str | None) -> str | None:
        """The title of the main region that holds `region`."""
        return next((found.title for found in self.ancestry(region) if found.id in self.main), None)

    def main_id_of(self, region: str | None) -> str | None:
        return next((found.id for found in self.ancestry(region) if found.id in self.main), None)

    def palette(self, region: str | None) -> Palette:
        """Its own colour, else the nearest ancestor's."""
        colours = (found.palette for found in reversed(self.ancestry(region)) if found.palette)
        return next(colours, Palette.CINNABAR)

    def within(self, region: str) -> frozenset[str]:
        """`region` and everything below it."""
        return frozenset(name for name in self.by_id if any(found.id == region for found in self.ancestry(name)))


def derive_regions(library: Library) -> Regions:
    return Regions({record.id: record for record in library.published(Region)}, library.config.regions)
