"""Verbs of outreach. `request_permit` is the one place in the platform that asks for leave to contact somebody."""

from jieqing.recovery.outreach.services.approving import (
    answer_approval,
    ask_approval,
    permit_by_approval,
    preview_request,
)
from jieqing.recovery.outreach.services.companions import colleagues
from jieqing.recovery.outreach.services.hearing import hear_hold, hear_release
from jieqing.recovery.outreach.services.previewing import PointVerdicts, preview_cases, preview_contacts
from jieqing.recovery.outreach.services.requesting import Approved, request_permit
from jieqing.recovery.outreach.services.retrying import record_outcome, set_retry_rule
from jieqing.recovery.outreach.services.using import (
    preview_contact,
    settle_contact,
    still_stands,
    use_permit,
)
from jieqing.trust.compliance.services import Refused

__all__ = [
    "Approved",
    "PointVerdicts",
    "Refused",
    "answer_approval",
    "ask_approval",
    "colleagues",
    "hear_hold",
    "hear_release",
    "permit_by_approval",
    "preview_cases",
    "preview_contact",
    "preview_contacts",
    "preview_request",
    "record_outcome",
    "request_permit",
    "set_retry_rule",
    "settle_contact",
    "still_stands",
    "use_permit",
]
