"""The only doors from an id in a request to an endpoint or a delivery."""

from uuid import UUID

from jieqing.estate.webhooks.engine.endpoint_rules import UNKNOWN
from jieqing.estate.webhooks.models import Delivery, Endpoint
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem


def endpoint_by_id(actor: Actor, endpoint_id: UUID) -> Endpoint | Problem:
    """An endpoint that was not removed."""
    rows = Endpoint.objects.filter(pk=endpoint_id, site_id=_site(actor), removal=None)
    return rows.first() or Problem.of(UNKNOWN)


def delivery_by_id(actor: Actor, delivery_id: UUID) -> Delivery | Problem:
    """A delivery to an endpoint that was not removed."""
    rows = Delivery.objects.filter(pk=delivery_id, site_id=_site(actor), endpoint__removal=None)
    return rows.select_related("endpoint", "message").first() or Problem.of(UNKNOWN)


def _site(actor: Actor) -> UUID:
    if actor.site_id is None:
        raise ValueError("a door of a site opens for an actor of a site")
    return actor.site_id
