"""What the API of the ledger takes and answers. Amounts are integers in the currency's minor unit, dates are ISO."""

from uuid import UUID

from ninja import Schema


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


class UndoAnswer(Schema):
    """``revision`` is null when the batch had changed nothing."""

    batch: UUID
    number: int
    withdrawn: int
    restored: int
    revision: int | None
    entry: UUID
