"""Ask 16. A back-dated payment wrecks the allocation.

Requirement: insert any permutation of dated payments -> the final allocation is identical to the chronological replay;
penalty interest is counted again; the old allocation is kept as superseded history.
Source: frappe/lending PR #878, #1150.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest
from django.db.models import Sum

from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables.engine.account_plan import Document, Free, pairs_of_parts, plan_account
from jieqing.claims.receivables.engine.accounts import Account, PostingKind
from jieqing.claims.receivables.engine.accruing import ChargeMode, Course, Terms
from jieqing.claims.receivables.engine.appropriation_facts import Policies, Policy
from jieqing.claims.receivables.models import Appropriation, LedgerRevision, Posting
from jieqing.claims.receivables.selectors.charges import open_parts
from jieqing.claims.receivables.services import charges
from jieqing.claims.receivables.services.appropriation_orders import set_order
from jieqing.claims.receivables.tests.small_ledgers import Books, Row, csv_of, open_books
from jieqing.kernel import clock
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

TERMS = Terms(ChargeMode.ACCRUE, ClaimKind.SALE, penalty_rate=Decimal("0.0005"), rate_basis=RateBasis.DAY)
DUE, RUN = date(2026, 6, 10), date(2026, 7, 31)
DOCUMENTS: tuple[Row, ...] = (
    ("明达", "FP-1", "2026-05-01", "2026-06-10", "10000.00", "", ""),
    ("明达", "FP-2", "2026-05-20", "2026-07-10", "4000.00", "", ""),
)
PAYMENTS = (
    ("SK-1", date(2026, 6, 30), 3000_00),
    ("SK-2", date(2026, 7, 15), 6000_00),
    ("SK-3", date(2026, 7, 20), 2500_00),
)


def paid(name: str, on: date, minor: int) -> bytes:
    """A payment of the debtor that nobody has put on a document."""
    head = "客户编码,客户名称,单据号,单据类型,单据日期,币种,金额"
    row = f"明达,明达有限公司,{name},收款,{on.isoformat()},CNY,-{minor // 100}.{minor % 100:02}"
    return f"{head}\n{row}\n".encode()


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(datetime(2026, 8, 31, 4, tzinfo=UTC)):
        yield


def opened() -> Books:
    books = open_books()
    books.imported(csv_of(DOCUMENTS))
    unwrap(charges.set_charge_terms(actor=books.actor, terms=TERMS, reason="合同第八条"))
    unwrap(
        set_order(actor=books.actor, policy=Policy(), effective_from=date(2026, 1, 1), reason="民法典第561条")
    )
    return books


def standing(books: Books) -> dict[tuple[str, int, date], int]:
    """The postings of charges and of the order that stand, by document number, account and day."""
    with site_scope(books.site_id):
        rows = Posting.objects.filter(voided_rev=None).exclude(
            kind__in=(PostingKind.INVOICE.value, PostingKind.PAYMENT.value, PostingKind.CREDIT_NOTE.value)
        )
        told: dict[tuple[str, int, date], int] = {}
        for row in rows.select_related("item"):
            at = (row.item.document_number, row.account, row.effective_on)
            told[at] = told.get(at, 0) + row.amount_minor
    return {at: minor for at, minor in told.items() if minor}


def replayed() -> dict[tuple[str, int, date], int]:
    """The same by the engine alone, all facts at once in the order of their days."""
    documents = [
        Document("FP-1", Course(10000_00, "CNY", date(2026, 5, 1), DUE)),
        Document("FP-2", Course(4000_00, "CNY", date(2026, 5, 20), date(2026, 7, 10))),
    ]
    free = [Free(*payment) for payment in PAYMENTS]
    plan = unwrap(plan_account(TERMS, [RUN], Policies(((date(2026, 1, 1), Policy()),)), documents, free))
    told = {
        (item, int(account), on): minor for (item, account, on), minor in pairs_of_parts(plan.placed).items()
    }
    for item, charged in plan.charges.items():
        for (_kind, on), minor in charged.items():
            at = (item, int(Account.CHARGES), on)
            told[at] = told.get(at, 0) + minor
    return {at: minor for at, minor in told.items() if minor}


def test_ask_16_any_order_of_entering_ends_as_the_chronological_replay(db: None) -> None:
    want = replayed()
    # Six of the twenty-four orders; the engine's own test plays any.
    for entered in list(permutations(range(4)))[::4]:
        books = opened()
        for index in entered:
            if index == 3:
                unwrap(charges.accrue_charges(actor=books.actor, until=RUN))
            else:
                books.imported(paid(*PAYMENTS[index]), f"{index}.csv")
        assert standing(books) == want, entered
        assert books.findings() == []


def test_ask_16_penalty_is_counted_again_and_the_old_allocation_is_kept(db: None) -> None:
    books = opened()
    unwrap(charges.accrue_charges(actor=books.actor, until=RUN))
    books.imported(paid(*PAYMENTS[1]), "later.csv")
    before = books.report(RUN)
    with site_scope(books.site_id):
        revision = LedgerRevision.objects.order_by("-number").values_list("number", flat=True)[0]
        first = list(
            Appropriation.objects.filter(voided_rev=None).values_list("effective_on", "part", "amount_minor")
        )
        penalty = _penalty()
    books.imported(paid(*PAYMENTS[0]), "back-dated.csv")
    with site_scope(books.site_id):
        assert _penalty() < penalty, "a payment learnt of late lowers what ran up since its day"
        superseded = Appropriation.objects.exclude(voided_rev=None)
        assert superseded.exists()
        assert {one.voided_rev for one in superseded} == {revision + 2}
        # As known before, every part is there still, to the fen.
        known = [
            (one.effective_on, one.part, one.amount_minor)
            for one in Appropriation.objects.all()
            if one.recorded_rev <= revision and (one.voided_rev is None or one.voided_rev > revision)
        ]
        assert sorted(known) == sorted(first)
        at = LedgerRevision.objects.get(number=revision).at
        assert at is not None
    assert books.report(RUN) != before


def test_ask_16_taking_the_import_back_restores_what_stood(db: None) -> None:
    books = opened()
    unwrap(charges.accrue_charges(actor=books.actor, until=RUN))
    books.imported(paid(*PAYMENTS[1]), "later.csv")
    before = standing(books)
    late = books.imported(paid(*PAYMENTS[0]), "back-dated.csv")
    assert standing(books) != before
    books.undone(late)
    assert standing(books) == before
    assert books.findings() == []


def test_ask_16_parts_are_the_order_of_article_561(db: None) -> None:
    """3,000.00 on June 30: 20 days at 5.00 come first, the rest lowers the principal of the document that is due."""
    books = opened()
    unwrap(charges.accrue_charges(actor=books.actor, until=date(2026, 6, 30)))
    books.imported(paid(*PAYMENTS[0]), "SK.csv")
    with site_scope(books.site_id):
        items = books.items()
        parts = Appropriation.objects.filter(voided_rev=None).order_by("part")
        assert [(one.part, one.amount_minor) for one in parts] == [
            (Part.PENALTY, 100_00), (Part.PRINCIPAL, 2900_00),
        ]  # fmt: skip
        assert open_parts(items["FP-1"].id, as_of=date(2026, 6, 30)) == (7100_00, 0)
        assert open_parts(items["SK-1"].id, as_of=date(2026, 6, 30)) == (0, 0)


def _penalty() -> int:
    rows = Posting.objects.filter(voided_rev=None, kind=PostingKind.PENALTY.value)
    return int(rows.aggregate(sum=Sum("amount_minor"))["sum"])
