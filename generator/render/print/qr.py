"""QR codes as rows of black bars, so that they print as vectors."""

from __future__ import annotations

from typing import Any

import segno


def qr_code(address: str) -> dict[str, Any]:
    """`size`: modules a side; `bars`: `[x, y, length]`, neighbours in a row joined so that no seam shows."""
    matrix = segno.make_qr(address, error="l", boost_error=True).matrix
    bars = [bar for y, row in enumerate(matrix) for bar in _bars(y, row)]
    return {"size": len(matrix), "bars": bars, "address": address}


def _bars(y: int, row: bytearray) -> list[list[int]]:
    bars: list[list[int]] = []
    for x, dark in enumerate(row):
        if not dark:
            continue
        if bars and bars[-1][0] + bars[-1][2] == x:
            bars[-1][2] += 1
        else:
            bars.append([x, y, 1])
    return bars
