"""Header and footer of the site: what every shell is made from."""

from __future__ import annotations

from generator.derive import Derived
from generator.derive.sections import DOORS, SECTIONS
from generator.model import MODELS, Kind
from generator.render.site.host import Frame, Link, LinkGroup

_BROWSE: tuple[Kind, ...] = ("region", "person", "honour", "organization", "place", "activity", "initiative", "service")
_REFERENCE: tuple[Kind, ...] = ("figure", "term", "source")


def frame_of(derived: Derived) -> Frame:
    """Header and footer of the site; nothing in them leads to an empty list."""
    config = derived.config
    kinds = {card.kind for card in derived.cards.values()}
    return Frame(
        title=config.title,
        url=config.url,
        description=config.description,
        subtitle=config.subtitle,
        seal=config.seal,
        notice="示例站：内容未经三审。" if config.sample else None,
        doors=tuple(
            Link(_url(kind), SECTIONS[kind].heading, MODELS[kind].plural) for kind, _ in DOORS if kind in kinds
        ),
        footer=_footer(derived, kinds),
        organiser=config.organiser,
        contact=_contact(derived),
        registration=_registration(derived),
        licence=config.licence,
    )


def _footer(derived: Derived, kinds: set[Kind]) -> tuple[LinkGroup, ...]:
    pages = sorted(derived.library.pages, key=lambda page: (page.order, page.id))
    groups = (
        LinkGroup("浏览", tuple(Link(_url(kind), SECTIONS[kind].heading) for kind in _BROWSE if kind in kinds)),
        LinkGroup(
            "查考",
            (
                *(Link(_url(kind), SECTIONS[kind].heading) for kind in _REFERENCE if kind in kinds),
                Link("data/", "开放数据"),
            ),
        ),
        LinkGroup(
            "关于",
            (
                *(Link(f"{page.id}/", page.title) for page in pages),
                Link("editors/fields/", "字段说明"),
                Link("editors/messages/", "检查提示"),
            ),
        ),
    )
    return tuple(group for group in groups if group.links)


def _contact(derived: Derived) -> tuple[str, ...]:
    contact = derived.config.contact
    named = (("联系", contact.name), ("电话", contact.phone), ("邮箱", contact.email))
    return tuple(f"{label}：{value}" for label, value in named if value)


def _registration(derived: Derived) -> tuple[str, ...]:
    registration = derived.config.registration
    code = f"网站标识码：{registration.site_code}" if registration.site_code else None
    return tuple(text for text in (registration.icp, registration.police, code) if text)


def _url(kind: Kind) -> str:
    return f"{MODELS[kind].plural}/"
