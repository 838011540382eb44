"""Atom feeds (RFC 4287) of stories and activities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit
from xml.sax.saxutils import escape, quoteattr

from generator.artifact import Artifact
from generator.derive import Card, Derived
from generator.model import Kind, PartialDate
from generator.values import Value

_ENTRIES = 50
_MINTED = "2026"
"""The year in `tag:` addresses (RFC 4151). It names a day on which the domain was ours, and must never change."""


class Feed(Value, frozen=True):
    """One feed and what it holds."""

    name: str
    title: str
    kinds: tuple[Kind, ...]

    @property
    def path(self) -> str:
        return f"feeds/{self.name}.xml"


FEEDS = (
    Feed("all", "人物事迹与活动", ("story", "activity")),
    Feed("stories", "人物事迹", ("story",)),
    Feed("activities", "活动", ("activity",)),
)


def render_feeds(derived: Derived) -> Iterator[Artifact]:
    for feed in FEEDS:
        yield Artifact(feed.path, _feed(derived, feed).encode())


def _feed(derived: Derived, feed: Feed) -> str:
    config = derived.config
    cards = _newest(card for kind in feed.kinds for card in derived.cards_of(kind))
    # A feed must have a date even while it is empty.
    updated = _moment(_updated(cards[0])) if cards else _moment(derived.today.isoformat())
    return "\n".join(
        (
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">',
            f"<title>{escape(f'{config.title}：{feed.title}')}</title>",
            f"<subtitle>{escape(config.description)}</subtitle>",
            f"<id>{escape(_tag(derived, f'feed:{feed.name}'))}</id>",
            f"<updated>{updated}</updated>",
            f"<author><name>{escape(config.organiser or config.title)}</name></author>",
            f"<rights>{escape(config.licence)}</rights>",
            f'<link rel="self" type="application/atom+xml" href={quoteattr(config.url + feed.path)}/>',
            f'<link rel="alternate" type="text/html" href={quoteattr(config.url)}/>',
            *(_entry(derived, card) for card in cards),
            "</feed>\n",
        )
    )


def _entry(derived: Derived, card: Card) -> str:
    published = f"<published>{_moment(card.date)}</published>" if card.date else ""
    terms = (card.label, card.region_name, *card.tags)
    categories = "".join(f"<category term={quoteattr(term)}/>" for term in terms if term)
    return (
        f"<entry><title>{escape(card.title)}</title><id>{escape(_tag(derived, card.key))}</id>"
        f"<updated>{_moment(_updated(card))}</updated>{published}"
        f'<link rel="alternate" type="text/html" href={quoteattr(derived.config.url + card.url)}/>'
        f"<summary>{escape(card.summary)}</summary>{categories}</entry>"
    )


def _newest(cards: Iterable[Card]) -> tuple[Card, ...]:
    """The latest changes. A record without any date has no place in an order of time and is left out."""
    dated = [card for card in cards if card.updated or card.date]
    return tuple(sorted(sorted(dated, key=lambda card: card.key), key=_order, reverse=True)[:_ENTRIES])


def _order(card: Card) -> tuple[str, str]:
    return _moment(_updated(card)), card.date or ""


def _updated(card: Card) -> str:
    return card.updated or card.date or ""


def _moment(day: str) -> str:
    """RFC 3339. A month or a year begins with its first day; the hour is China's."""
    return f"{PartialDate(day).first_day.isoformat()}T00:00:00+08:00"


def _tag(derived: Derived, name: str) -> str:
    """An address that stays when the page moves to https or to another folder: only the domain is in it."""
    return f"tag:{urlsplit(derived.config.url).hostname},{_MINTED}:{name}"
