"""Verbs of a pause: send an endpoint nothing for a while, and go on later with what waited."""

from django.db import transaction

from jieqing.estate.accounts.selectors import owner_addresses
from jieqing.estate.sites.selectors import sites_by_ids
from jieqing.estate.webhooks.models import Delivery, DeliveryState, Endpoint, Pause, PauseCause
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.trust.evidence import services as evidence
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.services import send_notice


def pause(*, actor: Actor, endpoint: Endpoint, cause: PauseCause) -> Pause:
    """Pause an endpoint that is not paused; its deliveries are held. The site's owners are told unless one did it."""
    now = clock.now()
    with transaction.atomic():
        made = Pause(
            id=new_id(), site_id=endpoint.site_id, endpoint=endpoint, cause=cause.value, at=now, by=actor.id
        )
        made.save(force_insert=True)
        Delivery.objects.filter(endpoint=endpoint, state=DeliveryState.WAITING).update(next_at=None)
        evidence.record(
            actor=actor,
            action="estate.webhooks.paused",
            subject=f"estate.webhooks.endpoint:{endpoint.id}",
            facts={"cause": cause.value},
        )
        if cause is not PauseCause.BY_HAND:
            _tell_owners(actor, endpoint, made)
    return made


def _tell_owners(actor: Actor, endpoint: Endpoint, made: Pause) -> None:
    [site] = sites_by_ids([endpoint.site_id])
    for address in owner_addresses():
        # A site's name that no notice can carry must not keep an endpoint hammered, so a refusal is left at that.
        send_notice(
            actor=actor,
            kind=NoticeKind.WEBHOOK_PAUSED,
            recipient=RecipientKind.MEMBER,
            address=address,
            values={
                "site": site.name,
                "at": made.at,
                "cause": made.cause,
                "reference": endpoint.id.hex[:8].upper(),
            },
        )
