"""What the API of people takes and answers."""

from datetime import date, datetime
from uuid import UUID

from ninja import Schema
from pydantic import Field

from jieqing.estate.accounts.engine.clearances import ClearanceKind
from jieqing.estate.accounts.engine.roles import Role
from jieqing.plumbing.bodies import Body


class RoleHeldOut(Schema):
    membership: UUID
    role: Role
    since: datetime


class PersonOut(Schema):
    user: UUID
    name: str
    roles: list[RoleHeldOut]


class InvitationIn(Body):
    email: str = Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    role: Role


class InvitationOut(Schema):
    """An offer that can still be accepted. Its link is in the mail alone."""

    id: UUID
    email: str
    role: Role
    expires_at: datetime


class ReasonIn(Body):
    reason: str = Field(max_length=200)


class ClearanceIn(Body):
    """``source_sha256``: the digest of the document that was seen; the document itself is not sent."""

    kind: ClearanceKind
    from_on: date
    to_on: date
    source_sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    reason: str = Field(max_length=200)


class ClearanceOut(Schema):
    id: UUID
    kind: ClearanceKind
    from_on: date
    to_on: date
    source_sha256: str
    entry: UUID
    ended_at: datetime | None
