"""In a replay the clocks of a case run by the replayed day, like everything else that counts days; the timeline stays true."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.cast import Cast

from jieqing.claims.receivables.services.reporting import set_reporting_day
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import selectors, services
from jieqing.recovery.cases.engine.clocks import ClockState
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.selectors import CaseFilter, moment_of
from jieqing.recovery.cases.services.escalating import escalate
from jieqing.recovery.cases.tests.books import import_books, opened

DAY = date(2026, 7, 10)
NOW = datetime(2026, 11, 22, 3, 30, tzinfo=UTC)  # 11:30 in China


@pytest.fixture
def owner(cast: Cast) -> Actor:
    actor = cast.actor("owner")
    with clock.frozen(NOW):
        import_books(actor)
        set_reporting_day(actor=actor, as_of=DAY)
    return actor


def case_of(owner: Actor) -> Case:
    with clock.frozen(NOW):
        return opened(owner, "INV-001")


def states(case: Case, at: datetime) -> list[ClockState]:
    with clock.frozen(at), site_scope(case.site_id):
        return [one.state for one in selectors.clocks_of(case)]


def late(owner: Actor, at: datetime) -> int:
    with clock.frozen(at), site_scope(owner.own_site):
        assert len(selectors.breaches()) == selectors.queue_counts(owner).clock_late
        return selectors.cases_count(owner, CaseFilter(clock="late"))


def test_the_clock_of_a_replayed_case_stands_by_the_replayed_day(owner: Actor) -> None:
    case = case_of(owner)
    assert case.first_response_due_at == datetime(2026, 7, 13, 3, 30, tzinfo=UTC)
    assert case.opened_at == NOW, "what was done is told with the true moment"
    assert states(case, NOW + timedelta(days=9)) == [ClockState.RUNNING], (
        "the day stands still, and the clock with it"
    )
    assert late(owner, NOW + timedelta(days=9)) == 0
    with clock.frozen(NOW + timedelta(days=9)):
        assert escalate(actor=owner) == 0


def test_moving_the_day_on_runs_the_clock_out(owner: Actor) -> None:
    case = case_of(owner)
    set_reporting_day(actor=owner, as_of=DAY + timedelta(days=2))
    assert states(case, NOW) == [ClockState.NEAR]
    set_reporting_day(actor=owner, as_of=DAY + timedelta(days=4))
    assert states(case, NOW) == [ClockState.LATE]
    assert late(owner, NOW) == 1
    with clock.frozen(NOW):
        assert escalate(actor=owner) == 1


def test_a_response_on_the_replayed_day_is_in_time(owner: Actor) -> None:
    case = case_of(owner)
    with clock.frozen(NOW + timedelta(days=30)):
        services.add_note(actor=owner, case=case, text="已电话核对账目")
    assert states(case, NOW + timedelta(days=30)) == [ClockState.MET]


def test_without_a_replay_the_moment_is_now() -> None:
    with clock.frozen(NOW):
        assert moment_of(clock.today()) == NOW
    late_evening = datetime(2026, 11, 22, 17, 0, tzinfo=UTC)  # already the 23rd in China
    with clock.frozen(late_evening):
        assert moment_of(clock.today()) == late_evening


def test_the_day_is_read_once_in_a_scope_and_again_after_a_change(owner: Actor) -> None:
    with site_scope(owner.own_site):
        assert selectors.working_day() == DAY
        set_reporting_day(actor=owner, as_of=DAY + timedelta(days=1))
        assert selectors.working_day() == DAY + timedelta(days=1)
        set_reporting_day(actor=owner, as_of=None)
        assert selectors.working_day() == clock.today()
