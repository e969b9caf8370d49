"""银行对账 in a browser: a file goes in, its lines stand with suggestions, one is approved, undone, and all certain at once."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.claims.receipts.models import BankLine, Match
from jieqing.claims.receipts.tests.bank_files import Row, icbc
from jieqing.claims.receipts.tests.test_matching_services import LEDGER, ROWS
from jieqing.claims.receivables import services as ledger
from jieqing.claims.receivables.services.reporting import set_reporting_day
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope


@pytest.fixture
def bank(cast: Cast) -> Cast:
    found = ledger.import_file(actor=cast.actor("owner"), name="应收.csv", source=LEDGER.encode())
    assert not is_problem(found), found
    return cast


def address(cast: Cast, tail: str = "") -> str:
    return f"/s/{cast.site.slug}/ledger/bank/{tail}"


def upload(cast: Cast, data: bytes, name: str = "流水.csv"):
    return cast.clients["owner"].post(
        address(cast, "new/"), {"file": SimpleUploadedFile(name, data), "currency": "CNY"}
    )


def test_from_upload_to_match_and_back(bank: Cast) -> None:
    owner = bank.clients["owner"]
    sent = upload(bank, icbc(ROWS))
    assert sent.status_code == 302
    assert "逐行余额" in owner.get(sent["Location"]).content.decode()
    page = owner.get(address(bank)).content.decode()
    assert "INV-001" in page
    assert "核销全部确定的" in page
    preview = owner.get(address(bank, "certain/")).content.decode()
    asked = re.findall(r'name="line" value="([^"]+)"', preview)
    assert len(asked) == 1
    assert owner.post(address(bank, "certain/"), {"line": asked}).status_code == 302
    with site_scope(bank.site.id):
        match = Match.objects.get()
    line = address(bank, f"lines/{match.line_id}/")
    assert "撤销核销" in owner.get(line).content.decode()
    assert owner.post(address(bank, f"matches/{match.id}/undo/"), {"reason": ""}).status_code == 422
    assert owner.post(address(bank, f"matches/{match.id}/undo/"), {"reason": "错了"}).status_code == 302
    shown = owner.get(line).content.decode()
    [key] = re.findall(r'name="suggestion" value="([^"]+)"', shown)[:1]
    assert owner.post(f"{line}decide/", {"action": "approve", "suggestion": key}).status_code == 302
    assert owner.post(f"{line}decide/", {"action": "approve", "suggestion": key}).status_code == 422


def test_a_replay_says_that_later_payments_are_in_the_ledger_already(bank: Cast) -> None:
    owner, words = bank.clients["owner"], "这一天之后的收款"
    upload(bank, icbc(ROWS))
    with site_scope(bank.site.id):
        lines = BankLine.objects.filter(amount_minor__gt=0)
        line = address(bank, f"lines/{lines.order_by('line_no').values_list('id', flat=True)[0]}/")
    assert words not in owner.get(address(bank)).content.decode()
    set_reporting_day(actor=bank.actor("owner"), as_of=date(2026, 1, 31))
    assert words not in owner.get(address(bank)).content.decode(), "no payment of a later day stands yet"
    asked = re.findall(r'name="line" value="([^"]+)"', owner.get(address(bank, "certain/")).content.decode())
    assert owner.post(address(bank, "certain/"), {"line": asked}).status_code == 302
    assert words in owner.get(address(bank)).content.decode()
    with site_scope(bank.site.id):
        waiting = lines.exclude(id__in=Match.objects.values("line_id")).values_list("id", flat=True)[0]
    assert words in owner.get(address(bank, f"lines/{waiting}/")).content.decode()
    set_reporting_day(actor=bank.actor("owner"), as_of=None)
    assert words not in owner.get(line).content.decode()


def test_a_refused_file_says_where_it_breaks_and_is_kept(bank: Cast) -> None:
    sent = upload(bank, icbc(ROWS, break_at=1))
    shown = bank.clients["owner"].get(sent["Location"]).content.decode()
    assert "第 5 行起余额对不上" in shown
    assert "原文件已保留" in shown
    with site_scope(bank.site.id):
        assert BankLine.objects.count() == 0


def test_many_lines_cost_no_more_statements_than_few(bank: Cast) -> None:
    owner = bank.clients["owner"]
    upload(bank, icbc(ROWS[:2]))
    few = len(statements(lambda: owner.get(address(bank, "?state=all"))))
    upload(bank, icbc([*ROWS, *(Row("2026-10-20", f"{n + 1}.00", "远景五金", f"x{n}") for n in range(40))]))
    many = len(statements(lambda: owner.get(address(bank, "?state=all"))))
    assert many <= few + 2
    assert many < 40


def test_an_export_and_the_filters_answer(bank: Cast) -> None:
    upload(bank, icbc(ROWS))
    owner = bank.clients["owner"]
    for query in (
        "?state=done",
        "?kind=fee",
        "?q=宏达",
        "?state=all&sort=day",
        "?account=none",
        "?statement=x",
    ):
        assert owner.get(address(bank) + query).status_code == 200
    assert "宏达" in owner.get(address(bank).rstrip("/") + ".csv").content.decode("utf-8-sig")
