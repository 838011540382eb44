"""Private and secret data that slipped into a text. Messages never repeat the data itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import islice
from typing import Any

from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Library
from generator.parse import Document

_MOST = 200
"""A text full of private data is told so often, no more: every place costs a look through the text before it."""
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECK = "10X98765432"
_SEPARATED_DIGITS = re.compile(
    r"(?<![0-9０-９A-Za-z])[0-9０-９](?:[ \-－\u200b]?[0-9０-９Xx]){10,20}(?![0-9０-９A-Za-z])"
)
_SEPARATOR = re.compile(r"[ \-－\u200b]")
_ADDRESS = re.compile(r"(?<!\d)\d+(?:栋|幢|号楼|单元)(?:\d+单元)?\d{2,4}室?|(?<!\d)\d+单元\d{2,4}")
_UNIT = re.compile(r"\d{5}部队|第\d{1,3}集团军|合成第?\d{1,3}旅|第\d{1,3}(?:旅|团)(?!长)|驻\S{1,6}营区")
_SIGNS = (
    ("栋", re.compile(r"栋(?<=\d.)")),
    ("幢", re.compile(r"幢(?<=\d.)")),
    ("楼", re.compile(r"号楼(?<=\d..)")),
    ("单", re.compile(r"单元(?<=\d..)")),
    ("部", re.compile(r"部队(?<=\d{5}..)")),
    ("第", re.compile(r"第\d{1,3}(?:集团军|[旅团])")),
    ("旅", re.compile(r"合成\d")),
    ("营", re.compile("营区")),
)
"""What an address or a unit cannot do without: a character, found fastest of all, and how it stands there."""
_AS_ZEROS = bytes(ord("0") if chr(code) in "0123456789Xx" else code for code in range(256))
_LONG_NUMBER = b"0" * 11
_WIDE = "０１２３４５６７８９－\u200b"
_WIDE_DIGITS = str.maketrans("０１２３４５６７８９－", "0123456789-")


def private_data(document: Document) -> Iterator[Diagnostic]:
    """Identity, bank and mobile numbers, home addresses, unit designations: in texts, comments and the file's name."""
    if not _is_suspicious(document.text, document.signs) and not _is_suspicious(document.path):
        return
    yield from _reported(document.spans.yaml_text, document.spans.in_yaml)
    if document.body is not None:
        yield from _reported(document.body.text, partial(document.spans.at, ("body",)))
    yield from in_name(document.path)


def in_media_names(library: Library, _today: date) -> Iterator[Diagnostic]:
    """The same in the names of photographs and recordings."""
    for path in library.media:
        yield from in_name(path)


def in_name(path: str) -> Iterator[Diagnostic]:
    """The same in a file's name."""
    yield from _reported(path.rpartition("/")[2], partial(_of_file, path))


def _reported(text: str, place: Callable[[int], Span]) -> Iterator[Diagnostic]:
    for offset, code, arguments in islice(_findings(text), _MOST) if _is_suspicious(text) else ():
        yield diagnostic(code, place(offset), **arguments)


def _of_file(path: str, _offset: int) -> Span:
    return Span(path)


def _findings(text: str) -> Iterator[tuple[int, str, dict[str, Any]]]:
    for match in _SEPARATED_DIGITS.finditer(text):
        for digits in _numbers(match[0].translate(_WIDE_DIGITS).upper()):
            code = next((code for is_kind, code in _NUMBERS if is_kind(digits)), None)
            if code:
                yield match.start(), code, {"masked": f"{digits[:2]}{'*' * (len(digits) - 2)}"}
                break
    for match in _ADDRESS.finditer(text):
        yield match.start(), "private-address", {"found": re.sub(r"\d", "*", match[0])}
    for match in _UNIT.finditer(text):
        yield match.start(), "unit-designation", {"found": re.sub(r"\d", "*", match[0])}


def _is_suspicious(text: str, signs: bytes | None = None) -> bool:
    """Whether there may be a finding; nearly every text is done with here, in a tenth of the time.

    `signs` is the text with a question mark for whatever is not ASCII, where that is at hand.
    """
    digits = (signs or text.encode("ascii", "replace")).translate(_AS_ZEROS, b" -")
    if _LONG_NUMBER in digits:
        return True
    if text.isascii():
        return False
    return any(digit in text for digit in _WIDE) or any(char in text and sign.search(text) for char, sign in _SIGNS)


def _numbers(run: str) -> Iterator[str]:
    """What a run of digits and separators may be: one number, one after the country's code, several."""
    parts = _SEPARATOR.split(run)
    whole = "".join(parts)
    yield whole
    yield re.sub("^(?:00)?86", "", whole)
    yield from parts


def _is_identity_number(digits: str) -> bool:
    """18 characters with a valid birth date and check digit (GB 11643, MOD 11-2), or the older 15 digits."""
    if len(digits) == 18 and digits[:17].isdigit():
        total = sum(int(digit) * weight for digit, weight in zip(digits, _ID_WEIGHTS, strict=False))
        return _is_day(digits[6:14]) and _ID_CHECK[total % 11] == digits[17]
    return len(digits) == 15 and digits.isdigit() and _is_day(f"19{digits[6:12]}")


def _is_mobile(digits: str) -> bool:
    return len(digits) == 11 and digits[0] == "1" and digits[1] in "3456789" and digits.isdigit()


def _is_bank_card(digits: str) -> bool:
    """16 to 19 digits that begin as cards do and pass Luhn's check."""
    if not (16 <= len(digits) <= 19 and digits.isdigit() and digits[0] in "3456"):
        return False
    doubled = [int(digit) * (2 if position % 2 else 1) for position, digit in enumerate(reversed(digits))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def _is_day(digits: str) -> bool:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True


# Identity numbers first: some of them pass Luhn's check too.
_NUMBERS: tuple[tuple[Callable[[str], bool], str], ...] = (
    (_is_identity_number, "private-id-number"),
    (_is_mobile, "private-mobile"),
    (_is_bank_card, "private-bank-card"),
)

DOCUMENT_RULES = (private_data,)
LIBRARY_RULES = (in_media_names,)
