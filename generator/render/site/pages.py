"""Every HTML page of the site, from its record and facts. Nothing is read or written here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from urllib.parse import urlsplit

from markupsafe import Markup

from generator.artifact import Artifact
from generator.derive.cards import Card
from generator.derive.facts import FreePageFacts
from generator.derive.fronts import Home
from generator.derive.lists import ListPage
from generator.derive.parts import numbered_part
from generator.derive.sections import SECTIONS, door_of
from generator.library import Key
from generator.markdown import own_pages
from generator.model import KINDS, MODELS, Kind, Record
from generator.render.images import SITE_CARD_PATH, SharePlan
from generator.render.site.assets import asset_names
from generator.render.site.details import detail_context
from generator.render.site.environment import kind_template, macro, template
from generator.render.site.fronts import browse_doors, counts, home_context, main_regions
from generator.render.site.lists import list_context, list_description, list_template, list_title
from generator.render.site.page import Page
from generator.render.site.shell import Shell
from generator.render.site.site import Site
from generator.values import Value

_ARTICLES: frozenset[Kind] = frozenset({"story", "lecture", "activity", "policy", "lesson"})
_SHARE_CARD_PX = (1200, 630)


class ShareImage(Value, frozen=True):
    path: str
    width: int
    height: int


class Sheet(Value, frozen=True):
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


def record_page(site: Site, key: Key, record: Record) -> Artifact:
    """The page of a published record."""
    return _stamped(site, _detail(site, key, record))


def alias_pages(site: Site, key: Key, aliases: Iterable[str]) -> Iterator[Artifact]:
    """A redirect page at each former address of a record."""
    card = site.need_card(key)
    section = MODELS[card.kind].plural
    for alias in aliases:
        context = {"target": f"../{card.id}/", "canonical": site.config.url + card.url, "title": card.title}
        yield Artifact(f"{section}/{alias}/index.html", template("alias.html").render(context).encode())


def other_page(site: Site, name: str) -> Artifact:
    """The page of that name among those without a record: a fact's name, or one of `PAGES`."""
    kind, _, rest = name.partition(":")
    match kind:
        case "list":
            return _stamped(site, _list(site, name))
        case "free":
            return _stamped(site, _free_page(site, name, rest))
        case _:
            return _OTHERS[name](site)


def _stamped(site: Site, sheet: Sheet) -> Artifact:
    return _stamp(sheet, site.shells.at(sheet.section, sheet.page.depth))


def _stamp(sheet: Sheet, shell: Shell) -> Artifact:
    page = shell.fill(
        title=_full_title(sheet),
        description=sheet.description,
        canonical=sheet.page.absolute,
        head=_head(sheet),
        content=sheet.content,
        page_class=sheet.page_class,
    )
    return Artifact(f"{sheet.page.url}index.html", page)


def _full_title(sheet: Sheet) -> str:
    site = sheet.page.config.title
    return sheet.title if sheet.title == site else f"{sheet.title} · {site}"


def _head(sheet: Sheet) -> str:
    return macro("head")(sheet)


def _home(site: Site) -> Sheet:
    page = Page(site, "")
    content = template("home.html").render(home_context(page))
    return Sheet(page, site.config.title, site.config.description, content, "page--home")


def _detail(site: Site, key: Key, record: Record) -> Sheet:
    card = site.need_card(key)
    page = Page(site, card.url, key=key)
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
    shares = page.site.facts.need("shares", SharePlan)
    cover = page.cover(card)
    if cover.credit and card.kind not in shares.own:
        picture = cover.picture.fallback
        return ShareImage(picture.path, picture.width_px, picture.height_px)
    return ShareImage(shares.path(card, card.main), *_SHARE_CARD_PX)


def _list(site: Site, name: str) -> Sheet:
    found = site.facts.need(name, ListPage)
    page = Page(site, found.url)
    content = template(list_template(found)).render(list_context(page, found))
    return Sheet(page, list_title(found), list_description(found), content, "page--list", door_of(found.kind))


def _search(site: Site) -> Sheet:
    page = Page(site, "search/")
    context = {
        "p": page,
        "trail": [("首页", ""), ("搜索", None)],
        "examples": site.facts.need("home", Home).examples,
        "browse": browse_doors(page),
        "regions": main_regions(page),
    }
    script = f'<script src="{page.href(asset_names().search)}" defer></script>'
    told = f"在{site.config.title}里搜人名、事迹、政策、地点和术语。"
    return Sheet(page, "搜索", told, template("search.html").render(context), "page--search", head=(script,))


def _data_row(site: Site, kind: Kind, count: int) -> Mapping[str, object]:
    """A kind with its files: one, or the first and the last of several."""
    parts = site.facts.need(f"parts:{kind}", int)
    return {
        "kind": kind,
        "plural": MODELS[kind].plural,
        "label": SECTIONS[kind].heading,
        "count": count,
        "parts": parts,
        "first": numbered_part(kind, 1, parts),
        "last": numbered_part(kind, parts, parts),
    }


def _data(site: Site) -> Sheet:
    page = Page(site, "data/")
    rows = [_data_row(site, kind, count) for kind, count in counts(page).items()]
    context = {"p": page, "trail": [("首页", ""), ("开放数据", None)], "rows": rows}
    return Sheet(page, "开放数据", "本站全部记录的数据下载。", template("data.html").render(context), "page--data")


def _free_page(site: Site, name: str, page_id: str) -> Sheet:
    from generator.render.site.freepages import render_free_page

    free = site.facts.need(name, FreePageFacts)
    page = Page(site, f"{page_id}/")
    return _free(page, free.title, free.summary or "", render_free_page(page.linked(free.body)))


def _editors_page(site: Site, url: str, title: str, summary: str, text: str) -> Sheet:
    """The editors' reference, from the same source as the schemas and the messages."""
    return _free(Page(site, url), title, summary, own_pages(text), "page--free page--wide")


def _fields(site: Site) -> Sheet:
    from generator.guide import field_reference

    return _editors_page(site, "editors/fields/", "字段说明", "每一种记录有哪些字段、怎样写。", field_reference())


def _messages(site: Site) -> Sheet:
    from generator.guide import message_reference

    told = "检查时可能看到的每一条提示：为什么，怎么改。"
    return _editors_page(site, "editors/messages/", "检查提示", told, message_reference())


def _free(page: Page, title: str, summary: str, html: str, page_class: str = "page--free") -> Sheet:
    context = {"p": page, "trail": [("首页", ""), (title, None)], "title": title, "summary": summary}
    content = template("free.html").render(context, text=Markup(html))
    return Sheet(page, title, summary or title, content, page_class)


def _not_found(site: Site) -> Artifact:
    """Served for any address, so its own links are absolute."""
    prefix = urlsplit(site.config.url).path or "/"
    page = Page(site, "", root=prefix)
    content = template("not_found.html").render({"p": page, "browse": browse_doors(page, KINDS[:12])})
    sheet = Sheet(
        page,
        "没有找到这一页",
        "没有找到这一页。",
        content,
        "page--404",
        head=('<meta name="robots" content="noindex">',),
    )
    return Artifact("404.html", _stamp(sheet, site.shells.at("", 0).rooted(prefix)).data)


_OTHERS: Mapping[str, Callable[[Site], Artifact]] = {
    "home": lambda site: _stamped(site, _home(site)),
    "search": lambda site: _stamped(site, _search(site)),
    "data": lambda site: _stamped(site, _data(site)),
    "fields": lambda site: _stamped(site, _fields(site)),
    "messages": lambda site: _stamped(site, _messages(site)),
    "not-found": _not_found,
}
PAGES = tuple(_OTHERS)
"""Pages that every site has."""
