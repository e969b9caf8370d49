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
