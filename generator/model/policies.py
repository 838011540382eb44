"""What one is entitled to and how to get it: policies and the services that carry them out."""

from typing import ClassVar

from pydantic import Field

from generator.kinds import Kind
from generator.model.base import OrganizationRef, PlaceRef, PolicyRef, Record
from generator.model.types import Choice, Level, Line, Model, PartialDate, Prose


class PolicyType(Choice):
    """What sort of rule it is."""

    LAW = "law", "法律"
    REGULATION = "regulation", "法规规章"
    DOCUMENT = "document", "文件"
    MEASURE = "measure", "工作措施"
    BENEFIT = "benefit", "优待待遇"


class Basis(Model):
    """A policy that this one rests on, and where in it."""

    policy: PolicyRef = Field(title="政策")
    """依据的政策编号。"""
    articles: tuple[Line, ...] = Field(default=(), title="条款")
    """依据哪几条，例如“第六十一条”。"""


class Article(Model):
    """One article of a law, told in our own words."""

    number: Line = Field(title="条号")
    """条号，例如“第十二条”。"""
    gist: Line = Field(title="要点")
    """要点，用自己的话概括，不是法条原文。"""


class Question(Model):
    """One yes/no question that decides who may apply."""

    question: Line = Field(title="问题")
    """能用“是”或“否”回答的问题。"""
    condition: Line = Field(title="条件")
    """回答“是”才符合的条件。"""


class Step(Model):
    """One step of a procedure."""

    title: Line = Field(title="步骤")
    """做什么。"""
    who: Line | None = Field(default=None, title="谁办")
    """由谁来办。"""
    days: int | None = Field(default=None, title="工作日", ge=0, le=3650)
    """几个工作日。来源没写就空着。"""
    text: Line | None = Field(default=None, title="说明")
    """怎么办。"""


class Original(Model):
    """Where the original text stands."""

    title: Line = Field(title="原文标题")
    """原文标题。"""
    url: Line | None = Field(default=None, title="网址", pattern=r"^https?://")
    """官方网址。"""


class Policy(Record):
    """法律、文件、措施和待遇，写明效力和怎么办。"""

    kind: ClassVar[Kind] = "policy"
    label: ClassVar[str] = "政策"
    plural: ClassVar[str] = "policies"

    type: PolicyType = Field(title="类型")
    """law 法律、regulation 法规规章、document 文件、measure 工作措施、benefit 优待待遇。"""
    number: Line | None = Field(default=None, title="文号")
    """文号，年份用六角括号，例如“退役军人部发〔2024〕3号”。"""
    issuer: Line | None = Field(default=None, title="发布机关")
    """发布机关。"""
    level: Level | None = Field(default=None, title="级别")
    """政策的级别。"""
    issued: PartialDate | None = Field(default=None, title="发布日期")
    """发布或公布的日期。"""
    effective: PartialDate | None = Field(default=None, title="施行日期")
    """开始施行的日期。"""
    expires: PartialDate | None = Field(default=None, title="失效日期")
    """失效的日期，当天起不再有效。"""
    supersedes: tuple[PolicyRef, ...] = Field(default=(), title="取代")
    """本政策取代了哪些政策。"""
    amends: tuple[PolicyRef, ...] = Field(default=(), title="修改")
    """本政策修改了哪些政策。"""
    basis: tuple[Basis, ...] = Field(default=(), title="依据")
    """本政策依据哪些政策。"""
    organizations: tuple[OrganizationRef, ...] = Field(default=(), title="实施单位")
    """由哪些单位实施。"""
    eligibility: tuple[Question, ...] = Field(default=(), title="申请条件")
    """我能不能申请：一组“是/否”问题。来源没写条件就空着。"""
    benefit: Prose | None = Field(default=None, title="能得到什么")
    """能得到什么。"""
    procedure: tuple[Step, ...] = Field(default=(), title="怎么办")
    """办理步骤。"""
    materials: tuple[Line, ...] = Field(default=(), title="材料")
    """要带的材料。来源没写就空着。"""
    where: Prose | None = Field(default=None, title="到哪里办")
    """到哪里办。"""
    articles: tuple[Article, ...] = Field(default=(), title="有关条文")
    """与本站内容有关的条文要点。"""
    original: Original | None = Field(default=None, title="原文")
    """原文在哪里。"""


class Service(Record):
    """服务站清单里的一项服务：谁办、办什么、在哪办、多久办完。"""

    kind: ClassVar[Kind] = "service"
    label: ClassVar[str] = "服务事项"
    plural: ClassVar[str] = "services"

    category: Line = Field(title="类别")
    """服务的类别，例如思想政治引领、就业创业扶持。"""
    policy: PolicyRef | None = Field(default=None, title="依据的政策")
    """依据的政策编号。"""
    procedure: tuple[Step, ...] = Field(default=(), title="步骤")
    """办理步骤。"""
    materials: tuple[Line, ...] = Field(default=(), title="材料")
    """要带的材料。"""
    offered_by: tuple[OrganizationRef, ...] = Field(default=(), title="提供单位")
    """由哪些单位提供。"""
    where: tuple[PlaceRef, ...] = Field(default=(), title="地点")
    """在哪里办。"""
    duration: Line | None = Field(default=None, title="多久")
    """多久办完。来源没写就空着。"""
    channels: tuple[Line, ...] = Field(default=(), title="办理渠道")
    """办理渠道，例如现场、线上、入户。"""
