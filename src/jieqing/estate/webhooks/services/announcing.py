"""From an event inside to a message outside: written in the event's own transaction, sent after its commit.

The handler hears events ``now``: it writes the message, a delivery for each endpoint that wants it, and a job for each, all
in the publisher's transaction. What is rolled back tells nobody; what is committed is told even if every process dies.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from jieqing.estate.webhooks.engine.catalogue import PublicEvent, declare
from jieqing.estate.webhooks.models import Delivery, DeliveryState, Endpoint, Message
from jieqing.estate.webhooks.services.sending import queue
from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import JSON
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import Event, subscribe
from jieqing.plumbing.webhooks.client import BODY_BYTES_MAX

News = TypeVar("News", bound=Event)


def announce(event_type: type[News], public: PublicEvent, data: Callable[[News], Mapping[str, JSON]]) -> None:
    """Let other programs hear an event under a public name; ``data`` picks what they are told."""
    declare(public)

    def tell(event: News) -> None:
        with site_scope(event.site_id):
            wanting = [row for row in Endpoint.objects.filter(removal=None) if public.name in row.events]
            if wanting:
                send_message(event.site_id, public.name, data(event), wanting)

    tell.__qualname__ = f"tell[{public.name}]"
    subscribe(event_type, tell, when="now")


def send_message(
    site_id: UUID, name: str, data: Mapping[str, JSON], endpoints: Sequence[Endpoint]
) -> list[Delivery]:
    """Write one message and its way to each endpoint, in the caller's transaction."""
    message = Message(id=new_id(), site_id=site_id, event=name, at=clock.now())
    message.body = body_of(message, data)
    if len(message.body) > BODY_BYTES_MAX:
        raise ValueError(f"{name} says too much for a webhook")
    message.save(force_insert=True)
    return [send_again(message, endpoint, is_replay=False) for endpoint in endpoints]


def send_again(message: Message, endpoint: Endpoint, *, is_replay: bool = True) -> Delivery:
    """Start a message on its way; held when the endpoint is paused."""
    is_held = endpoint.pauses.filter(ended_at=None).exists()
    now = clock.now()
    delivery = Delivery(
        id=new_id(),
        site_id=endpoint.site_id,
        endpoint=endpoint,
        message=message,
        state=DeliveryState.WAITING,
        next_at=None if is_held else now,
        is_replay=is_replay,
        created_at=now,
    )
    delivery.save(force_insert=True)
    if not is_held:
        queue(delivery)
    return delivery


def body_of(message: Message, data: Mapping[str, JSON]) -> bytes:
    """The message as every endpoint gets it."""
    envelope = {
        "id": str(message.id),
        "type": message.event,
        "timestamp": message.at.isoformat(timespec="milliseconds"),
        "data": dict(data),
    }
    return json.dumps(envelope, ensure_ascii=False, separators=(",", ":")).encode()
