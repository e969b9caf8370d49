"""Refusals, opt-outs, cease letters, holds, disputes, plans, capacity, uncertain deliveries: the second before and the second of."""

import pytest
from worldlet import NOON, abroad, contact, found, later, merged, rows

US = abroad("US", "America/New_York")
UK = abroad("UK", "Europe/London")
BEFORE = later(NOON, seconds=-1)
EVENING = "2026-11-10T15:00:00Z"  # ten in New York, three in London


def refusal(kind: str, **keys: object) -> dict:
    return {"refusals": [{"kind": kind, "person": "debtor", "from": NOON, **keys}]}


def message(at: str = NOON, channel: str = "sms", **keys: object) -> dict:
    return contact(at, channel=channel, outcome="delivered", **keys)


def test_an_opt_out_between_two_contacts() -> None:
    no = refusal("channel", channel="sms")
    assert found(message(BEFORE), message(), **no) == [("AI-07", "text")]
    assert rows(message(channel="email"), contact(), **no) == set()


def test_an_opt_out_taken_back() -> None:
    no = refusal("channel", channel="sms", to=later(NOON, days=1))
    assert rows(message(later(NOON, days=1)), **no) == set()


def test_an_opt_out_heard_in_the_log_counts_from_its_end_and_for_everyone() -> None:
    no = message(refused=True, ended_at=later(NOON, seconds=10))
    assert rows(no, message(later(NOON, seconds=9))) == set()
    assert rows(no, message(later(NOON, seconds=10), debt="third", site="agency")) == {"AI-07"}


def test_a_reply_that_says_no_counts_like_a_no_in_our_own_contact() -> None:
    reply = message(direction="in", refused=True)
    assert rows(reply, message(BEFORE)) == set()
    assert rows(reply, message(later(NOON, seconds=1))) == {"AI-07"}
    assert rows(reply, message(later(NOON, seconds=1), channel="email")) == set()


def test_a_refused_robot_stops_and_a_person_may_go_on() -> None:
    robot = {"channel": "voice_ai", "by": "robot", "outcome": "no_answer"}
    assert rows(contact(BEFORE, **robot), **refusal("robot")) == set()
    assert rows(contact(**robot), **refusal("robot")) == {"AI-05"}
    assert rows(contact(channel="voice_notice", by="robot"), **refusal("robot")) == {"AI-05"}
    assert rows(contact(), **refusal("robot")) == set()
    said = contact(channel="voice_ai", by="robot", refused=True)
    assert rows(said, contact(later(NOON, hours=1), **robot)) == {"AI-05"}


def test_a_written_cease_stops_all_but_a_notice_of_remedy() -> None:
    no = merged(US, refusal("cease"))
    assert found(message(EVENING, channel="email"), **no) == [("US-06", "text")]
    assert found(message(EVENING, channel="email", purpose="legal_notice"), **no) == []
    assert found(
        message(EVENING, channel="email", debt="second"), **merged(US, refusal("cease", debt="loan"))
    ) == [("US-06", "strict")]


def test_regulation_f_opt_out_by_medium() -> None:
    assert found(message(EVENING), **merged(US, refusal("channel", channel="sms"), confirmed())) == [
        ("US-09", "text")
    ]


def confirmed(at: str = "2026-11-01T00:00:00Z") -> dict:
    return {"points": {"debtor.phone": {"persons": ["debtor"], "kind": "phone", "confirmed": [at]}}}


def test_mediation_refused() -> None:
    mediator = {
        "sites": {"table": {"kind": "mediation", "live": [[None, None]], "filing": [[None, None]]}},
        "placements": [{"debt": "loan", "site": "table"}],
        "staff": {"ann": {"site": "table"}},
    }
    offer = {"site": "table", "purpose": "plan_offer"}
    assert rows(contact(**offer), **mediator) == set()
    assert rows(contact(**offer), **merged(mediator, refusal("mediation"))) == {"MED-03"}
    assert rows(contact(site="table"), **mediator) == {"MED-11"}


@pytest.mark.parametrize(
    ("part", "at", "rows_"),
    [({}, NOON, {"COMP-05"}), (US, EVENING, {"US-11"}), (UK, EVENING, {"UK-05"})],
)
def test_a_dispute_pauses_collection_until_answered(part: dict, at: str, rows_: set) -> None:
    open_ = {"debts": {"loan": {"disputes": [[at, later(at, days=1)]]}}}
    assert rows(contact(later(at, seconds=-1)), **merged(part, open_)) == set()
    assert rows(contact(at), **merged(part, open_)) == rows_
    assert rows(contact(later(at, days=1)), **merged(part, open_)) == set()
    assert rows(contact(at, debt="second"), **merged(part, open_)) == set()
    assert rows(contact(at, purpose="legal_notice"), **merged(part, open_)) == set()


def test_a_hold_of_dispute_counts_as_one_and_offers_pause_by_the_stricter_reading() -> None:
    hold = {"holds": [{"kind": "dispute", "debt": "loan"}]}
    assert found(contact(), **hold) == [("COMP-05", "text")]
    assert found(contact(purpose="plan_offer"), **hold) == [("COMP-05", "strict")]


def test_a_complaint_stops_an_agency_on_internet_loans() -> None:
    open_ = {"debts": {"loan": {"kind": "internet_loan", "complaints": [[NOON, None]]}}}
    assert found(contact(), **open_) == [("COMP-05", "text")]
    assert found(contact(site="agency"), **open_) == [("COMP-05", "text"), ("INET-01", "strict")]


@pytest.mark.parametrize(
    ("part", "kind", "at", "answer"),
    [
        ({}, "hardship", NOON, [("HOUSE-HOLD", "strict")]),
        ({}, "stale_data", NOON, [("HOUSE-HOLD", "strict")]),
        (UK, "hardship", EVENING, [("UK-03", "text")]),
        (UK, "legal_stay", EVENING, [("UK-06", "text")]),
        (UK, "insolvency", EVENING, [("UK-06", "text")]),
        (US, "represented", EVENING, [("US-05", "text")]),
    ],
)
def test_holds_on_the_person_or_the_debt(part: dict, kind: str, at: str, answer: list) -> None:
    for who in ({"person": "debtor"}, {"debt": "loan"}):
        hold = {"holds": [{"kind": kind, "from": at, **who}]}
        assert found(contact(later(at, seconds=-1)), **merged(part, hold)) == []
        assert found(contact(at), **merged(part, hold)) == answer
        assert found(contact(at, purpose="plan_offer"), **merged(part, hold)) == []


def test_no_collection_under_a_kept_plan() -> None:
    plan = {"debts": {"loan": {"kind": "card", "plans": [[NOON, later(NOON, days=30)]]}}}
    assert found(contact(BEFORE), **plan) == []
    assert found(contact(), **plan) == [("CARD-04", "text")]
    assert found(contact(later(NOON, days=30)), **plan) == []
    other = {"debts": {"loan": {"kind": "consumer", "plans": [[NOON, None]]}}}
    assert found(contact(), **other) == [("CARD-04", "strict")]
    assert found(contact(purpose="plan_offer"), **other) == []


@pytest.mark.parametrize(
    ("what", "row"), [("deceased", "GBT-02"), ("minor", "PI-06"), ("incapacitated", "PI-06")]
)
def test_the_dead_the_young_and_the_incapable(what: str, row: str) -> None:
    since = {"persons": {"debtor": {what: [[NOON, None]]}}}
    assert found(contact(BEFORE), **since) == []
    assert found(contact(), **since) == [(row, "strict")]


def test_a_represented_person_only_through_the_lawyer() -> None:
    acts = merged(US, {"persons": {"debtor": {"represented": [[EVENING, None]]}}})
    assert found(message(later(EVENING, seconds=-1), channel="email"), **acts) == []
    assert found(message(EVENING, channel="email"), **acts) == [("US-05", "text")]
    assert found(message(EVENING, channel="email", person="lawyer"), **acts) == []


def test_an_uncertain_delivery_blocks_until_cleared_up() -> None:
    lost = {**message(), "outcome": "unknown"}
    cleared = {**lost, "resolved_at": later(NOON, hours=1)}
    assert rows(lost, contact(later(NOON, days=3))) == {"HOUSE-UNCERTAIN"}
    assert rows(cleared, contact(later(NOON, minutes=59))) == {"HOUSE-UNCERTAIN"}
    assert rows(cleared, contact(later(NOON, hours=1))) == set()
