"""Facts drawn at random: every kind, cheap amounts and large ones, payments in any order."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from jieqing.claims.entitlements.engine.facts import (
    DEFAULT_ORDER,
    ClaimKind,
    Cost,
    Facts,
    Instalment,
    Item,
    Judgment,
    Payment,
    PenaltyMode,
    RateBasis,
    Span,
)
from jieqing.kernel.money import Rounding

FIRST = date(2019, 5, 1)
DAYS = 600
AMOUNTS = st.one_of(st.integers(1, 500), st.integers(1, 10**7), st.integers(10**14, 10**15))
RATES = st.one_of(st.none(), st.integers(0, 40).map(lambda percent: Decimal(percent).scaleb(-2)))
ORDERS = st.one_of(st.just(DEFAULT_ORDER), st.permutations(DEFAULT_ORDER).map(tuple))


def days(first: date = FIRST, span: int = DAYS) -> st.SearchStrategy[date]:
    return st.integers(0, span).map(lambda number: first + timedelta(days=number))


@st.composite
def items(draw: st.DrawFn, number: int) -> Item:
    basis = draw(st.sampled_from([None, *RateBasis]))
    rate, penalty = draw(RATES), draw(RATES)
    if basis is RateBasis.DAY:
        rate, penalty = (found and found / 400 for found in (rate, penalty))
    principal = draw(AMOUNTS)
    return Item(
        id=f"I{number}",
        principal_minor=principal,
        due=draw(st.one_of(st.none(), days(), days())),
        secured_minor=draw(st.sampled_from([0, 0, -1, 100])),
        rate=rate,
        penalty_rate=draw(st.sampled_from([None, penalty])),
        rate_basis=basis,
        prepaid_interest_minor=draw(st.sampled_from([0, 0, principal // 10])),
        interest_from=draw(st.one_of(st.none(), days())),
        penalty_mode=draw(st.sampled_from([None, *PenaltyMode])),
        is_advance=draw(st.integers(0, 7)) == 0,
    )


@st.composite
def judgments(draw: st.DrawFn, principal: int | None) -> Judgment:
    instalments = []
    if principal and principal > 2 and draw(st.booleans()):
        first = draw(st.integers(1, principal - 1))
        instalments = [Instalment(draw(days()), first)]
        if draw(st.booleans()):
            instalments.append(Instalment(draw(days()), principal - first))
    spans = []
    if draw(st.integers(0, 2)) == 0:
        since = draw(days())
        spans.append(Span(since, since + timedelta(days=draw(st.integers(0, 90)))))
    return Judgment(draw(days()), draw(st.one_of(st.none(), days())), tuple(instalments), tuple(spans))


@st.composite
def facts(draw: st.DrawFn, *, is_ordinary: bool = False) -> Facts:
    """Any facts, or those of an ordinary claim: one debt, no judgment, no costs, the order of the law."""
    kind = draw(
        st.sampled_from([kind for kind in ClaimKind if not is_ordinary or kind is not ClaimKind.JUDGMENT])
    )
    owed = tuple(draw(items(number)) for number in range(1 if is_ordinary else draw(st.integers(1, 4))))
    only = owed[0].principal_minor - owed[0].prepaid_interest_minor if len(owed) == 1 else None
    is_judged = kind is ClaimKind.JUDGMENT or (not is_ordinary and draw(st.integers(0, 4)) == 0)
    judgment = draw(judgments(only)) if is_judged else None
    costs = 0 if is_ordinary else draw(st.integers(0, 2))
    named = st.sampled_from([None, None, *(item.id for item in owed)])
    return Facts(
        kind=kind,
        items=owed,
        payments=tuple(
            Payment(draw(days()), draw(AMOUNTS), draw(named)) for _ in range(draw(st.integers(0, 6)))
        ),
        costs=tuple(Cost(draw(days()), draw(st.integers(1, 10**5))) for _ in range(costs)),
        contract_date=draw(st.one_of(st.none(), days(), days())),
        creditor_kind=draw(st.sampled_from([None, "individual", "company", "bank", "small_loan"])),
        debtor_kind=draw(st.sampled_from([None, "government", "large_enterprise", "company"])),
        judgment=judgment,
        suit_date=draw(st.one_of(st.none(), days())),
        late_multiple=draw(st.sampled_from([None, Decimal("1.3"), Decimal("1.42"), Decimal("1.5")])),
        delivered_on=draw(st.one_of(st.none(), days())),
        settlement_submitted_on=draw(st.one_of(st.none(), days())),
        is_floating=draw(st.sampled_from([None, False, True])),
        rounding=draw(st.sampled_from([*Rounding][: 1 if is_ordinary else None])),
        order=DEFAULT_ORDER if is_ordinary else draw(ORDERS),
        asks_old_rule=draw(st.booleans()),
    )
