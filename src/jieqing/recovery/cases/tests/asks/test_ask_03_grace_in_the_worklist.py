"""Ask 3 in the worklist: a document within its grace is no reason to open a case, and no day of one that is open."""

from datetime import date, timedelta

import pytest
from tests.cast import Cast

from jieqing.claims.receivables.services.overdue_terms import set_overdue_terms
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.selectors import working_day
from jieqing.recovery.cases.tests.books import HEAD, fresh, import_books, opened


@pytest.fixture
def actor(cast: Cast) -> Actor:
    actor = cast.actor("owner")
    with site_scope(actor.own_site):
        today = working_day()
    due = today - timedelta(days=2)
    import_books(actor, f"{HEAD}宏达机械有限公司,INV-001,2026-05-01,{due.isoformat()},10000.00,CNY\n")
    return actor


def grace(actor: Actor, days: int) -> None:
    unwrap(
        set_overdue_terms(
            actor=actor, grace_days=days, rolls=False, effective_from=date(2026, 1, 1), reason="合同第 8 条"
        )
    )


def test_ask_03_grace_moves_an_open_case_in_the_same_transaction(actor: Actor) -> None:
    case = opened(actor, "INV-001")
    assert (case.overdue_minor, (fresh(case).oldest_due_on)) != (0, None)
    before = fresh(case)
    assert before.overdue_minor == 1_000_000
    grace(actor, 2)
    within = fresh(case)
    assert (within.overdue_minor, within.open_minor) == (0, 1_000_000)
    assert before.oldest_due_on and within.oldest_due_on == before.oldest_due_on + timedelta(days=2)
    with site_scope(actor.own_site):
        assert within.wake_on == working_day() + timedelta(days=1), (
            "it wakes on the day on which the grace is over"
        )
    grace(actor, 1)
    assert fresh(case).overdue_minor == 1_000_000


def test_ask_03_the_rule_opens_nothing_within_the_grace(actor: Actor) -> None:
    grace(actor, 5)
    within = services.open_by_rule(actor=actor)
    assert (within.opened, within.unplaced, within.refused) == ([], 0, 0), "it is not even looked at"
    grace(actor, 0)
    after = services.open_by_rule(actor=actor)
    assert len(after.opened) + after.unplaced + after.refused == 1
