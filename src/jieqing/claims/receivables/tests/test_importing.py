"""An import into the ledger: again, corrected, stale, meeting itself; and what is kept of each."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial
from hashlib import sha256

import pytest

from jieqing.claims.receivables import selectors, services
from jieqing.claims.receivables.engine.ledger_types import Limits
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.models import BatchState, ItemPast, Posting, StagedRow, StagedState
from jieqing.claims.receivables.selectors.statements import fetch
from jieqing.claims.receivables.services import committing
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence.engine.bulk import row_leaf, row_salts, split_hashes
from jieqing.trust.evidence.selectors import entry_by_id

DAY = date(2026, 6, 30)
FIRST = (
    ("C1", "A-1", "2026-01-10", "2026-02-10", "1000.00", "0", ""),
    ("C1", "A-2", "2026-02-10", "2026-03-10", "200.50", "200.50", "2026-04-01"),
    ("C2", "A-3", "2026-05-20", "2026-07-20", "30.00", "10.00", "2026-06-01"),
    ("C2", "A-4", "2026-05-21", "", "-5.00", "0", ""),
)
# A-1 is due later and paid in part, A-3 is gone from the file, A-5 is new.
SECOND = (
    ("C1", "A-1", "2026-01-10", "2026-03-31", "1000.00", "400.00", "2026-06-15"),
    FIRST[1],
    FIRST[3],
    ("C3", "A-5", "2026-06-01", "2026-07-01", "70.00", "0", ""),
)


@pytest.fixture
def books(db: None) -> Iterator[Books]:
    books = open_books()
    yield books
    assert books.findings() == []


def test_everything_in_the_file_is_in_the_ledger(books: Books) -> None:
    result = books.imported(csv_of(FIRST))
    assert (result.rows, result.accepted, result.staged, result.duplicates, result.updated) == (4, 4, 0, 0, 0)
    assert (result.debtors, result.revision, result.open_minor) == (2, 1, {"CNY": 100_000 + 2_000 - 500})
    assert books.open_amount(DAY) == 101_500
    assert books.open_amount(date(2026, 3, 31)) == 120_050
    assert books.open_amount(date(2026, 1, 9)) == 0
    assert sorted(books.items()) == ["A-1", "A-2", "A-3", "A-4"]
    assert len({item.leaf_index for item in books.items().values()}) == 4


def test_the_same_file_again_adds_nothing(books: Books) -> None:
    books.imported(csv_of(FIRST))
    before = books.report(DAY)
    again = books.imported(csv_of(FIRST), name="同一份.csv")
    assert (again.rows, again.accepted, again.duplicates, again.revision) == (4, 0, 4, None)
    assert books.report(DAY) == before
    with site_scope(books.site_id):
        assert selectors.ledger_facts().revision == 1
        assert not is_problem(entry_by_id(again.entry_id))  # type: ignore[arg-type]


def test_the_same_rows_in_another_file_add_nothing(books: Books) -> None:
    books.imported(csv_of(FIRST))
    again = books.imported(csv_of(reversed(FIRST)))
    assert (again.accepted, again.duplicates) == (0, 4)


def test_a_corrected_file_updates_by_business_key(books: Books) -> None:
    books.imported(csv_of(FIRST))
    before = books.items()["A-1"]
    result = books.imported(csv_of(SECOND))
    assert (result.accepted, result.updated, result.duplicates) == (1, 1, 2)
    after = books.items()["A-1"]
    assert (after.id, after.due_on) == (before.id, date(2026, 3, 31))
    assert books.open_amount(DAY) == 60_000 + 2_000 - 500 + 7_000
    assert books.open_amount(date(2026, 6, 14)) == 100_000 + 2_000 - 500 + 7_000
    with site_scope(books.site_id):
        assert [past.due_on for past in ItemPast.objects.filter(item=after)] == [date(2026, 2, 10)]
        postings = Posting.objects.filter(item=after).order_by("id")
        # The invoice posting stands as it was; only the payment is new.
        assert [(p.amount_minor, p.recorded_rev, p.voided_rev) for p in postings] == [
            (100_000, 1, None),
            (-40_000, 2, None),
        ]


def test_a_changed_amount_voids_the_old_pair_and_writes_the_new(books: Books) -> None:
    books.imported(csv_of(FIRST[:1]))
    books.imported(csv_of([("C1", "A-1", "2026-01-10", "2026-02-10", "900.00", "0", "")]))
    with site_scope(books.site_id):
        postings = Posting.objects.order_by("id")
        assert [(p.amount_minor, p.voided_rev) for p in postings] == [(100_000, 2), (90_000, None)]
    assert books.open_amount(DAY) == 90_000


def test_an_earlier_report_comes_back_byte_for_byte(books: Books) -> None:
    moments = [datetime(2026, 6, day, 9, tzinfo=UTC) for day in (1, 10, 20)]
    reports: list[list[bytes]] = []
    files = (csv_of(FIRST), csv_of(SECOND), csv_of(FIRST[:1]))
    for moment, file in zip(moments, files, strict=True):
        with clock.frozen(moment):
            books.imported(file, name=f"{moment.day}.csv")
            reports.append(books.report(DAY))
    assert len({*map(tuple, reports)}) == 3
    for moment, report in zip(moments, reports, strict=True):
        assert books.report(DAY, known_at=moment) == report
    assert books.report(DAY, known_at=datetime(2026, 5, 1, tzinfo=UTC)) == []


def test_an_old_file_does_not_take_a_correction_back(books: Books) -> None:
    books.imported(csv_of(FIRST))
    books.imported(csv_of(SECOND))
    stale = books.imported(csv_of(FIRST))
    assert (stale.accepted, stale.updated, stale.duplicates) == (0, 0, 4)
    assert books.items()["A-1"].due_on == date(2026, 3, 31)


def test_a_new_file_may_say_again_what_an_old_one_said(books: Books) -> None:
    books.imported(csv_of(FIRST))
    books.imported(csv_of(SECOND))
    back = books.imported(csv_of([*FIRST, ("C9", "A-9", "2026-06-02", "", "1.00", "0", "")]))
    assert (back.accepted, back.updated, back.duplicates) == (1, 1, 3)
    assert books.items()["A-1"].due_on == date(2026, 2, 10)


@pytest.fixture
def tiny_slices(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = Limits(slice_rows=3, slice_bytes=200)
    monkeypatch.setattr(committing, "read_file", partial(read_file, limits=limits))


@pytest.mark.usefixtures("tiny_slices")
def test_slices_make_the_same_ledger_as_the_whole(books: Books) -> None:
    rows = [(f"C{n % 4}", f"B-{n}", "2026-01-10", "2026-02-10", f"{n + 1}.00", "0", "") for n in range(40)]
    result = books.imported(csv_of(rows))
    assert (result.accepted, result.debtors) == (40, 4)
    assert sorted(item.leaf_index for item in books.items().values()) == list(range(40))
    changed = [(*row[:4], "500.00", "0", "") if n % 10 == 5 else row for n, row in enumerate(rows)]
    result = books.imported(csv_of(changed), name="二.csv")
    assert (result.updated, result.duplicates) == (4, 36)
    updated = [item for item in books.items().values() if item.recorded_rev == 2]
    assert sorted(item.leaf_index for item in updated) == [0, 1, 2, 3]


@pytest.mark.usefixtures("tiny_slices")
@pytest.mark.parametrize("had_items", [False, True])
def test_twins_and_conflicts_across_slices_are_found(books: Books, had_items: bool) -> None:
    if had_items:
        books.imported(csv_of([("C7", "Z-1", "2026-01-10", "", "9.00", "0", "")]), name="先.csv")
    rows = [("C1", f"B-{n}", "2026-01-10", "2026-02-10", f"{n + 1}.00", "0", "") for n in range(20)]
    twin, conflict = rows[2], (*rows[3][:4], "777.00", "0", "")
    result = books.imported(csv_of([*rows, twin, conflict]))
    assert (result.rows, result.accepted, result.duplicates, result.staged) == (22, 19, 1, 2)
    with site_scope(books.site_id):
        waiting = StagedRow.objects.order_by("line")
        assert [(row.problem_code, row.line) for row in waiting] == [
            ("row.same_key", 5),
            ("row.same_key", 23),
        ]


def test_bad_rows_wait_are_corrected_and_enter(books: Books) -> None:
    bad = ("C2", "A-9", "2026-13-40", "", "10.00", "0", "")
    result = books.imported(csv_of([*FIRST, bad]))
    assert (result.accepted, result.staged) == (4, 1)
    with site_scope(books.site_id):
        row = StagedRow.objects.get()
        still = services.fix_staged_row(
            actor=books.actor, row=row, cells=[*row.cells[:3], "昨天", *row.cells[4:]]
        )
        assert still.state == StagedState.OPEN
        fixed = services.fix_staged_row(
            actor=books.actor, row=row, cells=[*row.cells[:3], "2026-06-01", *row.cells[4:]]
        )
        assert (fixed.state, fixed.problems) == (StagedState.FIXED, [])
    entered = unwrap(services.rerun_staged(actor=books.actor, batch=books.batch(result)))
    assert (entered.accepted, entered.staged, entered.revision) == (1, 0, 2)
    assert books.open_amount(DAY) == 101_500 + 1_000
    again = books.imported(csv_of([*FIRST, bad]), name="又.csv")
    assert (again.accepted, again.staged, again.duplicates) == (0, 0, 5)
    undone = books.undone(result)
    assert (undone.withdrawn, books.open_amount(DAY)) == (5, 0)


def test_a_row_is_given_up_with_a_reason_and_only_once(books: Books) -> None:
    result = books.imported(csv_of([*FIRST, ("C2", "A-9", "2026-13-40", "", "10.00", "0", "")]))
    with site_scope(books.site_id):
        row = StagedRow.objects.get()
    without = services.discard_staged_row(actor=books.actor, row=row, reason=" ")
    assert is_problem(without)
    assert without.code == "ledger.reason_missing"
    gone = unwrap(services.discard_staged_row(actor=books.actor, row=row, reason="重复录入"))
    assert (gone.state, gone.reason) == (StagedState.DISCARDED, "重复录入")
    twice = services.discard_staged_row(actor=books.actor, row=row, reason="再次")
    assert is_problem(twice)
    assert twice.code == "ledger.row_resolved"
    assert unwrap(services.rerun_staged(actor=books.actor, batch=books.batch(result))).accepted == 0


def test_a_preview_writes_nothing_and_tells_the_same(books: Books) -> None:
    books.imported(csv_of(FIRST))
    preview = unwrap(services.preview_file(actor=books.actor, name="二.csv", source=csv_of(SECOND)))
    with site_scope(books.site_id):
        assert (selectors.ledger_facts().revision, len(selectors.batches())) == (1, 1)
    result = books.imported(csv_of(SECOND))
    for name in ("rows", "accepted", "updated", "duplicates", "staged", "debtors", "open_minor"):
        assert getattr(preview, name) == getattr(result, name), name


def test_a_committed_batch_gives_its_first_answer(books: Books) -> None:
    result = books.imported(csv_of(FIRST))
    again = services.commit_batch(actor=books.actor, batch=books.batch(result))
    assert again == result


def test_what_the_file_does_not_say_is_asked_and_nothing_is_kept(books: Books) -> None:
    data = "客户名称,单据号,开票日期,金额\n江南,1,2026-01-01,5.00\n".encode()
    found = services.import_file(actor=books.actor, name="无币种.csv", source=data)
    assert is_problem(found)
    with site_scope(books.site_id):
        assert selectors.batches() == []
    answered = services.import_file(
        actor=books.actor, name="无币种.csv", source=data, options=services.ImportOptions(currency="CNY")
    )
    assert not is_problem(answered)


def test_two_creditors_number_their_customers_apart(books: Books) -> None:
    options = [services.ImportOptions(creditor=name) for name in ("甲公司", "乙公司")]
    for option in options:
        services.import_file(actor=books.actor, name="a.csv", source=csv_of(FIRST), options=option)
    with site_scope(books.site_id):
        facts = selectors.ledger_facts()
        debtors = selectors.debtors_page(as_of=DAY, currency="CNY")
    assert facts.items == 8
    assert debtors.total_debtors == 4


def test_a_batch_knows_its_state(books: Books) -> None:
    opened = unwrap(services.open_batch(actor=books.actor, name="a.csv", source=csv_of(FIRST)))
    assert opened.batch.state == BatchState.DRAFT
    refused = services.undo_batch(actor=books.actor, batch=opened.batch, reason="早了")
    assert is_problem(refused)
    assert refused.code == "ledger.not_committed"
    unwrap(services.commit_batch(actor=books.actor, batch=opened.batch))
    assert opened.batch.state == BatchState.COMMITTED


def test_an_item_leads_back_to_the_row_that_was_recorded(books: Books) -> None:
    result = books.imported(csv_of([*FIRST, ("C2", "A-9", "2026-13-40", "", "10.00", "0", "")]))
    with site_scope(books.site_id):
        row = StagedRow.objects.get()
        services.fix_staged_row(
            actor=books.actor, row=row, cells=[*row.cells[:3], "2026-06-01", *row.cells[4:]]
        )
    unwrap(services.rerun_staged(actor=books.actor, batch=books.batch(result)))
    for number, item in books.items().items():
        found = unwrap(services.source_row(actor=books.actor, item=item))
        assert sha256(found.proved).digest() == bytes(item.row_digest)
        assert dict(zip(found.headers, found.cells, strict=True))["发票号"] == number
        assert found.is_corrected == (number == "A-9")


def test_every_row_of_an_import_is_provable(books: Books) -> None:
    """The leaf of an item's place in the entry's tree is made of the item's own digest."""
    result = books.imported(csv_of(FIRST))
    with site_scope(books.site_id):
        [(key, chunk)] = fetch(
            "SELECT s.salt, c.leaves FROM evidence_salt s JOIN evidence_chunk c USING (entry_id) WHERE entry_id = %(entry)s",
            {"entry": result.entry_id},
        )
    leaves = split_hashes(bytes(chunk))
    for item in books.items().values():
        salt = row_salts(bytes(key), item.leaf_index, 1)
        assert leaves[item.leaf_index] == row_leaf(salt, bytes(item.row_digest))
