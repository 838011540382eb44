"""A picture to make: what shapes it, which files it becomes, and how to draw it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from generator.artifact import Artifact
from generator.diagnostics import Checked
from generator.store import Digest
from generator.values import Value


class Picturing(Value, frozen=True):
    """Can be sent to another process, for `function` is one that a module names."""

    key: Digest
    """Of everything that shapes the bytes: two of one key become the same files, whatever their paths."""
    paths: tuple[str, ...]
    """Below the site, in the order of the files."""
    function: Callable[[Any], Checked[tuple[Artifact, ...]]]
    argument: Any
    is_quick: bool = False
    """Drawn before a worker would have been asked."""

    def draw(self) -> Checked[tuple[Artifact, ...]]:
        """The files; none where something is reported."""
        return self.function(self.argument)
