"""What must hold of every statement, whatever the facts."""

import random
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from jieqing.claims.entitlements.engine.facts import ClaimKind, Facts, Item, RateBasis
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.entitlements.engine.statement import Statement, draw_statement, draw_totals
from jieqing.claims.entitlements.tests.random_facts import AMOUNTS, days, facts
from jieqing.kernel.money import round_ratio
from jieqing.kernel.outcomes import unwrap


def drawn(given_facts: Facts, as_of: date) -> Statement:
    return unwrap(draw_statement(given_facts, as_of))


@given(facts(), days())
def test_no_unit_is_lost(given_facts: Facts, as_of: date) -> None:
    found = drawn(given_facts, as_of)
    counted = [payment for payment in given_facts.payments if payment.day <= as_of]
    origin = given_facts.contract_date
    if origin is not None and origin > as_of and given_facts.kind is not ClaimKind.JUDGMENT:
        counted = []
    assert sum(line.amount_minor for line in found.appropriations) + found.surplus_minor == sum(
        payment.amount_minor for payment in counted
    )
    owed = sum(item.principal_minor - item.prepaid_interest_minor for item in given_facts.items)
    assert found.principal_minor == owed - found.paid_minor(Part.PRINCIPAL)
    interest = (Part.INTEREST, Part.DOUBLED)
    assert found.interest_minor == sum(found.accrued_minor(p) - found.paid_minor(p) for p in interest)
    assert found.penalty_minor == found.accrued_minor(Part.PENALTY) - found.paid_minor(Part.PENALTY)
    spent = sum(cost.amount_minor for cost in given_facts.costs if cost.day <= as_of)
    assert found.costs_minor == spent - found.paid_minor(Part.COSTS)
    assert min(found.principal_minor, found.interest_minor, found.penalty_minor, found.costs_minor) >= 0


@given(facts(), days())
def test_every_segment_is_its_own_product(given_facts: Facts, as_of: date) -> None:
    for segment in drawn(given_facts, as_of).segments:
        assert segment.first < segment.end <= as_of + timedelta(days=1)
        assert segment.days == (segment.end - segment.first).days
        numer, denom = segment.rate.rate.as_integer_ratio()
        assert segment.amount_minor == round_ratio(
            segment.base_minor * segment.days * numer, denom * segment.rate.day_count, given_facts.rounding
        )
        assert segment.rule.article


@given(facts(), days(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_written_does_not_matter(
    given_facts: Facts, as_of: date, chance: random.Random
) -> None:
    def shuffled(rows: tuple) -> tuple:  # type: ignore[type-arg]
        return tuple(chance.sample(rows, len(rows)))

    other = replace(
        given_facts,
        items=shuffled(given_facts.items),
        payments=shuffled(given_facts.payments),
        costs=shuffled(given_facts.costs),
    )
    one, two = drawn(given_facts, as_of), drawn(other, as_of)
    assert (one.segments, one.appropriations) == (two.segments, two.appropriations)
    assert (one.total_minor, one.surplus_minor) == (two.total_minor, two.surplus_minor)


@given(facts(), days(), st.integers(0, 60))
def test_a_later_day_accrues_no_less(given_facts: Facts, as_of: date, more: int) -> None:
    # What is capped or floats by the day of the statement itself may change with it.
    assume(given_facts.contract_date is not None and given_facts.suit_date is not None)
    given_facts = replace(given_facts, payments=(), costs=())
    early, late = drawn(given_facts, as_of), drawn(given_facts, as_of + timedelta(days=more))
    for part in (Part.INTEREST, Part.PENALTY, Part.DOUBLED):
        assert early.accrued_minor(part) <= late.accrued_minor(part)


@given(AMOUNTS, days(), st.integers(0, 900), st.integers(0, 5000), st.integers(0, 5000))
def test_a_higher_rate_accrues_no_less(amount: int, due: date, late: int, one: int, other: int) -> None:
    low, high = sorted((one, other))

    def interest(rate: int) -> int:
        item = Item("A", amount, due, rate=Decimal(rate).scaleb(-4), rate_basis=RateBasis.YEAR_365)
        claim = Facts(ClaimKind.PRIVATE_LOAN, (item,), contract_date=due - timedelta(days=30), suit_date=due)
        return drawn(claim, due + timedelta(days=late)).interest_minor

    assert interest(low) <= interest(high)


@given(AMOUNTS, days(), st.integers(1, 400), st.integers(1, 400))
def test_days_add_up(amount: int, due: date, first: int, second: int) -> None:
    """Two statements of adjoining runs of days differ from the one over both by their roundings only."""

    def accrued(since: date, days_late: int) -> int:
        item = Item("A", amount, since, rate=Decimal("0.0731"), rate_basis=RateBasis.YEAR_365)
        claim = Facts(ClaimKind.SALE, (item,), contract_date=due)
        return drawn(claim, since + timedelta(days=days_late)).interest_minor

    whole = accrued(due, first + second)
    assert abs(accrued(due, first) + accrued(due + timedelta(days=first), second) - whole) <= 1


@given(st.lists(facts(), max_size=4), days())
def test_columns_are_the_statements(many: list[Facts], as_of: date) -> None:
    statements = [drawn(one, as_of) for one in many]
    columns = draw_totals(many, as_of)
    assert columns.interest_minor == [one.interest_minor for one in statements]
    assert [sum(row) for row in zip(*columns, strict=True)] == [one.total_minor for one in statements]
