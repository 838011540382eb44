"""Where a site is written: into a tree beside the one that is served, then one switch.

A run costs only what it changes. Two trees are kept in turn; their files are hard links of each other. One is served,
the other, its *spare*, takes the changes of the next run and is switched to; then the former one is brought to the same
state. The caller keeps two marks for each output folder: of the tree that its manifest describes, the *base*, and of
the spare. In order:

    with open_output(out) as output:
        prepared = output.prepare(base, spare)       # the marks of the last run, or None
        ...                                          # write, link and remove in `prepared.tree`, workers too
        base = output.publish()
        ...                                          # keep the manifest with `base`, and no spare
        spare = output.follow(changed, removed)
        ...                                          # keep `spare`
"""

from __future__ import annotations

import os

from generator.output.local import LocalOutput
from generator.output.site import BuildInProgressError, Mark, Output, Prepared, RepeatedPathError, Tree, is_url

__all__ = ["BuildInProgressError", "Mark", "Output", "Prepared", "RepeatedPathError", "Tree", "open_output"]


def open_output(out: str | os.PathLike[str]) -> Output:
    """The output folder `out`, a path or a URL; a context manager that holds its lock and removes what was not
    published.
    """
    place = os.fspath(out)
    if is_url(place):
        from generator.output.objects import RemoteOutput

        return RemoteOutput(place)
    # Absolute, for a worker may have another working folder.
    return LocalOutput(os.path.abspath(place))
