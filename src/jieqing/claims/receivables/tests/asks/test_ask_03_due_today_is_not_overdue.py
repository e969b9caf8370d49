"""Ask 3. Due today is not overdue; days of grace and the roll of a due day hold wherever the ledger says "overdue".

Requirement: due_date = as_of -> overdue false, no reminder; +1 day -> true; in debtor's time zone; grace days honoured;
non-business-day roll optional. Source: frappe/erpnext PR #45685, #45716; OCA/credit-control PR #139.
"""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest

from jieqing.claims.parties.models import Party
from jieqing.claims.receivables import selectors, services
from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.engine.ageing import Basis
from jieqing.claims.receivables.engine.overdue_terms import GRACE_DAYS_MAX, late_after
from jieqing.claims.receivables.models import Item, OverdueTermsVersion
from jieqing.claims.receivables.selectors import ItemFilter
from jieqing.claims.receivables.selectors.account_statements import Account, newest_revision, read_statement
from jieqing.claims.receivables.selectors.item_filter import ItemState
from jieqing.claims.receivables.selectors.standing import overdue_items, standing_of
from jieqing.claims.receivables.services import ImportOptions
from jieqing.claims.receivables.services.overdue_terms import set_overdue_terms
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem, is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db
DUE = date(2026, 6, 10)


@pytest.fixture
def books() -> Books:
    found = open_books()
    found.imported(csv_of([("明达", "FP-1", "2026-05-10", DUE.isoformat(), "100.00", "", "")]))
    return found


def overdue_everywhere(books: Books, as_of: date) -> set[int]:
    """What desk, ageing, list, debtor's list and statement say is overdue on a day."""
    with site_scope(books.site_id):
        party = Party.objects.get(code="明达")
        (desk,) = selectors.portfolio(as_of=as_of)
        (ageing,) = selectors.ageing(as_of=as_of)
        items = selectors.items_page(ItemFilter(state=ItemState.OVERDUE), as_of=as_of)
        (debtor,) = selectors.debtors_page(as_of=as_of, currency="CNY").rows
        statement = unwrap(read_statement(Account(party.id, newest_revision()), Terms(as_of=as_of)))
        worked = overdue_items(as_of=as_of, due_before=as_of, currency="CNY")
        standing = standing_of([one.id for one in Item.objects.all()], as_of=as_of)
        (bucket,) = [row for row in ageing.sums if row.amount_minor]
        assert (bucket.bucket > 0) == bool(desk.overdue_minor)
        assert (statement.sections[0].ageing_minor[0] == 0) == bool(desk.overdue_minor)
        return {
            sum(one.open_minor for one in worked),
            sum(one.open_minor for one in standing.values() if one.late_after < as_of),
            desk.overdue_minor,
            ageing.overdue_minor,
            items.totals_minor.get("CNY", 0),
            debtor.overdue_minor,
            statement.sections[0].overdue_minor,
        }


def test_ask_03_due_today_is_not_overdue_and_tomorrow_is(books: Books) -> None:
    assert overdue_everywhere(books, DUE) == {0}
    assert overdue_everywhere(books, DUE + timedelta(days=1)) == {10_000}


def test_ask_03_today_is_a_day_in_china_wherever_the_server_stands() -> None:
    """16:00 UTC is the next day in Shanghai: the debtor's day decides, not the server's."""
    with clock.frozen(datetime(2026, 6, 10, 15, 59, tzinfo=UTC)):
        assert clock.today() == DUE
    with clock.frozen(datetime(2026, 6, 10, 16, 0, tzinfo=UTC)):
        assert clock.today() == DUE + timedelta(days=1)
        assert clock.today("Europe/London") == DUE


def said(
    books: Books, grace_days: int | None = 0, rolls: bool = False, **more: object
) -> OverdueTermsVersion | Problem:
    told = {"effective_from": date(2026, 1, 1), "reason": "合同第 8 条", **more}
    return set_overdue_terms(actor=books.actor, grace_days=grace_days, rolls=rolls, **told)  # type: ignore[arg-type]


def test_ask_03_the_days_of_grace_are_honoured_everywhere(books: Books) -> None:
    unwrap(said(books, 3))
    assert overdue_everywhere(books, DUE + timedelta(days=3)) == {0}
    assert overdue_everywhere(books, DUE + timedelta(days=4)) == {10_000}
    with site_scope(books.site_id):
        (row,) = selectors.items_page(ItemFilter(), as_of=DUE + timedelta(days=4)).rows
        (by_invoice,) = selectors.ageing(as_of=DUE + timedelta(days=4), basis=Basis.INVOICE, edges=(34, 35))
    assert (row.due_on, row.age_days) == (DUE, 1), (
        "the due day stands as it was; the days count after the grace"
    )
    assert by_invoice.sums[1].amount_minor == 10_000, "only the basis of due dates knows of grace"


def test_ask_03_a_due_day_that_is_no_workday_rolls_when_the_site_says_so(books: Books) -> None:
    """1 October 2026 begins a holiday of seven days; 8 October is the next workday."""
    books.imported(csv_of([("明达", "FP-1", "2026-05-10", "2026-10-01", "100.00", "", "")]), "改.csv")
    assert overdue_everywhere(books, date(2026, 10, 2)) == {10_000}
    unwrap(said(books, 0, True))
    assert overdue_everywhere(books, date(2026, 10, 8)) == {0}
    assert overdue_everywhere(books, date(2026, 10, 9)) == {10_000}
    unwrap(said(books, 2, True))
    assert overdue_everywhere(books, date(2026, 10, 10)) == {0}
    assert overdue_everywhere(books, date(2026, 10, 11)) == {10_000}


def test_ask_03_a_creditors_own_terms_come_first_and_can_end(books: Books) -> None:
    other = ImportOptions(creditor="华昌实业有限公司")
    data = csv_of([("远景", "HC-1", "2026-05-10", DUE.isoformat(), "30.00", "", "")])
    unwrap(services.import_file(actor=books.actor, name="华昌.csv", source=data, options=other))
    own = books.items()["HC-1"].creditor_id
    unwrap(said(books, 10))
    unwrap(said(books, 1, creditor_id=own))

    def overdue(days: int) -> int:
        with site_scope(books.site_id):
            (desk,) = selectors.portfolio(as_of=DUE + timedelta(days=days))
            return desk.overdue_minor

    assert [overdue(days) for days in (1, 2, 10, 11)] == [0, 3_000, 3_000, 13_000]
    unwrap(said(books, None, creditor_id=own))
    assert [overdue(days) for days in (2, 10, 11)] == [0, 0, 13_000]


def test_ask_03_versions_hold_from_their_day_and_earlier_reports_come_back(books: Books) -> None:
    with site_scope(books.site_id):
        before = selectors.revisions()[0].at
    late = DUE + timedelta(days=2)
    was = books.report(late)
    unwrap(said(books, 5))
    assert books.report(late) != was
    assert books.report(late, known_at=before) == was, "what was known then had no grace"
    unwrap(said(books, 0, effective_from=DUE + timedelta(days=3)))
    assert overdue_everywhere(books, late) == {0}, (
        "the first version holds for reports before the second's day"
    )
    assert overdue_everywhere(books, DUE + timedelta(days=3)) == {10_000}
    assert books.findings() == []


def test_ask_03_the_database_rolls_and_waits_as_the_engine_does() -> None:
    """A second formulation on a year of due days, holidays and make-up workdays included, for two creditors."""
    books, random = open_books(), Random(7)
    days = [date(2026, 1, 1) + timedelta(days=random.randrange(420)) for _row in range(120)]
    for creditor in ("甲方有限公司", "乙方有限公司"):
        rows = [
            ("明达", f"{creditor}{at}", "2025-12-01", day.isoformat(), "1.00", "", "")
            for at, day in enumerate(days)
        ]
        unwrap(
            services.import_file(
                actor=books.actor,
                name=f"{creditor}.csv",
                source=csv_of(rows),
                options=ImportOptions(creditor=creditor),
            )
        )
    own = next(item.creditor_id for number, item in books.items().items() if number.startswith("甲方"))
    unwrap(said(books, 4, True))
    unwrap(said(books, 30, False, creditor_id=own))
    as_of = date(2026, 6, 30)
    with site_scope(books.site_id):
        terms = selectors.overdue_terms_in_force(as_of)
        items = list(Item.objects.all())
        found = standing_of([item.id for item in items], as_of=as_of)
        for item in items:
            assert found[item.id].late_after == late_after(item.due_on, terms.of(item.creditor_id))  # type: ignore[arg-type]
    assert not terms.is_plain and terms.of(own).grace_days == 30


def test_ask_03_what_cannot_be_set_says_why_and_a_second_click_sets_nothing(books: Books) -> None:
    with clock.frozen(datetime(2026, 6, 10, 4, 0, tzinfo=UTC)):
        for wrong in (
            said(books, -1),
            said(books, GRACE_DAYS_MAX + 1),
            said(books, 3, reason="  "),
            said(books, 3, effective_from=date(2026, 6, 11)),
            said(books, None),
            said(books, 3, creditor_id=books.site_id),
        ):
            assert is_problem(wrong) and wrong.zh and wrong.en and wrong.todo_zh
        first, again = unwrap(said(books, 3, True)), unwrap(said(books, 3, True))
    assert (first.id, first.number) == (again.id, 1)
    with site_scope(books.site_id):
        assert OverdueTermsVersion.objects.count() == 1


def test_ask_03_a_reader_at_night_sees_the_debtors_day(books: Books) -> None:
    """Without a day in the address the ledger reads the debtor's today: one minute decides."""
    with site_scope(books.site_id):
        with clock.frozen(datetime(2026, 6, 10, 15, 59, tzinfo=UTC)):
            reading = selectors.reading_of({})
            assert (reading.as_of, selectors.portfolio(as_of=reading.as_of)[0].overdue_minor) == (DUE, 0)
        with clock.frozen(datetime(2026, 6, 10, 16, 0, tzinfo=UTC)):
            reading = selectors.reading_of({})
            assert selectors.portfolio(as_of=reading.as_of)[0].overdue_minor == 10_000
