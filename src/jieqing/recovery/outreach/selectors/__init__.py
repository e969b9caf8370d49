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

__all__ = [
    "ApprovalsPage",
    "Asked",
    "approvals_of_case",
    "approvals_page",
    "approved_for",
    "gather",
    "state_of",
    "waiting_for",
]
