"""Ask 7. Statement of account: open items only, branded, batch, scheduled.

Requirement: choose open-items or full activity; PDF+XLSX; batch by filter; schedule; nameable, disable-able;
per-recipient send log.
Source: frappe/erpnext#35707, #14653, #13565, #49789; invoiceninja/invoiceninja#2238.

Forms, files, filter and log are tested in ``test_account_statements`` and ``test_statement_runs``; here is the schedule.
"""

from datetime import UTC, date, datetime

import pytest

from jieqing.claims.receivables.models import Statement, StatementHandOver, StatementRun, StatementSchedule
from jieqing.claims.receivables.selectors import ItemFilter
from jieqing.claims.receivables.services import statement_runs, statement_schedules
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db


def at(month: int, day: int):
    return clock.frozen(datetime(2026, month, day, 1, tzinfo=UTC))


@pytest.fixture
def books() -> Books:
    found = open_books()
    found.imported(
        csv_of(
            [
                ("明达", "FP-1", "2026-01-10", "2026-02-10", "1000.00", "", ""),
                ("华兴", "FP-2", "2026-01-10", "2026-02-10", "50.00", "", ""),
            ]
        )
    )
    with at(6, 20):
        unwrap(
            statement_schedules.make_schedule(
                actor=found.actor, name="每月对账", wanted=ItemFilter(search="明达"), day_of_month=31
            )
        )
    return found


def due(books: Books) -> list[StatementRun]:
    return statement_schedules.run_due_schedules(site_id=books.site_id)


def test_ask_07_a_schedule_runs_on_its_day_for_whom_it_means(books: Books) -> None:
    with at(6, 29):
        assert due(books) == []
    with at(6, 30):
        (run,) = due(books)
        assert due(books) == [], "once a month, however often the worker looks"
        statement_runs.make_statements(actor=books.actor, run=run)
        with site_scope(books.site_id):
            (made,) = Statement.objects.all()
            assert (made.printed["debtor"], made.as_of) == ("明达有限公司", date(2026, 6, 29))
            schedule = StatementSchedule.objects.get()
            assert (schedule.next_on, schedule.last_run_id) == (date(2026, 7, 31), run.id)
            # The log says for each recipient what left; a run alone sends nothing to anybody.
            assert not StatementHandOver.objects.exists()


def test_ask_07_a_worker_that_was_away_runs_it_once(books: Books) -> None:
    with at(9, 5):
        assert len(due(books)) == 1
        assert due(books) == []
        with site_scope(books.site_id):
            assert StatementSchedule.objects.get().next_on == date(2026, 9, 30)


def test_ask_07_a_schedule_is_named_and_can_be_disabled(books: Books) -> None:
    taken = statement_schedules.make_schedule(
        actor=books.actor, name="每月对账", wanted=ItemFilter(), day_of_month=1
    )
    assert is_problem(taken) and taken.code == "statement.schedule_name_taken"
    unwrap(statement_schedules.end_schedule(actor=books.actor, name="每月对账"))
    with at(6, 30):
        assert due(books) == []
    again = statement_schedules.end_schedule(actor=books.actor, name="每月对账")
    assert is_problem(again) and again.code == "statement.schedule_unknown"


def test_ask_07_nobody_to_write_to_is_noted_and_the_next_month_comes(books: Books) -> None:
    books.imported(
        csv_of([("明达", "FP-1", "2026-01-10", "2026-02-10", "1000.00", "1000.00", "2026-06-01")]), "b.csv"
    )
    with at(6, 30):
        assert due(books) == []
        with site_scope(books.site_id):
            schedule = StatementSchedule.objects.get()
            assert (schedule.last_problem, schedule.next_on) == (
                "statement.nobody_matches",
                date(2026, 7, 31),
            )
