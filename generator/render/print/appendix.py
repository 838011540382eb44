"""What follows the chapters: policies and services, figures, the index, the colophon."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.derive import Derived
from generator.library import Key, key_of
from generator.model import Brochure, Figure, Person, Policy, Region, Service, Source
from generator.model.policies import Basis, Step
from generator.render.print.chapters import Desk, when_of
from generator.render.print.initials import OTHER, index_key, initial
from generator.render.print.landscape import landscape
from generator.render.print.prose import Node
from generator.render.print.selection import Selection, label_of
from generator.render.print.sourcing import source_title
from generator.validity import PolicyStatus

_LONG = 500
"""An entry with more characters than this may run over a page's end."""
_NATIONAL = "国家法律"
_INDEXED = ("person", "place", "organization", "route")


def policies(desk: Desk, brochure: Brochure, selection: Selection) -> dict[str, Any] | None:
    """None where the brochure has neither policies nor services."""
    groups = [
        {"title": title, "items": [_policy_or_service(desk, record) for record in _by_kind(group)]}
        for title, group in zip(_group_titles(desk.derived, brochure, _NATIONAL), selection.policies, strict=False)
        if group
    ]
    if not groups:
        return None
    title = "政策与服务" if "services" in brochure.sections else "政策"
    national_first = sorted(groups, key=lambda group: group["title"] != _NATIONAL)
    return {"label": "part-policies", "art": _tail("policies"), "title": title, "groups": national_first}


def figures(desk: Desk, brochure: Brochure, selection: Selection) -> dict[str, Any] | None:
    """None where the brochure has no figures."""
    groups = [
        {"title": title, "items": [_figure(desk, figure) for figure in group]}
        for title, group in zip(_group_titles(desk.derived, brochure, "其他"), selection.figures, strict=False)
        if group
    ]
    note = "数字连同单位、时间和口径照来源的写法，不换算，不补全；最右一栏是书末出处的序号。"
    if not groups:
        return None
    return {"label": "part-figures", "art": _tail("figures"), "title": "数字", "note": note, "groups": groups}


def index(derived: Derived) -> dict[str, Any]:
    """Every name that the index may hold; the templates keep those that the book mentions, with the pages."""
    letters: dict[str, dict[tuple[str, str], dict[str, Any]]] = {}
    cards = [card for card in derived.cards.values() if card.kind in _INDEXED]
    for card in sorted(cards, key=lambda card: index_key(card.title)):
        record = derived.record(card.key)
        person = isinstance(record, Person)
        letter = initial(card.title, reading=getattr(record, "reading", None), person=person)
        # A place and a route may have one name, and are one line then; two people of one name stay two.
        same = (card.title, card.key) if person else (card.title, "")
        entry = letters.setdefault(letter, {}).setdefault(same, {"owner": card.key, "name": card.title, "keys": []})
        entry["keys"].append(card.key)
    ordered = sorted(letters.items(), key=lambda entry: (entry[0] == OTHER, entry[0]))
    return {
        "label": "part-index",
        "art": _tail("index"),
        "title": "人名、地名与机构索引",
        "groups": [{"letter": letter, "entries": list(entries.values())} for letter, entries in ordered],
    }


def colophon(desk: Desk, brochure: Brochure, selection: Selection) -> dict[str, Any]:
    """Sources in the order of their numbers, then who made the book and on what terms."""
    return {
        "label": "part-colophon",
        "art": _tail("colophon"),
        "title": "出处与版权",
        "sources": [_source(source) for source in selection.sources],
        "imprint": [[name, desk.words.line(text)] for name, text in _imprint(desk.derived, brochure) if text],
    }


def _tail(part: str) -> dict[str, Any]:
    """The hills that fill the end of a part's last page."""
    return landscape(f"tail:{part}", level_lines=0)


def _group_titles(derived: Derived, brochure: Brochure, last: str) -> list[str]:
    regions = [derived.library.find(Region, chapter.region).title for chapter in brochure.chapters]
    return [*regions, last]


def _by_kind(records: Iterable[Policy | Service]) -> list[Policy | Service]:
    return sorted(records, key=lambda record: isinstance(record, Service))


def _policy_or_service(desk: Desk, record: Policy | Service) -> dict[str, Any]:
    entry = _policy(desk, record) if isinstance(record, Policy) else _service(desk, record)
    entry["long"] = sum(map(_length, (*entry["what"], *entry["how"], *entry["steps"]))) > _LONG
    return {"owner": key_of(record), "key": key_of(record), "label": label_of(record), "title": record.title, **entry}


def _policy(desk: Desk, policy: Policy) -> dict[str, Any]:
    status = desk.derived.policy_statuses[policy.id]
    what = desk.words.blocks(policy.benefit) or ([_line(desk, policy.summary)] if policy.summary else [])
    what.extend(_line(desk, f"{article.number}：{article.gist}") for article in policy.articles)
    what.extend(_line(desk, f"条件：{question.condition}") for question in policy.eligibility)
    how = desk.words.blocks(policy.where)
    if policy.materials:
        how.append(_line(desk, f"要带：{'、'.join(policy.materials)}"))
    how.extend(_line(desk, f"依据：{_basis(desk, basis)}") for basis in policy.basis)
    return {
        "status": status.label,
        "live": status is PolicyStatus.IN_FORCE,
        "meta": _policy_meta(policy),
        "audience": "、".join(audience.label for audience in policy.audience) or None,
        "what": what,
        "steps": [_step(desk, step) for step in policy.procedure],
        "how": how,
    }


def _policy_meta(policy: Policy) -> list[str]:
    dates = [
        f"{policy.issued.chinese}公布" if policy.issued else "",
        f"{policy.effective.chinese}施行" if policy.effective else "",
    ]
    told = [policy.type.label, policy.number, policy.issuer, "，".join(filter(None, dates))]
    return [line for line in told if line]


def _service(desk: Desk, service: Service) -> dict[str, Any]:
    offered = "、".join(desk.words.title(Key(f"organization:{name}")) for name in service.offered_by)
    where = "、".join(desk.words.title(Key(f"place:{name}")) for name in service.where)
    how = [("办理", offered), ("地点", where), ("渠道", "、".join(service.channels)), ("用时", service.duration)]
    return {
        "status": None,
        "live": True,
        "meta": ["服务事项", service.category],
        "audience": "、".join(audience.label for audience in service.audience) or None,
        "what": [_line(desk, service.summary)] if service.summary else [],
        "steps": [_step(desk, step) for step in service.procedure],
        "how": [_line(desk, f"{name}：{text}") for name, text in how if text]
        + ([_line(desk, f"要带：{'、'.join(service.materials)}")] if service.materials else []),
    }


def _step(desk: Desk, step: Step) -> dict[str, Any]:
    days = f"{step.days}个工作日" if step.days is not None else ""
    told = "，".join(part for part in (step.who, days) if part)
    note = (f"（{told}）" if told else "") + (f"　{step.text}" if step.text else "")
    return {"title": desk.words.line(step.title), "note": desk.words.line(note) if note else None}


def _basis(desk: Desk, basis: Basis) -> str:
    return f"{desk.words.title(Key(f'policy:{basis.policy}'))}{'、'.join(basis.articles)}"


def _line(desk: Desk, text: str) -> Node:
    return {"t": "p", "c": desk.words.line(text)}


def _length(value: Any) -> int:
    """Characters in a node, roughly."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(map(_length, value.values()))
    return sum(map(_length, value)) if isinstance(value, Sequence) else 0


def _figure(desk: Desk, figure: Figure) -> dict[str, Any]:
    return {
        "owner": key_of(figure),
        "key": key_of(figure),
        "value": desk.derived.figure_texts[figure.id],
        "title": figure.title,
        "scope": figure.scope,
        "when": when_of(desk.derived, figure.id),
        "source": desk.source_numbers[figure.source],
    }


def _source(source: Source) -> dict[str, Any]:
    return {"owner": key_of(source), "title": source_title(source), "lines": list(_credits(source))}


def _credits(source: Source) -> Iterator[str]:
    date = f"{source.published}（推定）" if source.published and source.date_inferred else source.published
    yield "　".join(
        part
        for part in (source.publisher, source.column, source.reprint_of and f"转自{source.reprint_of}", date)
        if part
    )
    reviewers = source.reviewers
    people = [
        ("作者、记者", "、".join(source.authors)),
        ("通讯员", "、".join(source.correspondents)),
        ("责任编辑", "、".join(source.editors)),
        ("供稿", source.contributed_by),
        ("初审", reviewers.initial if reviewers else None),
        ("复审", reviewers.second if reviewers else None),
        ("终审", reviewers.final if reviewers else None),
    ]
    told = "　".join(f"{name}：{names}" for name, names in people if names)
    if told:
        yield told
    if source.title_supplied:
        yield "原文没有题目，题目为编者所加。"
    if source.url:
        yield source.url


def _imprint(derived: Derived, brochure: Brochure) -> Iterator[tuple[str, str | None]]:
    config = derived.config
    yield "书名", "　".join(part for part in (brochure.title, brochure.subtitle) if part)
    yield "版次", brochure.edition
    yield "主办单位", config.organiser
    contact = (config.contact.name, config.contact.phone, config.contact.email)
    yield "联系", "　".join(part for part in contact if part) or None
    yield "网上版本", config.url
    yield "成书日期", f"{derived.today.year}年{derived.today.month}月{derived.today.day}日"
    yield "许可", f"文字以{config.licence}许可发布：可以转载和改编，须注明出处。来源报道的版权归原作者和发布单位。"
    if config.sample:
        yield "声明", "示例内容，未经初审、复审和终审，不作为办事和引用的依据。"
    yield "制作", "由荣光出版程序以Typst排成。"
