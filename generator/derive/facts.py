"""Everything derived, as facts by name: what the store keeps and pages are made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.derive.cards import Card
from generator.derive.derived import Derived
from generator.derive.facets import facet_tables
from generator.derive.fronts import derive_counts, derive_home, derive_main_regions, derive_region_homes
from generator.derive.lists import list_facets, list_pages
from generator.derive.parts import derive_parts, part_count
from generator.derive.sections import SECTIONS
from generator.derive.views import (
    TermWord,
    derive_children,
    derive_figures,
    derive_holders,
    derive_links,
    derive_photographs,
    derive_posts,
    derive_replaced,
    derive_roll,
    derive_sessions,
    derive_sources,
    derive_wholes,
    term_pages,
)
from generator.model import KINDS
from generator.values import Value

Named = Iterator[tuple[str, object]]


class SiteFacts(Value, frozen=True):
    """What every page says of the site."""

    title: str
    url: str
    description: str
    licence: str
    organiser: str | None
    seal: str | None


class FreePageFacts(Value, frozen=True):
    """A free page as it is written."""

    title: str
    summary: str | None
    body: str


def derive_facts(derived: Derived) -> Named:
    """Every fact but the shells; each name once."""
    config = derived.config
    yield (
        "site",
        SiteFacts(
            config.title,
            config.url,
            config.description,
            config.licence,
            config.organiser,
            config.seal,
        ),
    )
    yield from ((f"card:{key}", shown(card)) for key, card in derived.cards.items())
    yield from ((f"links:{key}", links) for key, links in derive_links(derived))
    yield from _views(derived)
    yield from _pages(derived)


_HIDDEN: Mapping[str, Any] = {"tags": (), "updated": None, "facets": (), "words": ()}
_SHOWN = tuple(name for name in Card.__struct_fields__ if name not in _HIDDEN)


def shown(card: Card) -> Card:
    """The card without what only lists, feeds and the search know of it."""
    # `replace` looks at every field anew for each card.
    return Card(**{name: getattr(card, name) for name in _SHOWN}, **_HIDDEN)


def _views(derived: Derived) -> Named:
    yield from ((f"figure:{name}", view) for name, view in derive_figures(derived))
    yield from ((f"source:{name}", view) for name, view in derive_sources(derived))
    yield from ((f"status:{name}", status) for name, status in derived.policy_statuses.items())
    yield from ((f"holders:{name}", holders) for name, holders in derive_holders(derived).items())
    yield from ((f"honour:{name}", told) for name, told in derive_roll(derived))
    yield from ((f"children:{name}", keys) for name, keys in derive_children(derived).items())
    yield from ((f"sessions:{name}", keys) for name, keys in derive_sessions(derived).items())
    yield from ((f"replaced:{name}", key) for name, key in derive_replaced(derived).items())
    yield from ((f"whole:{name}", key) for name, key in derive_wholes(derived).items())
    yield from ((f"post:{name}", post) for name, post in derive_posts(derived))
    yield from ((f"photograph:{path}", photo) for path, photo in derive_photographs(derived.library.media.values()))
    terms = tuple(term_pages(derived))
    yield "terms", tuple(TermWord(title, url) for title, url, _ in terms)
    yield from ((f"term:{title}", definition) for title, _, definition in terms)


def _pages(derived: Derived) -> Named:
    for kind in KINDS:
        if derived.cards_of(kind):
            tables = facet_tables(derived, kind, SECTIONS[kind].facets)
            yield f"facets:{kind}", list_facets(kind, tables)
            yield from ((f"list:{page.url}", page) for page in list_pages(derived, kind, tables))
            yield f"parts:{kind}", part_count(len(derived.cards_of(kind)))
            yield from ((f"part:{part.name}", part) for part in derive_parts(derived, kind))
    yield from ((f"region:{name}", home) for name, home in derive_region_homes(derived))
    yield "home", derive_home(derived)
    yield "main-regions", derive_main_regions(derived)
    yield "counts", tuple(derive_counts(derived).items())
    yield from (
        (f"free:{page.id}", FreePageFacts(page.title, page.summary, page.body)) for page in derived.library.pages
    )
