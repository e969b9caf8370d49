"""Shapes of the API's answers and bodies about contact points and what was chosen."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from ninja import Field, Schema

from jieqing.claims.parties.engine.choices import Channel, ChoiceSource
from jieqing.claims.parties.engine.contact_points import (
    HOLDER_CHARS_MAX,
    VALUE_CHARS_MAX,
    BelongsTo,
    PointKind,
    PointSource,
)
from jieqing.claims.parties.engine.purposes import RevealPurpose
from jieqing.claims.parties.engine.standing import EventKind, GuaranteeKind
from jieqing.plumbing.bodies import Body

REASON = Field(min_length=1, max_length=200)


class ChoiceOut(Schema):
    choice: UUID
    kind: str
    channel: str
    source: str
    from_at: datetime
    entry: UUID


class ContactPointOut(Schema):
    """A point without its value: ``shown`` is masked. ``timezone`` is empty where nobody knows it."""

    point: UUID
    kind: str
    belongs_to: str
    shown: str
    holder: str
    timezone: str
    source: str
    is_valid: bool
    is_refused: bool
    state: str
    choices: list[ChoiceOut]
    agreed_hours: list[str]
    entry: UUID


class PointsOut(Schema):
    party: UUID
    points: list[ContactPointOut]


class PointIn(Body):
    kind: PointKind
    value: str = Field(max_length=VALUE_CHARS_MAX)
    belongs_to: BelongsTo = BelongsTo.DEBTOR
    holder: str = Field("", max_length=HOLDER_CHARS_MAX)
    timezone: str = Field("", max_length=40)
    source: PointSource = PointSource.CREDITOR


class CorrectIn(Body):
    value: str = Field(max_length=VALUE_CHARS_MAX)
    reason: str = REASON


class ContactReasonIn(Body):
    reason: str = REASON


class RevealIn(Body):
    purpose: RevealPurpose


class RevealedOut(Schema):
    value: str


class RefusalIn(Body):
    source: ChoiceSource
    reason: str = REASON
    case: UUID | None = None


class ChoiceIn(Body):
    """Without ``channel`` it is about every channel, without ``point`` about all of the person's own points."""

    kind: Literal["consent", "opt_out"]
    channel: Channel | None = None
    point: UUID | None = None
    source: ChoiceSource
    reason: str = REASON


class DoneOut(Schema):
    row: UUID
    entry: UUID


class GuaranteeIn(Body):
    guarantor: UUID
    kind: GuaranteeKind
    until_on: date | None = None
    item: UUID | None = None
    reason: str = REASON


class EventIn(Body):
    kind: EventKind
    from_on: date
    to_on: date | None = None
    reason: str = REASON
