"""Ask 25. Import: find header row, map columns, skip junk, preview, no duplicates.

Requirement: wizard detects header and footer rows, signs (Cr/Dr, one or two columns), account chosen on form; saved
mapping per source; preview with row errors; re-import of same file = 0 new rows (hash + business key); multi-line
documents grouped; job never stuck "pending".
Source: The-Commit-Company/mint#98; frappe/erpnext#43193, #54388, #32326, #49633, #51888/#36197.

The job that breaks off and starts again is ``test_import_jobs``.
"""

from datetime import date

import pytest

from jieqing.claims.receivables import services
from jieqing.claims.receivables.models import MappingProfile
from jieqing.claims.receivables.services import ImportOptions
from jieqing.claims.receivables.tests.parsed_files import ledger_of
from jieqing.claims.receivables.tests.small_ledgers import open_books
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

FILE = """江南轴承有限公司应收账款明细表,,,,
单位：元,截止日期：2026-06-30,币种：人民币,,
,,,,
客户名称,发票号,开票日期,到期日,金额
宏达机械,INV-001,2026-05-01,2026-06-01,"10,000.00"
李氏包装,INV-002,2026-05-03,2026-13-01,250.50
远景五金,INV-003,2026-05-04,2026-06-04,(99.50)
合计,,,,"10,151.00"
制表：周敏,,,,
""".encode()


@pytest.mark.django_db
def test_ask_25_header_footer_signs_preview_and_no_second_time() -> None:
    books = open_books()
    seen = unwrap(
        services.preview_file(actor=books.actor, name="应收.csv", source=FILE, options=ImportOptions())
    )
    assert (seen.rows, seen.accepted, seen.staged) == (3, 2, 1)
    assert seen.problems[0].first_line == 6
    assert books.open_amount(date(2026, 6, 30)) == 0, "a preview writes nothing"
    first = books.imported(FILE)
    assert (first.accepted, first.staged, first.duplicates) == (2, 1, 0)
    assert books.open_amount(date(2026, 6, 30)) == 1_000_000 - 9_950
    again = books.imported(FILE, "同一份.csv")
    assert (again.accepted, again.staged, again.duplicates, again.revision) == (0, 0, 3, None)
    with site_scope(books.site_id):
        assert MappingProfile.objects.count() == 1, "the source's mapping is kept for the next file"


def test_ask_25_debit_and_credit_in_two_columns() -> None:
    text = "日期,凭证号数,往来单位,摘要,借方,贷方\n2026-01-05,记-001,宏达,销售,100.00,\n2026-01-06,记-002,宏达,红字,,60.00\n"
    assert ledger_of(text + ",,,,,\n").good.get_column("amount_minor").to_list() == [10_000, -6_000]


def test_ask_25_lines_of_one_document_are_grouped() -> None:
    text = "客户名称,发票号,开票日期,金额,摘要\n宏达,F1,2026-01-05,1,轴承\n宏达,F1,2026-01-05,2,座\n"
    assert ledger_of(text, multi_line="sum").good.get_column("amount_minor").to_list() == [300]
