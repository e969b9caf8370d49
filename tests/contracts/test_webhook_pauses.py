"""When a receiver keeps failing: the endpoint is paused, what waits is kept, the owner is told."""

from datetime import timedelta
from typing import Any

from jieqing.estate.webhooks import services
from jieqing.estate.webhooks.engine.patience import ATTEMPTS_MAX
from jieqing.estate.webhooks.models import Delivery, Pause
from jieqing.estate.webhooks.tests.receiver import Receiver
from jieqing.kernel import clock
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.notices.models import Notice
from tests.cast import Cast
from tests.contracts.hooked import LEDGER, deliver, do_import, fresh, jobs, waiting


def owner_has_mail(cast: Cast) -> None:
    owner = cast.users["owner"]
    owner.email = "owner@example.org"
    owner.save(update_fields=["email"])


def notices(cast: Cast) -> list[tuple[str, str]]:
    with site_scope(cast.site.id):
        rows = Notice.objects.filter(kind="webhook_paused")
        return [(row.address, row.values["cause"]) for row in rows]


def test_gone_pauses_at_once_keeps_what_waits_and_tells_the_owner(
    cast: Cast, told: Receiver, hooked: Any
) -> None:
    owner_has_mail(cast)
    told.behaviour = "gone"
    do_import(cast)
    [delivery] = waiting(cast)
    deliver(cast, delivery)
    assert fresh(cast, delivery).next_at is None and notices(cast) == [("owner@example.org", "gone")]
    do_import(cast, LEDGER.replace("FP-001", "FP-002"))
    assert len(waiting(cast)) == 2 and len(jobs()) == 1, "held: no job for what happens meanwhile"
    told.behaviour = "take"
    with site_scope(cast.site.id):
        assert services.resume_endpoint(actor=cast.actor("owner"), endpoint=hooked[0]) == 2
    for one in waiting(cast):
        deliver(cast, one)
    assert waiting(cast) == [] and len(told.taken) == 3


def test_many_failures_over_an_hour_pause_and_few_minutes_do_not(
    cast: Cast, told: Receiver, hooked: Any
) -> None:
    owner_has_mail(cast)
    told.behaviour = "fail"
    do_import(cast)
    with site_scope(cast.site.id):
        for _ in range(16):
            services.ping(actor=cast.actor("owner"), endpoint=hooked[0])
    now = clock.now() + timedelta(seconds=1)
    with clock.frozen(now):
        for one in waiting(cast):
            deliver(cast, one)
    with site_scope(cast.site.id):
        assert not Pause.objects.exists(), "an outage of a moment"
    with clock.frozen(now + timedelta(hours=1, seconds=1)):
        deliver(cast, waiting(cast)[0])
    with site_scope(cast.site.id):
        assert Pause.objects.get().cause == "failures"
        assert {one.next_at for one in Delivery.objects.filter(state="waiting")} == {None}
    assert notices(cast) == [("owner@example.org", "failures")]


def test_a_delivery_ends_after_the_last_try(cast: Cast, told: Receiver, hooked: Any) -> None:
    told.behaviour = "fail"
    do_import(cast)
    [delivery] = waiting(cast)
    now = clock.now()
    for _number in range(ATTEMPTS_MAX):
        with clock.frozen(now):
            with site_scope(cast.site.id):
                if Pause.objects.filter(ended_at=None).exists():
                    services.resume_endpoint(actor=cast.actor("owner"), endpoint=hooked[0])
            deliver(cast, delivery)
        now = (fresh(cast, delivery).next_at or now) + timedelta(seconds=1)
    assert fresh(cast, delivery).state == "given_up" and len(told.taken) == ATTEMPTS_MAX
    with site_scope(cast.site.id):
        assert Pause.objects.filter(ended_at=None).exists(), "and the endpoint is paused"
