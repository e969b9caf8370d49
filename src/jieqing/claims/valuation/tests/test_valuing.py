"""Valuation over a real ledger: FACES keys, fen conservation, history, events, judgements."""

import json
from datetime import date

import pytest
from click.testing import CliRunner
from tests.cast import Cast

from jieqing.claims.receivables import selectors as ledger
from jieqing.claims.receivables import services as ledger_services
from jieqing.claims.receivables.engine.synthetic import synthetic_ledger
from jieqing.claims.valuation import selectors, services
from jieqing.claims.valuation.management.cli import ecl, rating
from jieqing.claims.valuation.models import Alarm, Decision, DecisionKind, Rating, RatingPast, Run, Trigger
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope

AS_OF = date(2026, 6, 30)


@pytest.fixture
def book(cast: Cast) -> Cast:
    data = synthetic_ledger(seed=7, until=AS_OF, invoices=500, debtors=40)
    found = ledger_services.import_file(actor=cast.actor("owner"), name="应收.csv", source=data)
    assert not is_problem(found), found
    return cast


def test_amounts_sum_to_the_ageing_and_losses_to_the_total(book: Cast) -> None:
    with site_scope(book.site.id):
        found = selectors.losses(as_of=AS_OF)
        reports = {report.currency: report for report in ledger.ageing(as_of=AS_OF)}
    assert set(found) == set(reports)
    for code, one in found.items():
        assert [line.amount_minor for line in one.statement.lines] == [
            row.amount_minor for row in reports[code].sums
        ]
        assert one.statement.amount_minor == reports[code].total_minor
        assert sum(line.loss_minor for line in one.statement.lines) == one.statement.loss_minor
    assert found["CNY"].rates.has_history
    assert 0 < found["CNY"].statement.loss_minor < found["CNY"].statement.amount_minor


def test_a_revaluation_keeps_history_and_evidence(book: Cast) -> None:
    actor = book.actor("owner")
    first = services.revalue(actor=actor, trigger=Trigger.BY_HAND, as_of=AS_OF)
    assert first is not None and first.is_full and first.changed == first.rated + 1
    again = services.revalue(actor=actor, trigger=Trigger.BY_HAND, as_of=AS_OF)
    assert again is not None and again.changed == 0, "the same says nothing new"
    later = services.revalue(actor=actor, trigger=Trigger.NEW_DAY, as_of=date(2026, 8, 31))
    assert later is not None and later.changed > 0
    with site_scope(book.site.id):
        assert RatingPast.objects.filter(run_number=1, ended_run=3).count() > 0
        current = Rating.objects.filter(kind=1)
        assert current.count() == first.rated
        assert current.filter(run_number=3, previous_grade__isnull=False).exists()
        assert Alarm.objects.filter(ended_run=None).count() == later.summary["warnings"]


def test_only_whom_an_import_touched_is_rated_anew(book: Cast) -> None:
    actor = book.actor("owner")
    services.revalue(actor=actor, trigger=Trigger.BY_HAND, as_of=AS_OF)
    with site_scope(book.site.id):
        party = Rating.objects.filter(kind=1, currency="CNY").select_related("party").first().party
    lines = (
        "客户编码,客户名称,单据号,开票日期,到期日,金额,币种\n"
        + f"{party.code},{party.name},N-1,2026-01-05,2026-02-05,900000.00,CNY\n"
    )
    imported = ledger_services.import_file(actor=actor, name="新.csv", source=lines.encode())
    assert not is_problem(imported), imported
    with site_scope(book.site.id):
        touched = ledger.debtors_of_revisions(1, 2)
        assert len(touched) == 1
    run = services.revalue(actor=actor, trigger=Trigger.IMPORT, debtors=touched, as_of=AS_OF)
    assert run is not None and (run.is_full, run.rated, run.changed) == (False, 1, 1)
    with site_scope(book.site.id):
        fresh = Rating.objects.get(run_number=run.number)
        assert fresh.party_id == touched[0]
        full = {row.party_id: row.score for row in selectors.ratings_now(AS_OF)}
        assert full[touched[0]] == fresh.score, "alone or with all: the same score"


def test_a_judgement_stands_beside_the_figure_and_can_be_withdrawn(book: Cast) -> None:
    actor = book.actor("owner")
    with site_scope(book.site.id):
        before = selectors.losses(as_of=AS_OF)["CNY"]
        rows = ledger.items_page(ledger.ItemFilter(currency="CNY", overdue=True), as_of=AS_OF).rows
        item = next(row for row in rows if row.open_minor > 0)
        assert isinstance(
            services.decide(
                actor=actor,
                kind=DecisionKind.ITEM_RATE,
                subject_id=item.id,
                currency="CNY",
                value="1",
                reason="",
            ),
            Problem,
        )
        made = services.decide(
            actor=actor,
            kind=DecisionKind.ITEM_RATE,
            subject_id=item.id,
            currency="CNY",
            value="1",
            reason="已被吊销",
        )
        assert isinstance(made, Decision)
        after = selectors.losses(as_of=AS_OF)["CNY"]
        assert after.statement.amount_minor == before.statement.amount_minor
        assert after.judged[0][1].loss_minor == item.open_minor
        services.withdraw(actor=actor, decision=made, reason="判断有误")
        assert selectors.losses(as_of=AS_OF)["CNY"].statement == before.statement


@pytest.mark.parametrize("command", ["rating", "ecl"])
def test_commands_have_the_agreed_keys(book: Cast, command: str) -> None:
    found = CliRunner().invoke(
        {"rating": rating, "ecl": ecl}[command], ["--site", book.site.slug, "--as-of", "2026-06-30", "--json"]
    )
    assert found.exit_code == 0, found.output
    for line in found.stdout.splitlines():
        told = json.loads(line)
        if command == "rating":
            assert {"debtor", "grade", "score", "reasons", "as_of"} <= set(told)
            assert all({"code", "text"} <= set(reason) for reason in told["reasons"])
            assert told["reasons"]
        else:
            keys = {"from_days", "to_days", "amount_fen", "loss_rate", "loss_fen"}
            assert all(keys <= set(bucket) for bucket in told["buckets"])
            assert sum(bucket["loss_fen"] for bucket in told["buckets"]) == told["total_loss_fen"]


def test_an_empty_ledger_values_nothing(cast: Cast) -> None:
    assert services.revalue(actor=cast.actor("owner"), trigger=Trigger.BY_HAND) is None
    with site_scope(cast.site.id):
        assert selectors.losses(as_of=AS_OF) == {}
        assert selectors.ratings_now(AS_OF) == []
        assert not Run.objects.exists()
