"""Sites, placements, staff, recordings, filed content, labels, marks of messages, and words that may not be sent."""

import pytest
from worldlet import ALWAYS, CLEARANCES, ELEMENTS, NOON, abroad, contact, found, later, merged, rows

US = abroad("US", "America/New_York")
MORNING = "2026-11-10T15:00:00Z"
BEFORE = later(NOON, seconds=-1)


@pytest.mark.parametrize("what", ["live", "filing"])
def test_a_site_that_is_not_live_or_whose_filing_lapsed(what: str) -> None:
    lapsed = {"sites": {"desk": {what: [[None, NOON]]}}}
    assert found(contact(BEFORE), **lapsed) == []
    assert found(contact(), **lapsed) == [("RL-16", "text")]


def test_a_recalled_placement() -> None:
    recalled = {
        "sites": {"second": {"kind": "outsourcing", "live": ALWAYS, "filing": ALWAYS}},
        "placements": [{"debt": "loan", "site": "second", "to": NOON}, {"debt": "third", "site": "second"}],
    }
    assert found(contact(site="second"), **recalled) == [("OUT-02", "text")]
    assert ("GBT-16", "text") in found(contact(BEFORE, site="second"), **recalled)
    assert found(contact(BEFORE, site="desk"), **recalled) == []


def test_hired_chasing_of_business_debt() -> None:
    business = {"debts": {"loan": {"kind": "b2b"}}, "creditors": {"bank": {"kind": "company"}}}
    assert found(contact(site="agency"), **business) == [("RL-16", "text")]
    assert found(contact(), **business) == []
    assert found(contact(site="agency"), debts={"loan": {"kind": "b2b"}}) == []


@pytest.mark.parametrize(
    ("kind", "row"),
    [("background", "GBT-12"), ("pledge", "GBT-12"), ("exam", "GBT-13"), ("annual_training", "GBT-13")],
)
def test_a_clearance_that_runs_out(kind: str, row: str) -> None:
    lapsed = {"staff": {"ann": {"clearances": {**dict.fromkeys(CLEARANCES, ALWAYS), kind: [[None, NOON]]}}}}
    assert found(contact(BEFORE), **lapsed) == []
    assert found(contact(), **lapsed) == [(row, "text")]
    both = contact(channel="visit", outcome="met", staff=["bob", "ann"])
    assert found(both, **lapsed) == [(row, "text")]
    assert found(contact(staff=["bob"]), **lapsed) == []


def test_staff_nobody_knows_has_no_clearance() -> None:
    assert {row for row, _ in found(contact(staff=["eve"]))} == {"GBT-12", "GBT-13"}
    assert found(contact(staff=[])) == [("GBT-13", "strict")]


def test_signed_as_a_lawyer() -> None:
    assert rows(contact(signed_as_lawyer=True)) == {"RL-17"}
    firm = {"sites": {"desk": {"kind": "law_firm"}}, "staff": {"ann": {"lawyer": ALWAYS}}}
    assert rows(contact(signed_as_lawyer=True), **firm) == set()
    assert rows(contact(signed_as_lawyer=True, staff=["bob"]), **firm) == {"RL-17"}


def test_recordings() -> None:
    quiet = contact(recorded=False)
    assert found(quiet) == [("GBT-17", "text")]
    assert found(contact(recorded=False, outcome="no_answer")) == []
    assert found(quiet, debts={"loan": {"kind": "card"}}) == [("CARD-01", "text"), ("GBT-17", "text")]
    assert found(contact(device="personal")) == [("GBT-17", "text")]
    assert found(contact(MORNING, recorded=False), **US) == []


def test_the_first_contact_says_who_is_calling() -> None:
    assert found(contact(stated_identity=False)) == [("CBA-05", "text")]
    assert found(contact(), contact(later(NOON, hours=1), stated_identity=False)) == []
    assert found(contact(), contact(later(NOON, hours=1), stated_identity=False, debt="third")) == [
        ("CBA-05", "text")
    ]


def test_notice_content_is_approved_beforehand() -> None:
    notice = {"channel": "voice_notice", "by": "robot"}
    filed = {"contents": {"filed": {"approved": [[NOON, None]]}}}
    assert found(contact(**notice), **filed) == []
    assert found(contact(BEFORE, **notice), **filed) == [("GBT-08", "text")]
    assert found(contact(**notice, content=None)) == [("GBT-08", "text")]


def test_a_card_letter_carries_its_elements() -> None:
    letter = contact(channel="letter", outcome="delivered")
    card = {"debts": {"loan": {"kind": "card"}}}
    assert found(letter, **card) == []
    bare = {"contents": {"filed": {"elements": ELEMENTS[:-2]}}}
    assert found(letter, **merged(card, bare)) == [("CARD-02", "text")]
    assert found(letter, **bare) == []


def test_a_machines_voice_is_labelled() -> None:
    robot = {"by": "robot", "ai_label": False}
    assert found(contact(channel="voice_ai", **robot)) == [("AI-01", "text")]
    assert found(contact(channel="voice_notice", synthetic=True, **robot)) == [("AI-01", "text")]
    assert found(contact(channel="voice_notice", **robot)) == []
    assert found(contact(channel="email", outcome="delivered", synthetic=True, ai_label=False)) == [
        ("AI-01", "strict")
    ]


def test_marks_of_a_text_message() -> None:
    def text(words: str) -> list:
        return found(contact(channel="sms", outcome="delivered", text=words, opt_out_offered=False))

    assert text("【某行】请回电，退订回T") == []
    assert text("请回电，退订回T") == [("AI-08", "strict")]
    assert text("【某行】请回电") == [("AI-08", "strict")]


def test_regulation_f_messages() -> None:
    checked = {
        "points": {
            "debtor.phone": {"persons": ["debtor"], "kind": "phone", "confirmed": [later(MORNING, days=-60)]}
        }
    }
    sms = contact(MORNING, channel="sms", outcome="delivered")
    assert found(sms, **merged(US, checked)) == []
    assert found({**sms, "at": later(MORNING, seconds=1)}, **merged(US, checked)) == [("US-08", "text")]
    email = contact(
        MORNING,
        channel="email",
        outcome="delivered",
        point="debtor.email",
        opt_out_offered=False,
        text="Hello",
    )
    assert found(email, **US) == [("US-08", "text")]
    assert found({**email, "text": "Reply STOP"}, **US) == []
    work = {"points": {"debtor.email": {"persons": ["debtor"], "kind": "email", "work": True}}}
    assert found({**email, "text": "Reply STOP"}, **merged(US, work)) == [("US-09", "text")]


@pytest.mark.parametrize("phrase", ["已立案", "已通缉", "明日上门执行", "列入失信"])
def test_invented_court_steps(phrase: str) -> None:
    said = contact(channel="im", outcome="delivered", text=f"您的案件{phrase}。")
    assert found(said) == [("AI-10", "text")]
    assert found({**said, "court_document": True}) == []


@pytest.mark.parametrize(
    ("part", "at", "answer"),
    [
        ({}, NOON, [("SOL-17", "text")]),
        (US, MORNING, [("US-12", "text")]),
        (abroad("UK", "Europe/London"), MORNING, [("UK-04", "strict")]),
    ],
)
def test_no_threat_of_suit_on_a_time_barred_debt(part: dict, at: str, answer: list) -> None:
    barred = merged(part, {"debts": {"loan": {"time_barred": [[at, None]]}}})
    assert found(contact(at, threatens_suit=True), **barred) == answer
    assert found(contact(later(at, seconds=-1), threatens_suit=True), **barred) == []
    assert found(contact(at), **barred) == []


def test_a_false_caller_number() -> None:
    numbers = {"sites": {"desk": {"caller_ids": ["0510-1"]}}}
    assert found(contact(caller_id="0510-1"), **numbers) == []
    assert found(contact(caller_id="110"), **numbers) == [("RL-20", "text")]


def test_the_validation_notice_within_five_days() -> None:
    no_notice = merged(US, {"debts": {"loan": {"validation_notice_at": None}}})
    first = contact(MORNING, channel="email", outcome="delivered")
    last = contact(later(MORNING, days=9), channel="email", outcome="delivered")

    def notice(**after: float) -> dict:
        return {**last, "at": later(MORNING, **after), "id": "notice", "validation_notice": True}

    assert found(first, last, **no_notice) == [("US-10", "text")]
    assert found(first, notice(days=5), last, **no_notice) == []
    assert found(first, notice(days=5, seconds=1), last, **no_notice) == [("US-10", "text")]
    assert found({**first, "validation_notice": True}, last, **no_notice) == []
    assert found(first, **no_notice) == []  # the five days are not over
