"""What the API of webhooks takes and answers."""

from datetime import datetime
from uuid import UUID

from ninja import Schema
from pydantic import AwareDatetime, ConfigDict, Field


class Asked(Schema):
    """A body of ours: what it does not know is refused, not ignored."""

    model_config = ConfigDict(extra="forbid")


class EventOut(Schema):
    name: str
    zh: str
    en: str


class EndpointIn(Asked):
    url: str = Field(max_length=500)
    events: list[str] = Field(min_length=1, max_length=50)
    description: str = Field("", max_length=120)


class EndpointOut(Schema):
    """``state`` is live, failing (its last attempt failed) or paused."""

    id: UUID
    url: str
    description: str
    events: list[str]
    state: str
    failures: int
    taken_at: datetime | None
    created_at: datetime
    paused_at: datetime | None
    pause_cause: str | None


class EndpointMade(EndpointOut):
    """With the secret, this once."""

    secret: str


class SecretOut(Schema):
    """The new secret, this once; the old one is valid beside it until then."""

    secret: str
    both_valid_until: datetime | None


class RemovalIn(Asked):
    reason: str = Field(max_length=200)


class ReplayIn(Asked):
    """One of the two: one delivery, or everything since a moment."""

    delivery_id: UUID | None = None
    since: AwareDatetime | None = None


class CountOut(Schema):
    deliveries: int


class DeliveryOut(Schema):
    """``state`` is waiting, taken or given_up; ``status`` is the last response code. Never the payload."""

    id: UUID
    message_id: UUID
    event: str
    state: str
    attempts: int
    next_at: datetime | None
    is_replay: bool
    created_at: datetime
    outcome: str | None
    status: int | None


class DeliveriesOut(Schema):
    deliveries: list[DeliveryOut]
    next: UUID | None
