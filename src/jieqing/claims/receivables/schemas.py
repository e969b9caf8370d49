"""What the API of the ledger takes and answers. Amounts are integers in the currency's minor unit, dates are ISO."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field


class ImportAnswer(Schema):
    """What an import did, as ``jieqing ledger import --json`` says it. ``rows`` = accepted + staged + duplicates + updated."""

    rows: int
    accepted: int
    staged: int
    duplicates: int
    updated: int
    skipped: int
    debtors: int
    open_fen: dict[str, int]
    ledger_open_fen: dict[str, int]
    batch: UUID
    number: int
    revision: int | None
    entry: UUID | None
    notices: list[dict[str, Any]] = []


class UndoAnswer(Schema):
    """``revision`` is null when the batch had changed nothing."""

    batch: UUID
    number: int
    withdrawn: int
    restored: int
    revision: int | None
    entry: UUID


ROWS_MAX = 200
AS_OF = "Day of effect; today in China when absent."
KNOWN_AT = "As known at this instant (with a time zone)."


class PageQuery(Schema):
    """What every list takes. A cursor belongs to its sort; with another one the list starts anew."""

    as_of: date | None = Field(None, description=AS_OF)
    known_at: datetime | None = Field(None, description=KNOWN_AT)
    search: str = Field("", max_length=120)
    after: str | None = Field(None, max_length=1_000, description="The cursor `next` of the page before.")
    limit: int = Field(50, ge=1, le=ROWS_MAX)


class ItemsQuery(PageQuery):
    currency: str | None = None
    debtor_id: UUID | None = None
    bucket: int | None = Field(None, ge=0, description="Which bucket of `edges`, counted from 0.")
    edges: str = Field("0,30,60,90", max_length=200)
    basis: str = Field("due", description="due, invoice or posting")
    overdue: bool | None = None
    sort: str = Field("age", description="age, amount, face, due, invoice, number, debtor or kind")


class DebtorsQuery(PageQuery):
    currency: str
    sort: str = Field("amount", description="amount, overdue, days or name")


class CurrencySummary(Schema):
    currency: str
    outstanding_minor: int
    overdue_minor: int
    overdue_share_bp: int | None
    items: int
    overdue_items: int
    debtors: int
    credit_minor: int
    credit_items: int
    previous_on: date
    previous_outstanding_minor: int
    movement_minor: int
    collected_minor: int


class DueSoonOut(Schema):
    currency: str
    until: date
    amount_minor: int
    items: int
    due_today_minor: int
    due_today_items: int


class Summary(Schema):
    """The portfolio at a day. ``revision`` counts the writes of the ledger; 0 is an empty one."""

    as_of: date
    revision: int
    currencies: list[CurrencySummary]
    due_soon: list[DueSoonOut]


class BucketOut(Schema):
    """Ages from ``from_days`` to ``to_days``, both inside; null is open."""

    from_days: int | None
    to_days: int | None
    amount_fen: int
    items: int
    credit_fen: int
    credit_items: int


class FallbackOut(Schema):
    """Items without the date of the basis, which aged from their invoice date."""

    amount_fen: int
    items: int


class AgeingOut(Schema):
    """The same object as ``jieqing ledger ageing --json``; ``_fen`` means the minor unit of ``currency``."""

    as_of: date
    basis: str
    buckets: list[BucketOut]
    total_fen: int
    currency: str
    items: int
    fallback: FallbackOut


class ItemOut(Schema):
    id: UUID
    document_number: str
    kind: str
    debtor_id: UUID
    debtor_name: str
    debtor_code: str
    currency: str
    amount_minor: int
    open_minor: int
    invoice_on: date
    due_on: date | None
    age_days: int


class ItemsOut(Schema):
    """A page of open items; totals are of the whole filter. ``next`` is the cursor of the next page."""

    items: list[ItemOut]
    total_items: int
    totals_minor: dict[str, int]
    next: str | None


class PostingOut(Schema):
    """A balanced pair: the amount on ``account``, its mirror on ``contra``."""

    kind: str
    amount_minor: int
    currency: str
    effective_on: date
    account: int
    contra: int
    recorded_rev: int
    voided_rev: int | None


class EvidenceOut(Schema):
    """The evidence entry of one revision that touched the item, and the item's row in it when it has one."""

    revision: int
    kind: str
    at: datetime
    entry_id: UUID
    row_index: int | None
    row_digest: str
    batch_id: UUID | None


class ItemDetailOut(Schema):
    id: UUID
    document_number: str
    kind: str
    debtor_id: UUID
    debtor_name: str
    creditor_name: str
    currency: str
    amount_minor: int
    open_minor: int
    invoice_on: date
    due_on: date | None
    posting_on: date | None
    withdrawn: bool
    postings: list[PostingOut]
    evidence: list[EvidenceOut]


class DebtorOut(Schema):
    debtor_id: UUID
    name: str
    code: str
    currency: str
    open_minor: int
    overdue_minor: int
    items: int
    overdue_items: int
    overdue_days_max: int


class DebtorsOut(Schema):
    debtors: list[DebtorOut]
    total_debtors: int
    next: str | None


class BatchOut(Schema):
    id: UUID
    number: int
    file_name: str
    state: str
    created_at: datetime
    accepted: int
    updated: int
    duplicates: int
    waiting: int
    committed_rev: int | None
    undone_rev: int | None


class StagedRowOut(Schema):
    line: int
    cells: list[str]
    problems: list[dict[str, Any]]
    state: str


class BatchDetailOut(Schema):
    """A batch and the first of its waiting rows; ``after_line`` of the last asks for more."""

    batch: BatchOut
    waiting_rows: list[StagedRowOut]


class StatementFile(StrEnum):
    PDF = "pdf"
    XLSX = "xlsx"


class StatementIn(Schema):
    """``from_on`` makes it a statement of a period; without it, of the items open on ``as_of``."""

    debtor_id: UUID
    as_of: date
    from_on: date | None = None
    creditor_id: UUID | None = None
    currency: str | None = Field(None, max_length=8)
    basis: str = Field("due", max_length=10, description="due, invoice or posting")
    edges: str = Field("0,30,60,90", max_length=200)
    language: Literal["zh", "en"] = "zh"


class StatementOut(Schema):
    id: UUID
    number: str
    debtor_id: UUID
    debtor: str
    terms: dict[str, Any]
    known_revision: int
    closing_fen: dict[str, int]
    content_sha256: str
    pdf_sha256: str
    xlsx_sha256: str
    entry: UUID
    issued_at: datetime
    run: UUID | None


class StatementsQuery(Schema):
    debtor_id: UUID | None = None
    before: int | None = Field(None, ge=1, le=2**31 - 1, description="The `before` of the page before.")
    limit: int = Field(50, ge=1, le=ROWS_MAX)


class StatementsOut(Schema):
    statements: list[StatementOut]
    before: int | None
