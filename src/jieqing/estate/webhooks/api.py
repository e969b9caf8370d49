"""Webhooks by program: everything that the owner's page does, by the same verbs."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpRequest
from ninja import Path, Query, Router, Status

from jieqing.estate.webhooks import access, schemas, selectors, services
from jieqing.estate.webhooks.engine.catalogue import known_events
from jieqing.estate.webhooks.engine.endpoint_rules import REPLAY_WHAT
from jieqing.estate.webhooks.models import Delivery, Endpoint
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.http import ProblemRaised, needs

router = Router(tags=["webhooks"])
MANAGE = needs("api.manage")


@router.get("/webhooks/events", auth=MANAGE, response=list[schemas.EventOut], summary="Events to choose from")
def webhook_events(request: HttpRequest, site_slug: Path[str]) -> Any:
    return [{"name": one.name, "zh": one.zh, "en": one.en} for one in known_events().values()]


@router.get("/webhooks", auth=MANAGE, response=list[schemas.EndpointOut], summary="Endpoints, newest first")
def webhooks(request: HttpRequest, site_slug: Path[str]) -> Any:
    return [_shown(row) for row in selectors.endpoints()]


@router.post("/webhooks", auth=MANAGE, response={201: schemas.EndpointMade}, operation_id="add_webhook")
def add_webhook(request: HttpRequest, site_slug: Path[str], asked: schemas.EndpointIn) -> Any:
    """Add an endpoint. The answer holds its signing secret, this once."""
    made = services.add_endpoint(actor=_actor(request), **asked.dict())
    if is_problem(made):
        raise ProblemRaised(made, 422)
    endpoint, secret = made
    return Status(201, {**_shown(selectors.endpoint_row(endpoint)), "secret": secret})


@router.get("/webhooks/{endpoint_id}", auth=MANAGE, response=schemas.EndpointOut, summary="One endpoint")
def webhook(request: HttpRequest, site_slug: Path[str], endpoint_id: Path[UUID]) -> Any:
    return _shown(selectors.endpoint_row(_endpoint(request, endpoint_id)))


@router.post(
    "/webhooks/{endpoint_id}/rotation", auth=MANAGE, response=schemas.SecretOut, operation_id="rotate_webhook"
)
def rotate_webhook(request: HttpRequest, site_slug: Path[str], endpoint_id: Path[UUID]) -> Any:
    """Make a new secret. For a day messages carry a signature of each."""
    endpoint = _endpoint(request, endpoint_id)
    secret = services.rotate_secret(actor=_actor(request), endpoint=endpoint)
    endpoint.refresh_from_db()
    return {"secret": secret, "both_valid_until": endpoint.previous_until}


@router.post(
    "/webhooks/{endpoint_id}/pause", auth=MANAGE, response=schemas.EndpointOut, operation_id="pause_webhook"
)
def pause_webhook(request: HttpRequest, site_slug: Path[str], endpoint_id: Path[UUID]) -> Any:
    """Send nothing until it is resumed; what happens meanwhile waits."""
    endpoint = _endpoint(request, endpoint_id)
    _done(services.pause_endpoint(actor=_actor(request), endpoint=endpoint), 409)
    return _shown(selectors.endpoint_row(endpoint))


@router.post(
    "/webhooks/{endpoint_id}/resumption",
    auth=MANAGE,
    response=schemas.CountOut,
    operation_id="resume_webhook",
)
def resume_webhook(request: HttpRequest, site_slug: Path[str], endpoint_id: Path[UUID]) -> Any:
    """End a pause and send what waited."""
    endpoint = _endpoint(request, endpoint_id)
    return {"deliveries": _done(services.resume_endpoint(actor=_actor(request), endpoint=endpoint), 409)}


@router.post(
    "/webhooks/{endpoint_id}/removal", auth=MANAGE, response={204: None}, operation_id="remove_webhook"
)
def remove_webhook(
    request: HttpRequest, site_slug: Path[str], endpoint_id: Path[UUID], asked: schemas.RemovalIn
) -> Any:
    """Remove an endpoint for good, with a reason that goes into evidence."""
    endpoint = _endpoint(request, endpoint_id)
    _done(services.remove_endpoint(actor=_actor(request), endpoint=endpoint, reason=asked.reason), 422)
    return Status(204, None)


@router.post(
    "/webhooks/{endpoint_id}/ping",
    auth=MANAGE,
    response={202: schemas.DeliveryOut},
    operation_id="ping_webhook",
)
def ping_webhook(request: HttpRequest, site_slug: Path[str], endpoint_id: Path[UUID]) -> Any:
    """Send a test message; look for it among the deliveries."""
    endpoint = _endpoint(request, endpoint_id)
    return Status(202, _delivery(services.ping(actor=_actor(request), endpoint=endpoint)))


@router.get(
    "/webhooks/{endpoint_id}/deliveries",
    auth=MANAGE,
    response=schemas.DeliveriesOut,
    summary="What was sent, newest first",
)
def webhook_deliveries(
    request: HttpRequest,
    site_slug: Path[str],
    endpoint_id: Path[UUID],
    after: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Any:
    found = selectors.deliveries(_endpoint(request, endpoint_id), after=after, limit=limit)
    last = found[-1].id if len(found) == limit else None
    return {"deliveries": [_delivery(one) for one in found], "next": last}


@router.post(
    "/webhooks/{endpoint_id}/replay",
    auth=MANAGE,
    response={202: schemas.CountOut},
    operation_id="replay_webhook",
)
def replay_webhook(
    request: HttpRequest, site_slug: Path[str], endpoint_id: Path[UUID], asked: schemas.ReplayIn
) -> Any:
    """Send one message again, or all since a moment, each under its own ``webhook-id``."""
    endpoint = _endpoint(request, endpoint_id)
    if (asked.delivery_id is None) == (asked.since is None):
        raise ProblemRaised(Problem.of(REPLAY_WHAT), 422)
    if asked.delivery_id:
        found = access.delivery_by_id(_actor(request), asked.delivery_id)
        delivery = _done(found, 404)
        services.replay_delivery(actor=_actor(request), delivery=delivery)
        return Status(202, {"deliveries": 1})
    since: datetime | None = asked.since
    assert since is not None
    sent = _done(services.replay_since(actor=_actor(request), endpoint=endpoint, since=since), 422)
    return Status(202, {"deliveries": sent})


def _actor(request: HttpRequest) -> Any:
    return request.actor  # type: ignore[attr-defined]


def _endpoint(request: HttpRequest, endpoint_id: UUID) -> Endpoint:
    found: Endpoint = _done(access.endpoint_by_id(_actor(request), endpoint_id), 404)
    return found


def _done(outcome: Any, status: int) -> Any:
    if is_problem(outcome):
        raise ProblemRaised(outcome, status)
    return outcome


def _shown(row: selectors.EndpointRow) -> dict[str, Any]:
    endpoint = row.endpoint
    names = ("id", "url", "description", "events", "created_at")
    return {
        **{name: getattr(endpoint, name) for name in names},
        "state": row.state,
        "failures": row.failures,
        "taken_at": row.taken_at,
        "paused_at": row.pause.at if row.pause else None,
        "pause_cause": row.pause.cause if row.pause else None,
    }


def _delivery(one: Delivery) -> dict[str, Any]:
    tries = getattr(one, "newest_first", [])
    names = ("id", "message_id", "state", "attempts", "next_at", "is_replay", "created_at")
    return {
        **{name: getattr(one, name) for name in names},
        "event": one.message.event,
        "outcome": tries[0].outcome if tries else None,
        "status": tries[0].status if tries else None,
    }
