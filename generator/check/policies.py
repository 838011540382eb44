"""Policies: whether they are in force, and what rests on those that are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, Span, diagnostic
from generator.library import Entry, Library, key_of
from generator.model import Policy, Record, Service
from generator.validity import PolicyStatus, policy_status, superseded_by
from generator.written import Written


def validity(library: Library, today: date) -> Iterator[Diagnostic]:
    """Policies that have run out, have been replaced, or are not yet in force."""
    replaced = superseded_by(library.published(Policy))
    for policy in library.published(Policy):
        status = policy_status(policy, today=today, replaced=policy.id in replaced)
        if status is PolicyStatus.SUPERSEDED:
            place = _place(library, policy, "title")
            yield diagnostic("policy-superseded", place, title=policy.title, by=replaced[policy.id])
        elif status is PolicyStatus.EXPIRED:
            place = _place(library, policy, "expires")
            yield diagnostic("policy-expired", place, title=policy.title, date=policy.expires)
        elif status is PolicyStatus.PENDING:
            place = _place(library, policy, "effective")
            yield diagnostic("policy-not-in-force", place, title=policy.title, date=policy.effective)


def reversed_validity(entry: Entry, _written: Written) -> Iterator[Diagnostic]:
    """A policy that runs out before it begins."""
    policy = entry.record
    if isinstance(policy, Policy) and policy.effective and policy.expires and policy.expires <= policy.effective:
        yield diagnostic("reversed-validity", entry.place("expires"))


def resting_on_expired(library: Library, today: date) -> Iterator[Diagnostic]:
    """A service that rests on a policy which no longer holds."""
    replaced = superseded_by(library.published(Policy))
    for service in library.published(Service):
        policy = library.get(f"policy:{service.policy}") if service.policy else None
        if isinstance(policy, Policy) and policy_status(policy, today=today, replaced=policy.id in replaced) in {
            PolicyStatus.EXPIRED,
            PolicyStatus.SUPERSEDED,
        }:
            place = _place(library, service, "policy")
            yield diagnostic("rests-on-expired", place, title=policy.title)


def _place(library: Library, record: Record, *path: str) -> Span:
    return library.whole(key_of(record)).place(*path)


RECORD_RULES = (reversed_validity,)
LIBRARY_RULES = (validity, resting_on_expired)
