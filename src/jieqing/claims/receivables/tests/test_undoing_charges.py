"""An import with charges is undone: what was accrued goes with it; what a person decided stands in the way and is named."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.receivables.engine.accruing import ChargeMode, Terms
from jieqing.claims.receivables.engine.charge_plan import DecisionKind
from jieqing.claims.receivables.models import Posting
from jieqing.claims.receivables.services import charge_decisions, charges
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope

DAY = date(2026, 6, 30)
TERMS = Terms(ChargeMode.ACCRUE, ClaimKind.SALE, penalty_rate=Decimal("0.0005"), rate_basis=RateBasis.DAY)


@pytest.fixture
def books(db: None) -> Iterator[Books]:
    with clock.frozen(datetime(2026, 8, 31, 4, tzinfo=UTC)):
        books = open_books()
        unwrap(charges.set_charge_terms(actor=books.actor, terms=TERMS, reason="合同第八条"))
        yield books
        assert books.findings() == []


def test_accrued_charges_go_with_their_import(books: Books) -> None:
    made = books.imported(csv_of([("明达", "FP-1", "2026-05-01", "2026-06-10", "10000.00", "", "")]))
    unwrap(charges.accrue_charges(actor=books.actor, until=DAY))
    before = books.report(DAY)
    assert books.open_amount(DAY) == 1_010_000
    books.undone(made)
    assert books.open_amount(DAY) == 0
    with site_scope(books.site_id):
        assert not Posting.objects.filter(voided_rev=None).exists()
    books.imported(csv_of([("明达", "FP-1", "2026-05-01", "2026-06-10", "10000.00", "", "")]), "again.csv")
    unwrap(charges.recount_charges(actor=books.actor))
    assert books.report(DAY) == before


def test_a_decided_fee_stands_in_the_way_and_is_named(books: Books) -> None:
    made = books.imported(csv_of([("明达", "FP-1", "2026-05-01", "2026-06-10", "10000.00", "", "")]))
    asked = charge_decisions.ask_for_decision(
        actor=books.actor,
        item=books.items()["FP-1"],
        kind=DecisionKind.FEE,
        amount_minor=3_000,
        on=DAY,
        reason="公证费",
    )
    second = replace(books.actor, id=new_id())
    unwrap(charge_decisions.approve_decision(actor=second, decision=unwrap(asked)))
    found = books.undo(made)
    assert is_problem(found) and found.code == "ledger.posted_upon"
    assert "息费决定" in found.todo("zh") and "decisions on charges" in found.todo("en")
    unwrap(charge_decisions.take_back_decision(actor=second, decision=unwrap(asked), reason="撤销导入"))
    books.undone(made)
