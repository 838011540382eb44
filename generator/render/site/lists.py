"""What the templates of list pages show."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from generator.derive.cards import Card
from generator.derive.facets import Choice, Facet
from generator.derive.lists import ListPage, page_path
from generator.derive.sections import SECTIONS
from generator.model import MODELS, Kind
from generator.render.site.compiler import as_html
from generator.render.site.page import Page
from generator.render.site.site import HolderView
from generator.values import Value

_MOST_ON_ROLL = 200


class PageLink(Value, frozen=True):
    number: int
    url: str
    current: bool


class CardGroup(Value, frozen=True):
    title: str
    cards: tuple[Card, ...]


class RollGroup(Value, frozen=True):
    card: Card
    told: str
    entries: list[HolderView]
    total: int


class FacetView(Value, frozen=True):
    name: str
    choices: tuple[Choice, ...]
    open: bool


_quoted = lru_cache(maxsize=256)(quote)
"""The pages of one list name each other."""


def list_title(found: ListPage) -> str:
    return found.heading if found.number == 1 else f"{found.heading}（第{found.number}页）"


def list_description(found: ListPage) -> str:
    section = SECTIONS[found.kind]
    if section.style == "roll":
        return section.introduction
    return f"{section.introduction}共{found.total}{section.measure}。"


def list_template(found: ListPage) -> str:
    return "honour_roll.html" if SECTIONS[found.kind].style == "roll" else "list.html"


def list_context(page: Page, found: ListPage) -> dict[str, Any]:
    """Everything that the template of a list refers to."""
    if SECTIONS[found.kind].style == "roll":
        return {**_head(page, found), "roll": _roll(page, found)}
    section = SECTIONS[found.kind]
    return {
        **_head(page, found),
        "total": found.total,
        "measure": section.measure,
        "order": section.order,
        "style": section.style,
        "groups": _groups(found.kind, page.refs(found.keys)),
        "pages": _paging(found.path, found.number, found.count),
    }


def _head(page: Page, found: ListPage) -> dict[str, Any]:
    """What stands above and beside any list: where it is, what it is, how it is narrowed."""
    section = SECTIONS[found.kind]
    base = f"{MODELS[found.kind].plural}/"
    here = section.heading if found.chosen is None else found.chosen[1]
    above: list[tuple[str, str | None]] = [] if found.chosen is None else [(section.heading, base)]
    return {
        "p": page,
        "trail": [("首页", ""), *above, (here, None)],
        "heading": found.heading,
        "introduction": section.introduction,
        "facets": _facets(page, found),
        "chosen": found.chosen,
        "all_url": base,
    }


def _facets(page: Page, found: ListPage) -> Markup:
    """The side of a list page; the first facet and the chosen one stand open."""
    facets = page.site.facts.get(f"facets:{found.kind}", tuple[Facet, ...]) or ()
    parts = []
    for position, facet in enumerate(facets):
        is_chosen = found.chosen is not None and found.chosen[0] == facet.name
        view = FacetView(facet.name, facet.choices, open=position == 0 or is_chosen)
        key = ("facet", found.kind, facet.name, view.open)
        # Long, and for all the pages of a list the same with the address of the root in it.
        html = page.site.fragment((*key, page.root), partial(page.shared, key, "facet", view))
        if is_chosen:
            link = f'<a href="{page.href(_quoted(found.path))}"'
            html = as_html(str(html).replace(link, f'{link} aria-current="true"'))
        parts.append(html)
    return as_html("".join(parts))


def _groups(kind: Kind, shown: Sequence[Card]) -> list[CardGroup]:
    """Services stand under their categories; everything else in one group."""
    if kind != "service":
        return [CardGroup("", tuple(shown))]
    by_category: dict[str, list[Card]] = {}
    for card in shown:
        by_category.setdefault(card.kicker.split(" · ")[-1], []).append(card)
    return [CardGroup(category, tuple(cards)) for category, cards in by_category.items()]


def _paging(path: str, current: int, count: int) -> list[PageLink | None]:
    """First, last, and those around the current page; None where some are left out."""
    shown = sorted({1, count, *range(max(1, current - 2), min(count, current + 2) + 1)})
    links: list[PageLink | None] = []
    before = 0
    for number in shown:
        if links and number - before > 1:
            links.append(None)
        links.append(PageLink(number, _quoted(page_path(path, number)), number == current))
        before = number
    return links


def _roll(page: Page, found: ListPage) -> list[RollGroup]:
    """Honours with their holders; those whose holders are not known stand last."""
    groups = [_roll_group(page, card) for card in page.refs(found.keys)]
    return [group for group in groups if group.entries] + [group for group in groups if not group.entries]


def _roll_group(page: Page, card: Card) -> RollGroup:
    holders = page.site.holders(card.id)
    told = page.site.facts.get(f"honour:{card.id}", str) or ""
    return RollGroup(card, told, holders[:_MOST_ON_ROLL], len(holders))
