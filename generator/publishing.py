"""One edition of the site: what is stale is made, and the whole is switched to in one step."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from generator.diagnostics import Diagnostic, has_errors
from generator.making import PARTS, Making
from generator.output import Mark, Output, Tree
from generator.output.site import is_url
from generator.output.workspace import Workspace
from generator.run import Executor
from generator.spool import Spool
from generator.store import Store, StoreError
from generator.values import Value, replace

if TYPE_CHECKING:
    from generator.derive.derived import Derived
    from generator.render.plan import Plan

_WHOLE = ("whole:", "picture:", "book:")
"""Units that are made from the derived library itself and not from facts."""
_TERMS = "terms"
"""The fact that lists the words which are explained."""


class Published(Value, frozen=True):
    """What came of an edition; no site where making it found errors."""

    found: tuple[Diagnostic, ...] = ()
    site: Path | str | None = None
    records: Mapping[str, int] = {}
    pages: int = 0
    files: int = 0
    bytes: int = 0
    rendered: tuple[str, ...] = ()
    written: int = 0


class Edition:
    """Knows from the store what the output holds and what it should hold."""

    def __init__(
        self,
        root: Path,
        out: str,
        store: Store,
        executor: Executor,
        output: Output,
        spool: Spool,
        only: frozenset[str],
    ) -> None:
        self._root = root
        self._out = out
        self._store = store
        self._executor = executor
        self._output = output
        self._spool = spool
        self._only = only
        self._plan: Plan | None = None
        self._paths: Mapping[str, str] = {}
        self._words: frozenset[str] = frozenset()
        """That have become terms, or are terms no longer."""

    def is_behind(self) -> bool:
        """Whether there is anything to do even if nothing changes."""
        return not self._is_planned() or self._has_work() or not self._output.shows(self._mark("base"))

    def touch(self, records: Mapping[str, tuple[str, str]]) -> bool:
        """Only these records say something else: digest and file of each.

        False where that is not enough to know, and all has to be planned anew.
        """
        self._spoil_books(records)
        if not self._is_planned() or not self._output.shows(self._mark("base")):
            return False
        if any(name.startswith(_WHOLE) for name in self._stale()):
            return False
        self._paths = {key: path for key, (_, path) in records.items()}
        self._store.spoil(set(self._changed(records)))
        return True

    def plan(self, derived: Derived, records: Mapping[str, tuple[str, str]]) -> None:
        """What the output is to hold from now on, and what of it is not as it should be."""
        from generator.render.plan import Plan

        self._paths = {key: path for key, (_, path) in records.items()}
        made = Plan(self._root, derived, records, self._store)
        self._plan = made
        self._store.spoil(self._replace_facts(made.facts()))
        generation = str(int(self._store.note("generation") or 0) + 1)
        self._store.write_note("generation", generation)
        # Kept until it is done: a run that is stopped leaves it to the next.
        dropped = self._dropped()
        for part in sorted(self._only):
            dropped |= self._store.plan(part, made.units(part))
            self._store.write_note(f"planned:{part}", generation)
        self._store.write_note("dropped", json.dumps(dropped, ensure_ascii=False))
        self._store.spoil_named(("whole:site", "whole:data", *made.units("print")))
        self._store.write_note("counts", json.dumps(made.counts()))

    def publish(self, progress: Callable[[str], None]) -> Published:
        """Make what is stale, and switch to it."""
        base, spare = self._mark("base"), self._mark("spare")
        if not self._has_work() and not self._words and self._output.shows(base):
            self._store.commit()
            return self._published(Published())
        prepared = self._output.prepare(base, spare)
        if prepared.empty:
            if self._plan is None:
                raise StoreError("the site is not the one that it describes")
            self._store.forget_made()
            for name, nothing in (("totals", "{}"), ("dropped", "{}"), ("base", "")):
                self._store.write_note(name, nothing)
        elif self._words:
            self._spoil_mentions(prepared.tree)
        self._store.write_note("spare", "")
        self._store.commit()
        with Workspace(
            self._out if self._executor.is_far else str(self._store.path.parent), far=self._executor.is_far
        ) as workspace:
            facts = workspace.share(self._facts())
            making = Making(
                self._root, self._store, self._executor, facts, prepared, self._spool, self._paths, self._plan
            )
            if prepared.empty:
                making.carry_over(Path(self._out) / "site", sorted(set(PARTS) - self._only))
            making.make(self._stale(), progress)
        if has_errors(making.found):
            return Published(tuple(making.found))
        progress("publish")
        gone = making.remove(self._dropped())
        return self._switch(making, gone)

    def _replace_facts(self, facts: Iterator[tuple[str, bytes]]) -> set[int]:
        """The numbers of those that are not what they were, but for the terms, of which all texts are made."""
        from generator.render.mentions import changed_words

        before = self._store.fact(_TERMS)
        changed = self._store.replace_facts(facts)
        now = self._store.fact(_TERMS)
        if before and now and not is_url(self._out):  # where it takes longer to look at a page than to make it
            self._words = changed_words(before[1], now[1])
            changed.discard(now[0])
        return changed

    def _spoil_mentions(self, tree: Tree) -> None:
        """Pages that hold one of the words."""
        from generator.render.mentions import Mentions

        mentions = Mentions(self._words)
        self._store.spoil_named(
            name
            for name, paths in self._store.readers(_TERMS)
            if any(mentions.are_in(tree.read(path)) for path in paths if path.endswith(".html"))
        )

    def _facts(self) -> str:
        """A file that workers can read the facts from."""
        if not self._executor.is_far:
            return str(self._store.path)
        copy = self._store.path.with_suffix(".facts")
        copy.unlink(missing_ok=True)
        self._store.copy_facts(copy)
        return str(copy)

    def _switch(self, making: Making, gone: Collection[str]) -> Published:
        published = self._published(
            Published(tuple(making.found), rendered=tuple(making.rendered), written=len(making.written))
        )
        base = self._output.publish()
        # The new site is served from here on. What follows only saves the next run time: one that finds nothing
        # of it makes all anew.
        with suppress(StoreError):
            self._store.write_note("base", base)
            self._store.write_note("dropped", "{}")
            # A plan asks for all that its site needs.
            if self._plan and set(PARTS) <= self._only:
                self._store.forget_unused()
            self._store.commit()
            self._store.write_note("spare", self._output.follow(making.written, gone) or "")
            self._store.commit()
        return published

    def _published(self, made: Published) -> Published:
        totals = json.loads(self._store.note("totals") or "{}")
        counts = json.loads(self._store.note("counts") or "{}")
        site = self._out if is_url(self._out) else Path(self._out) / "site"
        return replace(made, site=site, records=counts, **totals)

    def _dropped(self) -> dict[str, str]:
        """Files of units that are made no more, while the output still has them."""
        found: dict[str, str] = json.loads(self._store.note("dropped") or "{}")
        return found

    def _has_work(self) -> bool:
        return bool(self._stale() or self._dropped())

    def _stale(self) -> list[str]:
        return self._store.stale(self._only)

    def _is_planned(self) -> bool:
        generation = self._store.note("generation")
        return generation is not None and all(self._store.note(f"planned:{part}") == generation for part in self._only)

    def _mark(self, name: str) -> Mark | None:
        found = self._store.note(name)
        return Mark(found) if found else None

    def _changed(self, records: Mapping[str, tuple[str, str]]) -> Iterator[int]:
        from generator.facts import encode

        for key, told in records.items():
            known = self._store.fact(f"record:{key}")
            # A draft has no fact: nothing is made of it.
            if known is not None and known[1] is not None and known[1] != encode(told):
                yield self._store.set_fact(f"record:{key}", encode(told))

    def _spoil_books(self, records: Collection[str]) -> None:
        """Books are made of whole records and not of facts."""
        for name, held in json.loads(self._store.note("books") or "{}").items():
            if not set(held).isdisjoint(records):
                self._store.spoil_named([name])
