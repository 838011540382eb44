"""A very small project with records of every kind that refer to each other, and what editors do to it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import yaml
from PIL import Image

Data = dict[str, Any]

DAY = date(2026, 11, 22)
_FIRST_NS = 1_600_000_000_000_000_000
_SECOND_NS = 1_000_000_000
CONFIG = "site_config.yml"
PHOTO = "content/media/hall.png"


def _photograph(colour: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", (600, 400), colour).save(data, "PNG")
    return data.getvalue()


PHOTOGRAPHS = (_photograph("#884422"), _photograph("#228844"))

_BASE: Mapping[str, Any] = {
    CONFIG: {
        "title": "试验站",
        "description": "只为试验。",
        "sample": True,
        "regions": ["huainan", "qujing"],
        "home": {
            "headline": "退役不褪色",
            "introduction": "他们的故事。",
            "lead_story": "first",
            "figures": ["total"],
            "search_examples": ["就业", "优抚"],
        },
    },
    "content/region/huainan.yml": {
        "title": "淮南市", "level": "city", "sources": ["report"], "figures": ["total"],
        "centre": {"lat": 32.6, "lon": 117.0, "precision": "approximate", "datum": "WGS-84"},
    },
    "content/region/county.yml": [
        {"id": "shouxian", "title": "寿县", "level": "county", "parent": "huainan", "sources": ["report"]},
        {"id": "fengtai", "title": "凤台县", "level": "county", "parent": "huainan", "sources": ["report"]},
    ],
    "content/region/qujing.yml": {
        "title": "曲靖市", "level": "city", "palette": "green", "sources": ["notice"], "motto": "珠源先锋。"
    },
    "content/source/report.yml": {"title": "一篇报道", "publisher": "试验日报", "published": "2023-04-26"},
    "content/source/notice.yml": {"title": "一份通报", "publisher": "曲靖发布", "published": "2024-05-01"},
    "content/person/people.yml": [
        {
            "id": "tao", "name": "陶林", "region": "huainan", "roles": ["宣讲员"], "sources": ["report"],
            "organizations": ["station"], "honours": [{"honour": "model", "year": "2022"}],
            "consent": {"ground": "public-report", "source": "report"},
            "body": "在[[organization:station]]做就业工作。",
        },
        {
            "id": "zhang", "name": "张建国", "region": "shouxian", "living": "no", "sources": ["report"],
            "post": "村党支部书记", "honours": [{"honour": "merit", "edition": 2}],
        },
    ],
    "content/person/hu.yml": {
        "name": "胡梦", "region": "qujing", "living": "no", "sources": ["notice"], "roles": ["志愿者"],
        "portrait": "hall.png",
    },
    "content/honour/model.yml": {
        "title": "最美退役军人", "level": "national", "order": 10, "sources": ["report"], "holders": ["region:qujing"]
    },
    "content/honour/merit.yml": {"title": "二等功", "type": "merit", "sources": ["report"]},
    "content/organization/bureau.yml": {"title": "淮南市局", "type": "bureau", "region": "huainan", "sources": ["report"]},
    "content/organization/station.yml": {
        "title": "寿县服务站", "type": "service-station", "region": "shouxian", "parent": "bureau",
        "services": ["jobs"], "sources": ["report"],
    },
    "content/place/park.yml": {
        "title": "双拥公园", "type": "theme-park", "region": "qujing", "organization": "bureau", "sources": ["notice"],
        "location": {"lat": 25.5, "lon": 103.8, "precision": "approximate", "datum": "WGS-84"},
    },
    "content/place/hall.yml": {"title": "宣讲厅", "type": "venue", "region": "huainan", "sources": ["report"]},
    "content/route/trail.yml": {
        "title": "荣光小路", "region": "huainan", "sources": ["report"], "grade_bands": ["初中"],
        "stops": [{"place": "place:park", "see": "优抚的展板。"}, {"place": "place:hall", "stay_minutes": 20}],
    },
    "stories/first.md": {
        "title": "一件小事", "region": "huainan", "people": ["tao"], "honours": ["model"], "tags": ["助人", "就业"],
        "themes": ["公益"], "sources": ["report"], "date": "2023-03-01", "figures": ["total"],
        "body": "[[person:tao]]帮战友就业，一共{{ figure:total }}。\n\n![宣讲厅](hall.png)",
    },
    "stories/second.md": {
        "title": "第二件事", "region": "shouxian", "people": ["zhang"], "organizations": ["station"], "tags": ["助人"],
        "sources": ["report"], "updated": "2023-05-01", "body": "讲过[[story:first|那件事]]，也讲过优抚。",
    },
    "stories/third.md": {
        "title": "曲靖的事", "region": "qujing", "places": ["park"], "tags": ["就业"], "cover": "hall.png",
        "sources": ["notice"], "date": "2022", "body": "没有别的。",
    },
    "content/lecture/talk.yml": {
        "title": "老兵开讲", "region": "huainan", "lecturers": ["tao"], "series": "activity:tea", "sources": ["report"],
        "script": "同学们，今天讲就业。", "occasions": [{"date": "2023-02", "place": "place:hall", "number": "part-a"}],
    },
    "content/activity/tea.yml": {
        "title": "茶会", "region": "huainan", "series": "initiative:warm", "date": "2023-03-16", "place": "place:hall",
        "results": ["total"], "sources": ["report"], "body": "大家喝茶，谈优抚对象。",
    },
    "content/initiative/warm.yml": {
        "title": "暖心行动", "region": "huainan", "organizations": ["bureau"], "sources": ["report"],
        "actions": [{"title": "走访", "text": "走访[[person:zhang]]。", "members": ["story:second", "policy:old"]}],
    },
    "policies/old.md": {
        "title": "旧办法", "type": "document", "region": "huainan", "effective": "2020-01-01", "expires": "2026-12-01",
        "sources": ["report"], "body": "按旧办法办理优抚。",
    },
    "policies/new.md": {
        "title": "新办法", "type": "benefit", "region": "qujing", "effective": "2024-01-01", "sources": ["notice"],
        "basis": [{"policy": "old"}], "body": "按新办法办理就业。",
    },
    "content/service/jobs.yml": {
        "title": "岗位介绍", "category": "就业", "region": "shouxian", "policy": "new", "offered_by": ["station"],
        "sources": ["report"], "audience": ["veterans"],
    },
    "content/figure/all.yml": [
        {"id": "total", "title": "总数", "value": 5, "unit": "人", "as_of": "2023-04", "region": "huainan",
         "source": "report", "as_written": "5人", "parts": ["part-a", "part-b"]},
        {"id": "part-a", "title": "甲数", "value": 2, "unit": "人", "as_of": "2023-04", "region": "huainan",
         "source": "report", "as_written": "2人"},
        {"id": "part-b", "title": "乙数", "value": 3, "unit": "人", "as_of": "2023-04", "region": "shouxian",
         "source": "report", "as_written": "3人"},
    ],
    "content/lesson/class.yml": {
        "title": "一节班会", "grade_band": "初中", "subject": "班会", "goals": ["我能讲一个故事"], "sources": ["report"],
        "flow": [{"minutes": 45, "activity": "读信", "detail": "读一封讲就业的信。"}], "uses": ["story:first", "place:park"],
        "basis": [{"policy": "new"}],
    },
    "content/term/words.yml": [
        {"id": "jobs", "title": "就业", "definition": "有了工作。", "synonyms": ["找工作"]},
        {"id": "care", "title": "优抚", "definition": "优待和抚恤，也见[[term:jobs]]。", "see_also": ["jobs"]},
    ],
    "content/pages/about.md": {"title": "关于", "order": 10, "body": "见[[story:first]]。"},
    f"{PHOTO}.yml": {"alt": "宣讲厅的正门", "credit": "王摄影"},
}  # fmt: skip

_CHOICES: Mapping[str, tuple[Any, ...]] = {
    "title": ("一件小事", "改过的标题", "甲&乙", "优抚", "优抚对象", "陶林", "最美退役军人"),
    "summary": (None, "很短的摘要。", "讲**优抚**的摘要，见[[story:second]]。"),
    "body": (
        None,
        "没有别的。",
        "见[[person:tao]]和[[story:third|那边]]，{{ figure:part-a }}。",
        "讲优抚对象的就业，讲优抚。\n\n## 后来\n\n也讲[[term:care]]。",
        "![宣讲厅](hall.png)\n\n找工作，找工作。",
        "见[[policy:old]]。",
    ),
    "region": (None, "huainan", "shouxian", "qujing", "fengtai"),
    "tags": ((), ("助人",), ("助人", "就业"), ("就业", "读书")),
    "date": (None, "2022", "2023-03", "2023-04-01"),
    "updated": (None, "2023-06-01", "2024-02-29"),
    "aliases": ((), ("former",), ("former", "older")),
    "status": ("published", "draft", "withdrawn"),
    "cover": (None, "hall.png"),
    "audience": ((), ("veterans",), ("schools", "veterans")),
    "stub": (False, True),
    "figures": ((), ("total",), ("part-b", "part-a")),
    "sources": (("report",), ("notice",), ("report", "notice")),
}
_OWN_CHOICES: Mapping[str, Mapping[str, tuple[Any, ...]]] = {
    "region": {
        "parent": (None, "huainan", "qujing"), "palette": (None, "plum"), "motto": (None, "一句话。"),
        "seal": (None, "淮"),
    },
    "source": {"publisher": ("试验日报", "曲靖发布"), "published": (None, "2023-04-26", "2024-06-01")},
    "person": {
        "honours": ((), ({"honour": "model", "year": "2022"},), ({"honour": "merit", "edition": 3}, {"honour": "model"})),
        "organizations": ((), ("station",), ("bureau", "station")), "roles": ((), ("宣讲员",), ("志愿者",)),
        "post": (None, "站长"), "portrait": (None, "hall.png"), "name": ("陶林", "陶某"),
    },
    "honour": {
        "order": (1, 20), "level": (None, "national", "city"),
        "holders": ((), ("region:qujing",), ("organization:station", "region:huainan")),
    },
    "organization": {
        "parent": (None, "bureau", "station"), "services": ((), ("jobs",)), "level": (None, "county"),
        "type": ("bureau", "service-station"),
    },
    "place": {"organization": (None, "bureau"), "location": (None,), "type": ("venue", "farm")},
    "route": {"stops": ((), ({"place": "place:hall"}, {"place": "organization:station", "see": "看就业。"}))},
    "story": {
        "people": ((), ("tao",), ("zhang", "hu")), "honours": ((), ("merit",), ("model", "merit")),
        "places": ((), ("hall", "park")), "organizations": ((), ("station",)), "themes": ((), ("公益",), ("乡村",)),
        "pull_quotes": ((), ({"text": "这不算什么。"},)),
    },
    "lecture": {
        "lecturers": ((), ("hu",)), "series": (None, "activity:tea", "initiative:warm"),
        "script": (None, "今天讲优抚。"), "group": (None, "station"),
    },
    "activity": {
        "series": (None, "initiative:warm"), "results": ((), ("part-a",)), "people": ((), ("tao",)),
        "place": (None, "place:park", "region:qujing"),
    },
    "initiative": {
        "organizations": ((), ("station",)), "slogan": (None, "暖心。"),
        "actions": ((), ({"title": "走访", "members": ["lecture:talk", "term:care"]},)),
    },
    "policy": {
        "supersedes": ((), ("old",), ("new",)), "expires": (None, "2026-11-25", "2030-01-01"), "basis": ((), ({"policy": "old"},)),
        "organizations": ((), ("bureau",)), "type": ("document", "law"), "number": (None, "淮退役〔2020〕1号"),
    },
    "service": {"policy": (None, "old", "new"), "category": ("就业", "优抚"), "where": ((), ("hall",))},
    "figure": {
        "value": (2, 3, 5), "unit": ("人", "人次"), "parts": ((), ("part-a", "part-b")), "source": ("report", "notice"),
        "scope": (None, "全市"), "as_of": ("2023-04", "2023-01-01"),
    },
    "lesson": {"uses": ((), ("route:trail", "story:third")), "subject": ("班会", "语文"), "goals": (("我能听",),)},
    "term": {
        "definition": ("有了工作。", "换了一种解释。", "见[[story:first]]。"), "synonyms": ((), ("找工作",), ("求职", "工作")),
        "see_also": ((), ("care",), ("jobs",)),
    },
}  # fmt: skip
_SETTINGS: Mapping[str, tuple[Any, ...]] = {
    "title": ("试验站", "换名站"),
    "description": ("只为试验。", "还是试验。"),
    "url": (None, "https://example.cn/rg/"),
    "organiser": (None, "试验局"),
    "regions": (("huainan", "qujing"), ("qujing",), ("qujing", "huainan"), ()),
    "licence": ("CC BY 4.0", "CC0 1.0"),
    "wording": ((), ({"avoid": "找工作", "use": "求职"},)),
    "home": (
        None,
        {"headline": "上/下", "introduction": "导语。", "figures": ["part-a"], "search_examples": ["优抚"]},
        {"headline": "退役不褪色", "introduction": "他们的故事。", "lead_story": "third"},
    ),
}
_BROKEN = (
    b"",
    b"title\n",
    b"\xff\xfe\x00",
    b"---\ntitle: x\n",
    b"title: [\n",
    "title: 只有标题\nregion: nowhere\nunknown: 1\n".encode(),
    b"#" * 1_000_001,
    "---\ntitle: 空\n---\n见[[story:nowhere]]，<b>好</b>，20224月。\n".encode(),
)


@dataclass
class World:
    """A project as its editors see it: records as data, and files that are no good data as bytes."""

    data: dict[str, Any] = field(default_factory=lambda: deepcopy(dict(_BASE)))
    raw: dict[str, bytes] = field(default_factory=lambda: {PHOTO: PHOTOGRAPHS[0]})
    """Stand in place of the data at the same path."""
    notes: dict[str, int] = field(default_factory=dict)
    """How many comments a file begins with."""
    day: date = DAY
    touched: set[str] = field(default_factory=set)

    def files(self) -> dict[str, bytes]:
        texts = {path: self._text(path) for path in self.data}
        return dict(sorted({**texts, **self.raw}.items()))

    def _text(self, path: str) -> bytes:
        comments = "# 说明\n" * self.notes.get(path, 0)
        if path.endswith(".md"):
            data = dict(self.data[path])
            body = data.pop("body", None) or ""
            return f"---\n{comments}{_yaml(data)}---\n{body}\n".encode()
        return f"{comments}{_yaml(self.data[path])}".encode()

    def copy(self) -> World:
        return deepcopy(self)

    def records(self) -> list[tuple[str, Data]]:
        """Each record with its file."""
        return [(path, record) for path in sorted(self.data) if _kind_at(path) for record in self._in(path)]

    def _in(self, path: str) -> list[Data]:
        return self.data[path] if isinstance(self.data[path], list) else [self.data[path]]


class Disk:
    """Writes a world into a folder. Times go on by a second for each file, so that no file seems to be just written."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._now = _FIRST_NS
        self._there: dict[str, bytes] = {}

    def write(self, world: World) -> None:
        files = world.files()
        for path in self._there.keys() - files.keys():
            (self.root / path).unlink()
        for path, data in files.items():
            if self._there.get(path) != data or path in world.touched:
                self._write(self.root / path, data)
        self._there = files
        world.touched.clear()

    def _write(self, target: Path, data: bytes) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self._now += _SECOND_NS
        os.utime(target, ns=(self._now, self._now))


@dataclass(frozen=True)
class Edit:
    """One thing that an editor does; the numbers say to what, and how, modulo whatever there is."""

    name: str
    which: int
    how: int

    def apply(self, world: World) -> None:
        EDITS[self.name](world, self.which, self.how)


def change(world: World, which: int, how: int) -> None:
    """One field of one record."""
    path, record = _picked(world.records(), which)
    if path not in world.raw:
        fields = {**_CHOICES, **_OWN_CHOICES[_kind(path)]}
        name = _picked(sorted(fields), how)
        _set(record, name, _picked(fields[name], how // len(fields)))


def body(world: World, which: int, how: int) -> None:
    """The text of a record: what is done most often."""
    _set(_picked(world.records(), which)[1], "body", _picked(_CHOICES["body"], how))


def title(world: World, which: int, how: int) -> None:
    _set(_picked(world.records(), which)[1], "title", _picked(_CHOICES["title"], how))


def status(world: World, which: int, how: int) -> None:
    _set(_picked(world.records(), which)[1], "status", _picked(_CHOICES["status"], how))


def add(world: World, which: int, how: int) -> None:
    """A record like another one, in a file of its own or at some place of a list."""
    path, record = _picked(world.records(), which)
    fresh = {**deepcopy(record), "aliases": []}
    fresh["id"] = f"new-{how % 3}"
    held = world.data[path]
    if isinstance(held, list):
        held.insert(how % (len(held) + 1), fresh)
    else:
        folder, _, name = path.rpartition("/")
        world.data[f"{folder}/{fresh.pop('id')}.{name.rpartition('.')[2]}"] = fresh


def delete(world: World, which: int, how: int) -> None:
    """A record, with or without what refers to it."""
    path, record = _picked(world.records(), which)
    if how % 4:
        _replace(world, path, record, None)
    _take_out(world, path, record)


def rename(world: World, which: int, how: int) -> None:
    """Another id, with an alias or without; references follow, or are forgotten."""
    path, record = _picked(world.records(), which)
    former, fresh = _id_of(path, record), f"renamed-{how % 3}"
    if how % 5:
        _replace(world, path, record, fresh)
    if how % 2:
        record["aliases"] = [former]
    if isinstance(world.data[path], list):
        record["id"] = fresh
    else:
        folder, _, name = path.rpartition("/")
        _move(world, path, f"{folder}/{fresh}.{name.rpartition('.')[2]}")


def order(world: World, which: int, how: int) -> None:
    """The records of a list file the other way round, or one of them into a file of its own."""
    path = _picked([path for path in sorted(world.data) if isinstance(world.data[path], list)] or [""], which)
    held = world.data.get(path, [])
    if how % 2 or not held:
        held.reverse()
    else:
        record = held.pop(how // 2 % len(held))
        world.data[f"{path.rpartition('/')[0]}/{record.pop('id')}.yml"] = record
        if not held:
            _forget(world, path)


def move(world: World, which: int, how: int) -> None:
    """A list file under another name."""
    path = _picked([path for path in sorted(world.data) if isinstance(world.data[path], list)] or [""], which)
    if path:
        _move(world, path, f"{path.rpartition('/')[0]}/list-{how % 2}.yml")


def comment(world: World, which: int, how: int) -> None:
    path = _picked(sorted(world.data), which)
    world.notes[path] = how % 3


def touch(world: World, which: int, _how: int) -> None:
    world.touched.add(_picked(sorted(world.files()), which))


def break_(world: World, which: int, how: int) -> None:
    """A file that is no good any longer."""
    world.raw[_picked(sorted(world.data), which)] = _picked(_BROKEN, how)


def mend(world: World, which: int, _how: int) -> None:
    broken = [path for path in sorted(world.raw) if path in world.data]
    if broken:
        del world.raw[_picked(broken, which)]


def stray(world: World, which: int, how: int) -> None:
    """A file that does not belong there, or no longer."""
    path = _picked(
        ("stories/.hidden.md", "stories/note.txt", "stories/Bad_Name.md", "content/media/no credit.png"), which
    )
    if path in world.raw:
        del world.raw[path]
    else:
        world.raw[path] = PHOTOGRAPHS[how % 2] if path.endswith(".png") else b"x"


def settings(world: World, which: int, how: int) -> None:
    name = _picked(sorted(_SETTINGS), which)
    _set(world.data[CONFIG], name, _picked(_SETTINGS[name], how))


def page(world: World, which: int, how: int) -> None:
    """A free page comes, goes or changes."""
    path = f"content/pages/{('about', 'help')[which % 2]}.md"
    if path in world.data and how % 4 == 0:
        _forget(world, path)
    else:
        told = ("见[[story:first]]。", "见[[term:care|优抚]]。", "没有。")[how % 3]
        world.data[path] = {"title": ("关于", "帮助")[how // 3 % 2], "order": how % 5, "body": told}


def photograph(world: World, which: int, how: int) -> None:
    """Another photograph under the same name, or other words for it."""
    if which % 2:
        world.raw[PHOTO] = PHOTOGRAPHS[how % 2]
    elif f"{PHOTO}.yml" in world.data:
        words: Mapping[str, tuple[str | None, ...]] = {
            "alt": ("宣讲厅的正门", "侧门"), "credit": ("王摄影", "李摄影"), "caption": (None, "开讲以前。")
        }  # fmt: skip
        name = _picked(sorted(words), how)
        _set(world.data[f"{PHOTO}.yml"], name, _picked(words[name], how // 3))


def day(world: World, which: int, _how: int) -> None:
    world.day = _picked((DAY, date(2026, 11, 26), date(2026, 12, 2)), which)


EDITS: Mapping[str, Callable[[World, int, int], None]] = {
    edit.__name__: edit
    for edit in (
        change, body, title, status, add, delete, rename, order, move, comment, touch, break_, mend, stray, settings,
        page, photograph, day,
    )
}  # fmt: skip


def _picked(among: Any, number: int) -> Any:
    return among[number % len(among)]


def _set(record: Data, name: str, value: Any) -> None:
    if value is None or value == ():
        record.pop(name, None)
    else:
        record[name] = deepcopy(list(value) if isinstance(value, tuple) else value)


def _kind_at(path: str) -> str | None:
    folder = path.split("/")
    if folder[0] in {"stories", "policies"}:
        return {"stories": "story", "policies": "policy"}[folder[0]]
    return folder[1] if len(folder) == 3 and folder[1] in _OWN_CHOICES else None


def _kind(path: str) -> str:
    kind = _kind_at(path)
    assert kind
    return kind


def _id_of(path: str, record: Data) -> str:
    return record.get("id") or path.rpartition("/")[2].rpartition(".")[0]


def _take_out(world: World, path: str, record: Data) -> None:
    held = world.data[path]
    if isinstance(held, list) and len(held) > 1:
        held.remove(record)
    else:
        _forget(world, path)


def _forget(world: World, path: str) -> None:
    del world.data[path]
    world.raw.pop(path, None)
    world.notes.pop(path, None)


def _move(world: World, path: str, target: str) -> None:
    for held in (world.data, world.raw, world.notes):
        if path in held:
            held[target] = held.pop(path)  # type: ignore[index]


def _replace(world: World, path: str, record: Data, fresh: str | None) -> None:
    """Every reference to the record names another one, or goes."""
    kind, former = _kind(path), _id_of(path, record)
    for place, data in world.data.items():
        world.data[place] = _replaced(data, kind, former, fresh)
    # The record itself was copied too.
    record_now = next(found for at, found in world.records() if at == path and _id_of(at, found) == former)
    record.clear()
    record.update(record_now)
    held = world.data[path]
    if isinstance(held, list):
        held[held.index(record_now)] = record
    else:
        world.data[path] = record


_REFERRING: Mapping[str, str] = {
    "region": "region", "regions": "region", "source": "source", "sources": "source", "people": "person",
    "lecturers": "person", "honour": "honour", "honours": "honour", "organization": "organization",
    "organizations": "organization", "offered_by": "organization", "group": "organization", "services": "service",
    "places": "place", "where": "place", "figures": "figure", "results": "figure", "number": "figure", "parts": "figure",
    "policy": "policy", "supersedes": "policy", "see_also": "term", "lead_story": "story",
}  # fmt: skip
"""Fields that name records by their ids alone; `parent` names one of the same kind."""


def _replaced(data: Any, kind: str, former: str, fresh: str | None, name: str = "") -> Any:
    if isinstance(data, dict):
        made = {key: _replaced(value, kind, former, fresh, key) for key, value in data.items()}
        return {key: value for key, value in made.items() if value not in (None, [], {})}
    if isinstance(data, list):
        items = (_replaced(item, kind, former, fresh, name) for item in data)
        return [item for item in items if item not in (None, {}) and not _is_empty(item)]
    if not isinstance(data, str):
        return data
    if data == f"{kind}:{former}":
        return f"{kind}:{fresh}" if fresh else None
    if data == former and (_REFERRING.get(name) == kind or (name == "parent" and kind in {"region", "organization"})):
        return fresh
    wanted = f"{kind}:{fresh}" if fresh else "story:third"
    return data.replace(f"[[{kind}:{former}", f"[[{wanted}").replace(
        f"{{{{ {kind}:{former} }}}}", f"{{{{ {wanted} }}}}" if fresh else "一些"
    )


def _is_empty(item: Any) -> bool:
    """Whether what an item of a list is about has gone."""
    return (
        isinstance(item, dict)
        and not {"id", "title", "text", "honour", "place", "policy", "minutes", "avoid"} & item.keys()
    )


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _written(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Dumper.add_representer(str, _written)


_texts: dict[str, str] = {}
"""Writing YAML takes longer than building what it says."""


def _yaml(data: Any) -> str:
    told = repr(data)
    if told not in _texts:
        _texts[told] = _dumped(data)
    return _texts[told]


def _dumped(data: Any) -> str:
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)
