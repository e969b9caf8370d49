"""Edges of the mainland packs beyond GB/T 45251 and the bank guide, and of the rules of the floor and the base."""

from __future__ import annotations

from jieqing.trust.compliance.tests.edge import THIRD, Edge, allowed, both_sides

_CLEARED = ["pledge", "background", "exam", "level_basic", "annual_training"]

FLOOR: tuple[Edge, ...] = (
    *both_sides("a channel nobody knows", {"channel": "fax"}, {"channel": "sms"}, "GATE-02"),
    *both_sides("a purpose nobody knows", {"purpose": "advertise"}, {"purpose": "collect"}, "GATE-03"),
    *both_sides("a role nobody knows", {"role": "neighbour"}, {"role": "guarantor"}, "GATE-04"),
    *both_sides("a filing that has expired", {"site__filing_valid": False}, {}, "GATE-06"),
    *both_sides("the last contact is uncertain", {"delivery_uncertain": True}, {}, "GATE-08"),
    *both_sides("stale data", {"holds": ["stale_data"]}, {}, "GATE-09"),
    *both_sides(
        "no pledge", {"staff__clearances": _CLEARED[1:]}, {"staff__clearances": _CLEARED}, "GATE-10", "GBT-12"
    ),
    *both_sides(
        "no background check",
        {"staff__clearances": [one for one in _CLEARED if one != "background"]},
        {},
        "GATE-11", "GBT-12",
    ),
    *both_sides("no yearly training", {"staff__clearances": _CLEARED[:4]}, {}, "GBT-13b", "CNP-08"),
    *both_sides(
        "no yearly training, business", {"staff__clearances": _CLEARED[:4]}, {}, "CNP-08", base={"debt_kind": "b2b"}
    ),
    *both_sides(
        "no basic certificate",
        {"staff__clearances": [one for one in _CLEARED if one != "level_basic"]}, {}, "CNP-09",
    ),
    *both_sides(
        "a dead debtor's guarantor asked to pay", {"purpose": "collect"}, {"purpose": "plan_offer"}, "GATE-17",
        base={"role": "guarantor", "holds": ["deceased"]}, verdict="needs_approval",
    ),
    *both_sides(
        "the lawyer of a held case asked to pay", {"holds": ["represented"]}, {}, "GATE-17",
        base={"role": "lawyer"}, verdict="needs_approval",
    ),
    allowed("a letter needs no cleared caller", channel="letter", staff__clearances=[]),
    *both_sides("the scan blocks", {"scan_verdict": "block"}, {"scan_verdict": "clean"}, "GATE-13"),
)  # fmt: skip

BASE: tuple[Edge, ...] = (
    *both_sides("told before verified", {"identity_verified": False}, {"identity_verified": True}, "PI-03"),
    *both_sides(
        "a robot after the person refused it",
        {"refused": True}, {"refused": False}, "PI-05", base={"channel": "voice_ai"},
    ),
    allowed("a human after the person refused a robot", refused=True),
    *both_sides(
        "a plan on a time-barred debt",
        {"purpose": "plan_offer"}, {"purpose": "collect"}, "SOL-17b",
        base={"time_barred": True}, verdict="needs_approval",
    ),
    *both_sides(
        "a text message names the debt before the person is verified",
        {"identity_verified": False}, {}, "PI-03b", base={"channel": "sms"},
    ),
    allowed("a letter names the debt: the address is known", channel="letter", identity_verified=False),
    *both_sides("a complaint is open", {"complaint_open": True}, {}, "COMP-05"),
    *both_sides("a message left while a dispute is open", {"dispute_open": True}, {}, "COMP-05", base={"purpose": "pass_message"}),
    allowed("a mediator's offer while a dispute is open", dispute_open=True, purpose="plan_offer", site__kind="mediation"),
    *both_sides("a case held for a dispute", {"holds": ["dispute"]}, {}, "COMP-05"),
    *both_sides("insolvency", {"holds": ["insolvency"]}, {}, "CNP-01"),
    *both_sides(
        "hardship", {"purpose": "collect"}, {"purpose": "plan_offer"}, "CNP-02", "GATE-17",
        base={"holds": ["hardship"]},
    ),
    *both_sides("the debtor has died", {"deceased": True}, {}, "CNP-03"),
    *both_sides("the guarantor has died", {"deceased": True}, {}, "CNP-03", base={"role": "guarantor"}),
    *both_sides("a minor", {"minor": True}, {}, "CNP-04"),
    *both_sides("no full capacity", {"incapacitated": True}, {}, "CNP-04"),
    *both_sides(
        "represented by a lawyer", {"role": "debtor"}, {"role": "lawyer"}, "CNP-05", base={"represented": True}
    ),
    allowed("a legal notice to a represented debtor", represented=True, purpose="legal_notice"),
    *both_sides("a number that is somebody else's", {"number_valid": False}, {}, "CNP-06"),
    *both_sides("a plan is being kept", {"plan_active": True}, {}, "CNP-07"),
    *both_sides(
        "traced while a plan is being kept", {"purpose": "locate"}, {"purpose": "plan_offer"}, "CNP-07",
        base={"plan_active": True},
    ),
    *both_sides(
        "a law firm's clerk gives notice of suit",
        {"staff__is_lawyer": False}, {"staff__is_lawyer": True}, "RL-17",
        base={"site__kind": "law_firm", "threatens_suit": True},
    ),
    *both_sides("recorded without telling", {"recording_notice": False}, {}, "NIFA-01"),
    *both_sides(
        "a text message nobody filed",
        {"script_filed": False}, {"script_filed": True}, "GBT-08", base={"channel": "sms"},
    ),
    *both_sides(
        "a fourth notice call",
        {"counts__notice_connected_today": 3}, {"counts__notice_connected_today": 2}, "GBT-07",
        base={"channel": "voice_notice"}, not_before="2026-11-23T08:00:00+08:00",
    ),
)  # fmt: skip

LENDERS: tuple[Edge, ...] = (
    *both_sides(
        "card: a third person asked to pay",
        {"purpose": "collect"}, {"purpose": "locate"}, "CARD-01", "GBT-01", "CBA-04",
        base=THIRD | {"debt_kind": "card"},
    ),
    *both_sides(
        "card: a call recorded without telling",
        {"recording_notice": False}, {}, "CARD-01b", "NIFA-01", base={"debt_kind": "card"},
    ),
    *both_sides(
        "card: a letter nobody filed",
        {"script_filed": False}, {}, "CARD-02", "GBT-08", base={"debt_kind": "card", "channel": "letter"},
    ),
    *both_sides(
        "card: a plan is signed", {"plan_active": True}, {}, "CARD-04", "CNP-07", base={"debt_kind": "card"}
    ),
    *both_sides(
        "consumer finance: a third person asked to pay",
        {"purpose": "collect"}, {"purpose": "pass_message"}, "CFC-01", "GBT-01", "CBA-04",
        base=THIRD | {"creditor_kind": "consumer_finance"},
    ),
    *both_sides(
        "consumer finance: somebody unrelated asked where the debtor is",
        {"role": "unrelated"}, {"role": "contact_person"}, "CFC-01c",
        base=THIRD | {"creditor_kind": "consumer_finance"},
    ),
    *both_sides(
        "consumer finance: recorded without telling",
        {"recording_notice": False}, {}, "CFC-01b", "NIFA-01", base={"creditor_kind": "consumer_finance"},
    ),
    *both_sides(
        "small loan: a third person asked to pay",
        {"purpose": "collect"}, {"purpose": "locate"}, "MLC-01", "GBT-01", "CBA-04",
        base=THIRD | {"debt_kind": "small_loan"},
    ),
    *both_sides(
        "small loan: told around",
        {"discloses_debt": True}, {"discloses_debt": False}, "MLC-01b", "GBT-04", "CBA-04", "PI-01",
        base=THIRD | {"debt_kind": "small_loan"},
    ),
    *both_sides(
        "internet loan: complained of, asked where the debtor is",
        {"complaint_open": True}, {}, "INET-01", "COMP-05", base={"debt_kind": "internet_loan", "purpose": "locate"},
    ),
    *both_sides(
        "internet loan: complained of, asked to pay",
        {"holds": ["complaint"]}, {}, "INET-01", "COMP-05", base={"debt_kind": "internet_loan"},
    ),
    *both_sides(
        "a bank's debt without a mandate",
        {"placement_active": False}, {}, "GATE-07", "OUT-01", "OUT-02", base={"site__kind": "law_firm"},
    ),
    *both_sides(
        "a company's debt without a mandate",
        {"placement_active": False}, {}, "GATE-07", "OUT-02",
        base={"creditor_kind": "company", "debt_kind": "b2b", "site__kind": "law_firm"},
    ),
)  # fmt: skip

BUSINESS: tuple[Edge, ...] = (
    *both_sides(
        "business: family asked to pay",
        {"purpose": "collect"}, {"purpose": "locate"}, "B2B-01", "B2B-07",
        base=THIRD | {"debt_kind": "b2b", "role": "family"},
    ),
    *both_sides(
        "a judgment: a legal notice to the family",
        {"purpose": "legal_notice"}, {"purpose": "pass_message"}, "B2B-07",
        base=THIRD | {"debt_kind": "judgment", "role": "family"},
    ),
    *both_sides(
        "construction: a third person after two failures",
        {"counts__failed_contacts_in_a_row": 2}, {"counts__failed_contacts_in_a_row": 3}, "B2B-06",
        base=THIRD | {"debt_kind": "construction", "number_valid": True},
    ),
    *both_sides(
        "business: a fourth effective call of the day",
        {"counts__effective_calls_today": 3}, {"counts__effective_calls_today": 2}, "B2B-03",
        base={"debt_kind": "b2b"}, not_before="2026-11-23T08:00:00+08:00",
    ),
    *both_sides(
        "a judgment: a fourth notice call of the day",
        {"counts__notice_connected_today": 3}, {"counts__notice_connected_today": 2}, "B2B-04",
        base={"debt_kind": "judgment", "channel": "voice_notice"}, not_before="2026-11-23T08:00:00+08:00",
    ),
    *both_sides(
        "construction: a seventh dial of one number",
        {"counts__dials_same_number_today": 6}, {"counts__dials_same_number_today": 5}, "B2B-05",
        base={"debt_kind": "construction"}, not_before="2026-11-23T08:00:00+08:00",
    ),
    *both_sides(
        "a judgment: a third person who refused",
        {"refused": True}, {}, "B2B-02", base=THIRD | {"debt_kind": "judgment"},
    ),
    *both_sides(
        "an agency that is no law firm collects for a company",
        {"site__kind": "outsourcing"}, {"site__kind": "law_firm"}, "RL-16",
        base={"debt_kind": "b2b", "creditor_kind": "company"}, verdict="needs_approval",
    ),
    *both_sides(
        "an agency chases a company's judgment",
        {"creditor_kind": "company"}, {"creditor_kind": "bank"}, "RL-16",
        base={"debt_kind": "judgment"}, verdict="needs_approval",
    ),
    allowed("the creditor's own staff collect", debt_kind="b2b", creditor_kind="company", site__kind="in_house"),
)  # fmt: skip

MACHINES: tuple[Edge, ...] = (
    *both_sides(
        "a synthetic voice without its label",
        {"ai_label": False}, {}, "AI-04", base={"channel": "voice_ai", "at": "2025-08-31T10:00:00+08:00"},
    ),
    *both_sides(
        "the day both duties to label stand",
        {"ai_label": False}, {}, "AI-01", "AI-04", base={"channel": "voice_ai", "at": "2025-09-01T10:00:00+08:00"},
    ),
    *both_sides(
        "the first day of the duty to label",
        {"at": "2023-01-10T10:00:00+08:00"}, {"at": "2023-01-09T10:00:00+08:00"}, "AI-04",
        base={"channel": "voice_ai", "ai_label": False},
    ),
    *both_sides("a notice call without its label", {"ai_label": False}, {}, "AI-01", base={"channel": "voice_notice"}),
    *both_sides("a notice call nobody records", {"recording_notice": False}, {}, "CNP-10", base={"channel": "voice_notice"}),
    *both_sides(
        "a robot's script nobody filed",
        {"script_filed": False}, {}, "AI-05", base={"channel": "voice_ai", "debt_kind": "b2b"},
    ),
    *both_sides(
        "a robot that does not say it records",
        {"recording_notice": False}, {}, "AI-05b", "NIFA-01", base={"channel": "voice_ai"},
    ),
    *both_sides(
        "notice and machine calls count together",
        {"counts__robot_calls_7d": 3}, {"counts__robot_calls_7d": 2}, "GATE-15",
        base={"channel": "voice_notice", "debt_kind": "b2b", "last_contact_at": "2026-11-20T12:00:00+08:00"},
        not_before="2026-11-27T12:00:00+08:00",
    ),
)  # fmt: skip

_MEDIATION = {"site__kind": "mediation", "purpose": "plan_offer"}
MEDIATION: tuple[Edge, ...] = (
    *both_sides("mediation refused", {"refused": True}, {}, "MED-03", "MED-03b", base=_MEDIATION),
    *both_sides(
        "mediation refused the day before the regulations",
        {"refused": True}, {}, "MED-03", base=_MEDIATION | {"at": "2026-04-30T10:00:00+08:00"},
    ),
    *both_sides(
        "a mediation body collects",
        {"purpose": "collect"}, {"purpose": "plan_offer"}, "MED-11", base=_MEDIATION,
    ),
    *both_sides("a mediation body threatens a suit", {"threatens_suit": True}, {}, "MED-11b", base=_MEDIATION),
)  # fmt: skip

MAINLAND = (*FLOOR, *BASE, *LENDERS, *BUSINESS, *MACHINES, *MEDIATION)
