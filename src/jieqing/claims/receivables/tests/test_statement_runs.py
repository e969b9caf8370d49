"""Runs of statements: one for each debtor, whatever dies in between; numbers never twice, never a gap."""

import io
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection

from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.models import RunState, Statement, StatementRun
from jieqing.claims.receivables.selectors import ItemFilter
from jieqing.claims.receivables.services import account_statements, statement_runs
from jieqing.claims.receivables.services.account_statements import StatementOrder
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel.outcomes import Problem, is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope

DAY = date(2026, 6, 30)
UNPRINTABLE = "\u13a0\u1400"


def books_of(debtors: int, *more: str) -> Books:
    books = open_books()
    names = [*(f"客户{n:04d}" for n in range(debtors)), *more]
    books.imported(
        csv_of(
            (name, f"FP-{n}", "2026-01-10", "2026-02-10" if n % 2 else "2026-07-20", f"{n + 1}.00", "", "")
            for n, name in enumerate(names)
        )
    )
    return books


def started(books: Books, **wanted) -> StatementRun:
    return unwrap(
        statement_runs.start_run(
            actor=books.actor, wanted=ItemFilter(**wanted), terms=Terms(as_of=DAY), lang="zh"
        )
    )


def numbers(books: Books) -> list[int]:
    with site_scope(books.site_id):
        return list(Statement.objects.order_by("number").values_list("number", flat=True))


def refreshed(books: Books, run: StatementRun) -> StatementRun:
    with site_scope(books.site_id):
        return StatementRun.objects.get(id=run.id)


@pytest.mark.django_db
def test_a_run_makes_one_for_each_debtor_that_matches():
    books = books_of(6)
    run = started(books, bucket=4)
    statement_runs.make_statements(actor=books.actor, run=run)
    run = refreshed(books, run)
    assert (run.state, len(run.targets), run.skipped) == (RunState.DONE, 3, {})
    assert numbers(books) == [1, 2, 3]
    with site_scope(books.site_id):
        data = unwrap(statement_runs.take_archive(actor=books.actor, run=run))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(archive.namelist()) == 3 * 2 + 1
        index = archive.read("index.csv").decode("utf-8-sig").splitlines()
        assert len(index) == 4 and all(row.split(",")[3].isdigit() for row in index[1:])
        assert [name for name in archive.namelist() if name.endswith(".pdf")] == sorted(
            name for name in archive.namelist() if name.endswith(".pdf")
        )


@pytest.mark.django_db
def test_a_run_that_dies_goes_on_where_it_was(monkeypatch: pytest.MonkeyPatch):
    books = books_of(7)
    run = started(books)
    whole, count = account_statements.issue_statement, iter(range(100))

    def dies(**given):
        if next(count) == 3:
            raise RuntimeError("killed")
        return whole(**given)

    monkeypatch.setattr(statement_runs, "issue_statement", dies)
    with pytest.raises(RuntimeError):
        statement_runs.make_statements(actor=books.actor, run=run)
    assert numbers(books) == [1, 2, 3]
    assert is_problem(statement_runs.take_archive(actor=books.actor, run=refreshed(books, run)))
    monkeypatch.setattr(statement_runs, "issue_statement", whole)
    for _again in range(2):
        statement_runs.make_statements(actor=books.actor, run=refreshed(books, run))
    assert numbers(books) == [1, 2, 3, 4, 5, 6, 7]
    with site_scope(books.site_id):
        assert Statement.objects.values("debtor_id").distinct().count() == 7


@pytest.mark.django_db
def test_the_run_holds_the_moment_of_its_start():
    books = books_of(2)
    run = started(books)
    books.imported(csv_of([("客户0000", "FP-0", "2026-01-10", "2026-02-10", "999.00", "", "")]), "更正.csv")
    statement_runs.make_statements(actor=books.actor, run=run)
    with site_scope(books.site_id):
        assert sorted(row.closing["CNY"] for row in Statement.objects.all()) == [100, 200]


@pytest.mark.django_db
def test_who_cannot_be_printed_is_set_aside_with_the_reason():
    books = books_of(2, UNPRINTABLE)
    run = started(books)
    statement_runs.make_statements(actor=books.actor, run=run)
    run = refreshed(books, run)
    assert [told["code"] for told in run.skipped.values()] == ["pdf.characters_missing"]
    assert (run.state, numbers(books)) == (RunState.DONE, [1, 2])


@pytest.mark.django_db
def test_nobody_and_too_many_are_said(monkeypatch: pytest.MonkeyPatch):
    books = books_of(3)
    monkeypatch.setattr(statement_runs, "DEBTORS_MAX", 2)
    for wanted, code in (
        (ItemFilter(search="没有这个"), "statement.nobody_matches"),
        (ItemFilter(), "statement.too_many_debtors"),
    ):
        refused = statement_runs.start_run(
            actor=books.actor, wanted=wanted, terms=Terms(as_of=DAY), lang="zh"
        )
        assert isinstance(refused, Problem) and refused.code == code


@pytest.mark.django_db(transaction=True)
def test_two_workers_on_one_run_and_a_person_beside_them_never_share_a_number():
    books = books_of(12)
    run = started(books)

    def work(_turn: int) -> None:
        try:
            statement_runs.make_statements(actor=books.actor, run=refreshed(books, run))
        finally:
            connection.close()

    def issue(_turn: int) -> None:
        try:
            order = StatementOrder(debtor, Terms(as_of=DAY))
            for _count in range(4):
                unwrap(account_statements.issue_statement(actor=books.actor, order=order))
        finally:
            connection.close()

    with site_scope(books.site_id):
        debtor = next(iter(books.items().values())).debtor_id
    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(work, 0), pool.submit(work, 1), pool.submit(issue, 2)]:
            done.result()
    assert numbers(books) == list(range(1, 17))
    with site_scope(books.site_id):
        assert Statement.objects.filter(run=run).count() == 12
