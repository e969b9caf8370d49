"""Ask 21: assign all that match, not just a page; preview, assign, undo."""

import pytest
from tests.cast import Cast

from jieqing.estate.accounts.services import join_site, register_user
from jieqing.kernel.actor import Actor, ActorKind, system_actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.models import CaseEvent
from jieqing.recovery.cases.selectors import CaseFilter, cases_page
from jieqing.recovery.cases.selectors.timeline import event_digest
from jieqing.recovery.cases.tests.books import HEAD, fresh, import_books
from jieqing.trust.evidence import selectors as evidence

COUNT = 30


@pytest.fixture
def lead(cast: Cast) -> Actor:
    lines = "".join(
        f"客户{number}有限公司,D-{number},2026-01-01,2026-02-01,{number}00.00,CNY\n"
        for number in range(1, COUNT + 1)
    )
    import_books(cast.actor("owner"), HEAD + lines)
    run = services.open_by_rule(actor=cast.actor("owner"))
    assert (len(run.opened), run.unplaced, run.refused) == (COUNT, 0, 0)
    return cast.actor("owner")


@pytest.fixture
def worker(lead: Actor) -> Actor:
    user = register_user(username="worker", display_name="王专员", password="correct-horse-battery-9")
    assert not is_problem(user), user
    join_site(actor=system_actor(lead.own_site, "test"), user=user, role="specialist")
    return Actor(user.id, ActorKind.PERSON, lead.own_site, frozenset({"specialist"}))


def test_the_rule_run_twice_opens_nothing_twice(lead: Actor) -> None:
    again = services.open_by_rule(actor=lead)
    assert (again.opened, again.joined) == ([], [])


def test_all_that_match_are_counted_given_proved_and_given_back(lead: Actor, worker: Actor) -> None:
    wanted = CaseFilter(owner="none", min_overdue="100000")
    count = services.preview_assign(actor=lead, target=wanted, owner_id=worker.id)
    assert count == COUNT - 9
    changed = services.assign(actor=lead, target=wanted, owner_id=worker.id, expected=3)
    assert is_problem(changed)
    assert changed.code == "cases.count_changed"
    change = services.assign(actor=lead, target=wanted, owner_id=worker.id, expected=count)
    assert not is_problem(change), change
    with site_scope(lead.own_site):
        assert len(cases_page(worker, CaseFilter(owner="me"), limit=100).rows) == count
        event = CaseEvent.objects.filter(kind="assigned").order_by("id")[5]
        assert (event.entry_id, event.row_index) == (change.entry_id, 5)
        entry = evidence.entry_by_id(change.entry_id)
        assert not is_problem(entry)
        assert entry.bulk_rows == count
        assert len(event_digest(event.case_id, event.kind, event.facts)) == 32
        first = cases_page(worker, CaseFilter(owner="me"), limit=1).rows[0]
    kept = services.assign_case(actor=lead, case=first, owner_id=lead.id)
    assert not is_problem(kept), kept
    undone = services.undo_bulk(actor=lead, change=change)
    assert not is_problem(undone), undone
    assert undone.undone_count == count - 1, "what was given on since stays"
    assert fresh(first).owner_id == lead.id
    again = services.undo_bulk(actor=lead, change=change)
    assert is_problem(again)


def test_a_specialist_sees_own_and_free_cases_and_takes_one(lead: Actor, worker: Actor) -> None:
    with site_scope(lead.own_site):
        first, second = cases_page(lead, CaseFilter(), limit=2).rows
    services.assign_case(actor=lead, case=first, owner_id=lead.id)
    with site_scope(lead.own_site):
        seen = cases_page(worker, CaseFilter(), limit=100).rows
        walked = []
        after = None
        while True:
            page = cases_page(worker, CaseFilter(), limit=7, after=after)
            walked += page.rows
            after = page.next_cursor
            if after is None:
                break
    assert first.id not in {case.id for case in seen}
    assert len(seen) == COUNT - 1
    assert [case.id for case in walked] == [case.id for case in seen]
    taken = services.take_case(actor=worker, case=second)
    assert not is_problem(taken), taken
    assert taken.owner_id == worker.id
    refused = services.take_case(actor=worker, case=first)
    assert is_problem(refused)
