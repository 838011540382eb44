"""What holds on a given day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from generator.model import Policy
from generator.model.types import Choice


class PolicyStatus(Choice):
    """The seal on a policy's page."""

    IN_FORCE = "in-force", "现行有效"
    PENDING = "pending", "尚未施行"
    EXPIRED = "expired", "已经失效"
    SUPERSEDED = "superseded", "已被取代"
    UNDATED = "undated", "据报道整理"


def policy_status(policy: Policy, *, today: date, replaced: bool) -> PolicyStatus:
    """On `today`; `undated` where the source gives no date at all, which must not pass for law in force."""
    if policy.expires and policy.expires.first_day <= today:
        return PolicyStatus.EXPIRED
    if replaced:
        return PolicyStatus.SUPERSEDED
    if policy.effective is None:
        return PolicyStatus.UNDATED
    return PolicyStatus.PENDING if policy.effective.first_day > today else PolicyStatus.IN_FORCE


def superseded_by(policies: Iterable[Policy]) -> Mapping[str, str]:
    """Ids of replaced policies, each with the title of the one that replaced it."""
    return {old: policy.title for policy in policies for old in policy.supersedes}
