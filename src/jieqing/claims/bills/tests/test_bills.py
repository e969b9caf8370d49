"""Bills: cover under a condition, honoured, refused with recourse, withdrawn; the ledger balanced on every day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from tests.cast import Cast

from jieqing.claims.bills import selectors, services
from jieqing.claims.bills.engine.bills import NEXT, BillKind, Step, follow, recourse_of
from jieqing.claims.bills.models import Bill
from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.receivables.engine.accounts import Account
from jieqing.claims.receivables.engine.accruing import ChargeMode, Terms
from jieqing.claims.receivables.engine.appropriation_facts import Policy
from jieqing.claims.receivables.models import Posting
from jieqing.claims.receivables.selectors import item_detail, ledger_sums
from jieqing.claims.receivables.selectors.charges import open_parts
from jieqing.claims.receivables.services import charges
from jieqing.claims.receivables.services.appropriation_orders import set_order
from jieqing.claims.receivables.tests.hand_ledger import DAY, HandLedger
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope

GOT, DUE, ASKED, REFUSED = date(2026, 6, 20), date(2026, 7, 31), date(2026, 8, 3), date(2026, 8, 5)
TERMS = Terms(ChargeMode.ACCRUE, ClaimKind.SALE, penalty_rate=Decimal("0.0005"), rate_basis=RateBasis.DAY)


@pytest.fixture
def books(db: None) -> Iterator[Books]:
    with clock.frozen(datetime(2026, 8, 31, 4, tzinfo=UTC)):
        books = open_books()
        books.imported(
            csv_of(
                [
                    ("明达", "FP-1", "2026-05-01", "2026-06-10", "10000.00", "", ""),
                    ("明达", "FP-2", "2026-05-20", "2026-07-10", "4000.00", "", ""),
                ]
            )
        )
        yield books
        assert books.findings() == []


def order(books: Books, minor: int = 12000_00, **more: object) -> services.BillOrder:
    debtor = books.items()["FP-1"].debtor_id
    told = services.BillOrder(
        debtor, BillKind.COMMERCIAL, "2-3101", "明达有限公司", "某集团", minor, "CNY", DUE, GOT
    )
    return replace(told, **more)  # type: ignore[arg-type]


def opens(books: Books, as_of: date) -> dict[str, int]:
    items = books.items()
    with site_scope(books.site_id):
        found = {number: item_detail(item, as_of=as_of).open_minor for number, item in items.items()}
        assert ledger_sums(as_of=as_of).get("CNY", 0) == sum(found.values())
    assert books.open_amount(as_of) == sum(found.values()), "ageing equals the ledger"
    return found


def stepped(books: Books, bill: Bill, step: Step, on: date, note: str = "x") -> object:
    with site_scope(books.site_id):
        fresh = Bill.objects.get(id=bill.id)
    return services.take_step(actor=books.actor, bill=fresh, step=step, on=on, note=note)


def test_a_bill_covers_the_oldest_due_under_a_condition(books: Books) -> None:
    bill = unwrap(services.receive_bill(actor=books.actor, order=order(books)))
    assert opens(books, date(2026, 6, 19)) == {"FP-1": 10000_00, "FP-2": 4000_00}
    assert opens(books, GOT) == {"FP-1": 0, "FP-2": 2000_00}
    with site_scope(books.site_id):
        on_bills = Posting.objects.filter(contra=Account.BILLS_RECEIVABLE.value)
        assert sum(-one.amount_minor for one in on_bills) == 12000_00
        assert [(number, minor) for _item, number, minor in selectors.covered_by(bill)] == [
            ("FP-1", 10000_00), ("FP-2", 2000_00),
        ]  # fmt: skip
    unwrap(stepped(books, bill, Step.PRESENTED, DUE))
    unwrap(stepped(books, bill, Step.HONOURED, DUE))
    assert opens(books, date(2026, 8, 31)) == {"FP-1": 0, "FP-2": 2000_00}
    late = stepped(books, bill, Step.DISHONOURED, REFUSED)
    assert is_problem(late) and late.code == "bill.not_next"


def test_a_refused_bill_revives_the_debt_from_the_day_of_the_law(books: Books) -> None:
    bill = unwrap(services.receive_bill(actor=books.actor, order=order(books)))
    unwrap(stepped(books, bill, Step.ENDORSED, date(2026, 6, 25), "乙公司"))
    silent = stepped(books, bill, Step.DISHONOURED, REFUSED, " ")
    assert is_problem(silent) and silent.code == "bill.note_missing"
    unwrap(stepped(books, bill, Step.DISHONOURED, REFUSED, "承兑人账户余额不足"))
    assert opens(books, date(2026, 7, 30)) == {"FP-1": 0, "FP-2": 2000_00}, (
        "what was reported for July stands"
    )
    assert opens(books, DUE) == {"FP-1": 10000_00, "FP-2": 4000_00}
    with site_scope(books.site_id):
        on_bills = Posting.objects.filter(contra=Account.BILLS_RECEIVABLE.value)
        assert sum(one.amount_minor for one in on_bills) == 0
    again = unwrap(
        services.receive_bill(actor=books.actor, order=order(books, number="2-3102", minor=100_00))
    )
    assert opens(books, DUE)["FP-1"] == 9900_00 and again.revision > bill.revision


def test_what_a_refused_bill_covered_stands_again_in_its_parts(books: Books) -> None:
    """By article 561 the bill covered 100.00 of penalty first; refused, the penalty is owed again, and runs on the rest."""
    unwrap(charges.set_charge_terms(actor=books.actor, terms=TERMS, reason="合同第八条"))
    unwrap(
        set_order(actor=books.actor, policy=Policy(), effective_from=date(2026, 1, 1), reason="民法典第561条")
    )
    unwrap(charges.accrue_charges(actor=books.actor, until=date(2026, 6, 30)))
    chosen = (books.items()["FP-1"].id,)
    bill = unwrap(services.receive_bill(actor=books.actor, order=order(books, 3000_00, documents=chosen)))
    item = books.items()["FP-1"]
    with site_scope(books.site_id):
        # Ten days at 5.00 until June 20, then ten on 7,050.00.
        assert open_parts(item.id, as_of=GOT) == (7050_00, 0)
        assert open_parts(item.id, as_of=date(2026, 6, 30)) == (7050_00, 35_25)
    unwrap(stepped(books, bill, Step.DISHONOURED, REFUSED, "余额不足"))
    with site_scope(books.site_id):
        assert open_parts(item.id, as_of=DUE) == (10000_00, 85_25)
    opens(books, DUE)


def test_a_rest_becomes_unapplied_and_goes_with_the_bill(books: Books) -> None:
    bill = unwrap(services.receive_bill(actor=books.actor, order=order(books, 15000_00)))
    assert opens(books, GOT) == {"FP-1": 0, "FP-2": 0, "2-3101": -1000_00}
    twice = services.receive_bill(actor=books.actor, order=order(books))
    assert is_problem(twice) and twice.code == "bill.twice"
    unwrap(stepped(books, bill, Step.WITHDRAWN, GOT, "误登"))
    assert opens(books, GOT) == {"FP-1": 10000_00, "FP-2": 4000_00}
    unwrap(services.receive_bill(actor=books.actor, order=order(books)))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"number": " "}, "bill.number_missing"),
        ({"due_on": date(2026, 6, 1)}, "bill.due_before"),
        ({"received_on": date(2026, 9, 2), "due_on": date(2026, 9, 3)}, "bill.day_out"),
        ({"amount_minor": 0}, "receipt.not_positive"),
    ],
)
def test_what_cannot_be_is_refused(books: Books, change: dict[str, object], code: str) -> None:
    before = opens(books, DUE)
    found = services.receive_bill(actor=books.actor, order=order(books, **change))
    assert is_problem(found) and found.code == code
    assert opens(books, DUE) == before


def test_the_days_of_recourse_are_those_of_the_law() -> None:
    """票据法 17, 53, 66, 70."""
    found = recourse_of(due_on=DUE, presented_on=ASKED, refused_on=REFUSED)
    assert (found.revived_on, found.notify_until) == (ASKED, date(2026, 8, 8))
    assert (found.endorsers_until, found.drawer_until) == (date(2027, 2, 5), date(2028, 7, 31))
    assert not found.is_presented_late
    late = recourse_of(due_on=DUE, presented_on=date(2026, 8, 11), refused_on=date(2026, 8, 11))
    assert late.is_presented_late
    assert recourse_of(due_on=DUE, presented_on=None, refused_on=date(2026, 7, 1)).revived_on == date(
        2026, 7, 1
    )
    assert recourse_of(due_on=date(2024, 2, 29), presented_on=None, refused_on=date(2024, 8, 31)).endorsers_until == date(2025, 2, 28)  # fmt: skip


def test_a_life_ends_and_never_runs_backwards() -> None:
    assert all(not NEXT[last] for last in (Step.HONOURED, Step.DISHONOURED, Step.WITHDRAWN))
    early = follow(Step.RECEIVED, GOT, Step.PRESENTED, date(2026, 6, 19), REFUSED)
    assert early is not None and early.code == "bill.day_out"
    assert follow(Step.RECEIVED, GOT, Step.PRESENTED, REFUSED, REFUSED) is None


def test_pages_and_programs_follow_a_bill(cast: Cast, hand_ledger: HandLedger) -> None:
    item = hand_ledger.add("FP-1", "明达", 1000_00, due_in=-40)
    hand_ledger.commit()
    root, owner, reader = f"/s/{cast.site.slug}/ledger", cast.clients["owner"], cast.clients["teammate"]
    page = f"{root}/debtors/{item.debtor_id}/bills/new/"
    given = {
        "kind": "bank", "number": "1-3101", "drawer": "明达", "acceptor": "某银行", "amount": "600.00",
        "due_on": "2026-12-31", "received_on": DAY.isoformat(),
    }  # fmt: skip
    shown = owner.post(page, given)
    assert shown.status_code == 200 and "将要冲减" in shown.content.decode()
    assert owner.post(page, {**given, "due_on": "2026-01-01"}).status_code == 422
    made = owner.post(page, {**given, "confirm": "1"})
    assert made.status_code == 302
    address = made["Location"]
    assert "FP-1" in reader.get(address).content.decode()
    assert "登记下一步" not in reader.get(address).content.decode()
    assert reader.post(address, {"step": "honoured"}).status_code == 403
    assert owner.post(address, {"step": "dishonoured", "on": DAY.isoformat(), "note": ""}).status_code == 422
    assert owner.post(address, {"step": "presented", "on": DAY.isoformat(), "note": ""}).status_code == 302
    api = f"/api/v1/sites/{cast.site.slug}/ledger/bills"
    told = reader.get(api).json()["bills"]
    assert [(one["number"], one["state"], one["amount_fen"]) for one in told] == [
        ("1-3101", "presented", 600_00)
    ]
    done = owner.post(
        f"{api}/{told[0]['id']}/steps",
        {"step": "dishonoured", "on": DAY.isoformat(), "note": "拒付"},
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert done.json()["state"] == "dishonoured", done.content
    assert "追索" in owner.get(address).content.decode()
    assert "1-3101" in reader.get(f"{root}/bills/").content.decode()
