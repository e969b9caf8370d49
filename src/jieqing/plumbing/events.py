"""The event bus: upward news between rooms, of two kinds.

``now`` handlers run inside the publisher's transaction and may touch the database only: if one fails, nothing
happened. ``after_commit`` handlers run in the worker from a queue row that is written in the same transaction,
so a killed process loses nothing and a rolled-back service tells nobody.

Events are frozen dataclasses named in the past tense; their fields are JSON values (ids as UUID, dates as date;
bulk events carry lists of ids). All wiring stands in ``jieqing.web.subscriptions``, read at the start of every
process. Order of handlers: as subscribed.

Refuses: publishing outside a transaction (an ``after_commit`` row would not be atomic with its cause), and
subscribing the same handler twice.
"""

import dataclasses
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Literal, get_type_hints
from uuid import UUID

from django.db import transaction

from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.logs.jobs import deferring

When = Literal["now", "after_commit"]

DELIVER_TASK, EVENT_QUEUE = "plumbing.deliver_event", "events"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of all events. ``site_id`` says in whose scope handlers run."""

    site_id: UUID


Handler = Callable[[Any], None]

_now: dict[type[Event], list[Handler]] = {}
_later: dict[type[Event], dict[str, Handler]] = {}
_types: dict[str, type[Event]] = {}


def _name(thing: Any) -> str:
    return f"{thing.__module__}.{thing.__qualname__}"


def subscribe(event_type: type[Event], handler: Handler, *, when: When) -> None:
    """Wire a handler; called only from ``jieqing.web.subscriptions`` (and tests)."""
    _types[_name(event_type)] = event_type
    if when == "now":
        handlers = _now.setdefault(event_type, [])
        if handler in handlers:
            raise ValueError(f"{_name(handler)} already hears {_name(event_type)}")
        handlers.append(handler)
        return
    later = _later.setdefault(event_type, {})
    if _name(handler) in later:
        raise ValueError(f"{_name(handler)} already hears {_name(event_type)}")
    later[_name(handler)] = handler


def publish(event: Event) -> None:
    """Run ``now`` handlers at once and queue one job for each ``after_commit`` handler."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{type(event).__name__} published outside a transaction")
    for handler in _now.get(type(event), ()):
        handler(event)
    later = _later.get(type(event), {})
    if later:
        # By name, not by import: the queue's tasks import this module.
        job = deferring(DELIVER_TASK, queue=EVENT_QUEUE)
        payload = encode(event)
        for handler_name in later:
            job.defer(event_name=_name(type(event)), handler_name=handler_name, payload=payload)


def deliver(event_name: str, handler_name: str, payload: dict[str, Any]) -> None:
    """Run one queued handler in the event's own site scope (called by the worker)."""
    event_type = _types[event_name]
    event = decode(event_type, payload)
    with site_scope(event.site_id):
        _later[event_type][handler_name](event)


def encode(event: Event) -> dict[str, Any]:
    return {field.name: _plain(getattr(event, field.name)) for field in dataclasses.fields(event)}


def decode(event_type: type[Event], payload: dict[str, Any]) -> Event:
    hints = get_type_hints(event_type)
    return event_type(**{name: _typed(value, hints[name]) for name, value in payload.items()})


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(part) for part in value]
    return value


def _typed(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    arguments: tuple[Any, ...] = getattr(hint, "__args__", ())
    if isinstance(value, list):
        return tuple(_typed(part, arguments[0]) for part in value)
    kinds = [hint, *arguments]
    if UUID in kinds:
        return UUID(value)
    if datetime in kinds:
        return datetime.fromisoformat(value)
    if date in kinds:
        return date.fromisoformat(value)
    return value
