"""The queue's own tasks. Jobs are rows of the same PostgreSQL, written in the caller's transaction."""

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jieqing.plumbing import events


@app.task(
    name=events.DELIVER_TASK,
    queue=events.EVENT_QUEUE,
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def deliver_event(event_name: str, handler_name: str, payload: dict[str, Any]) -> None:
    events.deliver(event_name, handler_name, payload)
