"""Statements of account: the figures add up, the paper says them all, the same statement comes out again."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

import openpyxl
import pypdfium2
import pytest

from jieqing.claims.parties.models import Party
from jieqing.claims.receivables import selectors
from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.engine.ageing import Basis
from jieqing.claims.receivables.models import Statement, StatementHandOver
from jieqing.claims.receivables.selectors.account_statements import (
    Account,
    newest_revision,
    read_statement,
)
from jieqing.claims.receivables.selectors.integrity import ledger_findings
from jieqing.claims.receivables.services import account_statements as services
from jieqing.claims.receivables.services.account_statements import StatementOrder
from jieqing.claims.receivables.tests.small_ledgers import Books, csv_of, open_books
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import selectors as evidence

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 30)
HOSTILE = '#include "x" $y$ *z* [b] `c`'


def rows_of_a_debtor(debtor: str = "明达"):
    return [
        (debtor, "FP-1", "2026-01-10", "2026-02-10", "1000.00", "", ""),
        (debtor, "FP-2", "2026-03-10", "2026-04-10", "2345678.90", "345678.90", "2026-05-02"),
        (debtor, "FP-3", "2026-06-20", "2026-07-20", "300.50", "", ""),
        (debtor, "HZ-1", "2026-05-20", "", "-50.25", "", ""),
        ("华兴", "FP-9", "2026-03-10", "2026-04-10", "77.00", "", ""),
    ]


@pytest.fixture
def books() -> Books:
    found = open_books()
    found.imported(csv_of(rows_of_a_debtor()))
    return found


def debtor_of(books: Books, code: str = "明达") -> Party:
    with site_scope(books.site_id):
        return Party.objects.get(code=code)


def issued(books: Books, *, code: str = "明达", **terms) -> Statement:
    order = StatementOrder(debtor_of(books, code).id, Terms(**{"as_of": DAY, **terms}))
    return unwrap(services.issue_statement(actor=books.actor, order=order))


def text_of(pdf: bytes) -> str:
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return "".join(text.split())


def pdf_of(books: Books, statement: Statement) -> bytes:
    with site_scope(books.site_id):
        return services.read_statement_file(statement, "pdf")


def test_a_period_opens_moves_and_closes(books: Books):
    with site_scope(books.site_id):
        found = unwrap(
            read_statement(
                Account(debtor_of(books).id, newest_revision()), Terms(as_of=DAY, from_on=date(2026, 4, 1))
            )
        )
    (one,) = found.sections
    assert one.opening_minor == 100_000 + 234_567_890
    assert [row.amount_minor for row in one.movements] == [-34_567_890, -5_025, 30_050]
    assert one.closing_minor == 100_000 + 200_000_000 - 5_025 + 30_050
    assert one.balances_minor[-1] == one.closing_minor == sum(one.ageing_minor)
    assert (one.charged_minor, one.credited_minor) == (30_050, -34_572_915)
    # The credit ages from its own day and is netted; FP-3 is not due yet.
    assert one.overdue_minor == 200_100_000 - 5_025


def test_open_items_are_those_of_the_day(books: Books):
    with site_scope(books.site_id):
        account = Account(debtor_of(books).id, newest_revision())
        found = unwrap(read_statement(account, Terms(as_of=date(2026, 5, 1))))
    assert [row.document for row in found.sections[0].documents] == ["FP-1", "FP-2"]
    assert found.sections[0].closing_minor == 234_667_890


def test_a_period_that_ends_before_it_begins_is_refused(books: Books):
    order = StatementOrder(debtor_of(books).id, Terms(as_of=DAY, from_on=DAY + timedelta(days=1)))
    refused = services.issue_statement(actor=books.actor, order=order)
    assert is_problem(refused) and refused.code == "statement.period_backwards"
    with site_scope(books.site_id):
        assert not Statement.objects.exists()


def test_the_paper_says_every_number(books: Books):
    statement = issued(books, from_on=date(2026, 1, 1))
    text = text_of(pdf_of(books, statement))
    for part in (
        "江南轴承", services.number_of(statement), "明达有限公司",
        "2026-01-01–2026-06-30", "1,000.00", "2,345,678.90", "-345,678.90", "2,000,000.00", "300.50", "-50.25",
        "2,001,250.25", "对账回执", "第一百九十五条", "FP-1", "HZ-1", "2026-05-02", "台账版本",
    ):  # fmt: skip
        assert part in text, part
    assert "FP-9" not in text


def test_the_same_statement_comes_out_again_after_a_correction(books: Books):
    statement = issued(books, from_on=date(2026, 1, 1))
    before = pdf_of(books, statement)
    changed = [("明达", "FP-1", "2026-01-10", "2026-02-10", "1100.00", "", "")]
    books.imported(csv_of(changed), "更正.csv")
    with site_scope(books.site_id):
        assert services.remake_pdf(statement) == before
        assert statement.content_digest == Statement.objects.get().content_digest
    assert services.number_of(issued(books)).endswith("000002")
    assert text_of(pdf_of(books, statement)) != text_of(
        pdf_of(books, issued(books, from_on=date(2026, 1, 1)))
    )


def test_the_workbook_holds_numbers_as_numbers_and_no_formula():
    books = open_books()
    rows = [("@SUM(1)", "+1-1", "2026-01-10", "2026-02-10", "1000.05", "", "")]
    books.imported(csv_of(rows))
    statement = issued(books, code="'@SUM(1)", from_on=date(2026, 1, 1))
    with site_scope(books.site_id):
        data = services.read_statement_file(statement, "xlsx")
    book = openpyxl.load_workbook(BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert [c.value for c in cells if c.data_type == "n" and c.number_format == "#,##0.00"].count(
        1000.05
    ) >= 3


def test_hostile_names_print_literally():
    books = open_books()
    books.imported(csv_of([(HOSTILE, "FP#1*[x]", "2026-01-10", "2026-02-10", "10.00", "", "")]))
    text = text_of(pdf_of(books, issued(books, code=HOSTILE)))
    assert "".join(HOSTILE.split()) in text and "FP#1*[x]" in text


def test_a_name_that_nobody_can_print_is_refused_and_takes_no_number(books: Books):
    books.imported(csv_of([("\u13a0\u1400", "FP-7", "2026-01-10", "2026-02-10", "10.00", "", "")]), "b.csv")
    order = StatementOrder(debtor_of(books, "\u13a0\u1400").id, Terms(as_of=DAY))
    refused = services.issue_statement(actor=books.actor, order=order)
    assert is_problem(refused) and refused.code == "pdf.characters_missing"
    assert services.number_of(issued(books)).endswith("000001")


def test_number_evidence_and_digests_belong_together(books: Books):
    statement = issued(books)
    with site_scope(books.site_id):
        entry = evidence.entry_by_id(statement.entry_id)
        assert not is_problem(entry)
        assert entry.facts["number"] == services.number_of(statement)
        assert statement.pdf_key.endswith(entry.facts["pdf_sha256"])
        assert statement.xlsx_key.endswith(entry.facts["xlsx_sha256"])
        assert entry.facts["closing_minor"] == statement.closing
        assert ledger_findings() == []


def test_what_leaves_is_noted(books: Books):
    statement = issued(books)
    with site_scope(books.site_id):
        services.take_statement_file(actor=books.actor, statement=statement, file="xlsx")
        (noted,) = StatementHandOver.objects.all()
    assert (noted.kind, noted.file, noted.actor_id) == ("downloaded", "xlsx", books.actor.id)


def test_sending_to_the_debtor_has_its_verdict():
    assert services.sending_verdict().code == "statement.no_permit"


def test_a_statement_of_ten_thousand_rows_is_made():
    books = open_books()
    rows = [("大户", f"FP-{n}", "2026-01-10", "2026-02-10", f"{n}.01", "", "") for n in range(1, 5_001)]
    books.imported(csv_of(rows))
    statement = issued(books, code="大户", from_on=date(2026, 1, 1))
    text = text_of(pdf_of(books, statement))
    assert "FP-5000" in text and "5,000.01" in text and f"{sum(range(1, 5_001)):,}.00" not in text
    assert f"{sum(range(1, 5_001)) + 50:,}.00" in text


def random_rows(random: Random, first: int):
    for number in range(first, first + 60):
        invoiced = date(2026, 1, 1) + timedelta(days=random.randrange(150))
        amount = random.randrange(-90_000, 900_000) or 1
        paid = random.choice((0, 0, amount, amount // 3)) if amount > 0 else 0
        yield (
            f"客{random.randrange(4)}", f"R-{number}", invoiced.isoformat(),
            (invoiced + timedelta(days=random.randrange(90))).isoformat(), f"{Decimal(amount) / 100:.2f}",
            f"{Decimal(paid) / 100:.2f}" if paid else "",
            (invoiced + timedelta(days=random.randrange(90))).isoformat() if paid else "",
        )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_the_statements_of_all_debtors_are_the_ledger(seed: int):
    """Asks 2 and 4: lines sum to heads, heads to the ledger, at any day and as known at any revision."""
    random, books = Random(seed), open_books()
    for first, currency in ((0, "CNY"), (30, "CNY"), (100, "USD")):
        books.imported(csv_of(random_rows(random, first), currency), f"{first}.csv")
    with site_scope(books.site_id):
        for revision in (1, 2, 3):
            as_of, since = date(2026, 1, 1) + timedelta(days=random.randrange(200)), random.randrange(100)
            sums: Counter[str] = Counter()
            for party in Party.objects.all():
                account = Account(party.id, revision)
                terms = Terms(as_of=as_of, from_on=as_of - timedelta(days=since))
                period = unwrap(read_statement(account, terms))
                still = unwrap(
                    read_statement(account, Terms(as_of=as_of, basis=Basis.INVOICE, edges=(10, 20)))
                )
                assert still.closing == {
                    code: minor for code, minor in period.closing.items() if code in still.closing
                }
                sums.update(period.closing)
            known = selectors.revision_moment(revision)
            ledger = selectors.ledger_sums(as_of=as_of, known_at=known)
            assert (
                +Counter(sums) - Counter(ledger) == Counter()
                and +Counter(ledger) - Counter(sums) == Counter()
            )
