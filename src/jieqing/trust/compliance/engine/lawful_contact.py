"""The one contact that all shipped mainland packs allow: where samples, tried facts and tests begin, so that what is changed is what is seen.

By dotted name, all but `at`. An instant that is None never was; hours that are None are not agreed. A test holds it to "allow".
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from jieqing.kernel.outcomes import JSON

LAWFUL: Mapping[str, JSON] = MappingProxyType(
    {
        "timezone": "Asia/Shanghai",
        "jurisdiction": "CN",
        "channel": "voice_human",
        "purpose": "collect",
        "role": "debtor",
        "debt_kind": "consumer",
        "creditor_kind": "bank",
        "counts.effective_calls_today": 0,
        "counts.notice_connected_today": 0,
        "counts.dials_same_number_today": 0,
        "counts.robot_calls_7d": 0,
        "counts.calls_7d_debt": 0,
        "counts.contacts_7d": 0,
        "counts.failed_contacts_in_a_row": 0,
        "last_contact_at": None,
        "last_conversation_at": None,
        "delivery_uncertain": False,
        "plan_active": False,
        "number_valid": True,
        "identity_verified": True,
        "discloses_debt": True,
        "refused": False,
        "opted_out": [],
        "agreed_hours": None,
        "consent": False,
        "dispute_open": False,
        "complaint_open": False,
        "holds": [],
        "represented": False,
        "minor": False,
        "deceased": False,
        "incapacitated": False,
        "time_barred": False,
        "threatens_suit": False,
        "ai_label": True,
        "recording_notice": True,
        "script_filed": True,
        "scan_verdict": "clean",
        "staff.clearances": ["pledge", "background", "exam", "level_basic", "annual_training"],
        "staff.count": 1,
        "staff.is_lawyer": False,
        "site.live": True,
        "site.filing_valid": True,
        "site.kind": "outsourcing",
        "placement_active": True,
    }
)


def nested(flat: Mapping[str, Any]) -> dict[str, Any]:
    """From dotted names to the gate's form: `site.live` stands in `site`. Lists are copied, so that no contact changes another."""
    found: dict[str, Any] = {}
    for name, value in flat.items():
        holder, _, inner = name.rpartition(".")
        kept = list(value) if isinstance(value, list) else value
        (found.setdefault(holder, {}) if holder else found)[inner] = kept
    return found
