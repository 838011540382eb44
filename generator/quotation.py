"""Chinese quotation marks as GB/T 15834 nests them."""

from __future__ import annotations

_INNER = str.maketrans("“”‘’", "‘’“”")


def quoted(text: str) -> str:
    """`text` in double marks; the double marks inside it become single ones, and single ones double."""
    return f"“{text.translate(_INNER)}”"
