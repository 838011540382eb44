"""Policies: whether they are in force, and what rests on those that are not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from generator.diagnostics import Diagnostic, diagnostic
from generator.library import Key, Library
from generator.model import Policy, Service
from generator.validity import PolicyStatus, policy_status, superseded_by


def validity(library: Library, today: date) -> Iterator[Diagnostic]:
    """Policies that have run out, have been replaced, or are not yet in force."""
    replaced = superseded_by(library.published(Policy))
    for policy in library.published(Policy):
        entry = library.entries[Key(f"policy:{policy.id}")]
        status = policy_status(policy, today=today, replaced=policy.id in replaced)
        if status is PolicyStatus.SUPERSEDED:
            yield diagnostic("policy-superseded", entry.place("title"), title=policy.title, by=replaced[policy.id])
        elif status is PolicyStatus.EXPIRED:
            yield diagnostic("policy-expired", entry.place("expires"), title=policy.title, date=policy.expires)
        elif status is PolicyStatus.PENDING:
            yield diagnostic("policy-not-in-force", entry.place("effective"), title=policy.title, date=policy.effective)


def reversed_validity(library: Library, _today: date) -> Iterator[Diagnostic]:
    """A policy that runs out before it begins."""
    for policy in library.every(Policy):
        if policy.effective and policy.expires and policy.expires <= policy.effective:
            yield diagnostic("reversed-validity", library.entries[Key(f"policy:{policy.id}")].place("expires"))


def resting_on_expired(library: Library, today: date) -> Iterator[Diagnostic]:
    """A service that rests on a policy which no longer holds."""
    replaced = superseded_by(library.published(Policy))
    for service in library.published(Service):
        policy = library.get(f"policy:{service.policy}") if service.policy else None
        if isinstance(policy, Policy) and policy_status(policy, today=today, replaced=policy.id in replaced) in {
            PolicyStatus.EXPIRED,
            PolicyStatus.SUPERSEDED,
        }:
            place = library.entries[Key(f"service:{service.id}")].place("policy")
            yield diagnostic("rests-on-expired", place, title=policy.title)


RULES = (validity, reversed_validity, resting_on_expired)
