"""JSON as all open data is written: UTF-8, without blanks, on one line."""

from __future__ import annotations

from typing import Any

import msgspec

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()


def encoded(value: object) -> bytes:
    """A whole file. Not indented: browsers indent JSON themselves."""
    return _encoder.encode(value) + b"\n"


def decoded(data: bytes) -> Any:
    return _decoder.decode(data)
