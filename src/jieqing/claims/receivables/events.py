"""News of the ledger. Bulk news names the batch and the revision; who needs the items asks the selectors."""

import dataclasses
from uuid import UUID

from jieqing.plumbing.events import Event


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LedgerImported(Event):
    """A batch, or staged rows of it, entered the ledger as one revision."""

    batch_id: UUID
    revision: int
    accepted: int
    updated: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LedgerUndone(Event):
    """A batch was taken back as one revision."""

    batch_id: UUID
    revision: int


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ChargesPosted(Event):
    """Charges were accrued, counted again, waived or cancelled as one revision."""

    revision: int
    item_ids: list[UUID]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class AccountsAppropriated(Event):
    """Payments went by the site's order, or go differently than before: one revision; the items whose parts changed."""

    revision: int
    item_ids: tuple[UUID, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPosted(Event):
    """Money that a bank statement shows, or an acceptance bill, was posted as one revision; the items are covered."""

    revision: int
    line_id: UUID
    item_ids: tuple[UUID, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptTakenBack(Event):
    """A posted receipt was taken back as one revision; the items are open again."""

    revision: int
    item_ids: tuple[UUID, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class OverdueTermsSet(Event):
    """From now on other days count as overdue: on the whole site, or for one creditor. No money moved."""

    revision: int
    creditor_id: UUID | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LedgerActStood(Event):
    """A write-off, application, recovery or set-off was posted as one revision, or debts revived by a dishonoured bill."""

    act_id: UUID
    revision: int
    item_ids: tuple[UUID, ...]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LedgerActTakenBack(Event):
    """Such an act was taken back: its postings ended with this revision."""

    act_id: UUID
    revision: int
    item_ids: tuple[UUID, ...]
