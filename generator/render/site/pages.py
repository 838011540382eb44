"""Every HTML page of the site, from the derived library and the shells. Nothing is read or written here."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from generator.artifact import Artifact
from generator.derive import Card, Derived
from generator.guide import field_reference, message_reference
from generator.model import KINDS, MODELS, Kind
from generator.render.images import SITE_CARD_PATH, share_card_path
from generator.render.site.assets import asset_names
from generator.render.site.details import detail_context
from generator.render.site.environment import kind_template, template
from generator.render.site.freepages import render_free_page
from generator.render.site.fronts import browse_doors, home_context, main_regions
from generator.render.site.lists import list_pages
from generator.render.site.page import Page
from generator.render.site.sections import SECTIONS, door_of
from generator.render.site.shell import Shell, Shells
from generator.render.site.site import Site

_ARTICLES: frozenset[Kind] = frozenset({"story", "lecture", "activity", "policy", "lesson"})
_SHARE_CARD_PX = (1200, 630)


@dataclass(frozen=True, slots=True)
class ShareImage:
    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page ready to be put into its shell."""

    page: Page
    title: str
    description: str
    content: str
    page_class: str
    section: str = ""
    og_type: str = "website"
    image: ShareImage = ShareImage(SITE_CARD_PATH, *_SHARE_CARD_PX)
    head: tuple[str, ...] = ()


def render(derived: Derived, shells: Shells) -> Iterator[Artifact]:
    """Every page, the search index, the redirects."""
    site = Site(derived)
    for sheet in _sheets(site):
        yield _stamp(sheet, shells.at(sheet.section, sheet.page.depth))
    yield _not_found(site, shells)
    yield Artifact("search/index.js", _search_index(derived))
    yield from _aliases(site)


def _sheets(site: Site) -> Iterator[Sheet]:
    yield _home(site)
    for card in site.derived.cards.values():
        yield _detail(site, card)
    for kind in KINDS:
        yield from _lists(site, kind)
    yield _search(site)
    yield _data(site)
    yield from _free_pages(site)
    yield from _editors_pages(site)


def _stamp(sheet: Sheet, shell: Shell) -> Artifact:
    page = shell.fill(
        title=_full_title(sheet),
        description=sheet.description,
        canonical=sheet.page.absolute,
        head=_head(sheet),
        content=sheet.content,
        page_class=sheet.page_class,
    )
    return Artifact(f"{sheet.page.url}index.html", page.encode())


def _full_title(sheet: Sheet) -> str:
    site = sheet.page.config.title
    return sheet.title if sheet.title == site else f"{sheet.title} · {site}"


def _head(sheet: Sheet) -> str:
    image, root = sheet.image, sheet.page.config.url
    return template("head.html").render(
        og_type=sheet.og_type,
        title=sheet.title,
        description=sheet.description,
        canonical=sheet.page.absolute,
        image=root + image.path,
        image_width=image.width,
        image_height=image.height,
        extra=map(Markup, sheet.head),
    )


def _home(site: Site) -> Sheet:
    page = Page(site, "")
    content = template("home.html").render(home_context(page))
    return Sheet(page, site.config.title, site.config.description, content, "page--home")


def _detail(site: Site, card: Card) -> Sheet:
    page = Page(site, card.url, key=card.key)
    record = site.derived.record(card.key)
    content = kind_template(card.kind).render(detail_context(page, card, record))
    return Sheet(
        page=page,
        title=card.title,
        description=page.plain(card.summary) or f"{card.label}：{card.title}",
        content=content,
        page_class=f"page--{card.kind}",
        section=door_of(card.kind),
        og_type="article" if card.kind in _ARTICLES else "website",
        image=_share_image(page, card),
    )


def _share_image(page: Page, card: Card) -> ShareImage:
    if card.kind in page.config.share_cards:
        return ShareImage(share_card_path(card), *_SHARE_CARD_PX)
    picture = page.cover(card).picture.fallback
    return ShareImage(picture.path, picture.width_px, picture.height_px)


def _lists(site: Site, kind: Kind) -> Iterator[Sheet]:
    for found in list_pages(site, kind):
        content = template(found.template).render(found.context)
        yield Sheet(found.page, found.title, found.description, content, "page--list", door_of(kind))


def _search(site: Site) -> Sheet:
    page = Page(site, "search/")
    home = site.config.home
    context = {
        "p": page,
        "trail": [("首页", ""), ("搜索", None)],
        "examples": home.search_examples if home else (),
        "browse": browse_doors(page, list(KINDS)),
        "regions": main_regions(page),
    }
    script = f'<script src="{page.href(asset_names().search)}" defer></script>'
    told = f"在{site.config.title}里搜人名、事迹、政策、地点和术语。"
    return Sheet(page, "搜索", told, template("search.html").render(context), "page--search", head=(script,))


def _data(site: Site) -> Sheet:
    page = Page(site, "data/")
    counted: Iterable[tuple[Kind, int]] = ((kind, len(site.derived.cards_of(kind))) for kind in KINDS)
    rows = [
        {"kind": kind, "plural": MODELS[kind].plural, "label": SECTIONS[kind].heading, "count": count}
        for kind, count in counted
        if count
    ]
    context = {"p": page, "trail": [("首页", ""), ("开放数据", None)], "rows": rows}
    return Sheet(page, "开放数据", "本站全部记录的数据下载。", template("data.html").render(context), "page--data")


def _free_pages(site: Site) -> Iterator[Sheet]:
    for free in site.derived.library.pages:
        page = Page(site, f"{free.id}/")
        yield _free(page, free.title, free.summary or "", render_free_page(page.linked(free.body)))


def _editors_pages(site: Site) -> Iterator[Sheet]:
    """The editors' reference, from the same source as the schemas and the messages."""
    for url, title, summary, text in (
        ("editors/fields/", "字段说明", "每一种记录有哪些字段、怎样写。", field_reference()),
        ("editors/messages/", "检查提示", "检查时可能看到的每一条提示：为什么，怎么改。", message_reference()),
    ):
        yield _free(Page(site, url), title, summary, render_free_page(text), "page--free page--wide")


def _free(page: Page, title: str, summary: str, html: str, page_class: str = "page--free") -> Sheet:
    context = {"p": page, "trail": [("首页", ""), (title, None)], "title": title, "summary": summary}
    content = template("free.html").render(context, text=Markup(html))
    return Sheet(page, title, summary or title, content, page_class)


def _not_found(site: Site, shells: Shells) -> Artifact:
    """Served for any address, so its own links are absolute."""
    prefix = urlsplit(site.config.url).path or "/"
    page = Page(site, "", root=prefix)
    content = template("not_found.html").render({"p": page, "browse": browse_doors(page, list(KINDS)[:12])})
    sheet = Sheet(
        page,
        "没有找到这一页",
        "没有找到这一页。",
        content,
        "page--404",
        head=('<meta name="robots" content="noindex">',),
    )
    return Artifact("404.html", _stamp(sheet, shells.at("", 0).rooted(prefix)).data)


def _search_index(derived: Derived) -> bytes:
    """Title, address, kicker, summary and other words of every record; shards take its place when it grows."""
    rows: list[list[Any]] = [
        [card.title, card.url, f"{card.label} · {card.region_name}" if card.region_name else card.label,
         card.summary[:90], " ".join((*card.words, *card.tags))]
        for card in derived.cards.values()
    ]  # fmt: skip
    return f"window.rongguangIndex={json.dumps(rows, ensure_ascii=False, separators=(',', ':'))};\n".encode()


def _aliases(site: Site) -> Iterator[Artifact]:
    """A redirect page at each former address, and the same as a map for nginx."""
    prefix = urlsplit(site.config.url).path or "/"
    lines = []
    for card in site.derived.cards.values():
        section = MODELS[card.kind].plural
        for alias in site.derived.record(card.key).aliases:
            lines.append(f"{prefix}{section}/{alias}/ {prefix}{card.url};\n")
            context = {"target": f"../{card.id}/", "canonical": site.config.url + card.url, "title": card.title}
            yield Artifact(f"{section}/{alias}/index.html", template("alias.html").render(context).encode())
    yield Artifact("redirects.map", "".join(sorted(lines)).encode())
