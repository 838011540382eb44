"""Rules across records that need more than one small site to show."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import TODAY

from generator.check import check_project

Project = Callable[[Mapping[str, str]], Path]
STORY = "---\ntitle: 一件小事\nregion: huainan\npeople:\n  - di\nsources:\n  - report\n---\n正文。\n"
PERSON = "name: 邸维山\nsources:\n  - report\nconsent:\n  ground: public-report\n  source: report\n"


def found(root: Path) -> list[tuple[str, str]]:
    return [(str(problem.span), problem.code) for problem in check_project(root, today=TODAY)]


@pytest.mark.parametrize("broken", [PERSON.replace("name:", "naem:"), "name: [\n", "- name: 邸维山\n"])
def test_a_record_that_cannot_be_read_does_not_make_its_references_wrong_too(project: Project, broken: str) -> None:
    root = project({"stories/a.md": STORY, "content/person/di.yml": broken})
    problems = found(root)
    assert problems
    assert all(place.startswith("content/person/di.yml") for place, _ in problems)


@pytest.mark.parametrize("name", ["di.yaml", "di.YML", "di.txt", "Di.yml", "di.yml ", "di。.yml"])
def test_a_file_that_is_left_out_does_not_make_its_references_wrong_too(project: Project, name: str) -> None:
    problems = found(project({"stories/a.md": STORY, f"content/person/{name}": PERSON}))
    assert [place for place, _ in problems] == [f"content/person/{name}:1:1"]


def test_a_file_too_large_or_a_link_does_not_make_its_references_wrong_too(project: Project) -> None:
    large = project({"stories/a.md": STORY, "content/person/di.yml": PERSON + "# \n" * 333_334})
    assert {code for _, code in found(large)} == {"too-large"}
    (large / "content/person/di.yml").rename(large / "di.yml")
    (large / "content/person/di.yml").symlink_to("../../di.yml")
    assert {code for _, code in found(large)} == {"symlink"}
    (large / "content/person/di.yml").unlink()
    assert {code for _, code in found(large)} == {"dangling-reference-no-match"}


@pytest.mark.parametrize(
    "number",
    [
        "13800138000",
        "138 0013 8000",
        "１３８００１３８０００",
        "11010519491231002X",
        "+86 13800138000",
        "2023 13800138000",
    ],
)
@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/person/di.yml", f"# 电话 {{}}\n{PERSON}"),
        ("content/person/di.yml", f"{PERSON}summary: 请打 {{}} 联系\n"),
        ("stories/a.md", STORY.replace("正文。", "请打 {} 联系。")),
        ("stories/a.md", STORY.replace("---\n正文", "# {}\n---\n正文")),
        ("content/pages/contact.md", "---\ntitle: 联系\n---\n请打 {} 。\n"),
    ],
)
def test_private_numbers_are_found_wherever_they_hide_and_never_repeated(
    project: Project, path: str, text: str, number: str
) -> None:
    root = project({"content/person/di.yml": PERSON, "stories/a.md": STORY, path: text.format(number)})
    problems = [problem for problem in check_project(root, today=TODAY) if problem.code.startswith("private-")]
    assert [problem.span.path for problem in problems] == [path]
    assert number not in problems[0].message("zh") + problems[0].hint("zh")


@pytest.mark.parametrize("flood", ["1" * 190_000, "13800138000 " * 15_000, "{{ figure:" + " " * 180_000])
def test_no_flood_keeps_the_check_busy(project: Project, flood: str) -> None:
    root = project({"content/person/di.yml": PERSON, "stories/a.md": STORY.replace("正文。", flood)})
    begun = time.monotonic()
    assert len(found(root)) <= 201
    assert time.monotonic() - begun < 5


def test_ordinary_numbers_are_not_taken_for_private_ones(project: Project) -> None:
    body = "共1411个，投入1758.5万元，2019年1月9日，电话0554-1234567，编号2023031600012345678901。"
    root = project({"content/person/di.yml": PERSON, "stories/a.md": STORY.replace("正文。", body)})
    assert found(root) == []


def test_a_rule_of_wording_finds_every_place_but_those_inside_its_own_words(project: Project) -> None:
    settings = "title: 站\ndescription: 站。\nsample: true\nwording:\n  - avoid: 战士\n    use: 老战士\n"
    body = STORY.replace("正文。", "老战士、战士战士和老战士，还有战士。")
    root = project({"site_config.yml": settings, "content/person/di.yml": PERSON, "stories/a.md": body})
    assert found(root) == [(f"stories/a.md:9:{column}", "wording") for column in (5, 7, 16)]


SETTINGS = "title: 站\ndescription: 站。\nsample: true\n"


def test_two_books_have_two_names(project: Project) -> None:
    book = "  - id: a\n    title: 书\n    chapters:\n      - region: huainan\n"
    root = project({"site_config.yml": f"{SETTINGS}brochures:\n{book}{book}"})
    assert found(root) == [("site_config.yml:9:9", "duplicate-id")]


@pytest.mark.parametrize(
    ("url", "is_right"),
    [
        ("https://example.org/", True),
        ("http://localhost:8000/", True),
        ("https://xn--fsqu00a.xn--fiqs8s/a/b_2/", True),
        ("https://example.org", False),
        ('https://example.org/"><script>/', False),
        ("https://[x/", False),
        ("https://example.org/a;b/", False),
    ],
)
def test_the_address_of_the_site_holds_nothing_but_an_address(project: Project, url: str, is_right: bool) -> None:
    root = project({"site_config.yml": f"{SETTINGS}url: '{url}'\n"})
    assert found(root) == ([] if is_right else [("site_config.yml:4:6", "bad-pattern")])


CREDIT = "alt: 一位老兵\ncredit: 张三\ncaption: {}\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/pages/about.md", "---\ntitle: 关于\n---\n陶真名说。\n"),
        ("content/pages/about.md", "---\ntitle: 陶真名\n---\n关于。\n"),
        ("content/media/a.jpg.yml", CREDIT.format("陶真名在门口。")),
    ],
)
def test_a_mask_holds_outside_the_records_too(project: Project, path: str, text: str) -> None:
    masked = PERSON.replace("邸维山", "陶真名\ndisplay_name: 陶某\nname_form: masked")
    root = project({"content/person/di.yml": masked, "content/media/a.jpg": "x", path: text})
    assert [place.partition(":")[0] for place, code in found(root) if code == "masked-name-revealed"] == [path]


def test_a_long_chain_is_no_circle_and_costs_no_time(project: Project) -> None:
    policy = "---\ntitle: 办法\ntype: document\nsources:\n  - report\nsupersedes:\n  - p{}\n---\n"
    root = project({f"policies/p{number}.md": policy.format(number + 1) for number in range(2_000)})
    begun = time.monotonic()
    assert {code for _, code in found(root)} == {"policy-superseded", "dangling-reference"}
    assert time.monotonic() - begun < 8


def test_a_person_in_a_picture_is_somebody(project: Project) -> None:
    credit = f"{CREDIT.format('门口。')}people:\n  - nobody\n"
    root = project({"content/media/a.jpg": "x", "content/media/a.jpg.yml": credit})
    assert ("content/media/a.jpg.yml:1:1", "dangling-reference-no-match") in found(root)


def test_a_file_without_problems_is_read_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Places are worked out from a second reading, which ten thousand good files must not pay for."""
    body = STORY.replace("正文。", "见[[person:di]]。").replace(
        "title: 一件小事", "title: 一件小事\nsummary: 见[[person:di]]。"
    )
    root = project({"content/person/di.yml": PERSON, "stories/a.md": body})
    monkeypatch.setattr("generator.parse.compose.compose", lambda _text: pytest.fail("read again"))
    assert found(root) == []


FIGURE = "title: 某数\nvalue: {}\nunit: {}\nas_of: 2023\nsource: report\nas_written: 照录\n"


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("content/person/di.yml", PERSON.replace("邸维山", '" "'), "too-short"),
        ("content/figure/n.yml", FIGURE.format(1, '" "'), "too-short"),
        ("content/term/t.yml", 'title: 词\ndefinition: " \\n"\n', "too-short"),
        ("content/figure/n.yml", FIGURE.format("NaN", "个"), "bad-number"),
        ("content/figure/n.yml", FIGURE.format("1e999999999", "个"), "out-of-range"),
        ("content/figure/n.yml", FIGURE.format("33." + "3" * 40, "人"), "out-of-range"),
        ("content/route/r.yml", "title: 路\nlength_km: inf\nsources:\n  - report\n", "out-of-range"),
        ("content/pages/p.md", f"---\ntitle: 页\norder: {'9' * 5000}\n---\n", "bad-number"),
        ("stories/a.md", STORY.replace("sources:", "aliases:\n  - old\n  - old\nsources:"), "alias-taken"),
    ],
)
def test_what_would_stop_a_later_stage_is_told(project: Project, path: str, text: str, code: str) -> None:
    root = project({"content/person/di.yml": PERSON, path: text})
    assert [(place.partition(":")[0], told) for place, told in found(root) if place.startswith(path)] == [(path, code)]


def test_an_expired_policy_warns_from_the_day_it_expires(project: Project) -> None:
    policy = "---\ntitle: 某办法\ntype: document\neffective: 2024-01-01\nexpires: {}\nsources:\n  - report\n---\n"
    root = project({"policies/p.md": policy.format("2026-11-22")})
    assert found(root) == [("policies/p.md:5:10", "policy-expired")]
    root = project({"policies/p.md": policy.format("2026-11-23")})
    assert found(root) == []


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("[[person:no-such]]", ""),
        ("[[person:huainan]]", "适合的那一项"),
        ("[[person:huainan-di-weishen]]", "“person:huainan-di-weishan”"),
        ("[[人物:no-such]]", "“person”"),
        ("[[人物事迹:no-such]]", "“story”"),
        ("[[people:huainan-di-weishan]]", "“person”"),
        ("[[laobing:no-such]]", "person 人物、"),
    ],
)
def test_a_name_is_suggested_only_where_it_resembles(project: Project, written: str, hint: str) -> None:
    story = STORY.replace("- di\n", "- huainan-di-weishan\n").replace("正文", written)
    root = project({"stories/a.md": story, "content/person/huainan-di-weishan.yml": PERSON})
    [problem] = check_project(root, today=TODAY)
    assert hint in problem.hint("zh")
    assert "是不是" not in problem.hint("zh") or hint


@pytest.mark.parametrize(
    ("line", "place", "told"),
    [("摘要: 一段话。", "stories/a.md:8:1", "“summary”"), ("title:", "stories/a.md:2:1", "“title: ……”")],
)
def test_a_key_in_chinese_and_an_empty_one_are_told_at_their_places(
    project: Project, line: str, place: str, told: str
) -> None:
    story = (
        STORY.replace("title: 一件小事", line) if line == "title:" else STORY.replace("\n---\n正", f"\n{line}\n---\n正")
    )
    [problem] = check_project(project({"stories/a.md": story, "content/person/di.yml": PERSON}), today=TODAY)
    assert str(problem.span) == place
    assert told in problem.hint("zh")


FIGURE = (
    "title: 服务站总数\nregion: huainan\nvalue: 1411\nunit: 个\nas_of: 2023-01\nsource: report\nas_written: 1411个\n"
)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("服务站总数是1412个。", ["figure-text-mismatch"]),
        ("服务站总数达到1411个。", []),
        ("服务站总数是1411个，另有12支队伍。", []),
        ("服务站总数在2023年1月公布。", []),
        ("见[[figure:stations|1412个]]。", ["figure-text-mismatch"]),
    ],
)
def test_a_text_does_not_contradict_a_figure(project: Project, text: str, codes: list[str]) -> None:
    story = STORY.replace("people:\n  - di\n", "").replace("正文。", text)
    root = project({"content/figure/stations.yml": FIGURE, "stories/a.md": story})
    assert [code for _, code in found(root)] == codes


@pytest.mark.parametrize("day", ["2023年2月30日", "2023年13月", "2023年4月31日"])
def test_days_that_do_not_exist_are_found_in_texts(project: Project, day: str) -> None:
    story = STORY.replace("people:\n  - di\n", "").replace("正文。", f"事情在{day}。")
    assert found(project({"stories/a.md": story})) == [("stories/a.md:7:4", "impossible-date")]


def test_a_point_of_a_timeline_is_not_later_than_the_report(project: Project) -> None:
    line = "timeline:\n  - when: 2024-05\n    what: 后来的事\n"
    story = STORY.replace("people:\n  - di\n", line)
    assert found(project({"stories/a.md": story})) == [("stories/a.md:5:11", "event-after-source")]
