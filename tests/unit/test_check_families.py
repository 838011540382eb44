"""Rules by what they look at: one file, one record, its texts against others' words, the library without texts."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from hashlib import sha256

import pytest
from conftest import MINIMAL, ROOT, TODAY, library_of
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.check import (
    check,
    check_credit_texts,
    check_document,
    check_library,
    check_page,
    check_page_texts,
    check_record,
    check_texts,
    dates,
    privacy,
    vocabulary,
)
from generator.check.reviews import text_digest
from generator.diagnostics import Diagnostic
from generator.library import Entry, Key, Library, key_of
from generator.load import load
from generator.model import Record
from generator.source import find
from generator.values import replace
from generator.written import written

STORY = "---\ntitle: 一件小事\nregion: huainan\nsources:\n  - report\n---\n{}\n"
FIGURE = "title: 服务站总数\nvalue: 1411\nunit: 个\nas_of: 2023-01\nsource: report\nas_written: 1411个\n"
PERSON = "name: {}\nsources:\n  - report\nconsent:\n  ground: public-report\n  source: report\n"
MASKED = PERSON.format("陶真名\ndisplay_name: 陶某\nname_form: masked")
SETTINGS = f"{MINIMAL['site_config.yml']}wording:\n  - avoid: 退伍军人\n    use: 退役军人\n"


def codes(found: tuple[Diagnostic, ...]) -> list[str]:
    return [problem.code for problem in found]


def story_in(library: Library) -> Entry:
    return library.entries[Key("story:a")]


def test_each_family_finds_what_is_its_own() -> None:
    body = "汉,字。20224月。[[person:nobody]]退伍军人陶真名。服务站总数是12个。"
    files = {"stories/a.md": STORY.format(body), "content/figure/f.yml": FIGURE, "site_config.yml": SETTINGS}
    library = library_of({**files, "content/person/tao.yml": MASKED})
    entry, words = story_in(library), vocabulary(library)
    texts = written(entry.record)
    [document] = (document for document in library.documents if document.path == entry.path)
    assert codes(check_document(document)) == ["half-width-punctuation"]
    assert codes(check_record(entry, texts)) == ["damaged-date-in-text"]
    assert codes(check_texts(entry, texts, words)) == ["figure-text-mismatch", "wording", "masked-name-revealed"]
    assert codes(check_library(library, today=TODAY)) == ["dangling-reference-no-match"]
    assert len(check(library, today=TODAY)) == 6


def test_pages_and_credits_are_looked_at_in_the_same_way() -> None:
    files = {
        "content/person/tao.yml": MASKED,
        "content/pages/p.md": "---\ntitle: 页\n---\n[[person:tao，陶真名。\n",
        "content/media/a.jpg.yml": "alt: 陶真名在门口\ncredit: 张三\n",
    }
    library = library_of({**files, "content/media/a.jpg": "x"})
    [page], [file], words = library.pages, library.media.values(), vocabulary(library)
    assert codes(check_page(page)) == ["malformed-reference"]
    assert codes(check_page_texts(page, words)) == ["masked-name-revealed"]
    assert codes(check_credit_texts(file, words)) == ["masked-name-revealed"]


def outlined(library: Library) -> tuple[Library, list[Key]]:
    """The library without prose, and the keys of the whole entries that it is asked for."""
    asked: list[Key] = []

    def again(entry: Entry) -> Entry:
        asked.append(key_of(entry.record))
        return library.entries[key_of(entry.record)]

    entries = {key: replace(entry, record=_outline(entry.record)) for key, entry in library.entries.items()}
    return replace(library, entries=entries, documents=(), read_again=again), asked


def _outline(record: Record) -> Record:
    return record.model_copy(update={name: None for name in ("body", "script", "definition") if hasattr(record, name)})


WRONG_ACROSS: Mapping[str, str] = {
    "stories/a.md": STORY.format("[[person:nobody]]和[[lecture:l]]，![甲](no.jpg)，再见[[person:nobody]]。"),
    "stories/b.md": STORY.replace("sources", "people:\n  - nobody\ncover: no.jpg\ndate: 2025\nsources").format("好。"),
    "content/lecture/l.yml": "title: 讲\nstatus: draft\nscript: 见[[term:t]]。\nsources:\n  - report\n",
    "content/term/t.yml": "title: 词\ndefinition: 见[[story:c]]。\naliases:\n  - t\n",
    "content/region/x.yml": "title: 县\nlevel: city\nparent: huainan\nsources:\n  - report\n",
    "policies/p.md": "---\ntitle: 法\ntype: law\nexpires: 2020\nsupersedes:\n  - p\nsources:\n  - report\n---\n",
}


def test_the_library_is_checked_without_texts_and_places_are_found_in_whole_records() -> None:
    library = library_of(WRONG_ACROSS)
    found = check_library(library, today=TODAY)
    assert set(codes(found)) == {
        "dangling-reference-no-match",
        "reference-to-unpublished",
        "missing-media",
        "event-after-source",
        "alias-taken",
        "region-level",
        "policy-expired",
        "cycle",
    }
    assert check_library(outlined(library)[0], today=TODAY) == found


def test_no_whole_record_is_asked_for_where_nothing_is_wrong() -> None:
    library = library_of({"stories/a.md": STORY.format("见[[region:huainan]]。"), "content/figure/f.yml": FIGURE})
    given_outlines, asked = outlined(library)
    assert check_library(given_outlines, today=TODAY) == ()
    assert asked == []


def test_a_vocabulary_is_the_same_for_the_same_words_and_travels() -> None:
    files = {"content/figure/f.yml": FIGURE, "content/person/tao.yml": MASKED, "site_config.yml": SETTINGS}
    words = vocabulary(library_of(files))
    assert words == vocabulary(library_of({**files, "stories/a.md": STORY.format("好。")}))
    assert pickle.loads(pickle.dumps(words)) == words
    assert repr(pickle.loads(pickle.dumps(words))) == repr(words)
    others = (
        {"content/figure/f.yml": FIGURE.replace("value: 1411", "value: 1412")},
        {"content/person/tao.yml": MASKED.replace("陶某", "老陶")},
        {"site_config.yml": SETTINGS.replace("退役军人", "退役士兵")},
    )
    assert all(vocabulary(library_of({**files, **changed})) != words for changed in others)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一号站总数5个", ["figure-text-mismatch"]),
        ("一号站总数量5个", []),
        ("一号站5个", ["figure-text-mismatch"]),
    ],
)
def test_of_titles_that_begin_alike_the_longest_counts(text: str, expected: list[str]) -> None:
    files = {
        "content/figure/a.yml": FIGURE.replace("服务站总数", "一号站"),
        "content/figure/b.yml": FIGURE.replace("服务站总数", "一号站总数"),
        "content/figure/c.yml": FIGURE.replace("服务站总数", "一号站总数量").replace("value: 1411", "value: 5"),
        "stories/a.md": STORY.format(text),
    }
    library = library_of(files)
    story = story_in(library)
    assert codes(check_texts(story, written(story.record), vocabulary(library))) == expected


def test_a_near_name_is_found_among_many() -> None:
    persons = {f"content/person/huainan-person-{number:03}.yml": PERSON.format("甲") for number in range(120)}
    story = STORY.format("见[[person:huainan-persn-077]]。")
    [problem] = check_library(library_of({**persons, "stories/a.md": story}), today=TODAY)
    assert dict(problem.arguments)["nearest"] == "person:huainan-person-077"


@pytest.mark.parametrize(
    ("superseded", "circles"),
    [
        ({"a": "b", "b": "c", "c": "a", "d": "a", "e": "e"}, ["a → b → c → a", "e → e"]),
        ({"a": "b", "b": "c", "c": "b"}, ["b → c → b"]),
        ({"a": "b", "b": "c"}, []),
    ],
)
def test_every_circle_is_told_once(superseded: Mapping[str, str], circles: list[str]) -> None:
    policy = "---\ntitle: 法\ntype: law\nsources:\n  - report\n{}---\n"
    names = sorted({*superseded, *superseded.values()})
    lines = {name: f"supersedes:\n  - {superseded[name]}\n" if name in superseded else "" for name in names}
    library = library_of({f"policies/{name}.md": policy.format(lines[name]) for name in names})
    found = [problem for problem in check_library(library, today=TODAY) if problem.code == "cycle"]
    assert [dict(problem.arguments)["path"] for problem in found] == circles


def test_the_digest_that_reviewers_copied_stays_the_same() -> None:
    """Digests stand in content: whoever changes one makes every finished review stale."""
    story = (
        "---\ntitle: 一件小事\nsummary: '“好”\\ \"'\nregion: huainan\ntags: [甲, 乙]\ndate: 2023-03\nsources:\n"
        "  - source: report\n    where: 第三段\ntimeline:\n  - when: 2019/2022\n    what: 事\n    planned: true\n"
        "reading:\n  grade_band: 初中\n  minutes: 5\nstatus: review\nupdated: 2024\n---\n一\t行。\n\n“二”行\n"
    )
    place = (
        "title: 园\ntype: memorial\nregion: huainan\nlocation:\n  lat: 32.50\n  lon: 117\n  precision: exact\n"
        "  datum: WGS-84\nsources:\n  - report\n"
    )
    files = {"stories/a.md": story, "content/place/p.yml": place, "content/figure/f.yml": FIGURE}
    digests = {record.kind: text_digest(record) for record in library_of(files).records}
    assert digests == {
        "figure": "796ac725234adeb2",
        "place": "ecc976f602067268",
        "region": "6ad2e8bca2d94938",
        "source": "c5b086223426bcf4",
        "story": "8666e41a8fc057cf",
    }


def test_a_digest_is_that_of_the_record_as_json() -> None:
    """Whatever makes it faster: of every record of the sample, and of numbers and characters that are told apart."""
    odd = "".join(map(chr, (*range(0x20, 0x7F), 0xE9, 0x4E00, 0x1F600)))
    files = {
        "content/route/r.yml": "title: 路\nlength_km: 0.00001\nsources:\n  - report\n",
        "content/term/t.yml": f"title: {json.dumps(odd, ensure_ascii=False)}\ndefinition: |\n  一\n\n  二\n",
    }
    sample = load(find(ROOT).value).value
    assert sample is not None
    for record in (*sample.records, *library_of(files).records):
        text = record.model_dump(mode="json", exclude={"review", "status", "updated"}, exclude_defaults=True)
        written = json.dumps(text, ensure_ascii=False, sort_keys=True)
        assert text_digest(record) == sha256(written.encode()).hexdigest()[:16]


NUMBERS = st.text(st.sampled_from("0123456789０３xX年月日第旅团部队单元栋幢号楼 -－汉"), max_size=24)


@given(NUMBERS)
@settings(max_examples=3_000, deadline=None, derandomize=True)
def test_the_looks_for_signs_miss_nothing(text: str) -> None:
    library = library_of({"stories/a.md": STORY.format("好。")})
    entry = story_in(library)
    if [*dates._damaged_in(entry, ("body",), text), *dates._impossible_in(entry, ("body",), text)]:
        assert dates._is_suspicious(text)
    if list(privacy._findings(text)):
        assert privacy._is_suspicious(text)


def test_digits_of_a_digest_are_no_date() -> None:
    signed = STORY.replace("  - report\n", "  - report\nreview:\n  text_digest: d19542050d62a20e\n")
    library = library_of({"stories/a.md": signed.format("汉字。")})
    assert codes(check_record(story_in(library), written(story_in(library).record))) == []


def test_digits_of_a_text_may_be_a_date() -> None:
    library = library_of({"stories/a.md": STORY.format("从19542050年。")})
    assert codes(check_record(story_in(library), written(story_in(library).record))) == ["damaged-date-in-text"]
