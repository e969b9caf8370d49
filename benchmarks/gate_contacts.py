"""Contacts for the benchmarks of the gate: a day's asking of a collections floor, from a seed.

Mostly calls and messages to debtors in office hours, with what goes wrong in life: nights, caps reached, disputes, holds,
opt-outs, contact persons, expired exams. About a third are denied.
"""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from typing import Any

START = datetime(2026, 11, 2, tzinfo=UTC)
Contact = dict[str, Any]


def draw_contact(chance: random.Random) -> Contact:
    """One contact, every fact given, as `request_permit` builds it."""
    third = chance.random() < 0.06
    human = chance.random() < 0.45
    channel = (
        chance.choice(("voice_human", "visit", "im"))
        if human and chance.random() < 0.1
        else (
            "voice_human"
            if human
            else chance.choice(("voice_ai", "voice_notice", "sms", "sms", "email", "letter"))
        )
    )
    # Shanghai's clock: 93 in 100 ask between 8 and 22.
    hour = chance.randrange(8, 22) if chance.random() < 0.93 else chance.choice((22, 23, 0, 5, 6, 7))
    at = START + timedelta(days=chance.randrange(14), hours=hour - 8, seconds=chance.randrange(3600))

    def now_and_then(share: float) -> bool:
        return chance.random() < share

    return {
        "at": at.isoformat(),
        "timezone": "Asia/Shanghai",
        "jurisdiction": "CN",
        "channel": channel,
        "purpose": chance.choice(("locate", "pass_message")) if third else chance.choice(("collect", "collect", "plan_offer")),
        "role": chance.choice(("contact_person", "family", "employer")) if third else "debtor",
        "debt_kind": chance.choice(("consumer", "card", "small_loan", "internet_loan", "b2b")),
        "creditor_kind": chance.choice(("bank", "consumer_finance", "small_loan", "company", "amc")),
        "counts": draw_counts(chance),
        "last_contact_at": (at - timedelta(hours=chance.randrange(1, 400))).isoformat(),
        "last_conversation_at": (at - timedelta(days=chance.randrange(1, 30))).isoformat(),
        "delivery_uncertain": now_and_then(0.01),
        "plan_active": now_and_then(0.02),
        "number_valid": not now_and_then(0.5 if third else 0.02),
        "identity_verified": not now_and_then(0.05),
        "discloses_debt": not third and now_and_then(0.5),
        "refused": now_and_then(0.02),
        "opted_out": ["sms"] if now_and_then(0.02) else [],
        "agreed_hours": "19:00-23:00" if now_and_then(0.01) else None,
        "consent": now_and_then(0.1),
        "dispute_open": now_and_then(0.02),
        "complaint_open": now_and_then(0.01),
        "holds": [chance.choice(("dispute", "hardship", "insolvency", "stale_data"))] if now_and_then(0.03) else [],
        "represented": now_and_then(0.01),
        "minor": now_and_then(0.002),
        "deceased": now_and_then(0.005),
        "incapacitated": now_and_then(0.002),
        "time_barred": now_and_then(0.05),
        "threatens_suit": now_and_then(0.02),
        "ai_label": not now_and_then(0.01),
        "recording_notice": not now_and_then(0.02),
        "script_filed": not now_and_then(0.02),
        "scan_verdict": chance.choices(("clean", "needs_approval", "block"), (96, 3, 1))[0],
        "staff": {
            "clearances": ["pledge", "background", "level_basic", "annual_training"] if now_and_then(0.02)
            else ["pledge", "background", "exam", "level_basic", "annual_training"],
            "count": 2 if channel == "visit" else 1,
            "is_lawyer": False,
        },
        "site": {"live": True, "filing_valid": True, "kind": chance.choice(("outsourcing", "law_firm", "in_house"))},
        "placement_active": not now_and_then(0.01),
    }  # fmt: skip


def draw_counts(chance: random.Random) -> dict[str, int]:
    tops = {
        "effective_calls_today": 3,
        "notice_connected_today": 3,
        "dials_same_number_today": 6,
        "robot_calls_7d": 3,
        "calls_7d_debt": 8,
        "contacts_7d": 9,
        "failed_contacts_in_a_row": 5,
    }
    return {name: chance.randrange(top + 1) if chance.random() < 0.3 else 0 for name, top in tops.items()}


def draw_contacts(seed: int, size: int) -> list[Contact]:
    chance = random.Random(seed)
    return [draw_contact(chance) for _ in range(size)]
