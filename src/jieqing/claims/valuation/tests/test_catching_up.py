"""News of the ledger reaches the grades: once, in one run for a burst, also after a worker died and over midnight."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from tests.cast import Cast

from jieqing.claims.receivables import events as ledger_events
from jieqing.claims.receivables import services as ledger_services
from jieqing.claims.receivables.engine.acts import ActKind
from jieqing.claims.receivables.models import Item, RevisionKind
from jieqing.claims.receivables.services.acts import ActOrder, act_on_item, approve_act
from jieqing.claims.valuation import services, tasks
from jieqing.claims.valuation.models import Rating, Run, Trigger
from jieqing.claims.valuation.services import hearing, writing
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing import events
from jieqing.plumbing.db.scopes import site_scope

HEARD = [
    news
    for news in vars(ledger_events).values()
    if isinstance(news, type) and issubclass(news, events.Event) and news is not events.Event
]
HEADER = "客户名称,单据号,开票日期,到期日,金额,币种\n"


def enter(cast: Cast, *lines: str) -> None:
    found = ledger_services.import_file(
        actor=cast.actor("owner"), name="应收.csv", source=(HEADER + "\n".join(lines) + "\n").encode()
    )
    assert not is_problem(found), found


@pytest.fixture(params=["read all", "read the touched"])
def book(cast: Cast, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Cast:
    if request.param == "read the touched":
        monkeypatch.setattr(hearing, "READ_ALL_ITEMS_MAX", 0)
    enter(
        cast,
        *(
            f"客户{number},FP-{number},2026-0{number}-01,2026-0{number}-20,1000.00,CNY"
            for number in range(1, 6)
        ),
    )
    return cast


def test_a_burst_of_news_costs_one_run(book: Cast) -> None:
    first = services.catch_up(site_id=book.site.id)
    assert first is not None and (first.is_full, first.trigger, first.revision) == (True, "import", 1)
    for number in range(5):
        enter(book, f"客户1,N-{number},2026-03-01,2026-03-20,5000.00,CNY")
    run = services.catch_up(site_id=book.site.id)
    assert run is not None and (run.revision, run.trigger) == (6, Trigger.IMPORT)
    assert run.changed >= 1
    assert services.catch_up(site_id=book.site.id) is None, "the other four jobs of the burst find nothing"
    with site_scope(book.site.id):
        assert Run.objects.count() == 2


def test_an_act_lets_the_grade_follow(book: Cast) -> None:
    services.catch_up(site_id=book.site.id)
    with site_scope(book.site.id):
        item = Item.objects.get(document_number="FP-1")
        before = Rating.objects.get(party_id=item.debtor_id, kind=1)
    done = act_on_item(
        actor=book.actor("owner"),
        item=item,
        order=ActOrder(ActKind.WRITE_OFF, item.amount_minor, clock.today(), "已注销，无财产"),
    )
    assert not is_problem(done), done
    approved = approve_act(actor=book.actor("teammate"), act=done)
    assert not is_problem(approved), approved
    run = services.catch_up(site_id=book.site.id)
    assert run is not None and run.trigger == Trigger.ACT
    with site_scope(book.site.id):
        after = Rating.objects.get(party_id=item.debtor_id, kind=1)
    assert (before.open_minor, after.open_minor) == (item.amount_minor, 0)


def test_a_run_that_died_is_made_up_for(book: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    services.catch_up(site_id=book.site.id)
    enter(book, "客户1,N-1,2026-03-01,2026-03-20,5000.00,CNY")

    def die(*_args: object, **_more: object) -> None:
        raise RuntimeError("the worker was killed here")

    with monkeypatch.context() as broken:
        broken.setattr(writing, "write_ratings", die)
        with pytest.raises(RuntimeError, match="killed"):
            services.catch_up(site_id=book.site.id)
    with site_scope(book.site.id):
        assert Run.objects.count() == 1, "nothing half written"
    run = services.catch_up(site_id=book.site.id)
    assert run is not None and run.revision == 2


def test_midnight_values_everybody_once(book: Cast) -> None:
    with clock.frozen(datetime(2026, 6, 30, 4, tzinfo=UTC)):
        services.catch_up(site_id=book.site.id)
    with clock.frozen(datetime(2026, 6, 30, 16, 10, tzinfo=UTC)):
        run = services.catch_up(site_id=book.site.id)
        assert run is not None and (run.trigger, run.as_of, run.is_full) == (
            Trigger.NEW_DAY,
            date(2026, 7, 1),
            True,
        )
        assert services.catch_up(site_id=book.site.id) is None


def test_the_night_queues_each_site_once(cast: Cast) -> None:
    tasks.every_night(0)
    tasks.every_night(1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args->>'site_id' FROM procrastinate_jobs WHERE task_name = %s AND args->>'site_id' = ANY(%s)",
            [tasks.SITE_TASK, [str(site_id) for site_id in cast.ids]],
        )
        assert sorted(row[0] for row in cursor.fetchall()) == sorted(map(str, cast.ids))


def test_each_sort_of_write_has_its_word() -> None:
    assert {kind.value for kind in RevisionKind} == set(hearing._TRIGGERS)


@pytest.mark.parametrize("news", HEARD)
def test_the_worker_hears_whatever_changes_a_debt(news: type[events.Event]) -> None:
    assert events._name(services.hear_ledger) in events._later[news]
