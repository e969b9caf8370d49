"""Figures over time: by hand, from a ledger, as known earlier; page, files and API say the same."""

from datetime import date

import numpy as np
import pytest
from tests.cast import Cast
from tests.query_counts import statements

from jieqing.claims.receivables import selectors as ledger
from jieqing.claims.receivables import services as ledger_services
from jieqing.claims.receivables.engine.synthetic import synthetic_ledger
from jieqing.claims.valuation import selectors, services
from jieqing.claims.valuation.engine.series import days_of, point_at
from jieqing.claims.valuation.tests.ledgers import arrays_of
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope

AS_OF = date(2026, 6, 30)


def test_figures_by_hand() -> None:
    found = point_at(
        arrays_of(
            [
                ("甲", date(2025, 5, 1), date(2025, 6, 1), 100_00, []),
                ("甲", date(2026, 5, 1), date(2026, 6, 30), 300_00, [(date(2026, 6, 1), 100_00)]),
                ("乙", date(2026, 6, 1), date(2026, 7, 30), 100_00, []),
                ("丙", date(2026, 6, 15), date(2026, 6, 15), -50_00, []),
                ("丁", date(2026, 7, 1), date(2026, 8, 1), 999_00, []),
            ]
        ),
        AS_OF,
        0,
    )
    assert (found.owed_minor, found.overdue_minor, found.debtors) == (400_00, 100_00, 2)
    assert (found.invoiced_quarter_minor, found.invoiced_year_minor) == (400_00, 400_00)
    assert found.dso_tenths == 900, "400 owed, 400 invoiced in 90 days: 90 days"
    assert found.turnover_hundredths == 160, "400 / ((400 + 100) / 2)"
    assert (found.overdue_bp, found.top_bp) == (2_500, 10_000)
    assert found.hhi == round((0.75**2 + 0.25**2) * 10_000)


def test_nothing_to_divide_by_is_no_figure() -> None:
    found = point_at(arrays_of([("甲", date(2027, 1, 1), date(2027, 2, 1), 1_00, [])]), AS_OF, 0)
    assert (found.dso_tenths, found.turnover_hundredths, found.overdue_bp, found.hhi) == (None,) * 4


@pytest.mark.parametrize("as_of", [AS_OF, date(2026, 6, 12)])
def test_twelve_days_that_end_with_the_one_asked_for(as_of: date) -> None:
    days = days_of(as_of)
    assert len(days) == 12 and days[-1] == as_of and len(set(days)) == 12
    assert list(days) == sorted(days)


@pytest.fixture
def book(cast: Cast) -> Cast:
    data = synthetic_ledger(seed=7, until=AS_OF, invoices=300, debtors=25)
    found = ledger_services.import_file(actor=cast.actor("owner"), name="应收.csv", source=data)
    assert not is_problem(found), found
    return cast


def test_a_day_in_the_past_and_an_earlier_knowledge(book: Cast) -> None:
    with site_scope(book.site.id):
        first = selectors.series(as_of=AS_OF, currency="CNY")
        report = next(one for one in ledger.ageing(as_of=AS_OF, currency="CNY"))
        known = ledger.revisions()[0].at
    assert first[-1].gross_minor == report.total_minor, "the provision is of the ageing report's amount"
    assert first[-1].loss_minor > 0
    more = (
        "客户名称,单据号,开票日期,到期日,金额,币种\n新客户有限公司,Z-1,2026-05-01,2026-05-20,70000.00,CNY\n"
    )
    done = ledger_services.import_file(actor=book.actor("owner"), name="新.csv", source=more.encode())
    assert not is_problem(done), done
    with site_scope(book.site.id):
        assert selectors.series(as_of=AS_OF, currency="CNY", known_at=known) == first
        now = selectors.series(as_of=AS_OF, currency="CNY")
    assert now[-1].owed_minor == first[-1].owed_minor + 70_000_00
    assert now[0] == first[0], "what came in May changes nothing of last summer"
    assert np.all([point.hhi for point in now])


def test_page_files_and_api(book: Cast) -> None:
    client, root = book.clients["teammate"], f"/s/{book.site.slug}/valuation"
    page = client.get(f"{root}/series/?as_of=2026-06-30&currency=CNY")
    assert page.status_code == 200 and "HHI" in page.content.decode()
    asked = statements(lambda: client.get(f"{root}/series/?as_of=2026-06-30&currency=CNY"))
    assert len(asked) <= 25
    csv = client.get(f"{root}/series.csv?as_of=2026-06-30&currency=CNY").content.decode("utf-8-sig")
    assert "2026-06-30" in csv and "DSO" in csv
    assert client.get(f"{root}/series.xlsx?as_of=2026-06-30").content[:2] == b"PK"
    api = f"/api/v1/sites/{book.site.slug}/valuation"
    told = client.get(f"{api}/series?currency=CNY&as_of=2026-06-30").json()
    assert len(told) == 12 and told[-1]["on"] == "2026-06-30"
    assert client.get(f"{api}/series?currency=XXQ").status_code == 422


def test_the_api_reads_what_the_pages_show(book: Cast) -> None:
    run = services.catch_up(site_id=book.site.id)
    assert run is not None
    client, api = book.clients["teammate"], f"/api/v1/sites/{book.site.slug}/valuation"
    page = client.get(f"{api}/ratings?limit=5").json()
    assert page["total"] == run.rated and len(page["ratings"]) == 5 and page["next"]
    worst = page["ratings"][0]
    history = client.get(f"{api}/ratings/{worst['debtor_id']}").json()
    assert history[0]["grade"] == worst["grade"] and history[0]["entry_id"] == str(run.entry_id)
    losses = client.get(f"{api}/loss?as_of=2026-06-30&currency=CNY").json()
    assert sum(line["loss_fen"] for line in losses[0]["buckets"]) == losses[0]["total_loss_fen"] > 0
    assert client.get(f"{api}/warnings").status_code == 200
    limit = client.get(f"{api}/limits/{worst['debtor_id']}?currency=CNY").json()
    assert limit["rule"] == "limit.none" and limit["message"]["zh"]
    for name, status in (("stranger", 404), ("debtor", 403)):
        for address in ("ratings", "loss", "warnings", "series?currency=CNY"):
            assert book.clients[name].get(f"{api}/{address}").status_code == status
