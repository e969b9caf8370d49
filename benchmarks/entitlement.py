"""``entitlement``: full statements of what is owed, 60 segments each, one core, facts in, statement out.

The claim: construction money due in 2019, floating with every publication of the LPR since, paid down in 47 parts, so
13 stretches of the LPR and 47 payments make 60 segments. Ours is ``draw_statement``: terms, LPR look-up, appropriation
to interest and principal, every segment with its rule. The limit is a bare loop over the same segments, prepared: days,
rate as integers and the payment at the end stand ready, and it does only the arithmetic (accrue, round, interest first,
new base), keeping each base and amount. Both must end at the same fen, and a sample at that of the second formulation,
which walks day by day with fractions.
"""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from benchmarks.frame import Contender, Goal, Result, alternate, expect, load_average
from jieqing.claims.entitlements.engine.charges import compiled
from jieqing.claims.entitlements.engine.facts import ClaimKind, Facts, Item, Payment, RateBasis
from jieqing.claims.entitlements.engine.statement import Statement, draw_statement
from jieqing.claims.entitlements.tests import day_by_day
from jieqing.kernel.money import Rounding

STATEMENTS = 3_000
SEGMENTS = 60
PAYMENTS = 47
SAMPLE = 60
AS_OF = date(2026, 8, 31)
FIRST_DUE = date(2019, 8, 20)
Sums = list[tuple[int, int]]
Prepared = tuple[int, list[tuple[int, int, int, int, int]]]


def draw_facts(chance: random.Random) -> Facts:
    """One claim whose statement has exactly the segments promised."""
    while True:
        due = FIRST_DUE + timedelta(days=chance.randrange(28))
        principal = chance.randrange(10**8, 10**11)
        payments, day = [], due
        for _ in range(PAYMENTS):
            day += timedelta(days=chance.randrange(42, 64))
            payments.append(Payment(day, principal // 60 + chance.randrange(principal // 500)))
        chance.shuffle(payments)
        facts = Facts(
            ClaimKind.CONSTRUCTION,
            (Item("A", principal, due, rate_basis=RateBasis.YEAR_365),),
            tuple(payments),
            contract_date=due - timedelta(days=chance.randrange(90, 900)),
        )
        if len(list(_drawn(facts).replayed.lines)) == SEGMENTS:
            return facts


def _drawn(facts: Facts) -> Statement:
    statement = draw_statement(facts, AS_OF)
    if not isinstance(statement, Statement):
        raise SystemExit(f"no statement: {statement.en}")
    return statement


def prepare(facts: Facts) -> Prepared:
    """The segments as a bare loop would wish for them."""
    paid: dict[int, int] = {}
    for payment in facts.payments:
        paid[payment.day.toordinal() + 1] = payment.amount_minor
    segments = []
    for first, end, _, charge, _, _ in _drawn(facts).replayed.lines:
        _, numer, addend, denom, _ = compiled(charge, Rounding.HALF_UP)
        segments.append((end - first, numer, addend, denom, paid.get(end, 0)))
    return facts.items[0].principal_minor, segments


def bare(claims: list[Prepared]) -> list[tuple[int, int, list[int]]]:
    found = []
    for principal, segments in claims:
        base, interest = principal, 0
        kept: list[int] = []
        for days, numer, addend, denom, payment in segments:
            amount = (base * days * numer + addend) // denom
            kept += (base, amount)
            interest += amount
            if payment > interest:
                base -= payment - interest
                interest = 0
            else:
                interest -= payment
        found.append((base, interest, kept))
    return found


def ours(claims: list[Facts]) -> list[Any]:
    return [draw_statement(facts, AS_OF) for facts in claims]


def check_against_second(claims: list[Facts], sums: Sums) -> None:
    for facts, (principal, interest) in list(zip(claims, sums, strict=True))[:: len(claims) // SAMPLE]:
        second = day_by_day.owed(facts, AS_OF)
        expect((principal, interest), (second["principal"], second["interest"]), "the second formulation")
        expect(second["surplus"] + second["penalty"], 0, "the second formulation")


def run(seed: int) -> Result:
    chance = random.Random(seed)
    claims = [draw_facts(chance) for _ in range(STATEMENTS)]
    sums: Sums = [(found.principal_minor, found.interest_minor) for found in map(_drawn, claims)]
    check_against_second(claims, sums)
    prepared = [prepare(facts) for facts in claims]
    statements = Contender(
        "ours",
        lambda: ours(claims),
        lambda found: expect([(one.principal_minor, one.interest_minor) for one in found], sums, "ours"),
    )
    limit = Contender(
        "limit",
        lambda: bare(prepared),
        lambda found: expect([(base, interest) for base, interest, _ in found], sums, "the bare loop"),
    )
    alternate([statements, limit], runs=9)
    per_minute = STATEMENTS / statements.median * 60
    bare_per_minute = STATEMENTS / limit.median * 60
    return Result(
        name="entitlement",
        work=f"full statements of {SEGMENTS} segments each, {STATEMENTS:,} claims with {PAYMENTS} payments, one core",
        ours=per_minute,
        unit="statements/min",
        peers={},
        limit=("the same arithmetic as a bare loop over prepared segments", bare_per_minute),
        ratios={"limit": bare_per_minute / per_minute},
        goals=(
            Goal("statements a minute on one core", ">=", 50_000, per_minute),
            Goal("times the bare loop", "<=", 5, bare_per_minute / per_minute),
        ),
        notes={
            "seed": seed,
            "runs": len(statements.seconds),
            "sample equal to the second formulation": SAMPLE,
            "load average": load_average(),
        },
    )
