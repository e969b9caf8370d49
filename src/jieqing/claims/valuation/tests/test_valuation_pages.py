"""The pages of valuation: what a finance manager sees and does, and who may not."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook
from tests.cast import Cast

from jieqing.claims.receivables import services as ledger_services
from jieqing.claims.receivables.engine.synthetic import synthetic_ledger
from jieqing.claims.receivables.services.reporting import set_reporting_day
from jieqing.claims.valuation import services
from jieqing.claims.valuation.engine.reasons import costs_of
from jieqing.claims.valuation.models import Decision, Rating, Trigger
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope

AS_OF = date(2026, 6, 30)


@pytest.fixture
def valued(cast: Cast) -> Cast:
    data = synthetic_ledger(seed=7, until=AS_OF, invoices=400, debtors=30)
    found = ledger_services.import_file(actor=cast.actor("owner"), name="应收.csv", source=data)
    assert not is_problem(found), found
    set_reporting_day(actor=cast.actor("owner"), as_of=AS_OF)
    services.revalue(actor=cast.actor("owner"), trigger=Trigger.IMPORT)
    return cast


def test_the_manager_reads_grades_reasons_history_loss_and_warnings(valued: Cast) -> None:
    client, root = valued.clients["owner"], f"/s/{valued.site.slug}"
    page = client.get(f"{root}/valuation/ratings/").content.decode()
    assert "AAA" in page or "BB" in page
    with site_scope(valued.site.id):
        worst = Rating.objects.filter(kind=1).order_by("score").first()
    history = client.get(f"{root}/valuation/ratings/{worst.party_id}/").content.decode()
    assert "评级历史" in history and "导入" in history
    assert "预期信用损失" in client.get(f"{root}/valuation/loss/").content.decode()
    assert client.get(f"{root}/valuation/alarms/").status_code == 200
    assert "评级与预期损失" in client.get(f"{root}/desk/").content.decode()


def test_sorts_search_and_grade_narrow_the_list(valued: Cast) -> None:
    client, address = valued.clients["owner"], f"/s/{valued.site.slug}/valuation/ratings/"
    for query in (
        "?sort=-score",
        "?sort=exposure",
        "?sort=name",
        "?q=K10",
        "?grade=D",
        "?grade=nonsense",
        "?after=x",
    ):
        assert client.get(address + query).status_code == 200, query


def test_a_judgement_is_made_and_withdrawn_from_the_page(valued: Cast) -> None:
    client, root = valued.clients["owner"], f"/s/{valued.site.slug}/valuation"
    asked = {"kind": "overlay", "currency": "CNY", "value": "1.2", "reason": "行业景气下行"}
    assert client.post(f"{root}/decisions/", asked).status_code == 302
    assert "行业景气下行" in client.get(f"{root}/loss/").content.decode()
    with site_scope(valued.site.id):
        decision = Decision.objects.get()
    assert client.post(f"{root}/decisions/{decision.id}/end/", {"reason": "不再适用"}).status_code == 302
    assert "行业景气下行" not in client.get(f"{root}/loss/").content.decode()
    assert client.post(f"{root}/decisions/", {**asked, "reason": ""}).status_code == 422
    assert client.post(f"{root}/decisions/", {**asked, "value": "9"}).status_code == 422
    assert valued.clients["teammate"].post(f"{root}/decisions/", asked).status_code == 403


def test_recomputing_from_the_page(valued: Cast) -> None:
    found = valued.clients["owner"].post(f"/s/{valued.site.slug}/valuation/revalue/", {"back": "alarms"})
    assert found.status_code == 302
    assert found["Location"].endswith("/valuation/alarms/")


def test_every_figure_of_the_loss_opens_and_the_back_test_shows_vintages(valued: Cast) -> None:
    client, root = valued.clients["owner"], f"/s/{valued.site.slug}/valuation/loss"
    page = client.get(f"{root}/").content.decode()
    for bucket in range(5):
        assert f"{root}/bucket/?row={bucket}" in page
        opened = client.get(f"{root}/bucket/?row={bucket}").content.decode()
        assert "损失率" in opened and "违约损失率" in opened
    assert client.get(f"{root}/bucket/?row=5").status_code == 404
    vintages = client.get(f"{root}/backtest/").content.decode()
    assert "当时预测" in vintages and "实际未收回" in vintages
    api = client.get(f"/api/v1/sites/{valued.site.slug}/valuation/loss/backtest?currency=CNY").json()
    assert len(api) >= 3 and all(one["decided_minor"] <= one["open_minor"] for one in api)
    assert client.get(f"{root}/backtest/?currency=USD&as_of=2020-01-01").status_code == 200


def test_ratings_as_files(valued: Cast) -> None:
    client, root = valued.clients["owner"], f"/s/{valued.site.slug}/valuation/ratings"
    with site_scope(valued.site.id):
        rating = Rating.objects.filter(kind=1).select_related("party").order_by("score").first()
        count = Rating.objects.filter(kind=1).count()
    text = client.get(f"{root}.csv").content.decode("utf-8-sig")
    lines = text.strip().splitlines()
    head = next(at for at, line in enumerate(lines) if line.startswith("债务人,客户编码"))
    assert len(lines) - head - 1 == count
    assert bytes(rating.row_digest).hex() in text
    only = client.get(f"{root}.csv?grade=D").content.decode("utf-8-sig")
    assert "评级,D" in only and only.count("\n") < text.count("\n")
    book = load_workbook(BytesIO(client.get(f"{root}.xlsx").content))
    assert any(rating.party.name in map(str, row) for row in book.active.iter_rows(values_only=True))
    history = client.get(f"{root}/{rating.party_id}/history.csv").content.decode("utf-8-sig")
    assert bytes(rating.row_digest).hex() in history and "导入" in history
    assert client.get(f"{root}/{rating.party_id}/history.xlsx")["Content-Type"].startswith("application/vnd")


def test_the_points_shown_make_the_score(valued: Cast) -> None:
    with site_scope(valued.site.id):
        for rating in Rating.objects.filter(kind=1):
            costs = sum(one.points for one in costs_of(rating.values, rating.points))
            assert rating.score == max(0, 1000 - costs)
