"""Shapes of the API's answers and bodies about placements."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from jieqing.plumbing.bodies import Body


class PlacementOut(Schema):
    """``items`` only where one placement is asked for; a standing placement lists none and covers all."""

    placement: UUID
    number: str
    kind: str
    state: str
    creditor: UUID | None
    enquiry: UUID | None
    covers_all: bool
    scope: str
    max_discount_rate: str
    max_instalment_months: int
    may_sue: bool
    fee_rate: str | None
    fee_fixed_fen: int | None
    starts_on: date
    ends_on: date | None
    signed_on: date | None
    agreement_sha256: str | None
    items: list[UUID] | None
    entry: UUID


class PlacementsOut(Schema):
    placements: list[PlacementOut]
    total: int
    next: str | None


class PlacementIn(Body):
    """What a creditor entrusts. Rates are decimal fractions (``0.05``); either a rate or a fixed fee, or neither."""

    creditor: UUID
    items: list[UUID] = Field(max_length=20_000)
    scope: str = Field(max_length=2_000)
    starts_on: date
    ends_on: date | None = None
    max_discount_rate: Decimal = Field(Decimal(0), ge=0, le=1, decimal_places=7)
    max_instalment_months: int = Field(0, ge=0, le=120)
    may_sue: bool = False
    fee_rate: Decimal | None = Field(None, ge=0, le=1, decimal_places=7)
    fee_fixed_fen: int | None = Field(None, ge=0, lt=10**15)
    enquiry: UUID | None = None


class ConflictHitOut(Schema):
    """Whom a party of the placement may be: ``found`` is null for the site itself."""

    side: str
    asked: UUID
    found: UUID | None
    reason: str
    score: int


class ConflictsOut(Schema):
    hits: list[ConflictHitOut]
    digest: str


class ConflictDecisionIn(Body):
    """``seen`` is the digest of the hits that were looked at."""

    is_accepted: bool
    reason: str = Field("", max_length=500)
    seen: str = Field(pattern="^[0-9a-f]{64}$")


class ConflictDecisionOut(Schema):
    check: UUID
    decision: str
    hits: list[dict[str, Any]]
    entry: UUID


class PlacementReasonIn(Body):
    reason: str = Field("", max_length=500)


class DebtsWithdrawnIn(Body):
    items: list[UUID] = Field(max_length=20_000)
    reason: str = Field("", max_length=500)


class WithdrawnOut(Schema):
    placement: UUID
    withdrawn: list[UUID]
