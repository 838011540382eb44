"""The order of a Chinese index: by the first letter of the reading, as far as the character set itself tells it.

GB 2312 lists its 3,755 common characters by reading; the others it lists by radical, so those that begin names of
people and places in practice are given here. A record's own `reading` always wins.
"""

from __future__ import annotations

from bisect import bisect_right

_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
_FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
"""The first common character of each letter in GB 2312."""
_STARTS = [char.encode("gb2312") for char in _FIRST]
_END_OF_COMMON = "座".encode("gb2312")
_RARE = {
    "邸": "D", "闫": "Y", "邬": "W", "邰": "T", "邵": "S", "郗": "X", "郜": "G", "郦": "L", "郯": "T", "鄢": "Y",
    "阚": "K", "阎": "Y", "隗": "W", "荀": "X", "荆": "J", "莘": "S", "菅": "J", "蒯": "K", "蔺": "L", "薛": "X",
    "佟": "T", "佘": "S", "仉": "Z", "俞": "Y", "傅": "F", "冼": "X", "岑": "C", "嵇": "J", "庹": "T", "廖": "L",
    "晏": "Y", "缪": "M", "翟": "Z", "笪": "D", "竺": "Z", "臧": "Z", "裘": "Q", "谌": "C", "逄": "P", "逯": "L",
    "霍": "H", "靳": "J", "骆": "L", "麴": "Q", "淦": "G", "湛": "Z", "滕": "T", "濮": "P", "瞿": "Q", "鞠": "J",
}  # fmt: skip
_SURNAMES = {"单": "S", "解": "X", "区": "O", "查": "Z", "仇": "Q", "任": "R", "曾": "Z", "朴": "P", "盖": "G"}
"""Read otherwise in a name than elsewhere."""
OTHER = "其他"


def initial(name: str, *, reading: str | None = None, person: bool = False) -> str:
    """A capital letter, or `OTHER` where nothing tells the reading."""
    if reading:
        return reading[0].upper()
    first = name.lstrip("“‘《（")[:1]
    if first.isascii() and first.isalpha():
        return first.upper()
    if person and first in _SURNAMES:
        return _SURNAMES[first]
    return _RARE.get(first) or _common_initial(first)


def index_key(name: str) -> bytes:
    """Sorts names under one letter: common characters by reading, the others after them."""
    return name.lstrip("“‘《（").encode("gb18030")


def _common_initial(char: str) -> str:
    try:
        code = char.encode("gb2312")
    except UnicodeEncodeError:
        return OTHER
    if not _STARTS[0] <= code <= _END_OF_COMMON:
        return OTHER
    return _LETTERS[bisect_right(_STARTS, code) - 1]
