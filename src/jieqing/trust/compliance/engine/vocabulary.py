"""The facts of a contact: their names, their kinds and the values known to rules.

The names are a contract (contracts/gate-facts.schema.json); rules may read these and no others, so a misspelt fact or
value in a pack is found when the pack is read and never becomes a rule that silently does not fire. A value of a
contact that is not listed here is not an error: it simply is none of the known ones, and the base pack denies it.

Three shapes of absence are kept apart. A key that is absent (or null) is *unknown* and denies where a rule needs it.
An instant that is null is *never* ("there was no conversation yet"), which is knowledge. A permission (`GRANTS`) that
is absent is simply not given.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType


class Kind(Enum):
    """What a fact may hold."""

    TEXT = "text"
    BOOL = "bool"
    COUNT = "count"
    INSTANT = "instant"
    TEXTS = "texts"
    HOURS = "hours"


_CHANNELS = frozenset(
    ("voice_human", "voice_ai", "voice_notice", "sms", "email", "letter", "im", "visit", "portal")
)
_PURPOSES = frozenset(("collect", "locate", "pass_message", "identity_check", "plan_offer", "legal_notice"))
_ROLES = frozenset(("debtor", "guarantor", "contact_person", "family", "employer", "unrelated", "lawyer"))
_HOLDS = frozenset(
    (
        "dispute", "hardship", "insolvency", "deceased", "represented", "legal_stay", "stale_data", "complaint",
    )
)  # fmt: skip
_DEBTS = frozenset(("consumer", "card", "small_loan", "internet_loan", "b2b", "construction", "judgment"))
_CREDITORS = frozenset(
    (
        "bank", "consumer_finance", "small_loan", "company", "individual", "amc", "local_amc", "factoring",
        "trust", "insurance", "auto_finance", "financial_leasing", "financing_guarantee", "pawnshop",
        "platform", "government", "other",
    )
)  # fmt: skip
_SITES = frozenset(("law_firm", "in_house", "outsourcing", "amc", "mediation"))
_CLEARANCES = frozenset(
    (
        "pledge", "background", "exam", "level_basic", "level_intermediate", "level_senior",
        "annual_training", "field_visit", "lawyer",
    )
)  # fmt: skip

FACTS: MappingProxyType[str, Kind] = MappingProxyType(
    {
        "at": Kind.INSTANT,
        "timezone": Kind.TEXT,
        "jurisdiction": Kind.TEXT,
        "channel": Kind.TEXT,
        "purpose": Kind.TEXT,
        "role": Kind.TEXT,
        "debt_kind": Kind.TEXT,
        "creditor_kind": Kind.TEXT,
        "counts.effective_calls_today": Kind.COUNT,
        "counts.notice_connected_today": Kind.COUNT,
        "counts.dials_same_number_today": Kind.COUNT,
        "counts.robot_calls_7d": Kind.COUNT,
        "counts.calls_7d_debt": Kind.COUNT,
        "counts.contacts_7d": Kind.COUNT,
        "counts.failed_contacts_in_a_row": Kind.COUNT,
        "last_contact_at": Kind.INSTANT,
        "last_conversation_at": Kind.INSTANT,
        "delivery_uncertain": Kind.BOOL,
        "plan_active": Kind.BOOL,
        "number_valid": Kind.BOOL,
        "identity_verified": Kind.BOOL,
        "discloses_debt": Kind.BOOL,
        "refused": Kind.BOOL,
        "opted_out": Kind.TEXTS,
        "agreed_hours": Kind.HOURS,
        "consent": Kind.BOOL,
        "dispute_open": Kind.BOOL,
        "complaint_open": Kind.BOOL,
        "holds": Kind.TEXTS,
        "represented": Kind.BOOL,
        "minor": Kind.BOOL,
        "deceased": Kind.BOOL,
        "incapacitated": Kind.BOOL,
        "time_barred": Kind.BOOL,
        "threatens_suit": Kind.BOOL,
        "ai_label": Kind.BOOL,
        "recording_notice": Kind.BOOL,
        "script_filed": Kind.BOOL,
        "scan_verdict": Kind.TEXT,
        "staff.clearances": Kind.TEXTS,
        "staff.count": Kind.COUNT,
        "staff.is_lawyer": Kind.BOOL,
        "site.live": Kind.BOOL,
        "site.filing_valid": Kind.BOOL,
        "site.kind": Kind.TEXT,
        "placement_active": Kind.BOOL,
    }
)
"""Every fact and its kind; a dot stands for nesting."""

VALUES: MappingProxyType[str, frozenset[str]] = MappingProxyType(
    {
        "jurisdiction": frozenset({"CN", "US", "UK"}),
        "channel": _CHANNELS,
        "purpose": _PURPOSES,
        "role": _ROLES,
        "debt_kind": _DEBTS,
        "creditor_kind": _CREDITORS,
        "opted_out": _CHANNELS,
        "holds": _HOLDS,
        "scan_verdict": frozenset({"clean", "needs_approval", "block"}),
        "staff.clearances": _CLEARANCES,
        "site.kind": _SITES,
    }
)
"""The values a rule may name, for text facts that have a closed list."""

GRANTS = frozenset({"agreed_hours", "consent"})
"""Permissions: absent means not given. A rule may read them only to be lifted by them."""

NESTED = frozenset(name.partition(".")[0] for name in FACTS if "." in name)
"""Objects that hold facts: counts, staff, site."""
