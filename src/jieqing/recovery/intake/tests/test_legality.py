"""The intake pack by hand: what is refused, what waits, what opens; and laws that hold for any facts and any rule."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieqing.claims.entitlements.engine.lpr import LPR
from jieqing.claims.parties.engine.standing import EventKind
from jieqing.kernel.outcomes import Problem
from jieqing.recovery.intake.engine.debt_facts import Debt, debt_facts, time_barred
from jieqing.recovery.intake.engine.legality import Colour, judge, read_intake_pack
from jieqing.recovery.intake.engine.questions import (
    ASKED_BOOLS,
    ASKED_TEXTS,
    BY_CODE,
    COMPUTED_BOOLS,
    COMPUTED_NAMES,
    QUESTIONS,
    read_answers,
)
from jieqing.recovery.intake.selectors import intake_pack
from jieqing.recovery.intake.tests.asking import LENDING, TRADE
from jieqing.trust.compliance.engine.pack_text import NotAPack

TODAY = date(2026, 11, 22)
OPEN = Debt(date(2026, 6, 1), 100_00)
RANK = {Colour.GREEN: 0, Colour.AMBER: 1, Colour.RED: 2}


def facts(answers: dict[str, str], debt: Debt = OPEN, *standing: EventKind) -> dict[str, Any]:
    read = read_answers(answers)
    assert not isinstance(read, Problem), read
    return debt_facts(debt, read, standing, LPR, TODAY)


def verdict(told: dict[str, Any]) -> tuple[str, list[str]]:
    found = judge(intake_pack(), told)
    return found.colour.value, [reason.rule.id for reason in found.reasons]


BY_HAND: list[tuple[str, dict[str, str], str, str]] = [
    ("clean trade debt", TRADE, "green", ""),
    ("clean loan at 12.0 %, cap 4×3.00 %", LENDING, "green", ""),
    ("gambling", TRADE | {"origin": "gambling"}, "red", "IN-01"),
    ("proceeds of crime", TRADE | {"origin": "crime"}, "red", "IN-02"),
    ("against good morals", TRADE | {"origin": "morals"}, "red", "IN-03"),
    ("usury claimed in full", LENDING | {"annual_rate": "0.24", "claim_within_cap": "no"}, "red", "IN-04"),
    ("usury cut to the cap", LENDING | {"annual_rate": "0.24"}, "amber", "IN-05"),
    ("one hair above the cap", LENDING | {"annual_rate": "0.1200001"}, "amber", "IN-05"),
    ("illegal lending", LENDING | {"annual_rate": "0.361", "lends_habitually": "yes"}, "red", "IN-06"),
    ("professional lending", LENDING | {"lends_habitually": "yes"}, "red", "IN-07"),
    ("bank money lent on", LENDING | {"relent_money": "yes"}, "red", "IN-08"),
    ("prepaid interest in the principal", LENDING | {"prepaid_interest": "yes", "prepaid_excluded": "no"}, "red", "IN-09"),
    ("prepaid interest left out", LENDING | {"prepaid_interest": "yes"}, "amber", "IN-10"),
    ("a licensed lender has no 4×LPR cap", LENDING | {"creditor_kind": "licensed_lender", "annual_rate": "0.24"}, "green", ""),
    ("a licensed lender lends habitually", LENDING | {"creditor_kind": "licensed_lender", "lends_habitually": "yes"}, "green", ""),
    ("forged papers", TRADE | {"basis_forged": "yes"}, "red", "IN-11"),
    ("no papers", TRADE | {"basis": "none"}, "red", "IN-12"),
    ("only an invoice", TRADE | {"basis": "invoice_only"}, "amber", "IN-13"),
    ("no such debtor", TRADE | {"debtor_checked": "not_found"}, "red", "IN-18"),
    ("debtor not verified", TRADE | {"debtor_checked": "unverified"}, "amber", "IN-19"),
    ("criminal case", TRADE | {"criminal_case": "yes"}, "red", "IN-20"),
    ("dismissed before", TRADE | {"court_state": "dismissed"}, "red", "IN-21"),
    ("suit pending", TRADE | {"court_state": "pending"}, "amber", "IN-22"),
    ("assigned, debtor not told", TRADE | {"assignment": "not_notified"}, "amber", "IN-26"),
    ("another kind of debt", TRADE | {"debt_kind": "other"}, "amber", "IN-29"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "colour", "rule"), [row[1:] for row in BY_HAND], ids=[row[0] for row in BY_HAND]
)
def test_what_is_declared(answers: dict[str, str], colour: str, rule: str) -> None:
    found, rules = verdict(facts(answers))
    assert found == colour
    assert rules[:1] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("kind", "colour", "rule"),
    [
        (EventKind.MINOR, "red", "IN-15"),
        (EventKind.INCAPACITATED, "red", "IN-16"),
        (EventKind.DECEASED, "red", "IN-17"),
        (EventKind.BANKRUPT, "red", "IN-23"),
        (EventKind.INSOLVENCY, "amber", "IN-24"),
        (EventKind.DISPUTES, "amber", "IN-27"),
        (EventKind.LEGAL_STAY, "amber", "IN-28"),
        (EventKind.HARDSHIP, "green", ""),
        (EventKind.REPRESENTED, "green", ""),
    ],
)
def test_what_holds_for_the_debtor(kind: EventKind, colour: str, rule: str) -> None:
    found, rules = verdict(facts(TRADE, OPEN, kind))
    assert (found, rules) == (colour, [rule] if rule else [])


# Due 2023-11-20: three years later, to the day; a Sunday moves the end to the Monday after (民法典 203).
@pytest.mark.parametrize(
    ("due", "paid", "today", "barred"),
    [
        (date(2023, 11, 20), (), date(2026, 11, 20), False),
        (date(2023, 11, 20), (), date(2026, 11, 21), True),
        (date(2023, 11, 22), (), date(2026, 11, 23), False),
        (date(2023, 11, 22), (), date(2026, 11, 24), True),
        (date(2020, 1, 1), (date(2022, 5, 5),), date(2025, 5, 5), False),
        (date(2020, 1, 1), (date(2022, 5, 5),), date(2025, 5, 7), True),
        (None, (), date(2040, 1, 1), False),
    ],
)
def test_limitation(due: date | None, paid: tuple[date, ...], today: date, barred: bool) -> None:
    assert time_barred(Debt(due, 1, paid), False, today) is barred


def test_a_barred_and_a_settled_debt() -> None:
    assert verdict(facts(TRADE, Debt(date(2020, 1, 1), 100))) == ("amber", ["IN-14"])
    assert verdict(facts(TRADE, Debt(date(2026, 6, 1), 0))) == ("red", ["IN-25"])


def test_nothing_said_is_amber_and_names_what_is_missing() -> None:
    found = judge(intake_pack(), facts({}))
    assert found.colour is Colour.AMBER
    assert {"origin", "basis", "debt_kind", "debtor_checked"} <= set(found.missing)
    assert all(reason.missing for reason in found.reasons)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    **{name: st.sampled_from([None, True, False]) for name in sorted(ASKED_BOOLS | COMPUTED_BOOLS)},
    **{name: st.sampled_from([None, *BY_CODE[name].choices]) for name in sorted(ASKED_TEXTS)},
}
FACTS = st.fixed_dictionaries(VALUES)
RULES = intake_pack().rules


@given(FACTS, st.sampled_from(sorted(VALUES)))
def test_a_missing_fact_is_never_green_where_a_value_of_it_would_not_be(
    told: dict[str, Any], name: str
) -> None:
    without = judge(intake_pack(), told | {name: None}).colour
    choices = [True, False] if name not in ASKED_TEXTS else list(BY_CODE[name].choices)
    if any(judge(intake_pack(), told | {name: one}).colour is not Colour.GREEN for one in choices):
        assert without is not Colour.GREEN


@given(FACTS, st.integers(0, len(RULES) - 1))
def test_a_rule_less_is_never_stricter(told: dict[str, Any], place: int) -> None:
    fewer = replace(intake_pack(), rules=RULES[:place] + RULES[place + 1 :])
    assert RANK[judge(fewer, told).colour] <= RANK[judge(intake_pack(), told).colour]


@given(FACTS)
def test_the_same_facts_have_one_digest_and_a_reason_for_every_colour(told: dict[str, Any]) -> None:
    found = judge(intake_pack(), told)
    again = judge(intake_pack(), dict(reversed(told.items())))
    assert found == again
    assert bool(found.reasons) == (found.colour is not Colour.GREEN)
    assert found.colour is max(
        (reason.colour for reason in found.reasons), key=RANK.__getitem__, default=Colour.GREEN
    )


@pytest.mark.parametrize(
    "rule",
    [
        "when: {fact: gambler, is: true}",
        "when: {fact: origin, in: [casino]}",
        "when: {fact: minor, in: [x]}",
        "when: {all: []}",
        "when: {fact: minor, is: true}\n    note: x",
    ],
)
def test_a_misspelt_pack_is_refused(rule: str) -> None:
    words = "article: {zh: 甲, en: A}\n    text: {zh: 甲, en: A}\n    confidence: high\n    verdict: red"
    with pytest.raises(NotAPack):
        read_intake_pack(f"pack: x\nrules:\n  - id: X-1\n    {words}\n    {rule}\n")


def test_every_question_and_every_fact_has_words() -> None:
    assert set(COMPUTED_NAMES) == COMPUTED_BOOLS
    assert all(one.zh and one.en for one in QUESTIONS)
    read = {fact for rule in RULES for fact in _facts(rule.when)}
    assert read <= ASKED_BOOLS | ASKED_TEXTS | COMPUTED_BOOLS
    assert read >= ASKED_BOOLS | ASKED_TEXTS | COMPUTED_BOOLS, "a fact that no rule reads is not asked"


def _facts(when: Any) -> tuple[str, ...]:
    from jieqing.trust.compliance.engine.predicates import facts_read

    return facts_read(when)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"colour": "red"}, "intake.unknown_question"),
        ({"origin": "casino"}, "intake.unknown_answer"),
        ({"annual_rate": "24%"}, "intake.no_rate"),
        ({"annual_rate": "NaN"}, "intake.no_rate"),
        ({"lent_on": "1.6.2025"}, "intake.no_day"),
    ],
)
def test_answers_that_cannot_be_read(given: dict[str, str], code: str) -> None:
    found = read_answers(given)
    assert isinstance(found, Problem)
    assert found.code == code
