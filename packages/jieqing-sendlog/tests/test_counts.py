"""GBT-06, GBT-07, CBA-02, the weekly robot cap, US-01, US-02, US-03: the last that is lawful and the first that is not."""

from datetime import timedelta

import pytest
from worldlet import NOON, abroad, contact, found, later, merged, rows, spread

MINUTE = timedelta(minutes=1)
US = abroad("US", "America/New_York")
US_NOON = "2026-11-10T12:00:00-05:00"


def test_the_third_effective_call_is_lawful_and_the_fourth_is_not() -> None:
    assert found(*spread(3)) == []
    assert found(*spread(4)) == [("GBT-06", "text")]


def test_human_and_robot_calls_add_up_over_agencies_and_debts_of_one_creditor() -> None:
    calls = spread(2, site="agency") + spread(1, at=later(NOON, minutes=30), channel="voice_ai", by="robot")
    assert rows(*calls, contact(later(NOON, hours=1), debt="second")) == {"GBT-06"}


def test_another_creditor_has_its_own_three() -> None:
    assert rows(*spread(3), contact(later(NOON, hours=1), debt="third")) == set()


def test_calls_nobody_answered_are_not_effective() -> None:
    assert rows(*spread(3), contact(later(NOON, hours=1), outcome="no_answer")) == set()
    assert rows(*spread(3, outcome="connected"), contact(later(NOON, hours=1))) == set()


def test_the_day_is_the_persons() -> None:
    late = {"agreements": [{"person": "debtor", "hours": [["00:00", "23:59:59.999999"]]}]}
    calls = spread(3, at="2026-11-10T23:50:00+08:00")
    assert rows(*calls, contact("2026-11-10T23:59:59+08:00"), **late) == {"GBT-06"}
    assert rows(*calls, contact("2026-11-11T00:00:00+08:00"), **late) == set()


def test_a_move_takes_the_days_calls_along() -> None:
    moves = {"debtor": {"zones": [[None, "Asia/Shanghai"], ["2026-11-10T18:00:00+08:00", "Europe/Paris"]]}}
    # Three calls at noon in Shanghai were made at five in the morning of the same day in Paris.
    assert rows(*spread(3), contact("2026-11-10T18:00:01+08:00"), persons=moves) == {"GBT-06"}


def test_notices_have_a_cap_of_their_own() -> None:
    notice = {"channel": "voice_notice", "by": "human"}
    assert found(*spread(3, **notice)) == []
    assert found(*spread(4, **notice)) == [("GBT-07", "text")]
    assert rows(*spread(3, **notice), *spread(3, at=later(NOON, hours=1))) == set()
    assert (
        rows(*spread(3, **notice), contact(later(NOON, hours=1), **{**notice, "outcome": "no_answer"}))
        == set()
    )


def test_the_sixth_dial_is_lawful_and_the_seventh_is_not() -> None:
    assert found(*spread(6, outcome="no_answer")) == []
    assert found(*spread(7, outcome="no_answer")) == [("CBA-02", "text")]


def test_dials_of_a_number_count_for_everyone_and_every_debt_by_the_stricter_reading() -> None:
    dials = spread(3, outcome="no_answer", site="agency") + spread(
        3, at=later(NOON, hours=1), outcome="effective"
    )
    assert found(*dials, contact(later(NOON, hours=2), debt="third", outcome="busy")) == [
        ("CBA-02", "strict")
    ]


def test_a_shared_number_is_one_number() -> None:
    point = {"shared": {"persons": ["debtor", "guarantor"], "kind": "phone"}}
    dials = spread(6, outcome="no_answer", point="shared")
    last = contact(later(NOON, hours=1), person="guarantor", point="shared", outcome="no_answer")
    assert rows(*dials, last, points=point) == {"CBA-02"}
    assert rows(*dials, {**last, "point": "guarantor.phone"}, points=point) == set()


def test_caps_hold_for_business_debts_by_the_stricter_reading_only() -> None:
    assert found(*spread(4), debts={"loan": {"kind": "b2b"}}) == [("GBT-06", "strict")]


@pytest.mark.parametrize("channel", ["voice_ai", "voice_notice"])
def test_three_robot_calls_a_week_for_everyone_together(channel: str) -> None:
    week = timedelta(days=2)
    robots = spread(3, every=week, channel=channel, by="robot", outcome="no_answer")
    fourth = {"channel": channel, "by": "robot", "outcome": "no_answer", "debt": "third"}
    assert found(*robots) == []
    assert found(*robots, contact(later(NOON, days=7, seconds=-1), **fourth)) == [("HOUSE-ROBOT", "text")]
    assert found(*robots, contact(later(NOON, days=7), **fourth)) == []


def test_seven_calls_in_seven_days_about_one_debt() -> None:
    calls = {"outcome": "no_answer", "at": US_NOON}
    assert found(*spread(7, **calls), **US) == []
    assert found(*spread(8, **calls), **US) == [("US-01", "text")]
    assert (
        rows(*spread(7, **calls), contact(later(US_NOON, hours=1), debt="second", outcome="no_answer"), **US)
        == set()
    )


def test_the_week_slides_by_days_and_by_hours() -> None:
    calls = spread(1, at=later(US_NOON, minutes=-2), outcome="no_answer") + spread(
        6, at=US_NOON, outcome="no_answer"
    )

    def eighth(**after: float) -> list:
        return found(*calls, contact(later(US_NOON, **after), outcome="no_answer"), **US)

    assert eighth(days=6, hours=8) == [("US-01", "text")]
    assert eighth(days=7, minutes=-3) == [
        ("US-01", "strict")
    ]  # the eighth calendar day, yet within 168 hours
    assert eighth(days=7, minutes=-2) == []


def test_busy_lines_consented_calls_and_lawyers_do_not_count() -> None:
    calls = spread(7, at=US_NOON, outcome="no_answer")
    after = later(US_NOON, hours=1)
    assert rows(*calls, contact(after, outcome="busy"), **US) == set()
    assert rows(*calls, contact(after, outcome="no_answer", person="lawyer"), **US) == set()
    consent = {
        "consents": [{"person": "debtor", "debt": "loan", "from": US_NOON, "to": later(US_NOON, days=7)}]
    }
    assert rows(*calls, contact(after, outcome="no_answer"), **merged(US, consent)) == set()


@pytest.mark.parametrize(
    ("at", "wrong"),
    [
        ("2026-11-10T12:01:00-05:00", True),  # the talk day is day one
        ("2026-11-16T20:59:59-05:00", True),
        ("2026-11-17T08:00:00-05:00", False),
    ],
)
def test_seven_days_after_a_conversation(at: str, wrong: bool) -> None:
    talk = contact(US_NOON)
    assert rows(talk, contact(at, outcome="no_answer"), **US) == ({"US-02"} if wrong else set())
    assert rows(talk, contact(at, outcome="no_answer", debt="second"), **US) == set()
    assert rows(talk, contact(at, channel="letter", outcome="delivered"), **US) == set()


def test_an_inbound_conversation_starts_the_seven_days_and_does_not_count() -> None:
    talk = contact(US_NOON, direction="in")
    assert rows(talk, contact(later(US_NOON, days=1), outcome="no_answer"), **US) == {"US-02"}
    nobody = contact(US_NOON, direction="in", outcome="no_answer")
    assert rows(nobody, contact(later(US_NOON, days=1), outcome="no_answer"), **US) == set()


def test_order_of_lines_is_not_order_of_time() -> None:
    calls = spread(4)
    assert found(*reversed(calls)) == [("GBT-06", "text")]
