"""Verbs of endpoints: add, rotate the secret, pause and resume, remove, ping, replay.

A secret leaves once, as the answer of the verb that made it, and is kept sealed because it must sign.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from jieqing.estate.webhooks.engine import endpoint_rules as rules
from jieqing.estate.webhooks.engine.catalogue import PING, known_events
from jieqing.estate.webhooks.models import (
    Delivery,
    DeliveryState,
    Endpoint,
    Health,
    Message,
    Pause,
    PauseCause,
    Removal,
)
from jieqing.estate.webhooks.services.announcing import send_again, send_message
from jieqing.estate.webhooks.services.pausing import pause
from jieqing.estate.webhooks.services.sending import SEAL, queue
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing import sealing
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.webhooks import signing
from jieqing.plumbing.webhooks.addresses import is_well_formed
from jieqing.trust.evidence import services as evidence

BOTH_VALID_FOR = timedelta(hours=24)
KEEP = timedelta(days=30)
REPLAY_MAX = 1000


def add_endpoint(
    *, actor: Actor, url: str, events: list[str], description: str = ""
) -> tuple[Endpoint, str] | Problem:
    """A new endpoint of the actor's site and, this once, its secret."""
    if actor.site_id is None:
        raise ValueError("an endpoint belongs to a site")
    url, description = url.strip(), description.strip()
    problem = rules.check_wish(
        is_url_sound=is_well_formed(url), events=events, known=list(known_events()), description=description
    )
    if problem:
        return problem
    secret = signing.new_secret()
    with transaction.atomic(), site_scope(actor.site_id):
        if Endpoint.objects.filter(removal=None).count() >= rules.ENDPOINTS_MAX:
            return Problem.of(rules.TOO_MANY, most=rules.ENDPOINTS_MAX)
        endpoint = Endpoint(
            id=new_id(),
            site_id=actor.site_id,
            url=url,
            description=description,
            events=sorted(set(events)),
            secret=_sealed(secret),
            created_at=clock.now(),
            created_by=actor.id,
        )
        endpoint.entry_id = _record(
            actor, endpoint, "added", {"events": endpoint.events}, personal={"url": url}
        )
        endpoint.save(force_insert=True)
        Health.objects.create(id=new_id(), site_id=endpoint.site_id, endpoint=endpoint)
    return endpoint, secret


def rotate_secret(*, actor: Actor, endpoint: Endpoint) -> str:
    """A new secret, told this once; the old one signs beside it for a day."""
    secret = signing.new_secret()
    with transaction.atomic():
        locked = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        locked.previous_secret, locked.previous_until = locked.secret, clock.now() + BOTH_VALID_FOR
        locked.secret = _sealed(secret)
        locked.save(update_fields=["secret", "previous_secret", "previous_until"])
        _record(actor, locked, "secret_rotated", {"both_until": locked.previous_until})
    return secret


def pause_endpoint(*, actor: Actor, endpoint: Endpoint) -> Pause | Problem:
    with transaction.atomic():
        Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        if Pause.objects.filter(endpoint=endpoint, ended_at=None).exists():
            return Problem.of(rules.PAUSED_ALREADY)
        return pause(actor=actor, endpoint=endpoint, cause=PauseCause.BY_HAND)


def resume_endpoint(*, actor: Actor, endpoint: Endpoint) -> int | Problem:
    """End a pause and send what waited; returns how many deliveries that is."""
    now = clock.now()
    with transaction.atomic():
        paused = Pause.objects.select_for_update().filter(endpoint=endpoint, ended_at=None).first()
        if paused is None:
            return Problem.of(rules.NOT_PAUSED)
        paused.ended_at, paused.ended_by = now, actor.id
        paused.save(update_fields=["ended_at", "ended_by"])
        Health.objects.filter(endpoint=endpoint).update(failures=0, failing_since=None)
        held = list(Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING).order_by("id"))
        for delivery in held:
            delivery.next_at = now
            queue(delivery)
        Delivery.objects.bulk_update(held, ["next_at"], batch_size=500)
        _record(actor, endpoint, "resumed", {"deliveries": len(held)})
    return len(held)


def remove_endpoint(*, actor: Actor, endpoint: Endpoint, reason: str) -> Removal | Problem:
    """End an endpoint for good; what waits is given up."""
    reason = reason.strip()
    if not reason:
        return Problem.of(rules.REASON_MISSING)
    with transaction.atomic():
        Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        found = Removal.objects.filter(endpoint=endpoint).first()
        if found:
            return found
        Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING).update(
            state=DeliveryState.GIVEN_UP, next_at=None
        )
        _record(actor, endpoint, "removed", {}, personal={"reason": reason[:200]})
        return Removal.objects.create(
            id=new_id(),
            site_id=endpoint.site_id,
            endpoint=endpoint,
            at=clock.now(),
            by=actor.id,
            reason=reason[:200],
        )


def ping(*, actor: Actor, endpoint: Endpoint) -> Delivery:
    """Send a message that means nothing, to see whether it arrives."""
    with transaction.atomic():
        _record(actor, endpoint, "pinged", {})
        [delivery] = send_message(endpoint.site_id, PING, {"endpoint": str(endpoint.id)}, [endpoint])
    return delivery


def replay_delivery(*, actor: Actor, delivery: Delivery) -> Delivery:
    """Send one message again, byte for byte, under its own ``webhook-id``."""
    with transaction.atomic():
        _record(actor, delivery.endpoint, "replayed", {"messages": 1})
        return send_again(delivery.message, delivery.endpoint)


def replay_since(*, actor: Actor, endpoint: Endpoint, since: datetime) -> int | Problem:
    """Send again, in order, everything since a moment that this endpoint wants (at most ``REPLAY_MAX``)."""
    with transaction.atomic():
        messages = Message.objects.filter(at__gte=since, event__in=endpoint.events).order_by("id")
        found = list(messages[:REPLAY_MAX])
        if not found:
            return Problem.of(rules.NOTHING_SINCE, days=KEEP.days)
        _record(actor, endpoint, "replayed", {"messages": len(found), "since": since})
        for message in found:
            send_again(message, endpoint)
    return len(found)


def forget_old(site_id: UUID) -> int:
    """Delete messages that nobody may replay any more, with their deliveries."""
    with site_scope(site_id):
        gone, _kinds = Message.objects.filter(at__lt=clock.now() - KEEP).delete()
    return gone


def _sealed(secret: str) -> bytes:
    return sealing.seal(SEAL, secret.encode())


def _record(
    actor: Actor,
    endpoint: Endpoint,
    step: str,
    facts: dict[str, object],
    personal: dict[str, str] | None = None,
) -> UUID:
    return evidence.record(
        actor=actor,
        action=f"estate.webhooks.{step}",
        subject=f"estate.webhooks.endpoint:{endpoint.id}",
        facts=facts,
        personal=personal or {},
    )
