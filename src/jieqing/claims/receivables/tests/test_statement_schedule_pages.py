"""Schedules of statements on pages and by API: set, shown with what they made and who was handed it, ended."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from tests.cast import Cast

from jieqing.claims.receivables.models import HandOverKind, Statement, StatementSchedule
from jieqing.claims.receivables.services import statement_runs
from jieqing.claims.receivables.services.account_statements import PDF, take_statement_file
from jieqing.claims.receivables.services.statement_schedules import run_due_schedules
from jieqing.claims.receivables.tests.hand_ledger import HandLedger
from jieqing.kernel import clock
from jieqing.plumbing.db.scopes import site_scope


def at(month: int, day: int) -> Any:
    return clock.frozen(datetime(2027, month, day, 1, tzinfo=UTC))


@pytest.fixture
def filled(cast: Cast, hand_ledger: HandLedger) -> Cast:
    hand_ledger.add("FP-1", "明达", 1000_00, due_in=-40)
    hand_ledger.add("FP-2", "华兴", 50_00, due_in=-40)
    hand_ledger.commit()
    return cast


def post(cast: Cast, path: str, body: Any) -> Any:
    return cast.clients["owner"].post(
        f"/api/v1/sites/{cast.site.slug}/ledger/statement-schedules{path}",
        json.dumps(body),
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )


def test_ask_07_a_schedule_by_filter_is_set_shown_and_disabled_on_pages(filled: Cast) -> None:
    root, owner, reader = (
        f"/s/{filled.site.slug}/ledger/statements/schedules/",
        filled.clients["owner"],
        filled.clients["teammate"],
    )
    assert "还没有定期对账" in reader.get(root).content.decode()
    told = {
        "name": "明达每月",
        "day_of_month": "31",
        "q": "明达",
        "bucket": "",
        "currency": "",
        "language": "zh",
    }
    assert owner.post(f"{root}new/", {**told, "day_of_month": "32"}).status_code == 422
    kept = owner.post(f"{root}new/", {**told, "name": ""})
    assert kept.status_code == 422 and 'value="明达"' in kept.content.decode(), "what was typed stays"
    assert reader.post(f"{root}new/", told).status_code == 403
    assert owner.post(f"{root}new/", told).status_code == 302
    twice = owner.post(f"{root}new/", told)
    assert twice.status_code == 422 and "已有名为" in twice.content.decode(), (
        "a second click makes no second one"
    )
    with site_scope(filled.site.id):
        schedule = StatementSchedule.objects.get()
    with at(1, 31):
        (run,) = run_due_schedules(site_id=filled.site.id)
    statement_runs.make_statements(actor=filled.actor("owner"), run=run)
    with site_scope(filled.site.id):
        (made,) = Statement.objects.all()
        take_statement_file(actor=filled.actor("owner"), statement=made, file=PDF)
    page = reader.get(f"{root}{schedule.id}/").content.decode()
    assert "第 1 批" in page and "Owner" in page and "下载" in page, "the log names the recipient"
    assert "2027-02-28" in page
    assert owner.post(f"{root}{schedule.id}/end/").status_code == 302
    assert owner.post(f"{root}{schedule.id}/end/").status_code == 302
    assert "已停用" in reader.get(root).content.decode()
    with at(2, 28):
        assert run_due_schedules(site_id=filled.site.id) == []
    assert owner.post(f"{root}new/", told).status_code == 302, "the name is free again"


def test_ask_07_a_schedule_by_api(filled: Cast) -> None:
    made = post(filled, "", {"name": "逾期客户", "day_of_month": 1, "bucket": 3, "edges": [0, 30, 60]})
    assert made.status_code == 200, made.content
    one = made.json()
    assert (one["bucket"], one["edges"], one["ended_at"]) == (3, [0, 30, 60], None)
    for wrong in (
        {"day_of_month": 0},
        {"edges": [30, 0]},
        {"edges": []},
        {"currency": "人民币"},
        {"bucket": -1},
        {"bucket": 9},
        {"name": "   "},
    ):
        answer = post(filled, "", {"name": "另一个", "day_of_month": 1, **wrong})
        assert answer.status_code in (409, 422), (wrong, answer.content)
    with at(1, 1):
        (run,) = run_due_schedules(site_id=filled.site.id)
    statement_runs.make_statements(actor=filled.actor("owner"), run=run)
    with site_scope(filled.site.id):
        statement = Statement.objects.order_by("number").first()
        assert statement
        take_statement_file(actor=filled.actor("owner"), statement=statement, file=PDF)
    base = f"/api/v1/sites/{filled.site.slug}/ledger/statement-schedules"
    told = filled.clients["teammate"].get(f"{base}/{one['id']}").json()
    assert [(row["statements"]) for row in told["runs"]] == [2]
    assert [(row["kind"], row["debtor"]) for row in told["log"]] == [
        (HandOverKind.DOWNLOADED.value, statement.printed["debtor"])
    ]
    assert post(filled, f"/{one['id']}/end", {}).json()["ended_at"]
    assert post(filled, f"/{one['id']}/end", {}).status_code == 200, "ended is ended"
    assert [row["next_on"] for row in filled.clients["owner"].get(base).json()["schedules"]] == [None]
