"""What is told and what is done: stories, lectures, activities, initiatives."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from generator.kinds import Kind
from generator.model.base import FigureRef, HonourRef, OrganizationRef, PersonRef, PlaceRef, Record, SourceRef
from generator.model.types import GradeBand, Line, Model, PartialDate, Period, Prose, RefersTo

AnyRef = Annotated[
    str,
    RefersTo(
        (
            "region",
            "person",
            "honour",
            "organization",
            "place",
            "route",
            "story",
            "lecture",
            "activity",
            "initiative",
            "policy",
            "service",
            "figure",
            "lesson",
            "term",
        )
    ),
]
SeriesRef = Annotated[str, RefersTo(("initiative", "activity"))]


class PullQuote(Model):
    """A sentence set large."""

    text: Line = Field(title="引语")
    """放大显示的一句话。"""
    speaker: Line | None = Field(default=None, title="说话人")
    """谁说的。"""
    verbatim: bool = Field(default=False, title="是否原话")
    """true：来源中的原话，显示时加引号；false：据来源转述，不加引号。"""


class TimelineEntry(Model):
    """One point of a timeline."""

    when: Period = Field(title="时间")
    """时间，可以只写到年或月。"""
    what: Line = Field(title="事情")
    """发生了什么。"""
    planned: bool = Field(default=False, title="是否计划")
    """true：来源写成计划、发布时还没有发生的事。内容里也要写明是计划。"""


class Reading(Model):
    """Who can read it, and in how long."""

    grade_band: GradeBand | None = Field(default=None, title="学段")
    """适合的最低学段。"""
    minutes: int | None = Field(default=None, title="分钟", ge=1, le=120)
    """大约读几分钟。"""


class Story(Record):
    """人物或集体的事迹。"""

    kind: ClassVar[Kind] = "story"
    label: ClassVar[str] = "人物事迹"
    plural: ClassVar[str] = "stories"

    people: tuple[PersonRef, ...] = Field(default=(), title="人物")
    """写到的人物，主要人物在前。"""
    organizations: tuple[OrganizationRef, ...] = Field(default=(), title="机构与团队")
    """写到的机构和团队。"""
    places: tuple[PlaceRef, ...] = Field(default=(), title="地点")
    """写到的地点。"""
    honours: tuple[HonourRef, ...] = Field(default=(), title="荣誉")
    """写到的荣誉。"""
    themes: tuple[Line, ...] = Field(default=(), title="题材")
    """题材，例如公益奉献、乡村振兴、基层治理。"""
    era: Line | None = Field(default=None, title="年代")
    """故事所在的年代，例如抗美援朝、新时代。"""
    pull_quotes: tuple[PullQuote, ...] = Field(default=(), title="引语")
    """放大显示的句子。"""
    timeline: tuple[TimelineEntry, ...] = Field(default=(), title="时间线")
    """时间线。"""
    reading: Reading | None = Field(default=None, title="阅读")
    """适合的学段和阅读时间。"""


class Occasion(Model):
    """One time that a lecture was told."""

    date: PartialDate | None = Field(default=None, title="日期")
    """哪一天，可以只写到月或年。"""
    place: Annotated[str, RefersTo(("place", "organization", "region"))] | None = Field(default=None, title="地点")
    """在哪里，写成 place:编号、organization:编号 或 region:编号。"""
    audience: Line | None = Field(default=None, title="听众")
    """讲给谁听。"""
    number: FigureRef | None = Field(default=None, title="人数")
    """人数，写数字记录的编号。"""
    note: Line | None = Field(default=None, title="说明")
    """这一场的情况。"""


class Lecture(Record):
    """红色故事宣讲：一篇讲稿，和每一次讲述。"""

    kind: ClassVar[Kind] = "lecture"
    label: ClassVar[str] = "红色宣讲"
    plural: ClassVar[str] = "lectures"

    lecturers: tuple[PersonRef, ...] = Field(default=(), title="宣讲人")
    """谁来讲。"""
    group: OrganizationRef | None = Field(default=None, title="宣讲团")
    """哪个宣讲团。"""
    series: SeriesRef | None = Field(default=None, title="所属系列")
    """所属的品牌或系列活动，写成 initiative:编号 或 activity:编号。"""
    script: Prose | None = Field(default=None, title="讲稿")
    """讲稿全文。由编者编写的，另写 by_editors: true。"""
    duration_minutes: int | None = Field(default=None, title="时长（分钟）", ge=1, le=600)
    """讲多长时间。"""
    occasions: tuple[Occasion, ...] = Field(default=(), title="场次")
    """讲过的每一场。"""
    grade_bands: tuple[GradeBand, ...] = Field(default=(), title="适合学段")
    """适合讲给哪些学段。"""
    recording: Line | None = Field(default=None, title="录音录像")
    """content/media/ 下的文件名。"""
    transcript: Prose | None = Field(default=None, title="实录")
    """现场实录。"""


class Activity(Record):
    """系列活动和它的每一场：茶会、招聘会、培训班、送喜报、欢迎仪式等。"""

    kind: ClassVar[Kind] = "activity"
    label: ClassVar[str] = "活动"
    plural: ClassVar[str] = "activities"

    series: SeriesRef | None = Field(default=None, title="所属系列")
    """所属的品牌或系列活动，写成 initiative:编号 或 activity:编号。"""
    theme: Line | None = Field(default=None, title="本期主题")
    """这一场的主题。"""
    when: Period | None = Field(default=None, title="时间")
    """什么时候，可以是一天、一月、一年或一段时间。"""
    schedule: Line | None = Field(default=None, title="频次")
    """多久一次，例如每月一个主题。"""
    state: Literal["done", "running", "planned"] = Field(default="done", title="进展")
    """done 已办、running 持续开展、planned 计划举办。“拟于”是计划，不是已办。"""
    place: Annotated[str, RefersTo(("place", "organization", "region"))] | None = Field(default=None, title="地点")
    """在哪里，写成 place:编号、organization:编号 或 region:编号。"""
    people: tuple[PersonRef, ...] = Field(default=(), title="人物")
    """参加的人物。"""
    organizations: tuple[OrganizationRef, ...] = Field(default=(), title="主办与协办")
    """主办、协办和参加的单位。"""
    participants: tuple[Line, ...] = Field(default=(), title="参加者")
    """参加的人群。"""
    results: tuple[FigureRef, ...] = Field(default=(), title="成效")
    """成效，写数字记录的编号。"""
    songs: tuple[Line, ...] = Field(default=(), title="歌曲")
    """唱了什么歌。"""


class Action(Model):
    """One action of an initiative."""

    title: Line = Field(title="名称")
    """行动的名称。"""
    text: Prose | None = Field(default=None, title="内容")
    """行动做什么。"""
    members: tuple[AnyRef, ...] = Field(default=(), title="包含")
    """这项行动包含的记录，写成 种类:编号。"""


class Initiative(Record):
    """工作品牌和它的各项行动，例如融戎心和它的四项行动。"""

    kind: ClassVar[Kind] = "initiative"
    label: ClassVar[str] = "工作品牌"
    plural: ClassVar[str] = "initiatives"

    slogan: Line | None = Field(default=None, title="口号")
    """来源写明的口号。"""
    when: Period | None = Field(default=None, title="时间")
    """什么时候开始，什么时候结束。"""
    organizations: tuple[OrganizationRef, ...] = Field(default=(), title="主办单位")
    """谁在做。"""
    actions: tuple[Action, ...] = Field(default=(), title="行动")
    """各项行动，按来源的次序。"""
    source_of_name: SourceRef | None = Field(default=None, title="名称出处")
    """名称的出处。"""
