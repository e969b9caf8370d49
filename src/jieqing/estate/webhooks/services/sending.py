"""One delivery at a time: claim it, call, keep what came of it. Any number of workers; a killed one loses nothing.

The claim is a transaction of its own that counts the attempt and moves ``next_at`` ahead by a lease; the call holds no
transaction and no lock. A worker that dies in between leaves its job to the queue's housekeeping, which gives it back;
whoever takes it before the lease is over puts it off until then. So a message may arrive twice, always under one
``webhook-id``, and never not at all while its endpoint lives.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from jieqing.estate.webhooks.engine.patience import JITTER_PERMILLE_MAX, is_broken, wait_after
from jieqing.estate.webhooks.models import (
    Attempt,
    Delivery,
    DeliveryState,
    Endpoint,
    Health,
    Pause,
    PauseCause,
)
from jieqing.estate.webhooks.services.pausing import pause
from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.ids import new_id
from jieqing.plumbing import sealing
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.webhooks import client, signing
from jieqing.plumbing.webhooks.client import Answer, Outcome

DELIVER_TASK, WEBHOOK_QUEUE = "webhooks.deliver", "webhooks"
SEAL = "webhooks"
LEASE = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class _Claimed:
    attempt_id: UUID
    url: str
    body: bytes
    headers: dict[str, str]


def queue(delivery: Delivery) -> None:
    """A job for the worker, in the caller's transaction, due at ``next_at``."""
    # By name, not by import: tasks stand above services.
    job = app.configure_task(DELIVER_TASK, queue=WEBHOOK_QUEUE, schedule_at=delivery.next_at)
    job.defer(site_id=str(delivery.site_id), delivery_id=str(delivery.id))


def deliver(*, site_id: UUID, delivery_id: UUID) -> Answer | None:
    """Try a delivery that is due; None when there is nothing to do now."""
    with site_scope(site_id):
        claimed = _claim(delivery_id)
    if claimed is None:
        return None
    answer = client.post(claimed.url, claimed.body, claimed.headers)
    with site_scope(site_id):
        _keep(delivery_id, claimed.attempt_id, answer)
    return answer


def _claim(delivery_id: UUID) -> _Claimed | None:
    rows = Delivery.objects.select_for_update(skip_locked=True, of=("self",))
    delivery = rows.select_related("endpoint", "message").filter(pk=delivery_id, state="waiting").first()
    if delivery is None or delivery.next_at is None:
        return None
    endpoint, now = delivery.endpoint, clock.now()
    if hasattr(endpoint, "removal"):
        delivery.state, delivery.next_at = DeliveryState.GIVEN_UP, None
    elif endpoint.pauses.filter(ended_at=None).exists():
        delivery.next_at = None
    elif delivery.next_at > now:
        queue(delivery)
        return None
    else:
        delivery.attempts += 1
        delivery.next_at = now + LEASE
        delivery.save(update_fields=["attempts", "next_at"])
        attempt = Attempt(
            id=new_id(), site_id=delivery.site_id, delivery=delivery, number=delivery.attempts, at=now
        )
        attempt.save(force_insert=True)
        body = bytes(delivery.message.body)
        sent = signing.headers(
            secrets_of(endpoint, now),
            message_id=str(delivery.message_id),
            timestamp=int(now.timestamp()),
            body=body,
        )
        return _Claimed(attempt.id, endpoint.url, body, sent)
    delivery.save(update_fields=["state", "next_at"])
    return None


def secrets_of(endpoint: Endpoint, now: datetime) -> list[str]:
    """The secrets that sign now: the present one, and the one before while it is valid."""
    found = [endpoint.secret]
    if endpoint.previous_secret and endpoint.previous_until and endpoint.previous_until > now:
        found.append(endpoint.previous_secret)
    return [sealing.unseal(SEAL, bytes(one)).decode() for one in found]


def _keep(delivery_id: UUID, attempt_id: UUID, answer: Answer) -> None:
    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(of=("self",)).select_related("endpoint").get(pk=delivery_id)
        )
        Attempt.objects.filter(pk=attempt_id).update(
            outcome=answer.outcome.value, status=answer.status, duration_ms=answer.duration_ms
        )
        health = Health.objects.select_for_update().get(endpoint=delivery.endpoint)
        now = clock.now()
        if answer.outcome is Outcome.TAKEN:
            delivery.state, delivery.next_at = DeliveryState.TAKEN, None
            health.failures, health.failing_since, health.taken_at = 0, None, now
        else:
            health.failures += 1
            health.failing_since = health.failing_since or now
            _put_off(delivery, now)
        health.save(update_fields=["failures", "failing_since", "taken_at"])
        delivery.save(update_fields=["state", "next_at"])
        cause = _cause_to_pause(delivery, health, answer, now)
        if cause and not Pause.objects.filter(endpoint=delivery.endpoint, ended_at=None).exists():
            actor = system_actor(delivery.site_id, "webhooks")
            pause(actor=actor, endpoint=delivery.endpoint, cause=cause)
        elif delivery.state == DeliveryState.WAITING:
            queue(delivery)


def _put_off(delivery: Delivery, now: datetime) -> None:
    wait = wait_after(delivery.attempts, jitter_permille=secrets.randbelow(JITTER_PERMILLE_MAX + 1))
    if wait is None:
        delivery.state, delivery.next_at = DeliveryState.GIVEN_UP, None
    else:
        delivery.next_at = now + wait


def _cause_to_pause(delivery: Delivery, health: Health, answer: Answer, now: datetime) -> PauseCause | None:
    if answer.outcome is Outcome.GONE:
        return PauseCause.GONE
    failing_for = now - health.failing_since if health.failing_since else timedelta()
    is_over = delivery.state == DeliveryState.GIVEN_UP or is_broken(
        failures=health.failures, failing_for=failing_for
    )
    return PauseCause.FAILURES if is_over else None
