"""Bytes to text: UTF-8, or a good guess at what else it is so that reading can go on."""

from __future__ import annotations

import codecs

from generator.values import Value

_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# Lead bytes of the everyday characters: GB 2312 level 1, Big5 level 1.
_EVERYDAY_GB = range(0xB0, 0xD8)
_EVERYDAY_BIG5 = range(0xA4, 0xC7)


class Decoded(Value, frozen=True):
    """The text, and for bytes that are not UTF-8 the guessed encoding and the offset of the first wrong byte."""

    text: str
    guess: str | None = None
    wrong_at: int = 0


def decode(data: bytes) -> Decoded:
    """The text of `data` with line ends as `\\n`, without a byte order mark at its beginning."""
    try:
        # Plain ASCII saved as UTF-16 is valid UTF-8, every second character a NUL.
        decoded = _utf_16(data) if data.count(0) > len(data) // 4 else Decoded(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        decoded = _utf_16(data) if data.startswith(_UTF_16_MARKS) else _guessed(data, error.start)
    text = decoded.text.removeprefix("\ufeff")
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return decoded if text is decoded.text else Decoded(text, decoded.guess, decoded.wrong_at)


def _guessed(data: bytes, wrong_at: int) -> Decoded:
    damaged = data.decode("utf-8", "replace")
    # Chinese text in another encoding is UTF-8 here and there by chance, but never for the most part.
    if damaged.count("\ufffd") * 4 < sum(char > "\x7f" for char in damaged):
        return Decoded(damaged, "损坏了的UTF-8", wrong_at)
    readings = [(codec, name, _everyday(data, leads)) for codec, name, leads in _CANDIDATES if _reads(data, codec)]
    if not readings:
        return Decoded(damaged, "认不出的编码", wrong_at)
    codec, name, _ = max(readings, key=lambda reading: reading[2])
    return Decoded(data.decode(codec), name, wrong_at)


_CANDIDATES = (("gb18030", "GB18030", _EVERYDAY_GB), ("big5", "Big5", _EVERYDAY_BIG5))


def _utf_16(data: bytes) -> Decoded:
    is_little = data[1::2].count(0) >= data[::2].count(0)
    codec = "utf-16" if data.startswith(_UTF_16_MARKS) else "utf-16-le" if is_little else "utf-16-be"
    return Decoded(data.decode(codec, "replace"), "UTF-16")


def _reads(data: bytes, codec: str) -> bool:
    try:
        data.decode(codec)
    except UnicodeDecodeError:
        return False
    return True


def _everyday(data: bytes, leads: range) -> int:
    """How many characters are everyday ones, taking the bytes two by two where the first is above ASCII."""
    count = position = 0
    while position < len(data):
        wide = data[position] > 0x7F
        count += wide and data[position] in leads
        position += 2 if wide else 1
    return count
