"""Reads that outreach puts together from the rooms below, and the approvals that it keeps."""

from jieqing.recovery.outreach.selectors.approvals import (
    ApprovalsPage,
    approvals_of_case,
    approvals_page,
    approved_for,
    state_of,
    waiting_for,
)
from jieqing.recovery.outreach.selectors.gathering import Asked, gather
from jieqing.recovery.outreach.selectors.retries import retry_rule, retry_versions

__all__ = [
    "ApprovalsPage",
    "Asked",
    "approvals_of_case",
    "approvals_page",
    "approved_for",
    "gather",
    "retry_rule",
    "retry_versions",
    "state_of",
    "waiting_for",
]
