"""What the ledger's news means here: recompute whom it touched. Runs in the worker, after the import stands."""

from jieqing.claims.receivables import selectors as ledger
from jieqing.claims.receivables.events import LedgerImported, LedgerUndone
from jieqing.claims.valuation.models import Trigger
from jieqing.claims.valuation.services.revaluing import revalue
from jieqing.kernel.actor import system_actor


def hear_import(event: LedgerImported) -> None:
    _hear(event, Trigger.IMPORT)


def hear_undo(event: LedgerUndone) -> None:
    _hear(event, Trigger.UNDO)


def _hear(event: LedgerImported | LedgerUndone, trigger: Trigger) -> None:
    touched = ledger.debtors_of_revision(event.revision)
    revalue(actor=system_actor(event.site_id, "valuation"), trigger=trigger, debtors=touched)
