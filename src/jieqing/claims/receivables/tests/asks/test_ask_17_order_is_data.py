"""Ask 17. The order of appropriation by policy.

Requirement: the order is data, versioned per tenant and law (in China by default: costs of realising the claim -> interest
-> principal, 民法典 561); golden tests; a debtor's designation is respected where the law gives it.
Source: apache/fineract PR #3369; zerodha/erpnext PR #6; frappe/lending PR #18, #1073.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables.engine.accruing import ChargeMode, Terms
from jieqing.claims.receivables.engine.acts import ActKind
from jieqing.claims.receivables.engine.appropriation_facts import BY_LAW, Order, Policy
from jieqing.claims.receivables.models import Appropriation, AppropriationOrder
from jieqing.claims.receivables.selectors.appropriation import appropriation_orders, policies_for
from jieqing.claims.receivables.services import charges
from jieqing.claims.receivables.services.acts import ActOrder, act_on_item, take_back_act
from jieqing.claims.receivables.services.appropriation_orders import set_order
from jieqing.claims.receivables.tests.asks.test_ask_16_back_dated_payment import paid
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope

TERMS = Terms(ChargeMode.ACCRUE, ClaimKind.SALE, penalty_rate=Decimal("0.0005"), rate_basis=RateBasis.DAY)
PRINCIPAL_FIRST = Policy(within=(Part.PRINCIPAL, Part.COSTS, Part.INTEREST, Part.PENALTY))
PAID_ON = date(2026, 6, 30)


@pytest.fixture
def books(db: None) -> Iterator[Books]:
    """10,000.00 due June 10 at 5.00 a day, 4,000.00 not due; 3,000.00 paid on June 30 without a word."""
    with clock.frozen(datetime(2026, 8, 31, 4, tzinfo=UTC)):
        books = open_books()
        books.imported(
            csv_of(
                [
                    ("明达", "FP-1", "2026-05-01", "2026-06-10", "10000.00", "", ""),
                    ("明达", "FP-2", "2026-05-20", "2026-09-10", "4000.00", "", ""),
                ]
            )
        )
        unwrap(charges.set_charge_terms(actor=books.actor, terms=TERMS, reason="合同第八条"))
        unwrap(charges.accrue_charges(actor=books.actor, until=PAID_ON))
        books.imported(paid("SK-1", PAID_ON, 3000_00))
        yield books
        assert books.findings() == []


def ordered(books: Books, policy: Policy, since: date = date(2026, 1, 1)) -> None:
    unwrap(set_order(actor=books.actor, policy=policy, effective_from=since, reason="合同第九条"))


def parts(books: Books, *, live: bool = True) -> list[tuple[str, Part, int]]:
    with site_scope(books.site_id):
        rows = Appropriation.objects.filter(voided_rev__isnull=live).select_related("document")
        return sorted((one.document.document_number, Part(one.part), one.amount_minor) for one in rows)


def test_ask_17_nothing_goes_by_itself_until_an_order_is_set(books: Books) -> None:
    assert parts(books) == []
    ordered(books, Policy())
    assert parts(books) == [("FP-1", Part.PENALTY, 100_00), ("FP-1", Part.PRINCIPAL, 2900_00)]


def test_ask_17_a_changed_order_allocates_again_and_keeps_what_was(books: Books) -> None:
    ordered(books, Policy())
    ordered(books, PRINCIPAL_FIRST)
    assert parts(books) == [("FP-1", Part.PRINCIPAL, 3000_00)]
    assert parts(books, live=False) == [("FP-1", Part.PENALTY, 100_00), ("FP-1", Part.PRINCIPAL, 2900_00)]
    # From a day after the payment on, the order of its own day holds again.
    ordered(books, Policy())
    ordered(books, PRINCIPAL_FIRST, date(2026, 7, 1))
    assert parts(books) == [("FP-1", Part.PENALTY, 100_00), ("FP-1", Part.PRINCIPAL, 2900_00)]
    with site_scope(books.site_id):
        told = [(one.number, one.within[0]) for one in appropriation_orders()]
    assert told == [(4, "principal"), (3, "costs"), (2, "principal"), (1, "costs")]


def test_ask_17_a_creditors_own_order_comes_before_the_sites(books: Books) -> None:
    creditor, other = books.items()["FP-1"].creditor_id, new_id()
    own = unwrap(
        set_order(
            actor=books.actor,
            policy=PRINCIPAL_FIRST,
            effective_from=date(2026, 1, 1),
            reason="合同",
            creditor_id=creditor,
        )
    )
    ordered(books, Policy())
    assert own.order.creditor_id == creditor
    assert parts(books) == [("FP-1", Part.PRINCIPAL, 3000_00)]
    with site_scope(books.site_id):
        orders = AppropriationOrder.objects.all()
        assert policies_for(orders, creditor).on(PAID_ON) == PRINCIPAL_FIRST  # type: ignore[union-attr]
        assert policies_for(orders, other).on(PAID_ON) == Policy()  # type: ignore[union-attr]
        assert policies_for(orders.filter(creditor_id=creditor), other) is None
    unknown = set_order(
        actor=books.actor, policy=Policy(), effective_from=PAID_ON, reason="x", creditor_id=other
    )
    assert is_problem(unknown) and unknown.code == "appropriation.creditor_unknown"


def test_ask_17_the_debtors_designation_is_respected(books: Books) -> None:
    """A person puts the payment on the document that the debtor named; the order gives way, and comes back with it."""
    ordered(books, Policy())
    items = books.items()
    named = act_on_item(
        actor=books.actor,
        item=items["FP-2"],
        order=ActOrder(ActKind.APPLICATION, 2000_00, PAID_ON, "付款附言写明 FP-2", items["SK-1"]),
    )
    assert parts(books) == [("FP-1", Part.PENALTY, 100_00), ("FP-1", Part.PRINCIPAL, 900_00)]
    unwrap(take_back_act(actor=books.actor, act=unwrap(named), reason="附言有误"))
    assert parts(books) == [("FP-1", Part.PENALTY, 100_00), ("FP-1", Part.PRINCIPAL, 2900_00)]


def test_ask_17_what_the_books_say_stands_unless_the_order_covers_it(books: Books) -> None:
    """The creditor's books put 500.00 on the principal of FP-1; by agreement such payments go by the order too."""
    row = ("明达", "FP-1", "2026-05-01", "2026-06-10", "10000.00", "500.00", "2026-06-30")
    books.imported(csv_of([row]), "收款.csv")
    ordered(books, Policy())
    assert parts(books) == [("FP-1", Part.PENALTY, 100_00), ("FP-1", Part.PRINCIPAL, 2900_00)]
    ordered(books, Policy(covers_booked=True))
    # The named payment covers the charges in place; the free one finds only principal.
    assert parts(books) == [("FP-1", Part.PENALTY, 100_00), ("FP-1", Part.PRINCIPAL, 3000_00)]


def test_ask_17_an_order_is_whole_and_has_a_reason(books: Books) -> None:
    for policy, reason, code in (
        (Policy(), " ", "appropriation.reason_missing"),
        (Policy(within=(Part.PRINCIPAL, Part.COSTS)), "x", "appropriation.parts_missing"),
        (Policy(within=(*BY_LAW, Part.COSTS)), "x", "appropriation.parts_missing"),
    ):
        found = set_order(actor=books.actor, policy=policy, effective_from=PAID_ON, reason=reason)
        assert is_problem(found) and found.code == code
    oldest = Policy(Order.OLDEST_DUE_FIRST)
    ordered(books, oldest)
    assert parts(books)[0] == ("FP-1", Part.PENALTY, 100_00)
