"""The small types that every kind is made of: text, dates, references, places on the globe."""

from __future__ import annotations

import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError, core_schema

from generator.kinds import SLUG_PATTERN as SLUG_PATTERN
from generator.kinds import Kind
from generator.model.docstrings import docstrings
from generator.model.lost_dates import readings

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue

# Validation is what the model declares, whatever else is installed beside pydantic; and looking for it takes time.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


_SLUG = re.compile(SLUG_PATTERN)


class Model(BaseModel):
    """Base of every declared shape: immutable, closed, documented field by field.

    Its validator is built when the first value is read: a run needs few of the fifty.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    @classmethod
    def __pydantic_init_subclass__(cls, **_: Any) -> None:
        texts = docstrings(cls.__module__).get(cls.__name__, {})
        for name in texts.keys() & cls.model_fields.keys():
            cls.model_fields[name].description = texts[name]


class Choice(StrEnum):
    """A closed list of values, each with the Chinese words that readers see."""

    label: str

    def __new__(cls, value: str, label: str) -> Choice:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


@dataclass(frozen=True, slots=True)
class RefersTo:
    """Marks a text field as naming another record: a bare id, or `kind:id` where several kinds may stand."""

    kinds: tuple[Kind, ...]

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        validate = _slug if len(self.kinds) == 1 else self._validate
        return core_schema.no_info_after_validator_function(validate, core_schema.str_schema())

    def __get_pydantic_json_schema__(self, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {"type": "string", "pattern": f"^{self._pattern}$", "x-rongguang-refers-to": list(self.kinds)}

    @property
    def _pattern(self) -> str:
        return SLUG_PATTERN if len(self.kinds) == 1 else f"(?:{'|'.join(self.kinds)}):{SLUG_PATTERN}"

    def _validate(self, text: str) -> str:
        if not re.fullmatch(self._pattern, text):
            raise PydanticCustomError(
                "bad-reference", "not a kind:id reference", {"value": text, "kinds": "、".join(self.kinds)}
            )
        return text


def _single_line(text: str) -> str:
    line = text.strip()
    # No line break is printable, which is quicker to find out.
    if not line.isprintable() and len(line.splitlines()) > 1:
        raise PydanticCustomError("line-break-in-text", "this text must stay on one line")
    return unicodedata.normalize("NFC", line or _not_blank(line))


def _prose(text: str) -> str:
    return unicodedata.normalize("NFC", _not_blank(text).strip("\n"))


def _not_blank(text: str) -> str:
    if not text or text.isspace():
        raise PydanticKnownError("string_too_short", {"min_length": 1})
    return text


@lru_cache(maxsize=4096)  # references come again and again
def _slug(text: str) -> str:
    if not _SLUG.fullmatch(text) or len(text) > 80:
        raise PydanticCustomError("bad-id", "not an id", {"value": text})
    return text


Slug = Annotated[str, AfterValidator(_slug), Field(json_schema_extra={"pattern": f"^{SLUG_PATTERN}$", "maxLength": 80})]
"""Lower-case ASCII letters, digits and single hyphens, at most 80 characters."""

Line = Annotated[str, Field(min_length=1, max_length=500), AfterValidator(_single_line)]
"""Plain text on one line."""

Prose = Annotated[str, Field(min_length=1), AfterValidator(_prose)]
"""CommonMark with `[[kind:id]]` references and `{{ figure:id }}` numbers."""


class PartialDate(str):
    """A day, a month or a year as ISO 8601 writes it: `2023-03-16`, `2023-03` or `2023`.

    Text order is time order; a coarser date comes before the finer ones it contains.
    """

    __slots__ = ()
    _SHAPE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")

    @classmethod
    @lru_cache(maxsize=4096)
    def parse(cls, text: str) -> PartialDate:
        """Raises PydanticCustomError `damaged-date`, `bad-date` or `impossible-date`."""
        match = cls._SHAPE.fullmatch(text)
        if match is None:
            proposed = readings(text)
            if proposed:
                raise PydanticCustomError(
                    "damaged-date", "a date lost a character", {"value": text, "readings": proposed}
                )
            raise PydanticCustomError("bad-date", "not a date", {"value": text})
        year, month, day = (int(part) if part else 1 for part in match.groups())
        try:
            date(year, month, day)
        except ValueError:
            raise PydanticCustomError("impossible-date", "no such day", {"value": text}) from None
        return cls(text)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        return {
            "type": "string",
            "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$",
            "examples": ["2023-03-16", "2023-03", "2023"],
        }

    @property
    def first_day(self) -> date:
        year, month, day = (*(int(part) for part in self.split("-")), 1, 1)[:3]
        return date(year, month, day)

    @property
    def chinese(self) -> str:
        """As running text writes it: 2023年3月16日."""
        return _date_in_chinese(self)


@lru_cache(maxsize=4096)
def _date_in_chinese(date: PartialDate) -> str:
    return "".join(f"{int(part)}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False))


class Period(str):
    """A `PartialDate`, or two of them as an ISO 8601 interval: `2019/2022`; an open end is left out: `2019/`."""

    __slots__ = ()

    @classmethod
    @lru_cache(maxsize=4096)
    def parse(cls, text: str) -> Period:
        """Raises what `PartialDate.parse` raises, and `reversed-period`."""
        if "/" not in text:
            return cls(PartialDate.parse(text))
        start_text, _, end_text = text.partition("/")
        start = PartialDate.parse(start_text)
        if end_text and PartialDate.parse(end_text) < start:
            raise PydanticCustomError("reversed-period", "ends before it begins", {"value": text})
        return cls(text)

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(cls.parse, core_schema.str_schema())

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: CoreSchema, _handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        one = r"\d{4}(-\d{2}(-\d{2})?)?"
        return {
            "type": "string",
            "pattern": f"^{one}(/({one})?)?$",
            "examples": ["2019/2022", "2019/", "2022"],
        }

    @property
    def start(self) -> PartialDate:
        return PartialDate(self.partition("/")[0])

    @property
    def end(self) -> PartialDate | None:
        """None while it goes on; the start itself for a single date."""
        if "/" not in self:
            return self.start
        text = self.partition("/")[2]
        return PartialDate(text) if text else None

    @property
    def chinese(self) -> str:
        """As running text writes it: 2019年至2022年, 2019年以来."""
        return _period_in_chinese(self)


@lru_cache(maxsize=4096)
def _period_in_chinese(period: Period) -> str:
    start = period.start.chinese
    if "/" not in period:
        return start
    return f"{start}至{period.end.chinese}" if period.end else f"{start}以来"


class Status(Choice):
    """Where a record stands on its way to the public; only `published` is built into the site."""

    DRAFT = "draft", "草稿"
    REVIEW = "review", "送审"
    PUBLISHED = "published", "已发布"
    WITHDRAWN = "withdrawn", "已撤回"


class Level(Choice):
    """The level of an office, an honour or a rule."""

    NATIONAL = "national", "全国"
    PROVINCIAL = "provincial", "省级"
    CITY = "city", "市级"
    COUNTY = "county", "县（区）级"
    TOWNSHIP = "township", "乡镇（街道）级"
    VILLAGE = "village", "村（社区）级"


class GradeBand(Choice):
    """The school stages that lessons and routes are made for."""

    LOWER_PRIMARY = "小学低段", "小学低段"
    UPPER_PRIMARY = "小学高段", "小学高段"
    JUNIOR = "初中", "初中"
    SENIOR = "高中", "高中"
    UNIVERSITY = "大学", "大学"


class Audience(Choice):
    """Who a record is for; policies and services are filtered by it."""

    PUBLIC = "public", "公众"
    VETERANS = "veterans", "退役军人"
    SELF_EMPLOYED = "self-employed-veterans", "自主就业退役军人"
    STUDENT_VETERANS = "student-veterans", "退役大学生士兵"
    VETERANS_IN_NEED = "veterans-in-need", "困难退役军人"
    DISABLED = "disabled-veterans", "残疾退役军人"
    ELDERLY = "elderly-veterans", "高龄退役军人"
    BENEFICIARIES = "beneficiaries", "其他优抚对象"
    MARTYR_FAMILIES = "martyr-families", "烈士遗属"
    FAMILIES = "military-families", "军人家属"
    SERVING = "serving", "现役军人"
    RECRUITS = "recruits", "预备新兵"
    SCHOOLS = "schools", "学校师生"
    COMPANIES = "companies", "军创企业"
    OFFICIALS = "officials", "基层工作人员"


class Location(Model):
    """A point on the globe."""

    lat: float = Field(title="纬度", ge=3, le=54)
    """北纬度数，最多四位小数，例如 32.6255。"""
    lon: float = Field(title="经度", ge=73, le=136)
    """东经度数，最多四位小数，例如 116.9998。"""
    precision: Literal["approximate", "exact"] = Field(title="精度")
    """approximate：大致位置；exact：到门口。"""
    datum: Literal["WGS-84", "GCJ-02", "CGCS2000"] = Field(title="坐标系")
    """坐标所用的坐标系。国内地图软件给出的一般是 GCJ-02。"""
