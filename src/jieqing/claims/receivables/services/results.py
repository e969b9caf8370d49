"""What an import is told, and what it answers."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from jieqing.claims.receivables.models import ImportBatch


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What a file does not say itself: its currency where no column names one, and whose claims it holds.

    ``creditor`` None is the site itself (a company importing its own ledger).
    """

    currency: str | None = None
    creditor: str | None = None

    def as_dict(self) -> dict[str, str | None]:
        return {"currency": self.currency, "creditor": self.creditor}

    @staticmethod
    def from_dict(data: dict[str, Any]) -> "ImportOptions":
        return ImportOptions(currency=data.get("currency"), creditor=data.get("creditor"))


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did. ``rows`` = accepted + staged + duplicates + updated; amounts are what the file says is open."""

    batch_id: UUID
    batch_number: int
    accepted: int
    staged: int
    duplicates: int
    updated: int
    skipped: int
    debtors: int
    open_minor: dict[str, int]
    ledger_open_minor: dict[str, int]
    revision: int | None
    entry_id: UUID | None
    notices: tuple[dict[str, Any], ...] = ()

    @property
    def rows(self) -> int:
        return self.accepted + self.staged + self.duplicates + self.updated

    def as_dict(self) -> dict[str, Any]:
        """The contract of ``jieqing ledger import --json``."""
        return {
            "rows": self.rows,
            "accepted": self.accepted,
            "staged": self.staged,
            "duplicates": self.duplicates,
            "updated": self.updated,
            "debtors": self.debtors,
            "open_fen": self.open_minor,
            "batch": str(self.batch_id),
            "number": self.batch_number,
            "skipped": self.skipped,
            "ledger_open_fen": self.ledger_open_minor,
            "revision": self.revision,
            "entry": str(self.entry_id) if self.entry_id else None,
            "notices": list(self.notices),
        }

    @staticmethod
    def from_batch(batch: ImportBatch) -> "ImportResult":
        """The stored answer of a batch that is committed already."""
        told = batch.counts
        return ImportResult(
            batch_id=batch.id,
            batch_number=batch.number,
            accepted=told["accepted"],
            staged=told["staged"],
            duplicates=told["duplicates"],
            updated=told["updated"],
            skipped=told["skipped"],
            debtors=told["debtors"],
            open_minor=told["open_fen"],
            ledger_open_minor=told["ledger_open_fen"],
            revision=told["revision"],
            entry_id=UUID(told["entry"]) if told.get("entry") else None,
            notices=tuple(told.get("notices", ())),
        )


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Rows that wait for the same reason."""

    code: str
    rows: int
    first_line: int
    sample: dict[str, Any]


@dataclass(frozen=True, slots=True)
class SampleRow:
    """An understood row, as the wizard shows it."""

    line: int
    debtor: str
    document_number: str
    currency: str
    amount_minor: int
    open_minor: int
    invoice_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a commit would do, found out without writing anything."""

    accepted: int
    updated: int
    duplicates: int
    staged: int
    skipped: int
    debtors: int
    amount_minor: dict[str, int]
    open_minor: dict[str, int]
    sample: tuple[SampleRow, ...]
    problems: tuple[ProblemGroup, ...]
    staged_rows: tuple[Any, ...] = ()
    skipped_rows: tuple[Any, ...] = ()
    totals: tuple[Any, ...] = ()
    notices: tuple[Any, ...] = field(default=())

    @property
    def rows(self) -> int:
        return self.accepted + self.staged + self.duplicates + self.updated
