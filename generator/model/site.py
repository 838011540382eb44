"""`site_config.yml`: the site's own settings. Data only: no hook, plugin, template, path or command."""

from typing import Annotated, Literal

from pydantic import Field

from generator.kinds import Kind
from generator.model.base import FigureRef, OrganizationRef, RegionRef
from generator.model.types import Line, Model, Prose, RefersTo, Slug

StoryRef = Annotated[str, RefersTo(("story",))]


class Contact(Model):
    """How readers reach the people behind the site."""

    name: Line | None = Field(default=None, title="联系单位")
    """联系单位或部门。"""
    phone: Line | None = Field(default=None, title="电话")
    """办公电话。"""
    email: Line | None = Field(default=None, title="邮箱", pattern=r"^[^@\s]+@[^@\s]+$")
    """公务邮箱。"""


class Registration(Model):
    """Numbers that a government site in China shows in its footer."""

    icp: Line | None = Field(default=None, title="ICP 备案号")
    """ICP 备案号。"""
    police: Line | None = Field(default=None, title="公安备案号")
    """公安备案号。"""
    site_code: Line | None = Field(default=None, title="网站标识码", pattern=r"^\d{10}$")
    """政府网站标识码，十位数字。"""


class Home(Model):
    """What the home page leads with."""

    headline: Line = Field(title="首页大标题")
    """首页的一句话；可用“/”分行。"""
    introduction: Line = Field(title="首页导语")
    """大标题下的两三句话。"""
    lead_story: StoryRef | None = Field(default=None, title="头条故事")
    """头条故事的编号；没有写就取最新的一篇。"""
    figures: tuple[FigureRef, ...] = Field(default=(), title="首页数字", max_length=4)
    """首页上的四个数字。"""
    search_examples: tuple[Line, ...] = Field(default=(), title="搜索示例")
    """搜索框下面的示例。"""


class Chapter(Model):
    """One chapter of a brochure: a region with everything under it."""

    region: RegionRef = Field(title="地区")
    """这一章的地区。"""
    stories: tuple[StoryRef, ...] = Field(default=(), title="故事")
    """选哪些故事、什么次序；空着就收全部。"""


BrochureSection = Literal["stories", "people", "initiatives", "lectures", "routes", "policies", "services", "figures"]


class Brochure(Model):
    """One printed book."""

    id: Slug = Field(title="编号")
    """文件名，例如 rongguang 会生成 rongguang.pdf。"""
    title: Line = Field(title="书名")
    """书名。"""
    subtitle: Line | None = Field(default=None, title="副题")
    """副题。"""
    edition: Line | None = Field(default=None, title="版次")
    """版次，例如“二〇二六年版”。"""
    preface: Prose | None = Field(default=None, title="前言")
    """前言。"""
    chapters: tuple[Chapter, ...] = Field(title="各章", min_length=1)
    """各章，依次排列。"""
    sections: tuple[BrochureSection, ...] = Field(
        default=("stories", "people", "initiatives", "lectures", "routes", "policies", "services", "figures"),
        title="收哪些内容",
    )
    """收哪些内容。"""


class Wording(Model):
    """One rule of wording that the editors own."""

    avoid: Line = Field(title="不用")
    """不用的写法。"""
    use: Line = Field(title="改用")
    """改用的写法。"""
    why: Line | None = Field(default=None, title="原因")
    """为什么。"""


class SiteConfig(Model):
    """站点设置。"""

    title: Line = Field(title="站名")
    """站名。"""
    subtitle: Line | None = Field(default=None, title="副题")
    """站名下的一行小字。"""
    description: Line = Field(title="简介")
    """一句话简介，用在搜索引擎和分享里。"""
    url: Line = Field(
        default="http://localhost:8000/",
        title="网址",
        pattern=r"^https?://[A-Za-z0-9.-]+(:\d{1,5})?/([A-Za-z0-9._~-]+/)*$",
    )
    """网站的网址，以 / 结尾。中文域名写成xn--开头的形式。"""
    seal: Line | None = Field(default=None, title="印文", max_length=4)
    """站名旁印章里的字。"""
    sample: bool = Field(default=False, title="示例站")
    """示例站写 true：每页写明“示例内容，未经三审”。"""
    organiser: Line | None = Field(default=None, title="主办单位")
    """主办单位。没有填会提醒，不会编造。"""
    organization: OrganizationRef | None = Field(default=None, title="主办机构")
    """主办单位对应的机构记录。"""
    contact: Contact = Field(default=Contact.model_construct(), title="联系方式")
    """联系方式。"""
    registration: Registration = Field(default=Registration.model_construct(), title="备案")
    """备案号和标识码。"""
    regions: tuple[RegionRef, ...] = Field(default=(), title="主要地区")
    """首页和导航列出的地区，依次排列。"""
    home: Home | None = Field(default=None, title="首页")
    """首页。"""
    share_cards: tuple[Kind, ...] = Field(
        default=("story", "person", "route", "policy", "lesson", "region", "lecture"), title="分享卡"
    )
    """给哪些种类的页面画分享卡。"""
    brochures: tuple[Brochure, ...] = Field(default=(), title="印制品")
    """要排的书。"""
    wording: tuple[Wording, ...] = Field(default=(), title="用语规范")
    """编辑部自己的用语规范，检查时提醒。"""
    licence: Line = Field(default="CC BY 4.0", title="内容许可")
    """内容的许可。"""
