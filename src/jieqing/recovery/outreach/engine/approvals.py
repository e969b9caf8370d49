"""How long an approval waits and holds, and what it is at a moment. Values in, a state out.

A request nobody answers lapses; a yes holds for a day, because facts move on: what it allows is judged again when the
permit is taken, and a rule that denies by then denies.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

WAITS_FOR = timedelta(hours=72)
HOLDS_FOR = timedelta(hours=24)
Pair = tuple[str, str]


class ApprovalState(StrEnum):
    """Values are a contract: never rename one."""

    WAITING = "waiting"
    LAPSED = "lapsed"
    REFUSED = "refused"
    APPROVED = "approved"
    RUN_OUT = "run_out"
    USED = "used"


APPROVAL_NAMES: dict[ApprovalState, Pair] = {
    ApprovalState.WAITING: ("待审批", "Waiting"),
    ApprovalState.LAPSED: ("逾期未批", "Lapsed"),
    ApprovalState.REFUSED: ("不同意", "Refused"),
    ApprovalState.APPROVED: ("已同意", "Approved"),
    ApprovalState.RUN_OUT: ("同意已过期", "Run out"),
    ApprovalState.USED: ("已使用", "Used"),
}
APPROVAL_TONES: dict[ApprovalState, str] = {
    ApprovalState.WAITING: "warn",
    ApprovalState.REFUSED: "bad",
    ApprovalState.APPROVED: "good",
}


def approval_state(
    now: datetime,
    *,
    expires_at: datetime,
    is_approved: bool | None,
    valid_until: datetime | None,
    is_used: bool,
) -> ApprovalState:
    """What a request is at a moment. `is_approved` is None while nobody answered.

    Example:
        >>> from datetime import UTC
        >>> day = datetime(2026, 11, 22, tzinfo=UTC)
        >>> approval_state(day, expires_at=day, is_approved=None, valid_until=None, is_used=False).value
        'lapsed'
    """
    if is_used:
        return ApprovalState.USED
    if is_approved is None:
        return ApprovalState.WAITING if now < expires_at else ApprovalState.LAPSED
    if not is_approved:
        return ApprovalState.REFUSED
    return ApprovalState.APPROVED if valid_until and now < valid_until else ApprovalState.RUN_OUT
