"""From an event in a transaction to a receiver, and what happens when the receiver is not there."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from jieqing.claims.receivables import services as ledger
from jieqing.estate.webhooks import selectors, services
from jieqing.estate.webhooks.engine.endpoint_rules import ENDPOINTS_MAX
from jieqing.estate.webhooks.models import Attempt, Delivery, Endpoint, Message
from jieqing.estate.webhooks.tests.receiver import Receiver
from jieqing.kernel import clock
from jieqing.kernel.outcomes import is_problem, unwrap
from jieqing.plumbing import sealing
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.webhooks import client, signing
from tests.cast import Cast
from tests.contracts.hooked import LEDGER, deliver, do_import, fresh, jobs, waiting


def test_an_import_is_told_signed_and_without_names(cast: Cast, told: Receiver, hooked: Any) -> None:
    result = do_import(cast)
    assert told.taken == [], "nothing leaves inside the transaction"
    [delivery] = waiting(cast)
    assert [job for job, _at in jobs()] == [str(delivery.id)]
    assert deliver(cast, delivery).status == 204
    [(headers, body)] = told.taken
    assert signing.verify(hooked[1], headers, body, now=int(clock.now().timestamp()))
    payload = json.loads(body)
    assert (payload["type"], payload["id"]) == ("ledger.imported", headers["webhook-id"])
    assert payload["data"] == {
        "batch_id": str(result.batch_id),
        "revision": 1,
        "accepted": 1,
        "updated": 0,
    }
    assert "明达" not in body.decode() and "应收" not in body.decode()
    assert fresh(cast, delivery).state == "taken"
    assert deliver(cast, delivery) is None and len(told.taken) == 1, "a job that runs twice calls once"


def test_what_is_rolled_back_tells_nobody(cast: Cast, hooked: Any) -> None:
    with transaction.atomic():
        do_import(cast)
        transaction.set_rollback(True)
    assert waiting(cast) == [] and jobs() == []


def test_only_chosen_events_and_only_the_own_site(cast: Cast, told: Receiver) -> None:
    unwrap(services.add_endpoint(actor=cast.actor("owner"), url=told.url, events=["ledger.undone"]))
    unwrap(services.add_endpoint(actor=cast.actor("stranger"), url=told.url, events=["ledger.imported"]))
    result = do_import(cast)
    assert waiting(cast) == []
    with site_scope(cast.site.id):
        batch = ledger.batches.ImportBatch.objects.get(id=result.batch_id)
    ledger.undo_batch(actor=cast.actor("owner"), batch=batch, reason="测试")
    assert len(waiting(cast)) == 1


def test_a_failure_is_tried_again_later_with_the_same_bytes(cast: Cast, told: Receiver, hooked: Any) -> None:
    do_import(cast)
    [delivery] = waiting(cast)
    told.behaviour = "fail"
    now = clock.now()
    with clock.frozen(now):
        deliver(cast, delivery)
        again = fresh(cast, delivery)
        assert again.state == "waiting" and again.attempts == 1
        assert timedelta(seconds=5) <= again.next_at - now <= timedelta(seconds=6)
        assert jobs()[-1] == (str(delivery.id), again.next_at)
        assert deliver(cast, delivery) is None, "not due yet: put off"
    told.behaviour = "take"
    with clock.frozen(now + timedelta(seconds=7)):
        deliver(cast, delivery)
    first, second = told.taken
    assert first[1] == second[1] and first[0]["webhook-id"] == second[0]["webhook-id"]
    assert fresh(cast, delivery).state == "taken"
    with site_scope(cast.site.id):
        assert list(Attempt.objects.order_by("number").values_list("outcome", "status")) == [
            ("refused", 500),
            ("taken", 204),
        ]


def test_a_worker_killed_in_the_call_loses_nothing(
    cast: Cast, told: Receiver, hooked: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    do_import(cast)
    [delivery] = waiting(cast)

    def killed(*_given: Any, **_named: Any) -> Any:
        raise SystemExit

    now = clock.now()
    with monkeypatch.context() as patch, clock.frozen(now):
        patch.setattr(client, "post", killed)
        with pytest.raises(SystemExit):
            deliver(cast, delivery)
    with clock.frozen(now + timedelta(seconds=30)):
        assert deliver(cast, delivery) is None, "the queue gave the job back before the lease was over"
        assert jobs()[-1][1] == fresh(cast, delivery).next_at, "so it comes back then"
    with clock.frozen(now + timedelta(seconds=61)):
        assert deliver(cast, delivery).status == 204
    with site_scope(cast.site.id):
        assert list(Attempt.objects.order_by("number").values_list("outcome", flat=True)) == ["", "taken"]


@pytest.mark.parametrize("behaviour", ["hang", "redirect"])
def test_a_receiver_that_hangs_or_redirects_is_a_failure(
    behaviour: str, cast: Cast, told: Receiver, hooked: Any
) -> None:
    told.behaviour = behaviour
    do_import(cast)
    [delivery] = waiting(cast)
    answer = deliver(cast, delivery)
    assert answer.outcome.value == {"hang": "timed_out", "redirect": "redirected"}[behaviour]
    assert fresh(cast, delivery).state == "waiting"


def test_while_secrets_change_both_open(cast: Cast, told: Receiver, hooked: Any) -> None:
    endpoint, old = hooked
    with site_scope(cast.site.id):
        new = services.rotate_secret(actor=cast.actor("owner"), endpoint=endpoint)
        services.ping(actor=cast.actor("owner"), endpoint=endpoint)
    [delivery] = waiting(cast)
    deliver(cast, delivery)
    headers, body = told.taken[-1]
    now = clock.now()
    for secret in (old, new):
        assert signing.verify(secret, headers, body, now=int(now.timestamp()))
    with clock.frozen(now + timedelta(hours=25)), site_scope(cast.site.id):
        services.ping(actor=cast.actor("owner"), endpoint=endpoint)
        later = Delivery.objects.get(state="waiting")
    with clock.frozen(now + timedelta(hours=25)):
        deliver(cast, later)
    headers, body = told.taken[-1]
    then = int((now + timedelta(hours=25)).timestamp())
    assert signing.verify(new, headers, body, now=then) and not signing.verify(old, headers, body, now=then)


def test_a_secret_lies_sealed(cast: Cast, hooked: Any) -> None:
    with site_scope(cast.site.id):
        kept = bytes(Endpoint.objects.get().secret)
    assert hooked[1].encode() not in kept and sealing.unseal("webhooks", kept).decode() == hooked[1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT e::text FROM evidence_entry e")
        assert not [row for (row,) in cursor.fetchall() if hooked[1] in row]


def test_one_message_and_all_since_a_moment_can_be_sent_again(
    cast: Cast, told: Receiver, hooked: Any
) -> None:
    begun = clock.now()
    do_import(cast)
    [delivery] = waiting(cast)
    deliver(cast, delivery)
    owner = cast.actor("owner")
    with site_scope(cast.site.id):
        one = services.replay_delivery(actor=owner, delivery=fresh(cast, delivery))
        assert services.replay_since(actor=owner, endpoint=hooked[0], since=begun) == 1
        nothing = services.replay_since(actor=owner, endpoint=hooked[0], since=clock.now())
    assert nothing.code == "webhook.nothing_since"
    for again in waiting(cast):
        assert again.is_replay
        deliver(cast, again)
    assert len({body for _headers, body in told.taken}) == 1 and len(told.taken) == 3
    assert one.message_id == delivery.message_id


def test_removed_means_silent_and_old_messages_go(cast: Cast, told: Receiver, hooked: Any) -> None:
    do_import(cast)
    [delivery] = waiting(cast)
    with site_scope(cast.site.id):
        refused = services.remove_endpoint(actor=cast.actor("owner"), endpoint=hooked[0], reason=" ")
        assert refused.code == "webhook.reason_missing"
        services.remove_endpoint(actor=cast.actor("owner"), endpoint=hooked[0], reason="不再使用")
        assert selectors.endpoints() == []
    assert deliver(cast, delivery) is None and told.taken == []
    do_import(cast, LEDGER.replace("FP-001", "FP-009"))
    with site_scope(cast.site.id):
        assert Message.objects.count() == 1
    with clock.frozen(clock.now() + timedelta(days=31)):
        assert services.forget_old(cast.site.id) > 0
    with site_scope(cast.site.id):
        assert not Message.objects.exists() and not Delivery.objects.exists()


def test_wishes_that_cannot_be(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def wish(url: str = "https://hooks.example.com/", events: Any = ("ledger.imported",)) -> Any:
        return services.add_endpoint(actor=cast.actor("owner"), url=url, events=list(events))

    assert wish(url="http://hooks.example.com/").code == "webhook.url"
    assert wish(url="https://192.168.0.1/").code == "webhook.url"
    assert wish(events=["ledger.burnt"]).code == "webhook.events"
    for _number in range(ENDPOINTS_MAX):
        assert not is_problem(wish())
    assert wish().code == "webhook.too_many"


def test_the_owner_walks_the_pages(cast: Cast, told: Receiver) -> None:
    owner, base = cast.clients["owner"], f"/s/{cast.site.slug}/developer/webhooks/"
    made = owner.post(f"{base}new/", {"url": told.url, "events": ["ledger.imported"], "description": "ERP"})
    assert "no-store" in made["Cache-Control"] and made.context["secret"].startswith("whsec_")
    with site_scope(cast.site.id):
        endpoint = Endpoint.objects.get()
    page = f"{base}{endpoint.id}/"
    assert owner.post(f"{page}ping/").status_code == 302
    [delivery] = waiting(cast)
    told.behaviour = "fail"
    deliver(cast, delivery)
    shown = owner.get(page).content.decode()
    assert "500" in shown and made.context["secret"] not in shown
    assert owner.post(f"{base}deliveries/{delivery.id}/replay/").status_code == 302
    assert owner.post(f"{page}pause/").status_code == 302 and "已暂停" in owner.get(page).content.decode()
    assert owner.post(f"{page}resume/").status_code == 302
    rotated = owner.post(f"{page}rotate/")
    assert rotated.context["secret"] != made.context["secret"]
    assert owner.post(f"{page}replay/", {"since": "2026-01-01T00:00"}).status_code == 302
    assert owner.post(f"{page}remove/", {"reason": "停用"}).status_code == 302
    assert owner.get(page).status_code == 404
