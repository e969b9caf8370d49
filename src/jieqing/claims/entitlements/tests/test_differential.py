"""Facts drawn at random, told twice: by the engine and day by day. Both must say the same, to the unit."""

from datetime import date

from hypothesis import given

from jieqing.claims.entitlements.engine.debts import debts_of
from jieqing.claims.entitlements.engine.facts import Facts
from jieqing.claims.entitlements.engine.ground import Ground
from jieqing.claims.entitlements.engine.lpr import LPR
from jieqing.claims.entitlements.engine.replay import replay_many, replay_one
from jieqing.claims.entitlements.engine.statement import Statement, draw_statement, moves_of
from jieqing.claims.entitlements.tests import day_by_day
from jieqing.claims.entitlements.tests.random_facts import days, facts
from jieqing.kernel.money import Rounding


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


@given(facts(items_max=1), days())
def test_one_debt_is_replayed_alike_alone_and_among_many(given_facts: Facts, as_of: date) -> None:
    ground = Ground(given_facts, as_of, LPR)
    debts = debts_of(ground)
    assert isinstance(debts, list)
    if len(debts) > 1:
        return
    moves = moves_of(ground)
    order = tuple(map(int, given_facts.order))
    half_even = given_facts.rounding is Rounding.HALF_EVEN
    alone = replay_one(debts[0], moves, ground.end, order, half_even)
    among = replay_many(debts, moves, ground.end, order, half_even)
    assert (alone.lines, alone.shares, alone.costs, alone.surplus) == (
        among.lines,
        among.shares,
        among.costs,
        among.surplus,
    )
    assert alone.opens[0][:4] == among.opens[0][:4]
