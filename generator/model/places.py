"""Where things are: regions, organizations, places, and the routes that join them."""

from typing import Annotated, ClassVar

from pydantic import Field

from generator.kinds import Kind
from generator.model.base import OrganizationRef, PlaceRef, Record, RegionRef
from generator.model.types import Choice, GradeBand, Level, Line, Location, Model, PartialDate, Prose, RefersTo

ServiceRef = Annotated[str, RefersTo(("service",))]


class RegionLevel(Choice):
    """The rungs of the tree of regions."""

    PROVINCE = "province", "省"
    CITY = "city", "地级市"
    COUNTY = "county", "县（市、区）"
    TOWNSHIP = "township", "乡镇（街道）"
    VILLAGE = "village", "村（社区）"


class Palette(Choice):
    """The colours that cover art and chapters are drawn in."""

    CINNABAR = "cinnabar", "丹"
    OCHRE = "ochre", "赭"
    GREEN = "green", "戎绿"
    SLATE = "slate", "黛"
    PLUM = "plum", "紫"


class Region(Record):
    """省、市、县、乡、村，一级一级连成一棵树。"""

    kind: ClassVar[Kind] = "region"
    label: ClassVar[str] = "地区"
    plural: ClassVar[str] = "regions"

    level: RegionLevel = Field(title="层级")
    """province 省、city 地级市、county 县（市、区）、township 乡镇（街道）、village 村（社区）。"""
    parent: RegionRef | None = Field(default=None, title="上级地区")
    """上一级地区的编号；省没有上级。"""
    code: Line | None = Field(default=None, title="行政区划代码", pattern=r"^\d{6}(\d{3}){0,2}$")
    """GB/T 2260 的六位代码；乡镇九位、村十二位。"""
    centre: Location | None = Field(default=None, title="政府驻地")
    """政府驻地的大致坐标。"""
    motto: Line | None = Field(default=None, title="一句话")
    """一句话说清这个地方的做法，用在首页和手册的篇首。"""
    seal: Line | None = Field(default=None, title="印文", max_length=2)
    """封面上印章里的一两个字。"""
    palette: Palette | None = Field(default=None, title="主色")
    """本地区封面的颜色。没有写就用上级的。"""


class OrganizationType(Choice):
    """What an organization is."""

    BUREAU = "bureau", "退役军人事务机关"
    SERVICE_CENTRE = "service-centre", "退役军人服务中心"
    SERVICE_STATION = "service-station", "退役军人服务站"
    LECTURERS = "lecturers", "宣讲团"
    VOLUNTEERS = "volunteers", "志愿服务队"
    MENTORS = "mentors", "导师团队"
    FOUNDATION = "foundation", "基金会"
    PARK = "park", "就业创业园地"
    ENTERPRISE = "enterprise", "企业"
    COOPERATIVE = "cooperative", "合作社"
    SCHOOL = "school", "学校"
    GOVERNMENT = "government", "党政机关和部门"
    PRACTICE_STATION = "practice-station", "新时代文明实践站"
    MEDIA = "media", "媒体"
    ASSOCIATION = "association", "协会"
    OTHER = "other", "其他"


class Organization(Record):
    """机关、服务中心（站）、宣讲团、志愿服务队、基金会、园区、企业、学校等。"""

    kind: ClassVar[Kind] = "organization"
    label: ClassVar[str] = "机构与团队"
    plural: ClassVar[str] = "organizations"

    type: OrganizationType = Field(title="类型")
    """机构的类型。"""
    level: Level | None = Field(default=None, title="层级")
    """机构的层级。"""
    parent: OrganizationRef | None = Field(default=None, title="上级机构")
    """上级机构的编号。"""
    founded: PartialDate | None = Field(default=None, title="成立时间")
    """成立或挂牌的时间。"""
    address: Line | None = Field(default=None, title="办公地址")
    """只写办公地址，不写住址。"""
    phone: Line | None = Field(default=None, title="办公电话", pattern=r"^[\d\-－ ()（）转]+$")
    """只写办公电话，不写手机号。"""
    hours: Line | None = Field(default=None, title="办公时间")
    """办公时间。"""
    services: tuple[ServiceRef, ...] = Field(default=(), title="服务事项")
    """本机构办理的服务事项。"""


class PlaceType(Choice):
    """What a place is."""

    MEMORIAL = "memorial", "烈士纪念设施"
    EDUCATION_BASE = "education-base", "国防教育阵地"
    THEME_PARK = "theme-park", "双拥主题公园"
    THEME_ROAD = "theme-road", "双拥主题路"
    MODEL_SITE = "model-site", "双拥示范点"
    BOOK_BAR = "book-bar", "双拥书吧"
    MEDIATION_ROOM = "mediation-room", "老兵调解室"
    LEGAL_AID = "legal-aid", "法律援助工作站"
    POST_OFFICE = "post-office", "主题邮局"
    ONE_STOP_HALL = "one-stop-hall", "一站式大厅"
    RED_INN = "red-inn", "红色驿站"
    SERVICE_POINT = "service-point", "服务点"
    VENUE = "venue", "活动场所"
    TRAINING_BASE = "training-base", "教育培训基地"
    FARM = "farm", "种养基地"
    OTHER = "other", "其他"


class Place(Record):
    """可以去看、去办事、去参加活动的地方。"""

    kind: ClassVar[Kind] = "place"
    label: ClassVar[str] = "地点"
    plural: ClassVar[str] = "places"

    type: PlaceType = Field(title="类型")
    """地点的类型。"""
    organization: OrganizationRef | None = Field(default=None, title="管理单位")
    """谁在管理。"""
    location: Location | None = Field(default=None, title="坐标")
    """坐标。没有核实过就空着，不要估。"""
    address: Line | None = Field(default=None, title="地址")
    """来源写明的地址或方位。"""
    opening: Line | None = Field(default=None, title="开放时间")
    """开放时间。"""
    booking: Line | None = Field(default=None, title="预约方式")
    """怎样预约。"""
    access: Line | None = Field(default=None, title="怎样到达")
    """交通与无障碍条件。"""
    facilities: tuple[Line, ...] = Field(default=(), title="设施")
    """有什么设施，例如宣传栏、主题景观小品。"""


class Stop(Model):
    """One halt on a route."""

    place: Annotated[str, RefersTo(("place", "organization"))] = Field(title="地点")
    """地点或机构，写成 place:编号 或 organization:编号。"""
    stay_minutes: int | None = Field(default=None, title="停留（分钟）", ge=1, le=1440)
    """停留多少分钟。"""
    see: Prose | None = Field(default=None, title="看什么")
    """在这里看什么、听什么。"""
    task: Prose | None = Field(default=None, title="任务")
    """学生在这一站的任务。"""


class Route(Record):
    """荣光路线：按顺序走过几处地方的参观或研学路线。"""

    kind: ClassVar[Kind] = "route"
    label: ClassVar[str] = "荣光路线"
    plural: ClassVar[str] = "routes"

    stops: tuple[Stop, ...] = Field(default=(), title="站点")
    """依次经过的站点。原文没有给出站点的路线空着，并写 stub: true。"""
    length_km: float | None = Field(default=None, title="全长（千米）", gt=0, le=10_000)
    """全程多少千米。没有测过就空着。"""
    duration_minutes: int | None = Field(default=None, title="用时（分钟）", gt=0)
    """全程多少分钟。"""
    transport: Line | None = Field(default=None, title="交通")
    """怎样走。"""
    season: Line | None = Field(default=None, title="季节")
    """适合的季节。"""
    safety: Prose | None = Field(default=None, title="安全")
    """带队须知与安全提示。"""
    grade_bands: tuple[GradeBand, ...] = Field(default=(), title="适合学段")
    """适合的学段。"""
    start_place: PlaceRef | None = Field(default=None, title="集合地点")
    """集合地点。"""
