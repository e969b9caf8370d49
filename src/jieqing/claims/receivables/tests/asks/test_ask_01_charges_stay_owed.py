"""Ask 1. Interest and fees vanish once the principal is paid.

Requirement: pay exactly principal: balance = accrued charges, still collectable; they end only by payment, waiver with
reason and approver, or cancel. Tenant option "threat only" is explicit, logged.
Source: frappe/erpnext#58220; design history PR #35689.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction

from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.account_statement import Terms as StatementTerms
from jieqing.claims.receivables.engine.accounts import PostingKind, PostingSource
from jieqing.claims.receivables.engine.accruing import ChargeMode, Terms
from jieqing.claims.receivables.engine.charge_plan import DecisionKind
from jieqing.claims.receivables.models import ChargeDecision, Item, LedgerRevision, Posting
from jieqing.claims.receivables.selectors.account_statements import Account, newest_revision, read_statement
from jieqing.claims.receivables.selectors.charges import charges_of_debtor, open_parts
from jieqing.claims.receivables.services import account_statements, charge_decisions, charges
from jieqing.claims.receivables.services.account_statements import StatementOrder
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.claims.receivables.tests.test_account_statements import text_of
from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import selectors as evidence

DAY, PAID_ON = date(2026, 6, 30), "2026-06-30"
# 10,000.00 at 0.05 % a day from the day after the due day: 5.00 a day.
DAILY = Terms(ChargeMode.ACCRUE, ClaimKind.SALE, penalty_rate=Decimal("0.0005"), rate_basis=RateBasis.DAY)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with clock.frozen(datetime(2026, 8, 31, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def books(db: None) -> Iterator[Books]:
    found = opened()
    yield found
    assert found.findings() == []


def opened(terms: Terms = DAILY) -> Books:
    books = open_books()
    books.imported(csv_of([row()]))
    unwrap(charges.set_charge_terms(actor=books.actor, terms=terms, reason="合同第八条"))
    return books


def row(paid: str = "", on: str = "") -> tuple[str, str, str, str, str, str, str]:
    return ("明达", "FP-1", "2026-05-01", "2026-06-10", "10000.00", paid, on)


def accrue(books: Books, until: date) -> charges.Accrued:
    return unwrap(charges.accrue_charges(actor=books.actor, until=until))


def item_of(books: Books) -> Item:
    return books.items()["FP-1"]


def parts(books: Books, as_of: date) -> tuple[int, int]:
    with site_scope(books.site_id):
        return open_parts(item_of(books).id, as_of=as_of)


def decided(books: Books, kind: DecisionKind, amount: int | None, on: date = DAY) -> ChargeDecision:
    asked = charge_decisions.ask_for_decision(
        actor=books.actor, item=item_of(books), kind=kind, amount_minor=amount, on=on, reason="对方确有困难"
    )
    return unwrap(asked)


def second(books: Books):
    """Another person of the same site."""
    return replace(books.actor, id=new_id())


def live(books: Books) -> list[tuple[int, date, int]]:
    with site_scope(books.site_id):
        rows = Posting.objects.filter(voided_rev=None, account=1132).order_by("effective_on", "kind")
        return [(one.kind, one.effective_on, one.amount_minor) for one in rows]


def test_ask_01_paying_exactly_the_principal_leaves_exactly_the_charges(books: Books) -> None:
    accrue(books, DAY)
    assert parts(books, DAY) == (1_000_000, 20 * 500)
    books.imported(csv_of([row("10000.00", PAID_ON)]), "收款.csv")
    assert parts(books, DAY) == (0, 10_000)
    # Still collectable: in the ageing, in the list of open items, in the control account, in what the debtor owes.
    with site_scope(books.site_id):
        (ageing,) = selectors.ageing(as_of=DAY)
        assert ageing.total_minor == 10_000 == selectors.ledger_sums(as_of=DAY)["CNY"]
        (listed,) = selectors.items_page(selectors.ItemFilter(), as_of=DAY).rows
        assert (listed.document_number, listed.open_minor) == ("FP-1", 10_000)
        assert charges_of_debtor(item_of(books).debtor_id, as_of=DAY) == {"CNY": 10_000}
    # Nothing runs on a principal that is paid.
    accrue(books, date(2026, 8, 31))
    assert parts(books, date(2026, 8, 31)) == (0, 10_000)


@pytest.mark.rows_by_hand("a bank line that pays principal and charges: matching lines is the bank room's")
def test_ask_01_they_end_by_payment(books: Books) -> None:
    accrue(books, DAY)
    books.imported(csv_of([row("10000.00", PAID_ON)]), "收款.csv")
    with site_scope(books.site_id):
        (paid,) = Posting.objects.filter(kind=PostingKind.PAYMENT)
        for minor, left in ((4_000, 6_000), (6_000, 0)):
            paid.pk, paid.source, paid.amount_minor = None, PostingSource.BANK.value, -minor
            paid.save(force_insert=True)
            assert open_parts(paid.item_id, as_of=DAY) == (0, left)
    assert books.open_amount(DAY) == 0


def test_ask_01_the_same_day_again_writes_nothing(books: Books) -> None:
    first = accrue(books, DAY)
    again = accrue(books, DAY)
    assert (first.written, again.written, again.ended, again.revision) == (1, 0, 0, None)
    # Days in any order end in the same postings.
    accrue(books, date(2026, 7, 31))
    accrue(books, date(2026, 6, 15))
    assert live(books) == [
        (22, date(2026, 6, 15), 2_500), (22, DAY, 7_500), (22, date(2026, 7, 31), 15_500),
    ]  # fmt: skip


def test_ask_01_a_waiver_needs_a_reason_and_a_second_person(books: Books) -> None:
    accrue(books, DAY)
    nameless = charge_decisions.ask_for_decision(
        actor=books.actor, item=item_of(books), kind=DecisionKind.WAIVER, amount_minor=1, on=DAY, reason=" "
    )
    assert is_problem(nameless) and nameless.code == "charges.reason_missing"
    beyond = charge_decisions.ask_for_decision(
        actor=books.actor,
        item=item_of(books),
        kind=DecisionKind.WAIVER,
        amount_minor=10_001,
        on=DAY,
        reason="x",
    )
    assert is_problem(beyond) and beyond.code == "charges.beyond_open"
    asked = decided(books, DecisionKind.WAIVER, 4_000)
    assert parts(books, DAY) == (1_000_000, 10_000), "asking changes nothing"
    alone = charge_decisions.approve_decision(actor=books.actor, decision=asked)
    assert is_problem(alone) and alone.code == "charges.four_eyes"
    unwrap(charge_decisions.approve_decision(actor=second(books), decision=asked))
    assert parts(books, DAY) == (1_000_000, 6_000)
    twice = charge_decisions.approve_decision(actor=second(books), decision=asked)
    assert is_problem(twice) and twice.code == "charges.not_waiting"
    unwrap(charge_decisions.take_back_decision(actor=second(books), decision=asked, reason="误批"))
    assert parts(books, DAY) == (1_000_000, 10_000)


def test_ask_01_the_database_refuses_one_person_twice(books: Books) -> None:
    accrue(books, DAY)
    asked = decided(books, DecisionKind.WAIVER, 4_000)
    with site_scope(books.site_id), pytest.raises(IntegrityError), transaction.atomic():
        ChargeDecision.objects.filter(id=asked.id).update(decided_by=asked.asked_by)


def test_ask_01_a_cancellation_ends_them_and_can_be_taken_back(books: Books) -> None:
    accrue(books, DAY)
    asked = decided(books, DecisionKind.CANCELLATION, None)
    unwrap(charge_decisions.approve_decision(actor=second(books), decision=asked))
    accrue(books, date(2026, 7, 31))
    assert parts(books, date(2026, 7, 31)) == (1_000_000, 0), "nothing runs after a cancellation"
    unwrap(charge_decisions.take_back_decision(actor=second(books), decision=asked, reason="合同确有约定"))
    assert parts(books, date(2026, 7, 31)) == (1_000_000, 51 * 500)


def test_ask_01_a_fee_is_a_charge_too(books: Books) -> None:
    asked = decided(books, DecisionKind.FEE, 3_000)
    unwrap(charge_decisions.approve_decision(actor=second(books), decision=asked))
    assert parts(books, DAY) == (1_000_000, 3_000)
    assert live(books) == [(23, DAY, 3_000)]


def test_ask_01_threat_only_is_explicit_logged_and_posts_nothing(db: None) -> None:
    books = opened(replace(DAILY, mode=ChargeMode.THREAT_ONLY))
    told = accrue(books, DAY)
    assert (told.written, told.revision, told.would_minor) == (0, None, {"CNY": 10_000})
    assert live(books) == [] and parts(books, DAY) == (1_000_000, 0)
    with site_scope(books.site_id):
        (entry,) = [
            one
            for one in evidence.entries_for_subject(f"claims.receivables.ledger:{books.site_id}")
            if one.action == "claims.receivables.charge_terms_set"
        ]
        assert entry.facts["mode"] == "threat_only"


def test_ask_01_without_terms_nothing_runs_and_it_says_so(db: None) -> None:
    books = open_books()
    books.imported(csv_of([row()]))
    told = charges.accrue_charges(actor=books.actor, until=DAY)
    assert is_problem(told) and told.code == "charges.no_terms"
    told = charges.accrue_charges(actor=books.actor, until=date(2026, 9, 1))
    assert is_problem(told) and told.code == "charges.day_to_come"


@pytest.mark.django_db(transaction=True)
def test_ask_01_two_workers_on_one_day_charge_once() -> None:
    books = opened()

    def work() -> None:
        try:
            with clock.frozen(datetime(2026, 8, 31, 4, tzinfo=UTC)):
                accrue(books, DAY)
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(work) for _worker in range(3)]:
            done.result()
    assert live(books) == [(22, DAY, 10_000)]


def test_ask_16_a_back_dated_payment_recounts_and_the_old_count_is_kept(books: Books) -> None:
    """Ask 16, its interest: penalty recomputed, any order the same, the superseded history kept (frappe/lending PR #878)."""
    accrue(books, DAY)
    accrue(books, date(2026, 7, 31))
    books.imported(csv_of([row("4000.00", "2026-06-20")]), "晚到的收款.csv")
    assert unwrap(charges.recount_charges(actor=books.actor)).revision is None, "the import did it already"
    # 10 days on 10,000 and 10 on 6,000; then 31 on 6,000.
    assert live(books) == [(22, DAY, 5_000 + 3_000), (22, date(2026, 7, 31), 31 * 300)]
    with site_scope(books.site_id):
        superseded = Posting.objects.filter(account=1132).exclude(voided_rev=None).order_by("effective_on")
        assert [one.amount_minor for one in superseded] == [10_000, 15_500]
        newest = LedgerRevision.objects.latest("number")
        assert (newest.kind, {one.voided_rev for one in superseded}) == ("charge", {newest.number})


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_ask_16_any_order_of_learning_ends_the_same(db: None, order: tuple[int, ...]) -> None:
    books = opened()

    def pay() -> None:
        books.imported(csv_of([row("4000.00", "2026-06-20")]), "收款.csv")

    steps = (pay, lambda: accrue(books, DAY), lambda: accrue(books, date(2026, 7, 31)))
    for index in order:
        steps[index]()
    assert live(books) == [(22, DAY, 8_000), (22, date(2026, 7, 31), 9_300)]


def test_ask_01_principal_and_charges_stand_apart_on_a_statement(books: Books) -> None:
    accrue(books, DAY)
    books.imported(csv_of([row("9000.00", PAID_ON)]), "收款.csv")
    item = item_of(books)
    with site_scope(books.site_id):
        account = Account(item.debtor_id, newest_revision())
        (section,) = unwrap(read_statement(account, StatementTerms(as_of=DAY))).sections
        assert (section.closing_minor, section.charges_minor) == (110_000, 10_000)
        detail = selectors.item_detail(item, as_of=DAY)
    assert (detail.open_minor, detail.principal_minor, detail.charges_minor) == (110_000, 100_000, 10_000)
    order = StatementOrder(item.debtor_id, StatementTerms(as_of=DAY))
    with site_scope(books.site_id):
        text = text_of(unwrap(account_statements.preview_pdf(actor=books.actor, order=order)))
    assert "其中息费" in text and "100.00" in text
