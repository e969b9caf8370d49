"""Two at once: one document, one case; a payment and the promise it keeps; a recall and an assignment."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from uuid import UUID

import pytest

from jieqing.claims.receipts import services as bank
from jieqing.claims.receipts.models import BankLine, Match
from jieqing.claims.receipts.services.matching import Choice
from jieqing.claims.receipts.tests.bank_files import Row, icbc
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.engine.promises import Instalment
from jieqing.recovery.cases.models import Case, CaseEvent, CaseItem, Promise
from jieqing.recovery.cases.selectors import CaseFilter, cases_page, working_day
from jieqing.recovery.cases.tests.books import fresh, ids_of, import_books, opened, pay
from jieqing.recovery.placements.models import Placement
from jieqing.recovery.placements.services import recall_placement
from jieqing.web.subscriptions import wire
from tests.cast import Cast
from tests.concurrency.test_imports import in_threads


@pytest.fixture
def books(transactional_db: None, cast: Cast) -> Cast:
    wire()
    import_books(cast.actor("owner"))
    return cast


def test_workers_who_open_a_case_on_one_document_open_it_once(books: Cast) -> None:
    actor = books.actor("owner")
    ids = ids_of(actor, "INV-001")

    def work(number: int) -> object:
        return services.open_case(actor=actor, item_ids=ids)

    results = in_threads(work, 3)
    assert sorted(is_problem(found) for found in results) == [False, True, True]
    assert {found.code for found in results if is_problem(found)} == {"cases.item_in_case"}
    with site_scope(actor.own_site):
        assert (Case.objects.count(), CaseItem.objects.filter(until_at=None).count()) == (1, 1)


def test_a_payment_and_the_check_of_its_promise_end_alike_in_any_order(books: Cast) -> None:
    actor = books.actor("owner")
    case = opened(actor, "INV-001")
    with site_scope(actor.own_site):
        today = working_day()
    promise = services.record_promise(
        actor=actor, case=case, instalments=[Instalment(today + timedelta(days=1), 1_000_000)]
    )
    assert not is_problem(promise)

    def work(number: int) -> object:
        with clock.frozen(clock.now() + timedelta(days=6)):
            if number:
                return services.wake(actor=actor)
            return pay(actor, "INV-001", 1_000_000, on=today + timedelta(days=1))

    in_threads(work, 2)
    with site_scope(actor.own_site):
        assert Promise.objects.get().state == "kept"
    assert (fresh(case).state, fresh(case).closing) == ("closed", "settled")


def test_a_recall_and_an_assignment_leave_no_open_case_behind(books: Cast) -> None:
    actor = books.actor("owner")
    cases = [opened(actor, number) for number in ("INV-001", "INV-003", "INV-005")]
    ids: list[UUID] = [case.id for case in cases]
    with site_scope(actor.own_site):
        placement = Placement.objects.get(covers_all=True)

    def work(number: int) -> object:
        if number:
            return services.assign(actor=actor, target=ids, owner_id=actor.id)
        return recall_placement(actor=actor, placement=placement, reason="债权人收回")

    results = in_threads(work, 2)
    assert not is_problem(results[0]), results[0]
    with site_scope(actor.own_site):
        assert set(Case.objects.values_list("state", "closing")) == {("closed", "withdrawn")}
    again = services.open_case(actor=actor, item_ids=ids_of(actor, "INV-001"))
    assert is_problem(again)


def test_two_workers_with_one_payment_take_the_case_out_of_the_queue_once(books: Cast) -> None:
    """Ask 19 under two workers: one match stands, the case is settled with it, and says so once."""
    actor = books.actor("owner")
    case = opened(actor, "INV-001")
    line = entered(actor, 1_000_000)
    part = Choice(parts=((ids_of(actor, "INV-001")[0], 1_000_000),))

    def work(_number: int) -> object:
        return bank.approve(actor=actor, line=line, choice=part)

    results = in_threads(work, 2)
    assert sorted(is_problem(found) for found in results) == [False, True], results
    assert (fresh(case).state, fresh(case).closing, fresh(case).open_minor) == ("closed", "settled", 0)
    assert queue(actor) == []
    with site_scope(actor.own_site):
        kinds = list(CaseEvent.objects.filter(case=case).values_list("kind", flat=True))
    assert (kinds.count("payment_seen"), kinds.count("closed")) == (1, 1)


# Matches the line as the web process does, and is killed where it is told: when the queue is written or after the commit.
KILLED = """
import os, signal, sys, uuid
import django
django.setup()
from jieqing.web.subscriptions import wire
wire()
from jieqing.claims.receipts import services as bank
from jieqing.claims.receipts.models import BankLine
from jieqing.claims.receipts.services.matching import Choice
from jieqing.kernel.actor import system_actor
from jieqing.plumbing.db.scopes import site_scope
def die():
    os.kill(os.getpid(), signal.SIGKILL)
site, line, item, where = uuid.UUID(sys.argv[1]), uuid.UUID(sys.argv[2]), uuid.UUID(sys.argv[3]), sys.argv[4]
if where == "before":
    from jieqing.recovery.cases.services import queue
    wrote = queue.write_events
    queue.write_events = lambda **more: (wrote(**more), die())
with site_scope(site):
    found = BankLine.objects.select_related("account", "statement").get(pk=line)
print("matching", flush=True)
done = bank.approve(actor=system_actor(site, "test"), line=found, choice=Choice(parts=((item, 1_000_000),)))
print(done, flush=True)
die()
"""


@pytest.mark.parametrize(("where", "state"), [("before", "open"), ("after", "closed")])
def test_a_process_killed_with_a_payment_leaves_both_or_neither(books: Cast, where: str, state: str) -> None:
    """Ask 19 under a kill: a payment that stands has taken its case out of the queue; one that does not has not."""
    actor = books.actor("owner")
    case = opened(actor, "INV-001")
    line = entered(actor, 1_000_000)
    values = [str(actor.own_site), str(line.pk), str(ids_of(actor, "INV-001")[0]), where]
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, *values],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "jieqing.web.settings"},
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
        check=False,
    )
    assert killed.returncode == -signal.SIGKILL
    assert killed.stdout.startswith("matching")
    with site_scope(actor.own_site):
        matches = Match.objects.filter(line=line).count()
    after = fresh(case)
    assert (matches, after.state) == (int(state == "closed"), state)
    assert (after.open_minor == 0) == (state == "closed")
    assert (queue(actor) == []) == (state == "closed")
    if where == "before":  # whoever comes next can match it
        assert not is_problem(
            bank.approve(
                actor=actor,
                line=line,
                choice=Choice(parts=((ids_of(actor, "INV-001")[0], 1_000_000),)),
            )
        )
        assert fresh(case).state == "closed"


def entered(actor: Actor, minor: int) -> BankLine:
    """A line on a bank statement that nobody has matched."""
    row = Row("2026-10-01", f"{minor / 100:.2f}", "某付款人", "货款", time="10:00:00")
    found = bank.enter_file(actor=actor, name="流水.csv", source=icbc([row], opening=1_000_000))
    assert found.problem is None, found.problem
    with site_scope(actor.own_site):
        return BankLine.objects.select_related("account", "statement").get()


def queue(actor: Actor) -> list[UUID]:
    with site_scope(actor.own_site):
        return [case.id for case in cases_page(actor, CaseFilter(state="queue")).rows]
