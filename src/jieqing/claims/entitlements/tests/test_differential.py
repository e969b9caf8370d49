"""Facts drawn at random, told twice: by the engine and day by day. Both must say the same, to the unit."""

from datetime import date

from hypothesis import given

from jieqing.claims.entitlements.engine.debts import debts_of
from jieqing.claims.entitlements.engine.facts import Facts
from jieqing.claims.entitlements.engine.ground import Ground
from jieqing.claims.entitlements.engine.lpr import LPR
from jieqing.claims.entitlements.engine.replay import only_part, replay_many, replay_plain
from jieqing.claims.entitlements.engine.statement import Statement, course_of, draw_statement
from jieqing.claims.entitlements.tests import day_by_day
from jieqing.claims.entitlements.tests.random_facts import days, facts
from jieqing.kernel.outcomes import unwrap


@given(facts(), days())
def test_both_formulations_say_the_same(given_facts: Facts, as_of: date) -> None:
    statement = draw_statement(given_facts, as_of)
    assert isinstance(statement, Statement), statement
    assert {
        "principal": statement.principal_minor,
        "interest": statement.interest_minor - statement.doubled_minor,
        "penalty": statement.penalty_minor,
        "doubled": statement.doubled_minor,
        "costs": statement.costs_minor,
        "surplus": statement.surplus_minor,
    } == day_by_day.owed(given_facts, as_of)


@given(facts(is_ordinary=True), days())
def test_an_ordinary_claim_is_replayed_alike_alone_and_among_many(given_facts: Facts, as_of: date) -> None:
    ground = Ground(given_facts, as_of, LPR)
    [debt] = unwrap(debts_of(ground))
    course = course_of(ground)
    part = only_part(debt)
    if part is None:
        return
    alone, among = replay_plain(debt, part, course.payments, course.end), replay_many([debt], course)
    assert ([*alone.lines], [*alone.shares], alone.opens) == ([*among.lines], [*among.shares], among.opens)
    assert (alone.costs, alone.surplus) == (among.costs, among.surplus)
