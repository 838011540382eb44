"""What everything rests on: figures, sources and the words of the field."""

from decimal import Decimal
from typing import Annotated, ClassVar

from pydantic import Field

from generator.kinds import Kind
from generator.model.base import FigureRef, Record, SourceRef
from generator.model.types import Choice, Line, Model, PartialDate, Period, Prose, RefersTo

TermRef = Annotated[str, RefersTo(("term",))]
Amount = Annotated[Decimal, Field(ge=-(10**12), le=10**12, decimal_places=8)]
"""A number that somebody counted or measured: so bounded, sums and shares of it are exact in `Decimal`."""


class Bound(Choice):
    """How exactly the source states the number."""

    EXACT = "exact", "确数"
    ABOUT = "about", "约数"
    OVER = "over", "以上"


class Figure(Record):
    """一个数字，和它的单位、时间、范围、出处。"""

    kind: ClassVar[Kind] = "figure"
    label: ClassVar[str] = "数字"
    plural: ClassVar[str] = "figures"

    value: Amount = Field(title="数值")
    """数值。来源写“9.34万人”就写 9.34，单位写“万人”，不换算。"""
    upper: Amount | None = Field(default=None, title="区间上限")
    """来源给的是区间时的上限，例如“7－8名”写 value: 7、upper: 8。"""
    unit: Line = Field(title="单位")
    """单位，照来源写：人、人次、户、家、场次、万元、%。人和人次不同。"""
    bound: Bound = Field(default=Bound.EXACT, title="确切程度")
    """exact 确数、about “约”、over “余”“多”。"""
    ordinal: bool = Field(default=False, title="是否序数")
    """true：表示“第几”，例如“全省第三”写 value: 3、unit: 位。"""
    as_of: PartialDate | None = Field(default=None, title="截至")
    """截至哪天的数。与 period 二选一。"""
    period: Period | None = Field(default=None, title="期间")
    """一段时间里的数，例如 2022 或 2019/2022 或 2019/2023-01-13。"""
    scope: Line | None = Field(default=None, title="口径")
    """统计的范围和口径，例如“各县（市、区）、乡镇（街道）、村（社区）四级”。"""
    parts: tuple[FigureRef, ...] = Field(default=(), title="组成")
    """组成这个数的各个数，加起来必须相等。"""
    base: FigureRef | None = Field(default=None, title="基数")
    """百分比的基数（分母）。来源没写就空着，不要推算。"""
    counted: FigureRef | None = Field(default=None, title="计数")
    """百分比的计数（分子）。"""
    source: SourceRef = Field(title="来源")
    """来源记录的编号。"""
    as_written: Line = Field(title="原文写法")
    """原文里这个数的写法，照录几个字，例如“800多个就业岗位”。"""


class Reviewers(Model):
    """The three reviewers that a publisher names."""

    initial: Line | None = Field(default=None, title="初审")
    """初审。"""
    second: Line | None = Field(default=None, title="复审")
    """复审。"""
    final: Line | None = Field(default=None, title="终审")
    """终审。"""


class Source(Record):
    """事实的出处：一篇报道、一份文件、一部法律。"""

    kind: ClassVar[Kind] = "source"
    label: ClassVar[str] = "来源"
    plural: ClassVar[str] = "sources"

    title_supplied: bool = Field(default=False, title="题目为编者所加")
    """原文没有题目、由编者拟题的写 true。"""
    publisher: Line = Field(title="发布单位")
    """发布的媒体或单位。"""
    column: Line | None = Field(default=None, title="栏目")
    """发布的栏目。"""
    reprint_of: Line | None = Field(default=None, title="转自")
    """转载自哪里。"""
    published: PartialDate | None = Field(default=None, title="发布日期")
    """发布日期。"""
    published_time: Line | None = Field(default=None, title="发布时刻", pattern=r"^\d\d:\d\d(:\d\d)?$")
    """发布的时刻，例如 09:26。"""
    date_inferred: bool = Field(default=False, title="日期为推定")
    """原文没有日期、由编者根据内容推定的写 true，并在 open_points 里说明。"""
    authors: tuple[Line, ...] = Field(default=(), title="作者或记者")
    """作者、记者。"""
    correspondents: tuple[Line, ...] = Field(default=(), title="通讯员")
    """通讯员。"""
    editors: tuple[Line, ...] = Field(default=(), title="责任编辑")
    """责任编辑。"""
    contributed_by: Line | None = Field(default=None, title="供稿单位")
    """供稿单位。"""
    reviewers: Reviewers | None = Field(default=None, title="审核人")
    """原文列出的初审、复审、终审。"""
    credit_line: Line | None = Field(default=None, title="署名原样")
    """原文的署名，照录。"""
    url: Line | None = Field(default=None, title="网址", pattern=r"^https?://")
    """网址。"""
    retrieved: PartialDate | None = Field(default=None, title="取得日期")
    """什么时候取得的。"""
    sha256: Line | None = Field(default=None, title="文本摘要", pattern=r"^[0-9a-f]{64}$")
    """取得的文本的 SHA-256。"""


class Term(Record):
    """这一行的词，和它的解释。"""

    kind: ClassVar[Kind] = "term"
    label: ClassVar[str] = "术语"
    plural: ClassVar[str] = "terms"

    definition: Prose = Field(title="解释")
    """解释，两三句话。来源没有给出定义的，写明是按字面和上下文的说明。"""
    synonyms: tuple[Line, ...] = Field(default=(), title="别的说法")
    """别的说法，搜索时一并找到。"""
    see_also: tuple[TermRef, ...] = Field(default=(), title="参见")
    """参见的术语。"""
