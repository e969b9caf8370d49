"""Edges of Regulation F, of CONC 7 and of the floor abroad, in the consumer's own zone."""

from __future__ import annotations

from typing import Any

from jieqing.trust.compliance.tests.edge import THIRD, Edge, allowed, both_sides

US = {"jurisdiction": "US", "timezone": "America/New_York", "at": "2026-11-20T10:00:00-05:00"}
UK = {"jurisdiction": "UK", "timezone": "Europe/London", "at": "2026-11-20T10:00:00+00:00"}
_TRIED = {"last_contact_at": "2026-11-19T18:00:00-05:00"}


def _at(base: dict[str, Any], at: str) -> dict[str, Any]:
    return base | {"at": at}


UNITED_STATES: tuple[Edge, ...] = (
    allowed("US: a daytime call", **US),
    *both_sides(
        "US: an eighth call in seven days about one debt",
        {"counts__calls_7d_debt": 7}, {"counts__calls_7d_debt": 6}, "US-01",
        base=US | _TRIED, not_before="2026-11-26T18:00:00-05:00",
    ),
    allowed("US: an eighth letter", **US, counts__calls_7d_debt=7, channel="letter"),
    *both_sides(
        "US: the sixth day after a conversation",
        {"last_conversation_at": "2026-11-14T09:00:00-05:00"},
        {"last_conversation_at": "2026-11-13T23:30:00-05:00"},
        "US-02", base=US, not_before="2026-11-21T08:00:00-05:00",
    ),
    *both_sides(
        "US: the day of a conversation",
        {"last_conversation_at": "2026-11-20T09:59:00-05:00"}, {"last_conversation_at": None}, "US-02",
        base=US, not_before="2026-11-27T08:00:00-05:00",
    ),
    *both_sides(
        "US: 21:00:00", {"at": "2026-11-20T21:00:00-05:00"}, {"at": "2026-11-20T20:59:59-05:00"},
        "US-04", "ABR-07", "ABR-11", base=US, not_before="2026-11-21T08:00:00-05:00",
    ),
    *both_sides(
        "US: 07:59:59", {"at": "2026-11-20T07:59:59-05:00"}, {"at": "2026-11-20T08:00:00-05:00"},
        "US-04", "ABR-07", "ABR-11", base=US, not_before="2026-11-20T08:00:00-05:00",
    ),
    *both_sides(
        "US: 09:30 in New York is 06:30 in Los Angeles",
        {"timezone": "America/Los_Angeles"}, {}, "US-04", "ABR-07", "ABR-11",
        base=_at(US, "2026-11-20T09:30:00-05:00"), not_before="2026-11-20T08:00:00-08:00",
    ),
    *both_sides(
        "US: the clocks went back in the night",
        {"at": "2026-11-01T07:59:59-05:00"}, {"at": "2026-11-01T08:00:00-05:00"},
        "US-04", "ABR-07", "ABR-11", base=US, not_before="2026-11-01T08:00:00-05:00",
    ),
    *both_sides("US: an attorney is known", {"role": "debtor"}, {"role": "lawyer"}, "US-05", base=US | {"represented": True}),
    *both_sides(
        "US: an employer who does not allow it",
        {"refused": True}, {}, "US-05b", "ABR-02", base=US | THIRD | {"role": "employer"},
    ),
    *both_sides(
        "US: after a written cease", {"purpose": "collect"}, {"purpose": "legal_notice"}, "US-06",
        base=US | {"refused": True},
    ),
    *both_sides(
        "US: a message left with a third person",
        {"purpose": "pass_message"}, {"purpose": "locate"}, "US-07", base=US | THIRD,
    ),
    *both_sides(
        "US: a third person told of the debt",
        {"discloses_debt": True}, {}, "US-07", "ABR-01", base=US | THIRD,
    ),
    *both_sides(
        "US: a third person asked a second time",
        {"last_contact_at": "2026-01-05T10:00:00-05:00"}, {"last_contact_at": None}, "US-07b",
        base=US | THIRD, verdict="needs_approval",
    ),
    *both_sides("US: a message nobody filed", {"script_filed": False}, {}, "US-08", base=US | {"channel": "email"}),
    *both_sides(
        "US: a text number not checked", {"number_valid": False}, {}, "US-08b", base=US | {"channel": "sms"}
    ),
    *both_sides(
        "US: a medium opted out of", {"opted_out": ["sms"]}, {"opted_out": ["email"]}, "US-09", "GATE-16",
        base=US | {"channel": "sms"},
    ),
    *both_sides("US: a dispute", {"dispute_open": True}, {}, "US-11", "ABR-10", base=US),
    *both_sides("US: a threat of suit too late", {"threatens_suit": True}, {}, "US-12", base=US | {"time_barred": True}),
    allowed("US: a text that asks a third person where a lost debtor is", **(US | THIRD | {"channel": "sms"})),
    allowed("US: Regulation F does not speak of business debts", **US, debt_kind="b2b", counts__calls_7d_debt=9),
)  # fmt: skip

UNITED_KINGDOM: tuple[Edge, ...] = (
    allowed("UK: a daytime call", **UK),
    *both_sides(
        "UK: hardship", {"purpose": "collect"}, {"purpose": "plan_offer"}, "UK-01", "GATE-17",
        base=UK | {"holds": ["hardship"]},
    ),
    *both_sides(
        "UK: an adviser is at work on a plan",
        {"purpose": "collect"}, {"purpose": "plan_offer"}, "UK-03", base=UK | {"represented": True},
    ),
    *both_sides(
        "UK: 21:00:00", {"at": "2026-11-20T21:00:00+00:00"}, {"at": "2026-11-20T20:59:59+00:00"},
        "UK-04", "ABR-07", "ABR-11", base=UK, not_before="2026-11-21T08:00:00+00:00",
    ),
    *both_sides(
        "UK: 07:59:59 in summer time", {"at": "2026-07-20T06:59:59Z"}, {"at": "2026-07-20T07:00:00Z"},
        "UK-04", "ABR-07", "ABR-11", base=UK, not_before="2026-07-20T08:00:00+01:00",
    ),
    *both_sides(
        "UK: an eighth contact in seven days",
        {"counts__contacts_7d": 7}, {"counts__contacts_7d": 6}, "UK-04b",
        base=UK | {"channel": "email", "last_contact_at": "2026-11-19T12:00:00+00:00"}, verdict="needs_approval",
    ),
    *both_sides("UK: no capacity", {"incapacitated": True}, {}, "UK-04c", "ABR-04", base=UK),
    *both_sides("UK: somebody else's number", {"number_valid": False}, {}, "UK-04d", base=UK),
    *both_sides("UK: a threat of suit too late", {"threatens_suit": True}, {}, "UK-04e", base=UK | {"time_barred": True}),
    *both_sides(
        "UK: statute-barred, and they will not pay", {"refused": True}, {}, "UK-04e", base=UK | {"time_barred": True}
    ),
    *both_sides(
        "UK: the family asked to pay", {"purpose": "collect"}, {"purpose": "locate"}, "UK-04f",
        base=UK | THIRD | {"role": "family"},
    ),
    *both_sides("UK: a dispute", {"dispute_open": True}, {}, "UK-05", "ABR-10", base=UK),
    *both_sides("UK: breathing space", {"holds": ["legal_stay"]}, {}, "UK-06", "ABR-05", base=UK),
    *both_sides(
        "UK: a legal notice in breathing space",
        {"holds": ["legal_stay"]}, {}, "UK-06", base=UK | {"purpose": "legal_notice"},
    ),
)  # fmt: skip

FLOOR_ABROAD: tuple[Edge, ...] = (
    *both_sides("UK: a third person told of the debt", {"discloses_debt": True}, {}, "ABR-01", base=UK | THIRD),
    *both_sides("UK: a third person who refused", {"refused": True}, {}, "ABR-02", base=UK | THIRD),
    *both_sides("US: the debtor has died", {"deceased": True}, {}, "ABR-03", base=US),
    *both_sides("US: the guarantor has died", {"deceased": True}, {}, "ABR-03", base=US | {"role": "guarantor"}),
    *both_sides("UK: a text names the debt before the person is verified", {"identity_verified": False}, {}, "ABR-06", base=UK | {"channel": "sms"}),
    *both_sides("US: a message left while a complaint is open", {"complaint_open": True}, {}, "ABR-10", base=US | {"purpose": "pass_message"}),
    *both_sides(
        "US: an evening that was agreed", {"at": "2026-11-20T21:00:00-05:00"}, {"at": "2026-11-20T20:59:59-05:00"},
        "ABR-11", base=US | {"agreed_hours": "20:00-22:00"}, verdict="needs_approval",
    ),
    *both_sides("US: a minor", {"minor": True}, {}, "ABR-04", base=US),
    *both_sides("US: insolvency", {"holds": ["insolvency"]}, {}, "ABR-05", base=US),
    *both_sides("UK: told before verified", {"identity_verified": False}, {}, "ABR-06", base=UK),
    *both_sides(
        "US: a business at night", {"at": "2026-11-20T21:00:00-05:00"}, {}, "ABR-07", "ABR-11",
        base=US | {"debt_kind": "b2b"}, not_before="2026-11-21T08:00:00-05:00",
    ),
    *both_sides("UK: a plan is being kept", {"plan_active": True}, {}, "ABR-08", base=UK),
    *both_sides("US: a machine voice without its label", {"ai_label": False}, {}, "ABR-09", base=US | {"channel": "voice_ai"}),
)  # fmt: skip

ABROAD = (*UNITED_STATES, *UNITED_KINGDOM, *FLOOR_ABROAD)
