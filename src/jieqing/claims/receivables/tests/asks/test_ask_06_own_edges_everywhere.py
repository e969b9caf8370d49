"""Ask 6. My own bucket edges, and more than 120 days.

Requirement: user-defined edges incl. open-ended last; same edges in screen, statement, export, API.
Source: frappe/erpnext#2660, #35491.
"""

from io import BytesIO
from json import loads

import openpyxl
import pytest
from tests.cast import Cast

from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.selectors.account_statements import Account, newest_revision, read_statement
from jieqing.claims.receivables.tests.hand_ledger import DAY, HandLedger
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope

pytestmark = pytest.mark.django_db
EDGES = (0, 45, 120, 200)
AMOUNTS = [1_00, 2_00, 4_00, 8_00, 16_00]


def test_ask_06_the_same_edges_in_screen_statement_export_and_api(
    cast: Cast, hand_ledger: HandLedger
) -> None:
    for number, (due_in, amount) in enumerate(zip((5, -45, -46, -121, -900), AMOUNTS, strict=True)):
        item = hand_ledger.add(f"FP-{number}", "明达", amount, due_in=due_in)
    hand_ledger.commit()
    at, asked = f"/s/{cast.site.slug}/ledger", "?edges=0,45,120,200&currency=CNY"
    client = cast.clients["owner"]

    report = loads(client.get(f"/api/v1/sites/{cast.site.slug}/ledger/ageing{asked}").content)[0]
    assert [row["amount_fen"] for row in report["buckets"]] == AMOUNTS
    assert [(row["from_days"], row["to_days"]) for row in report["buckets"]] == [
        (None, 0), (1, 45), (46, 120), (121, 200), (201, None),
    ]  # fmt: skip

    screen = client.get(f"{at}/ageing/{asked}").content.decode()
    for text in ("逾期 1–45 天", "逾期 121–200 天", "逾期 200 天以上", "16.00"):
        assert text in screen, text

    csv = client.get(f"{at}/ageing.csv{asked}").content.decode()
    assert "200 天以上" in csv and "0,45,120,200" in csv
    sheet = openpyxl.load_workbook(BytesIO(client.get(f"{at}/ageing.xlsx{asked}").content)).worksheets[0]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert [row[1] for row in rows[-6:]] == [1, 2, 4, 8, 16, 31]

    with site_scope(cast.site.id):
        account = Account(item.debtor_id, newest_revision())
        (section,) = unwrap(read_statement(account, Terms(as_of=DAY, edges=EDGES))).sections
    assert list(section.ageing_minor) == AMOUNTS
