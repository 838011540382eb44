"""What all kinds have in common."""

from typing import Annotated, Any, ClassVar

from pydantic import Field, model_validator

from generator.kinds import Kind
from generator.model.outline import Parcel, outline, to_json
from generator.model.types import (
    Audience,
    Line,
    Model,
    PartialDate,
    Prose,
    RefersTo,
    Slug,
    Status,
)

SourceRef = Annotated[str, RefersTo(("source",))]
RegionRef = Annotated[str, RefersTo(("region",))]
PersonRef = Annotated[str, RefersTo(("person",))]
OrganizationRef = Annotated[str, RefersTo(("organization",))]
PlaceRef = Annotated[str, RefersTo(("place",))]
FigureRef = Annotated[str, RefersTo(("figure",))]
PolicyRef = Annotated[str, RefersTo(("policy",))]
HonourRef = Annotated[str, RefersTo(("honour",))]


class Citation(Model):
    """Where a fact comes from. A bare id may be written instead of the mapping."""

    source: SourceRef = Field(title="来源")
    """来源记录的 id。"""
    where: Line | None = Field(default=None, title="位置")
    """在原文中的位置，例如“第三段”“四年成绩单第一条”。"""
    note: Line | None = Field(default=None, title="说明")
    """原文与本站写法不同之处，例如：原文作“20224月”，本站读作2022年4月。"""

    @model_validator(mode="before")
    @classmethod
    def _from_id(cls, value: Any) -> Any:
        return {"source": value} if isinstance(value, str) else value


class Signoff(Model):
    """One stage of the three reviews."""

    by: Line = Field(title="审核人")
    """审核人姓名。三个阶段必须是三个人。"""
    date: PartialDate = Field(title="日期")
    """签字日期，例如 2026-11-20。"""


class Review(Model):
    """The three reviews, bound to the text that they approved."""

    initial: Signoff | None = Field(default=None, title="初审")
    """初审。"""
    second: Signoff | None = Field(default=None, title="复审")
    """复审。"""
    final: Signoff | None = Field(default=None, title="终审")
    """终审。"""
    text_digest: Line | None = Field(default=None, title="审定文本的摘要")
    """终审时的文本摘要。之后改了正文，审核自动失效，须重新送审。"""


class OpenPoint(Model):
    """Something that the source leaves open, and that we therefore leave open too."""

    quote: Line | None = Field(default=None, title="原文")
    """原文的写法，照录，不改不补。"""
    question: Line = Field(title="疑问")
    """请核实什么。例如：“20192022”是2019年至2022年，还是2019年和2022年？"""


class Record(Model):
    """The fields that every kind has."""

    kind: ClassVar[Kind]
    label: ClassVar[str]
    plural: ClassVar[str]
    filled_in: ClassVar[frozenset[str]] = frozenset({"id"})
    """Required fields that a single-record file may leave out, for they follow from the file name or another field."""

    id: Slug = Field(title="编号")
    """记录的编号，就是文件名去掉后缀：小写字母、数字和连字符。发布后不要改。"""
    title: Line = Field(title="标题")
    """标题，也是链接上显示的文字。"""
    summary: Line | None = Field(default=None, title="摘要")
    """一两句话的摘要，用在卡片、搜索结果和分享卡上。"""
    region: RegionRef | None = Field(default=None, title="地区")
    """所属地区的编号，写最小的一级。"""
    tags: tuple[Line, ...] = Field(default=(), title="主题")
    """主题词，用来分面浏览和关联。"""
    date: PartialDate | None = Field(default=None, title="日期")
    """事情发生或文章成稿的日期，可以只写到月或年。"""
    updated: PartialDate | None = Field(default=None, title="更新日期")
    """本记录最近一次实质修改的日期。"""
    sources: tuple[Citation, ...] = Field(default=(), title="来源")
    """事实的出处，可写多个。"""
    review: Review | None = Field(default=None, title="三审")
    """初审、复审、终审的签字。没有就空着，页面会如实写明“未经三审”。"""
    status: Status = Field(default=Status.PUBLISHED, title="状态")
    """draft 草稿、review 送审、published 已发布、withdrawn 已撤回。只有已发布的会进入网站。"""
    aliases: tuple[Slug, ...] = Field(default=(), title="旧编号")
    """改名以前的编号。旧网址会自动转到新网址。"""
    cover: Line | None = Field(default=None, title="封面图片")
    """content/media/ 下的图片文件名。没有照片就空着，系统会画一张。"""
    audience: tuple[Audience, ...] = Field(default=(), title="适用对象")
    """写给谁看，或者谁可以享受。"""
    figures: tuple[FigureRef, ...] = Field(default=(), title="数字")
    """与本记录有关的数字记录，会显示在页面的“数字”栏。"""
    open_points: tuple[OpenPoint, ...] = Field(default=(), title="存疑")
    """原文没有说清、需要核实的地方。检查时会逐条提醒，页面上也会如实写明。"""
    stub: bool = Field(default=False, title="待补")
    """原文只给出数量或名目、没有细节的记录写 true，页面会写明“原文未载详情”。"""
    by_editors: bool = Field(default=False, title="编者编写")
    """讲稿、教案等由编者根据来源编写的文字写 true，页面会写明。"""
    body: Prose | None = Field(default=None, title="正文")
    """正文，用 Markdown 写。故事和政策的正文写在文件头之后。"""

    def __reduce__(self) -> tuple[Any, ...]:
        return Parcel(self, to_json(outline(self))).__reduce__()
