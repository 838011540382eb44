"""Photographs and recordings: `content/media/<file>.yml` beside each file gives its credit."""

from pydantic import Field

from generator.model.base import PersonRef
from generator.model.types import Line, Model, PartialDate


class Media(Model):
    """The credit that a photograph or a recording cannot be published without."""

    alt: Line = Field(title="替代文字")
    """图里有什么，给看不见图的人读。"""
    credit: Line = Field(title="署名")
    """摄影者或版权所有者。"""
    licence: Line | None = Field(default=None, title="许可")
    """使用许可。"""
    caption: Line | None = Field(default=None, title="图说")
    """图下的说明。"""
    taken: PartialDate | None = Field(default=None, title="拍摄时间")
    """拍摄时间。"""
    people: tuple[PersonRef, ...] = Field(default=(), title="画面中的人物")
    """画面中的人物，须有照片的公开依据。"""
