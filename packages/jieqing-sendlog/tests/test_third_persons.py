"""GBT-01…04, CBA-03, CBA-04, CARD-01, MLC-01, CFC-01, PI-01, US-07: who may be contacted, for what, and until when."""

import pytest
from worldlet import NOON, abroad, contact, found, later, merged, register, rows, spread

HOUR = later(NOON, hours=1)
US = abroad("US", "America/New_York")
US_NOON = "2026-11-10T12:00:00-05:00"


def third(at: str = HOUR, **keys: object) -> dict:
    return contact(at, **{"person": "contact", "purpose": "locate", **keys})


def failed(count: int, **keys: object) -> list[dict]:
    return spread(count, outcome="no_answer", **keys)


def test_two_failures_are_not_enough_and_three_are() -> None:
    assert rows(*failed(2), third()) == {"GBT-02", "CBA-03"}
    assert rows(*failed(3), third()) == set()


def test_failures_must_be_in_a_row_with_this_creditor_and_with_the_debtor() -> None:
    assert rows(
        *failed(2), *spread(1, at=later(NOON, minutes=5)), *failed(2, at=later(NOON, minutes=9)), third()
    ) == {
        "GBT-02",
        "CBA-03",
    }
    assert rows(*failed(3, debt="third"), third()) == {"GBT-02", "CBA-03"}
    assert rows(*failed(3, person="guarantor"), third()) == {"GBT-02", "CBA-03"}
    assert rows(*failed(3, debt="second", site="agency"), third()) == set()


@pytest.mark.parametrize(("channel", "outcome"), [("sms", "delivered"), ("voice_human", "connected")])
def test_what_reached_the_debtor_ends_the_row(channel: str, outcome: str) -> None:
    reached = contact(later(NOON, minutes=30), channel=channel, outcome=outcome)
    assert rows(*failed(3), reached, third()) == {"GBT-02", "CBA-03"}


def test_a_dead_number_opens_the_way_only_when_all_are_dead() -> None:
    dead = {"debtor.phone": {"valid": [[None, HOUR]]}}
    assert rows(third(), points=dead) == set()
    assert rows(third(later(NOON, minutes=59)), points=dead) == {"GBT-02", "CBA-03"}
    other = {"debtor.second": {"persons": ["debtor"], "kind": "phone"}}
    assert rows(third(), points={**dead, **other}) == {"GBT-02", "CBA-03"}


@pytest.mark.parametrize("what", ["deceased", "incapacitated"])
def test_death_and_incapacity_open_the_way(what: str) -> None:
    assert rows(third(), persons={"debtor": {what: [[HOUR, None]]}}) == set()
    assert rows(third(), persons={"debtor": {what: [[later(HOUR, seconds=1), None]]}}) == {"GBT-02", "CBA-03"}


def test_asking_and_passing_on_only_and_no_word_of_the_debt() -> None:
    assert rows(*failed(3), third(purpose="pass_message")) == set()
    assert rows(*failed(3), third(purpose="identity_check")) == {"CBA-04"}
    assert rows(*failed(3), third(discloses_debt=True)) == {"GBT-04"}
    assert rows(*failed(3), third(purpose="collect")) == {"GBT-01", "CBA-04", "PI-01"}
    assert rows(*failed(3), third(demands_payment=True)) == {"GBT-01", "PI-01"}


@pytest.mark.parametrize(
    ("kind", "row"), [("card", "CARD-01"), ("small_loan", "MLC-01"), ("b2b", "PI-01"), ("judgment", "PI-01")]
)
def test_each_kind_of_debt_has_its_row(kind: str, row: str) -> None:
    assert row in rows(*failed(3), third(purpose="collect"), debts={"loan": {"kind": kind}})


def test_a_lie_about_the_role_does_not_help_and_a_role_lasts_as_long_as_it_lasts() -> None:
    roles = [
        {"person": "contact", "role": "guarantor", "to": HOUR},
        {"person": "contact", "role": "family", "from": HOUR},
    ]
    debt = {"loan": {"roles": roles}}
    assert rows(third(later(NOON, minutes=59), purpose="collect", discloses_debt=True), debts=debt) == set()
    assert "GBT-01" in rows(third(purpose="collect", role="debtor"), debts=debt)


def test_somebody_without_a_role_is_unrelated_and_consumer_finance_may_not_even_ask() -> None:
    asked = third(person="neighbour")
    assert rows(*failed(3), asked) == set()
    assert rows(*failed(3), asked, creditors={"bank": {"kind": "consumer_finance"}}) == {"CFC-01"}


def test_a_refusal_is_for_ever_from_its_instant() -> None:
    no = {"refusals": [{"kind": "contact", "person": "contact", "from": HOUR, "to": later(HOUR, days=1)}]}
    assert rows(*failed(3), third(later(HOUR, seconds=-1)), **no) == set()
    assert rows(*failed(3), third(HOUR), **no) == {"GBT-03"}
    assert rows(*failed(3), third(later(HOUR, days=30)), **no) == {"GBT-03"}
    other = {"refusals": [{**no["refusals"][0], "debt": "third"}]}
    assert rows(*failed(3), third(), **other) == set()


def test_a_refusal_heard_in_the_log_counts_for_the_number_too() -> None:
    no = third(HOUR, refused=True)
    assert rows(*failed(3), no, third(later(HOUR, days=40))) == {"GBT-03"}
    point = {"new": {"persons": ["contact"], "kind": "phone"}}
    assert rows(*failed(3), no, third(later(HOUR, days=1), point="new"), points=point) == {"GBT-03"}


def test_a_third_person_who_calls_to_say_no_and_the_earlier_of_two_refusals() -> None:
    no = third(HOUR, refused=True, direction="in")
    assert rows(*failed(3), no, third(later(HOUR, seconds=1))) == {"GBT-03"}
    two = [{"kind": "contact", "person": "contact", "from": at} for at in (later(HOUR, days=9), HOUR)]
    assert rows(*failed(3), third(HOUR), refusals=two) == {"GBT-03"}


def test_the_debt_is_not_named_before_the_person_is_verified() -> None:
    assert found(contact(identity_verified=False)) == [("GBT-04", "strict")]
    assert found(contact(identity_verified=False, discloses_debt=False)) == []
    assert found(contact(identity_verified=False, channel="letter", outcome="delivered")) == []
    assert found(contact(point="guarantor.phone")) == [("GBT-04", "strict")]


def test_one_location_enquiry_without_the_debt() -> None:
    def ask(minutes: int, **keys: object) -> dict:
        return third(later(US_NOON, minutes=minutes), outcome="no_answer", **keys)

    assert rows(ask(1), **US) == set()
    assert rows(ask(1), ask(2), **US) == {"US-07"}
    assert rows(ask(1), ask(2, debt="second"), **US) == set()
    assert rows(ask(1, purpose="pass_message"), **US) == {"US-07"}
    assert rows(ask(1, discloses_debt=True), **US) == {"US-07"}
    assert rows(ask(1, person="guarantor", purpose="collect", discloses_debt=True), **US) == set()


def test_the_united_kingdom_by_the_stricter_reading() -> None:
    london = abroad("UK", "Europe/London")
    assert found(third("2026-11-10T12:00:00Z", purpose="collect"), **london) == [("UK-04", "strict")]
    assert found(third("2026-11-10T12:00:00Z"), **london) == []


def test_the_lawyer_is_no_third_person_while_acting() -> None:
    assert rows(contact(person="lawyer", discloses_debt=True)) == set()
    ended = {"loan": {"roles": [{"person": "lawyer", "role": "lawyer", "to": NOON}]}}
    assert "GBT-04" in rows(contact(person="lawyer", discloses_debt=True), debts=ended)


def test_the_small_world_itself_is_lawful() -> None:
    assert register()["format"]
    assert merged({"debts": {"loan": {"kind": "card"}}}, US)["debts"]["loan"]["kind"] == "card"
    assert rows(contact()) == set()
