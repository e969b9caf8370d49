"""One draw for many days says, to the fen, what a statement drawn on each of those days says."""

from datetime import date, timedelta
from decimal import Decimal
from unittest.mock import patch

from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.receivables.engine.account_plan import Document, Free, Named, plan_account
from jieqing.claims.receivables.engine.accruing import Accrual, ChargeMode, Course, Terms, accrued
from jieqing.claims.receivables.engine.appropriation_facts import Order, Policies, Policy
from jieqing.claims.receivables.engine.charge_plan import Decided, DecisionKind, plan_charges
from jieqing.claims.receivables.services import charges
from jieqing.claims.receivables.services.appropriation_orders import set_order
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel.outcomes import unwrap

# Before the LPR, over its birth, over the SME decree and until the last published months.
FIRST = date(2019, 5, 1)
DAYS = st.integers(0, 2_700).map(lambda days: FIRST + timedelta(days=days))
RATES = st.sampled_from([None, Decimal("0.0005"), Decimal("0.06"), Decimal("0.1825"), Decimal("0.24")])


@st.composite
def terms_of_any_kind(draw) -> Terms:
    kind = draw(st.sampled_from([ClaimKind.SALE, ClaimKind.SERVICE, ClaimKind.SME_SUPPLY, ClaimKind.CONSTRUCTION,
                                 ClaimKind.PRIVATE_LOAN]))  # fmt: skip
    multiple = st.sampled_from([None, Decimal("1.3"), Decimal("1.5")])
    basis = st.sampled_from([None, *RateBasis])
    return Terms(ChargeMode.ACCRUE, kind, draw(RATES), draw(RATES), draw(basis), draw(multiple))


@st.composite
def courses(draw) -> Course:
    invoiced = draw(DAYS)
    due = draw(st.none() | st.integers(0, 120).map(lambda days: invoiced + timedelta(days=days)))
    minor = draw(st.integers(1, 10**9))
    changes = draw(st.lists(st.tuples(DAYS, st.integers(-minor, minor).filter(bool)), max_size=5))
    return Course(minor, "CNY", invoiced, due, tuple(sorted(changes)))


@given(terms_of_any_kind(), courses(), st.lists(DAYS, min_size=1, max_size=12), DAYS)
def test_a_day_from_the_lines_is_a_statement_of_that_day(terms, course, days, last):
    accrual = Accrual(terms, course, max(last, *days))
    assert [accrual.by(day) for day in days] == [accrued(terms, course, day) for day in days]


def day_by_day():
    """The same walk with a statement drawn on every day: the second formulation."""
    return patch.object(Accrual, "by", lambda self, day: accrued(self.terms, self.course, day))


@settings(max_examples=60)
@given(terms_of_any_kind(), courses(), st.lists(DAYS, max_size=6))
def test_the_plan_of_an_item_is_that_of_day_by_day(terms, course, days):
    fee = Decided(DecisionKind.FEE, course.invoice_on + timedelta(days=90), 5_000)
    fast = plan_charges(terms, course, days, [fee])
    with day_by_day():
        assert fast == plan_charges(terms, course, days, [fee])


@st.composite
def accounts(draw):
    documents = []
    for index in range(draw(st.integers(1, 4))):
        course = draw(courses())
        course = Course(course.amount_minor, "CNY", course.invoice_on, course.due_on)
        amounts = st.integers(1, course.amount_minor)
        named = draw(st.lists(st.builds(Named, DAYS, amounts, st.booleans()), max_size=3))
        raised = draw(st.lists(st.tuples(DAYS, amounts), max_size=2))
        documents.append(Document(f"D{index}", course, tuple(named), (), tuple(raised)))
    free = [Free(f"C{index}", on, minor) for index, (on, minor) in
            enumerate(draw(st.lists(st.tuples(DAYS, st.integers(1, 10**9)), max_size=4)))]  # fmt: skip
    return documents, free


@settings(max_examples=60)
@given(terms_of_any_kind(), accounts(), st.lists(DAYS, max_size=5), st.sampled_from(Order))
def test_the_plan_of_an_account_is_that_of_day_by_day(terms, account, days, between):
    policies = Policies(((date.min, Policy(between)),))
    fast = plan_account(terms, days, policies, *account)
    with day_by_day():
        assert fast == plan_account(terms, days, policies, *account)


def grown(rows: int) -> Books:
    books = open_books()
    books.imported(
        csv_of(
            [
                (f"客户{row % 7}", f"FP-{row}", "2026-03-01", "2026-04-10", f"{1000 + row}.00", *paid)
                for row in range(rows)
                for paid in [("300.00", "2026-05-20") if row % 3 == 0 else ("", "")]
            ]
        )
    )
    terms = Terms(ChargeMode.ACCRUE, penalty_rate=Decimal("0.0005"), rate_basis=RateBasis.DAY)
    unwrap(charges.set_charge_terms(actor=books.actor, terms=terms, reason="合同第八条"))
    order = Policy(covers_booked=True)
    unwrap(set_order(actor=books.actor, policy=order, effective_from=date(2020, 1, 1), reason="合同第九条"))
    return books


def test_accruing_more_items_takes_no_more_statements(db: None) -> None:
    counted = []
    for rows in (7, 70):
        books = grown(rows)
        with CaptureQueriesContext(
            connection,
        ) as told:
            done = unwrap(charges.accrue_charges(actor=books.actor, until=date(2026, 6, 30)))
        assert done.written > rows
        assert books.findings() == []
        again = unwrap(charges.accrue_charges(actor=books.actor, until=date(2026, 6, 30)))
        assert (again.written, again.ended) == (0, 0)
        counted.append(len(told))
    assert counted[0] == counted[1]
