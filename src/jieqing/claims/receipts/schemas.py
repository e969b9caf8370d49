"""Shapes of the API's answers and bodies about bank lines."""

from datetime import date
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema


class PartIO(Schema):
    item: UUID
    amount_minor: int = Field(gt=0, lt=10**15)


class SuggestionOut(Schema):
    suggestion: str
    debtor: UUID
    score: int
    is_certain: bool
    parts: list[PartIO]
    rest_minor: int
    reasons: list[list[str]]
    flags: list[list[str]]


class BankLineOut(Schema):
    """``state`` is open, or what the line was decided to be; ``suggestions`` only while it is open."""

    line: UUID
    account: str
    statement: UUID
    booked_on: date
    amount_minor: int
    balance_minor: int | None
    currency: str
    kind: str
    counterparty: str
    purpose: str
    reference: str
    state: str
    match: UUID | None
    parts: list[PartIO]
    suggestions: list[SuggestionOut]


class BankLinesOut(Schema):
    lines: list[BankLineOut]
    total: int
    next: str | None


class BankStatementOut(Schema):
    """One statement of a file; refused ones carry their problem and added nothing."""

    statement: UUID
    number: int
    state: str
    profile: str
    account: str | None
    currency: str
    opening_minor: int | None
    in_minor: int | None
    out_minor: int | None
    closing_minor: int | None
    checked_by: str
    lines: int
    new: int
    left_out: int
    matched: int
    problem: dict[str, Any] | None
    notices: list[dict[str, Any]]
    entry: UUID


class BankFileOut(Schema):
    statements: list[BankStatementOut]
    lines: int
    new: int
    refused: int


class MatchIn(Schema):
    """Either the key of a suggestion that the line still has, or parts chosen by a person (and the debtor of a rest)."""

    suggestion: str = Field("", max_length=64)
    parts: list[PartIO] = Field([], max_length=500)
    debtor: UUID | None = None


class MarkIn(Schema):
    kind: Literal["fee", "transfer", "refund", "other"]
    reason: str = Field("", max_length=200)


class UndoIn(Schema):
    reason: str = Field("", max_length=200)


class MatchOut(Schema):
    match: UUID
    line: UUID
    kind: str
    revision: int | None
    unapplied_minor: int
    entry: UUID
    is_live: bool
