"""The worked tables of docs/algorithms/limitation.md, replayed."""

from datetime import date

import pytest

from jieqing.claims.entitlements.engine.limitation import LimitationResult, limitation
from jieqing.claims.entitlements.engine.limitation_events import Act, Event, Grade, Obstacle, ObstacleKind
from jieqing.claims.entitlements.engine.limitation_facts import ClaimKind, LimitationFacts, start_of
from jieqing.claims.entitlements.engine.limitation_proof import (
    Material,
    Signer,
    judge_proof,
    material_of_signature,
)
from jieqing.kernel.outcomes import is_problem
from jieqing.kernel.tests.worked_tables import Row, tables

PAGE = tables("algorithms/limitation.md")
DUE = date(2020, 6, 30)


def day(text: str) -> date | None:
    return None if text in ("-", "..") else date.fromisoformat(text)


def event(text: str) -> Event:
    on, act, grade, *rest = text.split()
    extra = dict(zip(rest[::2], rest[1::2], strict=False))
    return Event(
        date.fromisoformat(on),
        Act(act),
        Grade[grade.upper()],
        ended_on=day(extra.get("until", "-")),
        is_pending=rest == ["pending"],
        new_due_on=day(extra.get("new", "-")),
    )


def events(text: str) -> tuple[Event, ...]:
    return () if text == "-" else tuple(event(part.strip()) for part in text.split(";"))


def found(facts: LimitationFacts) -> LimitationResult:
    result = limitation(facts)
    assert not is_problem(result)
    return result


def last(result: LimitationResult) -> str:
    return str(result.deadline.last_day) if result.deadline else "-"


@pytest.mark.parametrize("row", PAGE["From the due day"], ids=lambda row: row["due"])
def test_from_the_due_day(row: Row) -> None:
    deadline = found(LimitationFacts(ClaimKind(row["kind"]), day(row["due"]))).deadline
    assert deadline
    assert [str(deadline.counted_day), str(deadline.last_day)] == [row["counted"], row["last day"]]
    assert deadline.is_certain == (row["certain"] == "yes")
    assert bool(deadline.warnings) == (row["certain"] == "no")


@pytest.mark.parametrize("row", PAGE["Where it starts"], ids=lambda row: row["starts"])
def test_where_it_starts(row: Row) -> None:
    instalments = (
        () if row["instalments"] == "-" else tuple(map(date.fromisoformat, row["instalments"].split()))
    )
    facts = LimitationFacts(
        due_on=day(row["due"]), instalments=instalments, grace_ends_on=day(row["grace ends"]),
        refused_on=day(row["refused"]), known_on=day(row["known"]),
    )  # fmt: skip
    start = start_of(facts)
    assert start.on == day(row["starts"])
    assert start.reasons
    if start.on is None:
        assert start.missing
        assert found(facts).state.value == "not_started"


@pytest.mark.parametrize("row", PAGE["Interruption"], ids=lambda row: row["events"])
def test_each_interruption(row: Row) -> None:
    result = found(LimitationFacts(due_on=DUE, events=events(row["events"])))
    arguable = str(result.arguable.last_day) if result.arguable else "-"
    assert [result.state.value, last(result), arguable] == [row["state"], row["last day"], row["arguable"]]


@pytest.mark.parametrize("row", PAGE["After the expiry"], ids=lambda row: row["events"])
def test_after_the_expiry(row: Row) -> None:
    result = found(LimitationFacts(due_on=DUE, events=events(row["events"])))
    assert [result.state.value, last(result)] == [row["state"], row["last day"]]
    assert (result.first_expired_on is not None) == (row["state"] == "renewed")


@pytest.mark.parametrize("row", PAGE["Suspension"], ids=lambda row: f"{row['obstacle from']} {row['until']}")
def test_each_suspension(row: Row) -> None:
    obstacle = Obstacle(
        date.fromisoformat(row["obstacle from"]), day(row["until"]), ObstacleKind.FORCE_MAJEURE
    )
    result = found(LimitationFacts(due_on=DUE, obstacles=(obstacle,)))
    assert [result.state.value, last(result)] == [row["state"], row["last day"]]


@pytest.mark.parametrize("row", PAGE["Twenty years"], ids=lambda row: row["due"])
def test_twenty_years(row: Row) -> None:
    result = found(LimitationFacts(due_on=day(row["due"]), events=events(row["events"])))
    assert last(result) == row["last day"]


@pytest.mark.parametrize("row", PAGE["Proof"], ids=lambda row: f"{row['act']} {row['material']}")
def test_what_a_proof_is_worth(row: Row) -> None:
    judged = judge_proof(Act(row["act"]), Material(row["material"]))
    assert judged.grade is Grade[row["grade"].upper()]
    assert (judged.missing is None) == (judged.grade is Grade.PROVEN)


def test_a_press_notice_needs_a_debtor_who_cannot_be_found() -> None:
    assert judge_proof(Act.DEMAND, Material.MEDIA_NOTICE, is_debtor_missing=True).grade is Grade.PROVEN


@pytest.mark.parametrize("row", PAGE["Signers"], ids=lambda row: row["signer"])
def test_who_may_sign(row: Row) -> None:
    for column in ("company", "person"):
        worth = material_of_signature(Signer(row["signer"]), is_company=column == "company")
        assert worth.value == row[column]


@pytest.mark.parametrize("row", PAGE["What is refused"], ids=lambda row: row["result"])
def test_what_is_refused(row: Row) -> None:
    result = limitation(LimitationFacts(due_on=day(row["due"]), events=events(row["events"])))
    assert is_problem(result)
    assert result.code == row["result"]
