"""A clock that ran out is told once to who answers for it: on the timeline, and by one notice for each of them."""

from datetime import timedelta

import pytest
from tests.cast import Cast

from jieqing.estate.accounts.models import User
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import services
from jieqing.recovery.cases.models import CaseEvent
from jieqing.recovery.cases.tests.books import import_books, opened
from jieqing.trust.notices.models import Notice


@pytest.fixture
def actor(cast: Cast) -> Actor:
    import_books(cast.actor("owner"))
    User.objects.filter(id=cast.users["owner"].id).update(email="owner@example.org")
    return cast.actor("owner")


def test_a_clock_that_ran_out_is_told_once(cast: Cast, actor: Actor) -> None:
    case, other = opened(actor, "INV-001", owner_id=actor.id), opened(actor, "INV-003")
    services.add_note(actor=actor, case=other, text="已联系，时限已停")
    robot = system_actor(actor.own_site, "cases")
    assert services.escalate(actor=robot) == 0
    with clock.frozen(clock.now() + timedelta(hours=73)):
        assert services.escalate(actor=robot) == 1
        assert services.escalate(actor=robot) == 0, "once for each clock"
    with site_scope(actor.own_site):
        event = CaseEvent.objects.get(kind="escalated")
        assert event.case_id == case.id
        assert event.facts["told"] == [str(actor.id)]
        notice = Notice.objects.get(kind="clock_overrun")
        assert (notice.address, notice.values["count"]) == ("owner@example.org", 1)
        assert notice.values["reference"] == f"C-{case.number:06d}"
