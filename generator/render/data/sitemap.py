"""`sitemap.xml` and `robots.txt`, for search engines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

from generator.artifact import Artifact
from generator.derive import Card, Derived, section
from generator.model import KINDS

_MOST = 50_000
"""Addresses in one file, as the sitemap protocol allows."""
_NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'


def render_sitemap(derived: Derived, *, most: int = _MOST) -> Iterator[Artifact]:
    """One file, or an index of several where there are more than `most` pages."""
    lines = [_line(derived.config.url + path, lastmod) for path, lastmod in _pages(derived)]
    if len(lines) <= most:
        yield Artifact("sitemap.xml", _url_set(lines))
        return
    parts = [lines[start : start + most] for start in range(0, len(lines), most)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    listed = "".join(f"<sitemap><loc>{escape(derived.config.url + name)}</loc></sitemap>\n" for name in names)
    yield Artifact("sitemap.xml", f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{listed}</sitemapindex>\n".encode())
    for name, part in zip(names, parts, strict=True):
        yield Artifact(name, _url_set(part))


def render_robots(derived: Derived) -> Artifact:
    return Artifact("robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {derived.config.url}sitemap.xml\n".encode())


def _pages(derived: Derived) -> Iterator[tuple[str, str | None]]:
    """Every page that is worth finding, with the day of its last change where a record tells it."""
    cards = tuple(derived.cards.values())
    yield "", _latest(cards)
    for kind in KINDS:
        of_kind = derived.cards_of(kind)
        if of_kind:
            yield section(kind), _latest(of_kind)
    yield from ((f"{page.id}/", None) for page in derived.library.pages)
    yield "data/", _latest(cards)
    yield from ((card.url, card.updated) for card in cards)


def _latest(cards: Iterable[Card]) -> str | None:
    return max((card.updated for card in cards if card.updated), default=None)


def _line(address: str, lastmod: str | None) -> str:
    changed = f"<lastmod>{lastmod}</lastmod>" if lastmod else ""
    return f"<url><loc>{escape(address)}</loc>{changed}</url>\n"


def _url_set(lines: Sequence[str]) -> bytes:
    return f"{_HEAD}<urlset {_NAMESPACE}>\n{''.join(lines)}</urlset>\n".encode()
