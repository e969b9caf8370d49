"""Shapes of the API's answers and bodies about checks before a case."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from jieqing.plumbing.bodies import Body


class LegalityCheckOut(Schema):
    """``colour`` is what the pack says; ``standing`` is what that means for a case, a lawyer's decision included."""

    check: UUID
    item: UUID
    debtor: UUID
    placement: UUID | None
    colour: str
    standing: str
    facts: dict[str, Any]
    facts_digest: str
    pack_digest: str
    reasons: list[dict[str, Any]]
    decision: dict[str, Any] | None
    at: datetime
    entry: UUID


class ChecksOut(Schema):
    checks: list[LegalityCheckOut]
    total: int
    next: str | None


class CheckIn(Body):
    items: list[UUID] = Field(max_length=20_000)


class CheckedOut(Schema):
    checks: list[LegalityCheckOut]


class DecisionIn(Body):
    is_allowed: bool
    reason: str = Field("", max_length=1_000)


class DeclarationIn(Body):
    """Answers by question: a code of the question's list, ``yes``/``no``, a decimal rate or an ISO day."""

    placement: UUID
    debtor: UUID | None = None
    answers: dict[str, str] = Field(max_length=40)


class DeclaredOut(Schema):
    declaration: UUID
    placement: UUID
    debtor: UUID | None
    answers: dict[str, str]
    entry: UUID
