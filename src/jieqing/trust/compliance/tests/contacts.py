"""Contacts for tests: one that every shipped pack allows, and small changes of it."""

from __future__ import annotations

import copy
from typing import Any

ALLOWED: dict[str, Any] = {
    "at": "2026-11-22T10:00:00+08:00",
    "timezone": "Asia/Shanghai",
    "jurisdiction": "CN",
    "channel": "voice_human",
    "purpose": "collect",
    "role": "debtor",
    "debt_kind": "consumer",
    "creditor_kind": "bank",
    "counts": {
        "effective_calls_today": 0,
        "notice_connected_today": 0,
        "dials_same_number_today": 0,
        "robot_calls_7d": 0,
        "calls_7d_debt": 0,
        "contacts_7d": 0,
        "failed_contacts_in_a_row": 0,
    },
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
    "staff": {
        "clearances": ["pledge", "background", "exam", "level_basic", "annual_training"],
        "count": 1,
        "is_lawyer": False,
    },
    "site": {"live": True, "filing_valid": True, "kind": "outsourcing"},
    "placement_active": True,
}


def contact(**changes: Any) -> dict[str, Any]:
    """The allowed contact with changes; ``counts__robot_calls_7d=3`` reaches inside."""
    found = copy.deepcopy(ALLOWED)
    for name, value in changes.items():
        holder, _, inner = name.partition("__")
        if inner:
            found[holder][inner] = value
        else:
            found[holder] = value
    return found


def without(name: str, **changes: Any) -> dict[str, Any]:
    """The same with one fact absent."""
    found = contact(**changes)
    holder, _, inner = name.partition(".")
    if inner:
        del found[holder][inner]
    else:
        del found[holder]
    return found
