"""Cards, links and regions from small libraries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from conftest import library_of

from generator.derive import Derived, derive
from generator.derive.facts import derive_facts
from generator.derive.views import term_pages
from generator.library import Key
from generator.model.places import Palette
from generator.validity import PolicyStatus

REGIONS = {
    "content/region/anhui.yml": "title: 安徽省\nlevel: province\nsources: [report]\n",
    "content/region/huainan.yml": (
        "title: 淮南市\nlevel: city\nparent: anhui\npalette: ochre\nseal: 淮南\nsources: [report]\n"
    ),
    "content/region/shouxian.yml": "title: 寿县\nlevel: county\nparent: huainan\nsources: [report]\n",
}
PERSON = (
    "name: 邸维山\nregion: shouxian\nhonours:\n  - honour: zuimei\n    edition: 4\nsources: [report]\n"
    "consent:\n  ground: public-report\n  source: report\n"
)
PEOPLE = {
    "content/honour/zuimei.yml": "title: 最美退役军人\nlevel: city\nsources: [report]\n",
    "content/person/di.yml": PERSON,
}
STORY = (
    "---\ntitle: 一件小事\nregion: shouxian\npeople:\n  - di\ntags:\n  - 公益奉献\nsources:\n  - report\n---\n正文。\n"
)


def derived_of(files: Mapping[str, str], today: date = date(2026, 11, 22)) -> Derived:
    return derive(library_of({**REGIONS, **PEOPLE, **files}), today=today)


def test_a_card_says_where_and_what() -> None:
    card = derived_of({}).cards[Key("person:di")]
    assert card.url == "people/di/"
    assert card.region_name == "淮南市寿县"
    assert card.kicker == "淮南 · 第四届最美退役军人"
    assert card.seal == "邸"
    assert card.palette is Palette.OCHRE
    assert ("地区", "淮南市") in card.facets
    assert ("荣誉", "最美退役军人") in card.facets


def test_a_reference_is_a_backlink_at_the_other_end() -> None:
    derived = derived_of({"stories/a.md": STORY})
    assert [card.key for card in derived.linked_from(Key("person:di"))["story"]] == ["story:a"]


def test_an_inline_reference_is_a_backlink_too() -> None:
    story = "---\ntitle: 又一件\nsources:\n  - report\n---\n见[[person:di|他]]。\n"
    derived = derived_of({"stories/b.md": story})
    assert [card.key for card in derived.linked_from(Key("person:di"))["story"]] == ["story:b"]


def test_records_are_related_by_the_facts_they_share_with_the_reason_told() -> None:
    derived = derived_of({"stories/a.md": STORY, "stories/b.md": STORY.replace("一件小事", "另一件小事")})
    relations = derived.related[Key("story:a")]
    assert [(relation.key, relation.reason) for relation in relations] == [("story:b", "都写到邸维山")]


def test_unpublished_records_appear_nowhere() -> None:
    draft = STORY.replace("title: 一件小事", "title: 草稿\nstatus: draft")
    derived = derived_of({"stories/a.md": STORY, "stories/b.md": draft})
    assert Key("story:b") not in derived.cards
    assert all(relation.key != "story:b" for relations in derived.related.values() for relation in relations)
    assert "story:b" not in derived.backlinks.get(Key("person:di"), ())


def test_policies_have_the_status_of_the_day() -> None:
    text = "---\ntitle: 某办法\ntype: document\neffective: 2024-01-01\nexpires: 2026-01-01\nsources:\n  - report\n---\n"
    files = {"policies/p.md": text}
    assert derived_of(files, date(2023, 12, 31)).policy_statuses["p"] is PolicyStatus.PENDING
    assert derived_of(files, date(2024, 1, 1)).policy_statuses["p"] is PolicyStatus.IN_FORCE
    assert derived_of(files, date(2026, 1, 1)).policy_statuses["p"] is PolicyStatus.EXPIRED


def test_a_policy_without_dates_does_not_pass_for_law_in_force() -> None:
    text = "---\ntitle: 某措施\ntype: measure\nsources:\n  - report\n---\n"
    assert derived_of({"policies/p.md": text}).policy_statuses["p"] is PolicyStatus.UNDATED


def test_of_two_terms_with_one_title_the_first_explains_it() -> None:
    files = {f"content/term/{name}.yml": f"title: 优抚\ndefinition: 解释{name}。\n" for name in ("b", "a")}
    assert list(term_pages(derived_of(files))) == [("优抚", "terms/a/", "解释a。")]
    names = [name for name, _ in derive_facts(derived_of(files))]
    assert len(names) == len(set(names))


def test_lists_begin_with_the_newest() -> None:
    files = {
        f"stories/{name}.md": STORY.replace("title: 一件小事", f"title: {name}\n{when}")
        for name, when in (("old", "date: 2022"), ("new", "date: 2023-03-16"), ("mid", "date: 2023"), ("none", ""))
    }
    assert [card.id for card in derived_of(files).cards_of("story")] == ["new", "mid", "old", "none"]
