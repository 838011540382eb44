"""Who this is about: persons, and the honours conferred on them."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, model_validator

from generator.kinds import Kind
from generator.model.base import HonourRef, OrganizationRef, Record, SourceRef
from generator.model.types import Choice, Level, Line, Model, PartialDate, RefersTo


class NameForm(Choice):
    """How a person is named in public."""

    FULL = "full", "实名"
    MASKED = "masked", "隐名"
    NICKNAME = "nickname", "称呼"


class Service(Model):
    """Years in uniform. Never a unit designation."""

    branch: Line | None = Field(default=None, title="军种或身份")
    """军种、兵种或身份，例如“抗美援朝老兵”。不写部队番号和代号。"""
    years: Line | None = Field(default=None, title="服役时间")
    """入伍与退役的年份，只写来源写明的。"""
    note: Line | None = Field(default=None, title="说明")
    """其他可以公开的服役情况。"""


class HonourHeld(Model):
    """An honour that a person or a group was given."""

    honour: HonourRef = Field(title="荣誉")
    """荣誉记录的编号。"""
    year: PartialDate | None = Field(default=None, title="时间")
    """授予的时间。来源没写就空着。"""
    edition: int | None = Field(default=None, title="届次", ge=1)
    """第几届。届次不等于年份。"""
    level: Level | None = Field(default=None, title="级别")
    """授予的级别。"""
    source: SourceRef | None = Field(default=None, title="来源")
    """来源记录的编号。"""


class Consent(Model):
    """The ground on which a living person is named. The form itself never goes into the repository."""

    ground: Literal["public-report", "consent", "official-duty", "relatives-informed"] = Field(title="依据")
    """public-report 公开报道、consent 本人同意、official-duty 公务身份、relatives-informed 已告知近亲属。"""
    date: PartialDate | None = Field(default=None, title="日期")
    """公开报道的日期，或同意的日期。"""
    scope: tuple[Literal["name", "deed", "photo", "voice"], ...] = Field(default=("name", "deed"), title="范围")
    """可以公开什么：name 姓名、deed 事迹、photo 照片、voice 声音。"""
    source: SourceRef | None = Field(default=None, title="公开报道")
    """公开报道的来源编号。"""
    record_number: Line | None = Field(default=None, title="同意书编号")
    """单位保存的同意书编号。不要把同意书本身放进仓库。"""


class Quote(Model):
    """Somebody's own words, exactly as the source has them."""

    text: Line = Field(title="原话")
    """原话照录，不加引号。只有来源用引号或“说”引出的才能写。"""
    source: SourceRef = Field(title="来源")
    """来源记录的编号。"""
    occasion: Line | None = Field(default=None, title="场合")
    """在什么场合说的。"""


class Person(Record):
    """退役军人典型、烈士、宣讲员、拥军人物等。"""

    kind: ClassVar[Kind] = "person"
    label: ClassVar[str] = "人物"
    plural: ClassVar[str] = "people"
    filled_in: ClassVar[frozenset[str]] = frozenset({"id", "title"})

    name: Line = Field(title="姓名")
    """公开报道中的姓名；隐名的照报道写，例如“陶某”，不要还原。"""
    name_form: NameForm = Field(default=NameForm.FULL, title="名字的形式")
    """full 实名、masked 隐名（陶某）、nickname 称呼（梁伯）。"""
    display_name: Line | None = Field(default=None, title="显示名")
    """需要隐名时对外显示的写法，填了就处处只显示它。"""
    living: Literal["yes", "no", "unknown"] = Field(default="unknown", title="是否健在")
    """yes 健在、no 已故、unknown 来源未载。"""
    post: Line | None = Field(default=None, title="岗位")
    """报道时的单位和职务。"""
    organizations: tuple[OrganizationRef, ...] = Field(default=(), title="所在机构")
    """所在的机构、团队。"""
    service: Service | None = Field(default=None, title="服役")
    """服役情况。绝不写部队番号、代号和驻地。"""
    roles: tuple[Line, ...] = Field(default=(), title="身份")
    """身份，例如兵支书、宣讲员、维和军人、志愿者、拥军人物。"""
    honours: tuple[HonourHeld, ...] = Field(default=(), title="荣誉")
    """获得的荣誉。"""
    consent: Consent | None = Field(default=None, title="公开依据")
    """公开姓名和事迹的依据。健在的实名人物必须有。"""
    portrait: Line | None = Field(default=None, title="照片")
    """content/media/ 下的照片文件名。"""
    reading: Line | None = Field(default=None, title="读音", pattern=r"^[a-zü: ]+$")
    """姓名读音与常见读音不同的，写全名的拼音，例如 shan tian fang。"""
    birth_year: int | None = Field(default=None, title="出生年", ge=1850, le=2100)
    """出生年份，只写来源写明的。未满十四周岁的人不得实名。"""
    quotes: tuple[Quote, ...] = Field(default=(), title="原话")
    """本人说过的话，照来源原样。"""

    @model_validator(mode="before")
    @classmethod
    def _title_from_name(cls, value: Any) -> Any:
        if isinstance(value, dict) and "title" not in value:
            name = value.get("display_name") or value.get("name")
            if isinstance(name, str) and name.strip():
                return {**value, "title": name}
        return value

    @property
    def shown_name(self) -> str:
        return self.display_name or self.name


class HonourType(Choice):
    """What sort of honour it is."""

    TITLE = "title", "荣誉称号"
    MERIT = "merit", "立功"
    COLLECTIVE = "collective", "集体荣誉"
    COMPETITION = "competition", "竞赛奖项"


class Honour(Record):
    """授予个人或集体的荣誉：最美退役军人、二等功、全国双拥模范城等。"""

    kind: ClassVar[Kind] = "honour"
    label: ClassVar[str] = "荣誉"
    plural: ClassVar[str] = "honours"

    level: Level | None = Field(default=None, title="级别")
    """授予的级别。"""
    type: HonourType = Field(default=HonourType.TITLE, title="类型")
    """title 荣誉称号、merit 立功、collective 集体荣誉、competition 竞赛奖项。"""
    body_conferring: Line | None = Field(default=None, title="授予单位")
    """谁授予的。来源没写就空着。"""
    order: int = Field(default=100, title="次序", ge=1)
    """荣誉名册里的次序，小的在前。"""
    holders: tuple[Annotated[str, RefersTo(("region", "organization"))], ...] = Field(
        default=(), title="获得的地区和集体"
    )
    """获得这项荣誉的地区或集体；个人的荣誉写在人物记录里。"""
