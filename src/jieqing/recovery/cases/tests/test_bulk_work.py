"""Many cases put off or moved at once: refusals counted, one change, undone as one; a recall named on the timeline."""

from datetime import timedelta

import pytest
from tests.cast import Cast

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.engine.words import cause_of
from jieqing.recovery.cases.models import Case, CaseEvent
from jieqing.recovery.cases.selectors import CaseFilter
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.tests.books import HEAD, fresh, import_books, opened
from jieqing.recovery.placements.models import Placement
from jieqing.recovery.placements.services import recall_placement
from jieqing.trust.evidence import selectors as evidence

COUNT = 25


@pytest.fixture
def actor(cast: Cast) -> Actor:
    return cast.actor("owner")


@pytest.fixture
def cases(actor: Actor) -> list[Case]:
    lines = "".join(
        f"客户{number}有限公司,D-{number},2026-01-01,2026-02-01,{number}00.00,CNY\n"
        for number in range(1, COUNT + 1)
    )
    import_books(actor, HEAD + lines)
    services.open_by_rule(actor=actor)
    with site_scope(actor.own_site):
        return list(Case.objects.order_by("number"))


def test_many_are_put_off_and_come_back_as_they_were(actor: Actor, cases: list[Case]) -> None:
    with site_scope(actor.own_site):
        until = working_day() + timedelta(days=9)
    before = {case.id: (case.next_action_on, case.snoozed_until) for case in cases}
    change = services.snooze_many(
        actor=actor, target=CaseFilter(), until=until, reason="等对账", expected=COUNT
    )
    assert not is_problem(change), change
    assert (change.count, change.told["refused"]) == (COUNT, [])
    assert {fresh(case).snoozed_until for case in cases} == {until}
    with site_scope(actor.own_site):
        event = CaseEvent.objects.filter(kind="snoozed").order_by("id")[5]
        entry = evidence.entry_by_id(change.entry_id)
    assert (event.entry_id, event.row_index) == (change.entry_id, 5)
    assert not is_problem(entry) and entry.bulk_rows == COUNT
    since = services.snooze(actor=actor, case=cases[0], until=until + timedelta(days=1), reason="再等一天")
    assert not is_problem(since)
    undone = services.undo_bulk(actor=actor, change=change)
    assert not is_problem(undone), undone
    assert undone.undone_count == COUNT - 1, "what was put off again since stays"
    assert all(
        (fresh(case).next_action_on, fresh(case).snoozed_until) == before[case.id] for case in cases[1:]
    )
    assert is_problem(services.undo_bulk(actor=actor, change=change))


def test_many_are_moved_where_the_ladder_lets_them_and_moved_back(actor: Actor, cases: list[Case]) -> None:
    ahead = services.move_stage(actor=actor, case=cases[0], stage="demand")
    assert not is_problem(ahead), ahead
    before = fresh(cases[1])
    change = services.move_many(
        actor=actor, target=[case.id for case in cases], stage="demand", reason="批量催告"
    )
    assert not is_problem(change), change
    assert change.count == COUNT - 1
    assert [(one["count"], one["code"]) for one in change.told["refused"]] == [(1, "cases.same_stage")]
    assert fresh(cases[1]).stage == "demand"
    skipped = services.move_many(
        actor=actor, target=[case.id for case in cases], stage="legal", reason="一步到位"
    )
    assert is_problem(skipped) and skipped.code == "cases.stage_skipped"
    undone = services.undo_bulk(actor=actor, change=change)
    assert not is_problem(undone) and undone.undone_count == COUNT - 1
    after = fresh(cases[1])
    assert (after.stage, after.stage_since, after.next_action, after.next_action_on) == (
        before.stage,
        before.stage_since,
        before.next_action,
        before.next_action_on,
    )


def test_a_recalled_placement_is_named_where_the_case_ends(cast: Cast, actor: Actor) -> None:
    import_books(actor)
    case = opened(actor, "INV-001")
    with site_scope(actor.own_site):
        placement = Placement.objects.get(id=case.placement_id)
    assert not is_problem(recall_placement(actor=actor, placement=placement, reason="委托人决定"))
    assert fresh(case).closing == "withdrawn"
    with site_scope(actor.own_site):
        event = CaseEvent.objects.get(case=case, kind="closed")
    assert cause_of(event.facts, "zh") == f"委案 {placement.number} 已撤回"
    page = cast.clients["owner"].get(f"/s/{cast.site.slug}/cases/{case.id}/").content.decode()
    assert f"委案 {placement.number} 已撤回" in page
