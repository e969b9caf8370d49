"""Two at once: one document, one case; a payment and the promise it keeps; a recall and an assignment."""

from datetime import timedelta
from uuid import UUID

import pytest

from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.engine.promises import Instalment
from jieqing.recovery.cases.models import Case, CaseItem, Promise
from jieqing.recovery.cases.selectors import working_day
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
