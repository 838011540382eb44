"""What schools teach: lessons of national defence education."""

from typing import Annotated, ClassVar

from pydantic import Field

from generator.kinds import Kind
from generator.model.base import Record
from generator.model.policies import Basis
from generator.model.types import GradeBand, Line, Model, Prose, RefersTo

MaterialRef = Annotated[
    str, RefersTo(("story", "lecture", "route", "place", "person", "policy", "figure", "initiative", "activity"))
]


class FlowStep(Model):
    """One part of a lesson."""

    minutes: int = Field(title="分钟", ge=1, le=240)
    """用几分钟。"""
    activity: Line = Field(title="环节")
    """这一环节叫什么。"""
    detail: Prose | None = Field(default=None, title="做法")
    """教师做什么，学生做什么。"""


class QuizItem(Model):
    """One question of the quiz. The answer goes to the teacher's view only."""

    question: Line = Field(title="题目")
    """题目。"""
    options: tuple[Line, ...] = Field(default=(), title="选项")
    """选项；问答题空着。"""
    answer: Line = Field(title="答案")
    """答案；选择题写选项的全文。只给教师看。"""
    explanation: Line | None = Field(default=None, title="解析")
    """为什么。"""


class Misconception(Model):
    """What pupils often get wrong."""

    wrong: Line = Field(title="误解")
    """学生常有的误解。"""
    right: Line = Field(title="正解")
    """正确的理解。"""


class Lesson(Record):
    """学校用的国防教育课。"""

    kind: ClassVar[Kind] = "lesson"
    label: ClassVar[str] = "国防教育课"
    plural: ClassVar[str] = "lessons"

    grade_band: GradeBand = Field(title="学段")
    """小学低段、小学高段、初中、高中、大学。"""
    subject: Line = Field(title="学科或活动")
    """放在哪门课或什么活动里，例如道德与法治、班会。"""
    periods: int = Field(default=1, title="课时", ge=1, le=20)
    """几个课时。"""
    goals: tuple[Line, ...] = Field(title="目标", min_length=1)
    """教学目标。"""
    preparation: tuple[Line, ...] = Field(default=(), title="准备")
    """课前准备。"""
    flow: tuple[FlowStep, ...] = Field(title="流程", min_length=1)
    """教学流程，各环节的分钟数加起来就是用时。"""
    questions: tuple[Line, ...] = Field(default=(), title="讨论题")
    """讨论题。"""
    quiz: tuple[QuizItem, ...] = Field(default=(), title="小测")
    """小测验。答案只在教师版出现。"""
    worksheet: Prose | None = Field(default=None, title="学习单")
    """发给学生的学习单。"""
    outcome: tuple[Line, ...] = Field(default=(), title="学会了")
    """学完能做到什么，用“我能……”开头。"""
    keywords: tuple[Line, ...] = Field(default=(), title="关键词")
    """关键词。"""
    misconceptions: tuple[Misconception, ...] = Field(default=(), title="易错")
    """常见误解和正解。"""
    tips: tuple[Line, ...] = Field(default=(), title="教学提示")
    """给教师的提示。"""
    care: tuple[Line, ...] = Field(default=(), title="照顾")
    """需要照顾的情况，例如班上有烈属、军属子女。"""
    uses: tuple[MaterialRef, ...] = Field(default=(), title="用到的内容")
    """用到的故事、宣讲、路线、地点等，写成 种类:编号。"""
    basis: tuple[Basis, ...] = Field(default=(), title="法律依据")
    """依据的法律和条款。"""
