"""Pages, API and command of statements: look, issue, take away, tell a member; never send to a debtor."""

import json
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from tests.cast import Cast

from jieqing.claims.receivables.management.cli import ledger
from jieqing.claims.receivables.models import Statement, StatementHandOver, StatementRun
from jieqing.claims.receivables.services import statement_runs
from jieqing.claims.receivables.tests.hand_ledger import HandLedger
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.notices.models import Notice

pytestmark = pytest.mark.django_db
AT = "/s/jiangnan/ledger"


@pytest.fixture
def debtor(hand_ledger: HandLedger) -> str:
    item = hand_ledger.add("FP-1", "无锡市明达机械有限公司", 1_234_500, due_in=-47)
    hand_ledger.add("FP-2", "无锡市明达机械有限公司", 500_000, due_in=10, paid=100_000)
    hand_ledger.add("FP-3", "常州市华兴轴承有限公司", 77_700, due_in=-5)
    hand_ledger.commit()
    return str(item.debtor_id)


def only(cast: Cast) -> Statement:
    with site_scope(cast.site.id):
        return Statement.objects.get()


def test_look_preview_issue_download_and_see_it_in_the_log(cast: Cast, debtor: str):
    owner = cast.clients["owner"]
    assert f"/debtors/{debtor}/statement/" in owner.get(f"{AT}/debtors/{debtor}/").content.decode()
    shown = owner.get(f"{AT}/debtors/{debtor}/statement/?form=activity&from_on=2026-01-01").content.decode()
    assert "16,345.00" in shown and "不可发送 · 尚无触达许可" in shown and "预览 PDF" in shown
    preview = owner.get(f"{AT}/debtors/{debtor}/statement/preview.pdf?form=activity")
    text = "".join(p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(preview.content))
    assert preview["Content-Disposition"].startswith("inline") and "未编号" in text and "回执" not in text
    issued = owner.post(f"{AT}/debtors/{debtor}/statement/", {"form": "activity", "from_on": "2026-01-01"})
    found = only(cast)
    assert issued.headers["Location"] == f"{AT}/statements/{found.id}/"
    pdf = owner.get(f"{AT}/statements/{found.id}/statement.pdf")
    assert pdf.content.startswith(b"%PDF") and "DZ2026-000001" in pdf["Content-Disposition"]
    assert owner.get(f"{AT}/statements/{found.id}/statement.xlsx").content.startswith(b"PK")
    page = owner.get(f"{AT}/statements/{found.id}/").content.decode()
    assert all(word in page for word in ("DZ2026-000001", "XLSX", "下载", found.pdf_key[37:], "Owner"))
    listed = owner.get(f"{AT}/statements/?debtor={debtor}").content.decode()
    assert "DZ2026-000001" in listed and ">2<" in listed


def test_a_member_without_the_right_reads_but_makes_nothing(cast: Cast, debtor: str):
    cast.clients["owner"].post(f"{AT}/debtors/{debtor}/statement/", {"form": "open"})
    found, auditor = only(cast), cast.clients["teammate"]
    assert 'statement/"' not in auditor.get(f"{AT}/debtors/{debtor}/").content.decode()
    page = auditor.get(f"{AT}/statements/{found.id}/").content.decode()
    assert "DZ2026-000001" in page and "statement.pdf" not in page
    assert auditor.get(f"{AT}/statements/{found.id}/statement.pdf").status_code == 403
    assert auditor.post(f"{AT}/debtors/{debtor}/statement/", {"form": "open"}).status_code == 403


def test_a_wrong_period_keeps_what_was_chosen(cast: Cast, debtor: str):
    answer = cast.clients["owner"].post(
        f"{AT}/debtors/{debtor}/statement/",
        {"form": "activity", "from_on": "2026-12-01", "as_of": "2026-11-01"},
    )
    assert answer.status_code == 422 and "晚于截止日" in answer.content.decode()
    assert 'value="2026-12-01"' in answer.content.decode()


def test_a_member_is_told_by_a_fixed_notice_and_nobody_else_can_be(cast: Cast, debtor: str):
    owner = cast.clients["owner"]
    owner.post(f"{AT}/debtors/{debtor}/statement/", {"form": "open"})
    found = only(cast)
    teammate = cast.users["teammate"]
    for wrong in (str(teammate.id), str(cast.users["debtor"].id), "someone@example.org", ""):
        assert owner.post(f"{AT}/statements/{found.id}/notify/", {"member": wrong}).status_code == 422
    teammate.email = "teammate@example.org"
    teammate.save()
    debtor_user = cast.users["debtor"]
    debtor_user.email = "debtor@example.org"
    debtor_user.save()
    page = owner.get(f"{AT}/statements/{found.id}/").content.decode()
    assert "teammate@example.org" in page and "debtor@example.org" not in page
    assert (
        owner.post(f"{AT}/statements/{found.id}/notify/", {"member": str(debtor_user.id)}).status_code == 422
    )
    assert owner.post(f"{AT}/statements/{found.id}/notify/", {"member": str(teammate.id)}).status_code == 302
    with site_scope(cast.site.id):
        (notice,) = Notice.objects.filter(kind="statement_ready")
        (noted,) = StatementHandOver.objects.filter(kind="sent_to_member")
    assert notice.address == "teammate@example.org" and noted.notice_id == notice.id
    assert notice.values["reference"] == "DZ2026-000001"


def test_a_run_from_its_page(cast: Cast, debtor: str):
    owner = cast.clients["owner"]
    assert "<b>2</b>" in owner.get(f"{AT}/statements/new/").content.decode()
    assert "<b>1</b>" in owner.get(f"{AT}/statements/new/?bucket=1").content.decode()
    answer = owner.post(f"{AT}/statements/new/", {"form": "open", "q": "wuxi"})
    with site_scope(cast.site.id):
        run = StatementRun.objects.get()
    assert answer.headers["Location"] == f"{AT}/statements/runs/{run.id}/" and len(run.targets) == 1
    working = owner.get(f"{AT}/statements/runs/{run.id}/").content.decode()
    assert "archive.zip" not in working and "正在准备" in working
    assert owner.get(f"{AT}/statements/runs/{run.id}/archive.zip").status_code == 409
    statement_runs.make_statements(actor=cast.actor("owner"), run=run)
    assert owner.get(f"{AT}/statements/runs/{run.id}/bar/")["HX-Refresh"] == "true"
    assert "archive.zip" in owner.get(f"{AT}/statements/runs/{run.id}/").content.decode()
    assert owner.get(f"{AT}/statements/runs/{run.id}/archive.zip").content.startswith(b"PK")
    with site_scope(cast.site.id):
        assert StatementHandOver.objects.filter(file="zip").count() == 1


def test_the_api_issues_once_however_often_it_is_asked(cast: Cast, debtor: str):
    owner, at = cast.clients["owner"], "/api/v1/sites/jiangnan/ledger/statements"
    body = {"debtor_id": debtor, "as_of": "2026-11-22", "from_on": "2026-01-01"}

    def issue() -> dict:
        answer = owner.post(at, body, headers={"Idempotency-Key": "one"})
        assert answer.status_code == 200, answer.content
        return answer.json()

    first = issue()
    assert issue() == first and first["closing_fen"] == {"CNY": 1_634_500}
    assert [row["id"] for row in owner.get(at).json()["statements"]] == [first["id"]]
    assert owner.get(f"{at}/{first['id']}").json() == first
    assert owner.get(f"{at}/{first['id']}/file").content.startswith(b"%PDF")
    wrong = owner.post(
        at,
        {"debtor_id": debtor, "as_of": "2026-11-22", "edges": "9,3"},
        headers={"Idempotency-Key": "two"},
    )
    assert wrong.status_code == 422 and wrong.json()["code"] == "ageing.edges_not_rising"


def test_the_command_lays_both_files_down(cast: Cast, debtor: str, tmp_path: Path):
    arguments = ["statement", "--site", "jiangnan", "--as-of", "2026-11-22", "--out", str(tmp_path), "--json"]
    told = CliRunner().invoke(ledger, [*arguments, "--debtor", "无锡市明达机械有限公司"])
    assert told.exit_code == 0, told.output
    answer = json.loads(told.stdout)
    assert answer["closing_fen"] == {"CNY": 1_634_500}
    assert {path.name for path in tmp_path.iterdir()} == {"DZ2026-000001.pdf", "DZ2026-000001.xlsx"}
    assert pypdfium2.PdfDocument(BytesIO((tmp_path / "DZ2026-000001.pdf").read_bytes()))
    nobody = CliRunner().invoke(ledger, [*arguments, "--debtor", "没有"])
    assert nobody.exit_code == 2 and "没有叫" in nobody.stderr
