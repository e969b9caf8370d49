"""Who vouches for the LPR, and that a site's calculator uses what was confirmed and nothing else."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test import Client
from tests.cast import Cast
from tests.tenants import appoint

from jieqing.claims.entitlements import selectors, services
from jieqing.claims.entitlements.engine.lpr import LPR, REMEMBERED
from jieqing.claims.entitlements.management.lpr_cli import lpr
from jieqing.claims.entitlements.models import LprMonth, LprMonthState
from jieqing.estate.sites.access import operator_actor
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, ActorKind
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem, unwrap
from jieqing.trust.evidence.models import Entry

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
SEPTEMBER = date(2026, 9, 21)


@pytest.fixture(autouse=True)
def today():
    with clock.frozen(NOW):
        yield


def an_operator() -> Actor:
    return unwrap(operator_actor(appoint().pk))


def proposed(actor: Actor, one_year: str = "0.029", day: date = SEPTEMBER) -> LprMonth | Problem:
    return services.propose(
        actor=actor, published_on=day, one_year=Decimal(one_year), five_year=Decimal("0.034"), source="公告"
    )


def test_what_was_shipped_is_there_and_what_was_remembered_waits(db: None) -> None:
    rows = selectors.publications()
    assert len(rows) == len(LPR.publications) + len(REMEMBERED)
    assert {row["row"].month for row in rows if not row["is_confirmed"]} == {"2026-02", "2026-05"}
    assert all(row["is_used"] for row in rows if row["is_confirmed"])
    assert selectors.lpr_facts() == []


def test_only_a_confirmed_month_counts_and_both_steps_are_evidence(db: None) -> None:
    actor = an_operator()
    row = unwrap(proposed(actor))
    assert selectors.lpr_facts() == []
    assert is_problem(services.confirm(actor=actor, publication=row, why=" "))
    unwrap(services.confirm(actor=actor, publication=row, why="同业拆借中心公告"))
    [told] = selectors.lpr_facts()
    assert (told["published"], Decimal(told["one_year"])) == ("2026-09-21", Decimal("0.029"))
    again = services.confirm(actor=actor, publication=row, why="再次")
    assert isinstance(again, Problem) and again.code == "lpr.confirmed_already"
    states = LprMonthState.objects.filter(publication=row)
    assert {state.by_id for state in states} == {actor.id}
    actions = set(
        Entry.objects.with_scopes_disabled()
        .filter(id__in=[state.entry_id for state in states])
        .values_list("action", flat=True)
    )
    assert actions == {"claims.entitlements.lpr_proposed", "claims.entitlements.lpr_confirmed"}


def test_a_correction_stands_beside_what_it_corrects(db: None) -> None:
    actor = an_operator()
    first = unwrap(services.confirm(actor=actor, publication=unwrap(proposed(actor)), why="公告"))
    second = unwrap(proposed(actor, "0.0295"))
    assert Decimal(selectors.lpr_facts()[0]["one_year"]) == Decimal("0.029")
    unwrap(services.confirm(actor=actor, publication=second, why="更正"))
    assert Decimal(selectors.lpr_facts()[0]["one_year"]) == Decimal("0.0295")
    rows = {row["row"].id: row for row in selectors.publications() if row["row"].month == "2026-09"}
    assert not rows[first.id]["is_used"] and rows[first.id]["is_confirmed"] and rows[second.id]["is_used"]


@pytest.mark.parametrize(
    ("day", "rate", "code"),
    [
        (date(2026, 9, 19), "0.029", "lpr.wrong_day"),
        (date(2026, 12, 21), "0.029", "lpr.wrong_day"),
        (date(2019, 7, 22), "0.029", "lpr.wrong_day"),
        (SEPTEMBER, "2.9", "lpr.wrong_rate"),
        (SEPTEMBER, "0", "lpr.wrong_rate"),
        (SEPTEMBER, "NaN", "lpr.wrong_rate"),
        (SEPTEMBER, "0.00000001", "lpr.wrong_rate"),
    ],
)
def test_what_cannot_be_a_publication_is_refused(db: None, day: date, rate: str, code: str) -> None:
    found = proposed(an_operator(), rate, day)
    assert isinstance(found, Problem) and found.code == code


def test_nobody_else_vouches(db: None) -> None:
    stranger = Actor(id=new_id(), kind=ActorKind.PERSON, site_id=new_id(), roles=frozenset({"site_owner"}))
    found = proposed(stranger)
    assert isinstance(found, Problem) and found.code == "access.not_an_operator"


def test_the_page_proposes_confirms_and_the_calculator_follows(cast: Cast) -> None:
    calculator = (
        f"/s/{cast.site.slug}/calculators/owed/?kind=sale&principal=1000000&due=2026-09-25&as_of=2026-10-10"
    )
    before = Client().get(calculator).content.decode()
    assert "尚未核实" in before and "1,602.74" in before  # 1,000,000 × 3.9 % × 15 ÷ 365
    operator = Client()
    operator.force_login(appoint())
    assert operator.get("/operator/lpr/").status_code == 200
    bad = operator.post("/operator/lpr/propose/", {"published_on": "2026-09-01", "one_year": "2.9",
                        "five_year": "3.4", "source": "公告"})  # fmt: skip
    assert bad.status_code == 422 and 'value="2.9"' in bad.content.decode()
    operator.post("/operator/lpr/propose/", {"published_on": "2026-09-21", "one_year": "2.9",
                  "five_year": "3.4", "source": "公告"})  # fmt: skip
    row = LprMonth.objects.get(published_on=SEPTEMBER)
    assert operator.post("/operator/lpr/confirm/", {"publication": "nonsense", "why": "x"}).status_code == 422
    assert (
        operator.post("/operator/lpr/confirm/", {"publication": row.id, "why": "见公告"}).status_code == 302
    )
    after = Client().get(calculator).content.decode()
    assert "2026-09 的一年期LPR" not in after and "1,549.32" in after  # 1,000,000 × 3.77 % × 15 ÷ 365
    assert "见公告" in operator.get("/operator/lpr/").content.decode()


def test_the_page_costs_the_same_for_many_months(cast: Cast, django_assert_max_num_queries) -> None:
    operator = Client()
    operator.force_login(appoint())
    with django_assert_max_num_queries(16):
        operator.get("/operator/lpr/")


def test_the_command_line_does_the_same(db: None) -> None:
    run = CliRunner()
    made = run.invoke(
        lpr, ["propose", "2026-09-21", "--one-year", "2.9", "--five-year", "3.4%", "--source", "公告"]
    )
    assert made.exit_code == 0, made.output
    assert run.invoke(lpr, ["confirm", "2026-09", "--why", "公告", "--json"]).exit_code == 0
    assert run.invoke(lpr, ["confirm", "2026-09", "--why", "公告"]).exit_code == 2
    assert run.invoke(lpr, ["confirm", "2026-02", "--why", "公告"]).exit_code == 0
    listed = run.invoke(lpr, ["list"]).output
    assert "2026-09-21\t2.9%\t3.4%\tused\t公告" in listed and "2026-05-20\t3%\t3.5%\tproposed" in listed


def test_what_was_said_is_never_overwritten(db: None) -> None:
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE entitlements_lpr_month SET one_year_rate = 0.01")
