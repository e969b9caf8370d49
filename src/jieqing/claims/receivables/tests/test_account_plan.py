"""The order of appropriation on a whole account: golden figures by article 561, and any order of facts ends alike."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables.engine.account_plan import (
    AccountPlan,
    Document,
    Free,
    Named,
    pairs_of_parts,
    plan_account,
)
from jieqing.claims.receivables.engine.accounts import Account, PostingKind
from jieqing.claims.receivables.engine.accruing import ChargeMode, Course, Terms
from jieqing.claims.receivables.engine.appropriation_facts import Order, Policies, Policy
from jieqing.claims.receivables.engine.charge_plan import Decided, DecisionKind
from jieqing.kernel.outcomes import unwrap

DAY = date(2026, 5, 1)
DAILY = Terms(ChargeMode.ACCRUE, ClaimKind.SALE, penalty_rate=Decimal("0.0005"), rate_basis=RateBasis.DAY)
PRINCIPAL_FIRST = (Part.PRINCIPAL, Part.COSTS, Part.INTEREST, Part.PENALTY)


def on(days: int) -> date:
    return DAY + timedelta(days=days)


def document(key: str, minor: int, due: int = 40, **more) -> Document:
    return Document(key, Course(minor, "CNY", DAY, on(due)), **more)


def plan(documents, free=(), days=(60, 90), within=None, between=Order.CIVIL_CODE_560, terms=DAILY):
    policy = Policy(between, within) if within else Policy(between)
    policies = Policies(((date.min, policy),))
    return unwrap(plan_account(terms, [on(day) for day in days], policies, documents, free))


def went(found: AccountPlan) -> list[tuple[str, str, Part, int]]:
    return [(one.home, one.document, one.part, one.amount_minor) for one in found.placed]


def test_article_561_takes_costs_then_charges_then_principal():
    """Ask 17, golden: 10,000.00 due day 40 at 5.00 a day; a fee of 50.00; 10,000.00 paid on day 60."""
    fee = Decided(DecisionKind.FEE, on(50), 50_00)
    found = plan([document("D", 1_000_000, decided=(fee,))], [Free("C", on(60), 1_000_000)])
    assert went(found) == [
        ("C", "D", Part.PENALTY, 100_00), ("C", "D", Part.PRINCIPAL, 985_000), ("C", "D", Part.COSTS, 50_00),
    ]  # fmt: skip
    # The rest of the principal bears on: 150.00 at 0.05 % for 30 days.
    assert found.charges["D"] == {
        (PostingKind.PENALTY, on(60)): 100_00,
        (PostingKind.FEE, on(50)): 50_00,
        (PostingKind.PENALTY, on(90)): 225,
    }


def test_an_agreed_order_takes_the_principal_first_and_nothing_runs_on():
    found = plan([document("D", 1_000_000)], [Free("C", on(60), 1_000_000)], within=PRINCIPAL_FIRST)
    assert went(found) == [("C", "D", Part.PRINCIPAL, 1_000_000)]
    assert found.charges["D"] == {(PostingKind.PENALTY, on(60)): 100_00}


def test_a_named_document_comes_first_and_its_excess_goes_by_the_order():
    named = Named(on(61), 300_00, is_booked=False)
    found = plan(
        [document("A", 500_00, 30), document("B", 200_00, 50, named=(named,))], terms=Terms(ChargeMode.NONE)
    )
    assert went(found) == [("B", "A", Part.PRINCIPAL, 100_00)]
    booked = Named(on(61), 300_00, is_booked=True)
    assert went(plan([document("A", 500_00), document("B", 200_00, named=(booked,))])) == []


def test_a_named_payment_covers_charges_of_its_document_in_place():
    named = Named(on(60), 400_000, is_booked=False)
    found = plan([document("D", 1_000_000, named=(named,))], days=(60,))
    assert went(found) == [("D", "D", Part.PENALTY, 100_00)]
    assert pairs_of_parts(found.placed) == {
        ("D", Account.RECEIVABLE, on(60)): 100_00,
        ("D", Account.CHARGES, on(60)): -100_00,
    }


def test_the_order_of_the_payments_day_holds():
    """A site that changed its order on day 70 keeps the old one for what was paid before."""
    policies = Policies(((on(70), Policy(within=PRINCIPAL_FIRST)),))
    free = [Free("C1", on(60), 1_00), Free("C2", on(80), 1_00)]
    found = unwrap(plan_account(DAILY, [on(60), on(90)], policies, [document("D", 1_000_000)], free))
    assert went(found) == [("C1", "D", Part.PENALTY, 1_00), ("C2", "D", Part.PRINCIPAL, 1_00)]


def test_a_payment_does_not_reach_what_was_written_off():
    lost = document("D", 1_000_00, lasting=((on(70), -600_00),))
    found = plan([lost], [Free("C", on(80), 700_00)], terms=Terms(ChargeMode.NONE))
    assert went(found) == [("C", "D", Part.PRINCIPAL, 400_00)]


def test_a_waiver_takes_what_is_open_and_a_cancellation_ends_accrual():
    decided = (
        Decided(DecisionKind.WAIVER, on(60), 30_00),
        Decided(DecisionKind.CANCELLATION, on(61), 999_00),
    )
    found = plan([document("D", 1_000_000, decided=decided)], days=(60, 90))
    assert sum(found.charges["D"].values()) == 0
    assert (PostingKind.PENALTY, on(90)) not in found.charges["D"]


@st.composite
def ledgers(draw):
    documents = []
    for index in range(draw(st.integers(1, 4))):
        named = tuple(
            Named(on(draw(st.integers(0, 90))), draw(st.integers(1, 90_000)), draw(st.booleans()))
            for _ in range(draw(st.integers(0, 2)))
        )
        documents.append(
            document(f"D{index}", draw(st.integers(1, 2_000_000)), draw(st.integers(0, 60)), named=named)
        )
    free = [
        Free(f"C{index}", on(draw(st.integers(0, 100))), draw(st.integers(1, 2_500_000)))
        for index in range(draw(st.integers(0, 4)))
    ]
    return documents, free


@given(ledgers(), st.sampled_from([None, PRINCIPAL_FIRST]), st.sampled_from(Order))
def test_no_fen_is_made_or_lost(books, within, between):
    documents, free = books
    found = plan(documents, free, (20, 60, 90), within, between)
    pairs = pairs_of_parts(found.placed)
    assert sum(pairs.values()) == 0
    opens = {one.key: one.course.amount_minor - sum(n.amount_minor for n in one.named) for one in documents}
    opens |= {one.key: -one.amount_minor for one in free}
    charges = {one.key: sum(found.charges[one.key].values()) for one in documents}
    for (item, account, _on), minor in pairs.items():
        if account is Account.CHARGES:
            charges[item] += minor
        else:
            opens[item] += minor
    assert all(minor >= 0 for minor in charges.values())
    assert all(opens[one.key] <= 0 for one in free), "a payment is not used beyond its amount"
    for one in documents:
        if not any(n.is_booked for n in one.named):
            assert opens[one.key] >= 0 or sum(max(0, v) for v in opens.values()) == 0
    # As long as money is left over, nothing is open that it could have covered.
    if any(opens[one.key] < 0 and one.on <= on(90) for one in free):
        assert not any(opens[one.key] > 0 for one in documents)
