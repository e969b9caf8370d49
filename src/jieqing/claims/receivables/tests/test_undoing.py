"""Taking batches back, in every order: the ledger is what it would be without them, and what it was is still known."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from jieqing.claims.receivables.models import Item
from jieqing.claims.receivables.services import ImportResult
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.claims.receivables.tests.test_importing import DAY, FIRST, SECOND
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope

THIRD = (("C1", "A-1", "2026-01-10", "2026-03-31", "1000.00", "700.00", "2026-06-20"),)


@pytest.fixture
def books(db: None) -> Iterator[Books]:
    books = open_books()
    yield books
    assert books.findings() == []


def test_an_undone_import_leaves_no_trace_in_reports(books: Books) -> None:
    books.imported(csv_of(FIRST))
    before = books.report(DAY)
    second = books.imported(csv_of(SECOND))
    undone = books.undone(second)
    assert (undone.withdrawn, undone.restored, undone.revision) == (1, 1, 3)
    assert books.report(DAY) == before
    assert books.items()["A-1"].due_on == date(2026, 2, 10)


def test_what_was_known_before_the_undo_stays_known(books: Books) -> None:
    start = datetime(2026, 6, 1, 9, tzinfo=UTC)
    known: list[tuple[datetime, list[bytes]]] = []
    second: ImportResult | None = None
    for step in range(3):
        with clock.frozen(start + timedelta(days=step)):
            if step == 0:
                books.imported(csv_of(FIRST))
            elif step == 1:
                second = books.imported(csv_of(SECOND))
            else:
                assert second is not None
                books.undone(second)
            known.append((clock.now(), books.report(DAY)))
    for moment, report in known:
        assert books.report(DAY, known_at=moment) == report


def test_undoing_twice_is_refused_in_words(books: Books) -> None:
    result = books.imported(csv_of(FIRST))
    books.undone(result)
    assert books.open_amount(DAY) == 0
    refused = books.undo(result)
    assert is_problem(refused)
    assert refused.code == "ledger.already_undone"
    assert "第 1 批" in refused.zh


def test_a_batch_that_others_build_on_names_the_one_to_undo_first(books: Books) -> None:
    first = books.imported(csv_of(FIRST))
    second = books.imported(csv_of(SECOND))
    third = books.imported(csv_of(THIRD))
    refused = books.undo(first)
    assert is_problem(refused)
    assert (refused.code, refused.details["later"]) == ("ledger.built_upon", 3)
    assert books.refused(second) == "ledger.built_upon"
    for result in (third, second, first):
        books.undone(result)
    assert (books.items(), books.open_amount(DAY)) == ({}, 0)


def test_an_undone_correction_no_longer_stands_in_the_way(books: Books) -> None:
    """The undo of the second brings the first's state back under a new revision: the first can still be undone."""
    first = books.imported(csv_of(FIRST))
    books.undone(books.imported(csv_of(SECOND)))
    books.undone(first)
    assert (books.items(), books.open_amount(DAY)) == ({}, 0)


def test_what_an_undone_batch_said_is_never_brought_back(books: Books) -> None:
    books.imported(csv_of(FIRST))
    before = books.report(DAY)
    second = books.imported(csv_of(SECOND))
    third = books.imported(csv_of(THIRD))
    books.undone(third)
    books.undone(second)
    assert books.report(DAY) == before
    fourth = books.imported(csv_of(THIRD), name="四.csv")
    books.undone(fourth)
    assert books.report(DAY) == before


def test_an_undone_file_can_be_imported_again(books: Books) -> None:
    result = books.imported(csv_of(FIRST))
    report = books.report(DAY)
    books.undone(result)
    again = books.imported(csv_of(FIRST))
    assert again.accepted == 4
    assert books.report(DAY) == report
    with site_scope(books.site_id):
        assert Item.objects.count() == 8


def test_an_import_that_changed_nothing_can_be_undone_too(books: Books) -> None:
    books.imported(csv_of(FIRST))
    again = books.imported(csv_of(FIRST), name="又.csv")
    assert books.undone(again).revision is None


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_any_order_ends_in_the_same_empty_ledger(books: Books, order: tuple[int, ...]) -> None:
    """Undo whichever is allowed, in the order tried, until all are gone: what was refused is allowed later."""
    results = [books.imported(csv_of(rows), name=f"{n}.csv") for n, rows in enumerate((FIRST, SECOND, THIRD))]
    left = [results[n] for n in order]
    for _round in range(3):
        left = [result for result in left if is_problem(books.undo(result))]
    assert left == []
    assert (books.items(), books.open_amount(DAY)) == ({}, 0)
