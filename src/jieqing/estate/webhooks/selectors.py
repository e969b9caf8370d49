"""Reads of endpoints and of what was sent to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from jieqing.estate.webhooks.models import Attempt, Delivery, Endpoint, Pause

PAGE = 50


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """A line of the list: an endpoint, the pause it is in, and how it answered lately."""

    endpoint: Endpoint
    pause: Pause | None
    taken_at: datetime | None
    failures: int

    @property
    def state(self) -> str:
        return "paused" if self.pause else "failing" if self.failures else "live"


def endpoints() -> list[EndpointRow]:
    """The active site's endpoints, newest first."""
    live = Prefetch("pauses", Pause.objects.filter(ended_at=None), to_attr="live_pauses")
    rows = Endpoint.objects.filter(removal=None).select_related("health").prefetch_related(live)
    return [_row(row) for row in rows.order_by("-id")]


def endpoint_row(endpoint: Endpoint) -> EndpointRow:
    return next(row for row in endpoints() if row.endpoint.id == endpoint.id)


def deliveries(endpoint: Endpoint, *, after: UUID | None = None, limit: int = PAGE) -> list[Delivery]:
    """A page of the log, newest first; ``after`` is the last id of the page before."""
    rows = Delivery.objects.filter(endpoint=endpoint)
    if after:
        rows = rows.filter(id__lt=after)
    tries: QuerySet[Attempt] = Attempt.objects.order_by("-number")
    found = rows.select_related("message").prefetch_related(Prefetch("tries", tries, to_attr="newest_first"))
    return list(found.order_by("-id")[:limit])


def _row(endpoint: Endpoint) -> EndpointRow:
    paused: list[Pause] = endpoint.live_pauses  # type: ignore[attr-defined]
    return EndpointRow(
        endpoint, paused[0] if paused else None, endpoint.health.taken_at, endpoint.health.failures
    )
