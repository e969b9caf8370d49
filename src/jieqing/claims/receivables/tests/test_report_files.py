"""Reports to take away say what the page says: the same numbers, the choices printed, the sums tied to the ledger."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pypdfium2
import pytest
from tests.cast import Cast

from jieqing.claims.receivables.tests.conftest import NOON
from jieqing.claims.receivables.tests.hand_ledger import HandLedger
from jieqing.kernel import clock

pytestmark = pytest.mark.django_db
AT = "/s/jiangnan/ledger"


@pytest.fixture
def owner(cast: Cast, hand_ledger: HandLedger):
    hand_ledger.add("FP-1", "无锡市明达机械有限公司", 1_234_500, due_in=-47)
    hand_ledger.add("FP-2", "无锡市明达机械有限公司", 500_000, due_in=10, paid=100_000)
    hand_ledger.commit()
    hand_ledger.add("FP-3", "#import $x$ *贸易*", 77_700, due_in=-5)
    hand_ledger.add("FP-4", "北京海外", 900, due_in=-5, currency="USD")
    with clock.frozen(NOON + timedelta(hours=1)):
        hand_ledger.commit()
    return cast.clients["owner"]


def text_of(data: bytes) -> str:
    return "".join(
        "".join(page.get_textpage().get_text_range().split()) for page in pypdfium2.PdfDocument(data)
    )


def test_the_ageing_report_as_pdf_and_workbook(owner):
    asked = "?edges=0,45&basis=due&currency=CNY"
    text = text_of(owner.get(f"{AT}/ageing.pdf{asked}").content)
    for part in ("17,122.00", "4,000.00", "777.00", "12,345.00", "0,45", "2026-11-22", "到期日", "与台账全部分录之和一致",
                 "#import$x$*贸易*"):  # fmt: skip
        assert part in text, part
    assert "北京海外" not in text
    book = openpyxl.load_workbook(BytesIO(owner.get(f"{AT}/ageing.xlsx{asked}").content))
    by_bucket, by_debtor = ([[c.value for c in row] for row in sheet.iter_rows()] for sheet in book)
    assert [row[1] for row in by_bucket[-4:]] == [4000, 777, 12345, 17122]
    assert by_debtor[-1][-1] == sum(row[-1] for row in by_debtor[1:-1]) == 17122


def test_a_report_goes_back_to_an_earlier_knowledge(owner):
    text = text_of(owner.get(f"{AT}/ageing.pdf?known=1").content)
    assert "16,345.00" in text and "777.00" not in text
    csv = owner.get(f"{AT}/ageing.csv?known=1").content.decode()
    assert "按当时所知" in csv and "分段天数" in csv


def test_the_desk_on_one_page(owner):
    data = owner.get(f"{AT}/desk.pdf?currency=CNY").content
    text = text_of(data)
    assert len(pypdfium2.PdfDocument(data)) == 1
    for part in ("¥17,122.00", "¥13,122.00", "76.6%", "16,345.00", "95.5%", "47", "应收账款一页报告"):
        assert part in text, part
    assert data == owner.get(f"{AT}/desk.pdf?currency=CNY").content


def test_an_empty_ledger_still_gives_a_page(cast: Cast):
    assert cast.clients["owner"].get(f"{AT}/desk.pdf").content.startswith(b"%PDF")
    assert cast.clients["owner"].get(f"{AT}/ageing.pdf").content.startswith(b"%PDF")
