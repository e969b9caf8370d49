"""Verbs of outreach. `request_permit` is the one place in the platform that asks for leave to contact somebody."""

from jieqing.recovery.outreach.services.hearing import hear_hold, hear_release
from jieqing.recovery.outreach.services.previewing import PointVerdicts, preview_contacts
from jieqing.recovery.outreach.services.requesting import Approved, request_permit
from jieqing.trust.compliance.services import Refused

__all__ = [
    "Approved",
    "PointVerdicts",
    "Refused",
    "hear_hold",
    "hear_release",
    "preview_contacts",
    "request_permit",
]
