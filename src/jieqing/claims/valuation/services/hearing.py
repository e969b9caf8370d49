"""What the ledger's news means here: catch up with it. Runs in the worker, after the news stands.

What is still to be done is not kept in a list that could be lost: it is read off the ledger. The last run names the revision
it had read; whatever revisions came since are caught up with in one run. So a worker that dies loses nothing (the job comes
back and asks again), a hundred payments within a second cost one or two runs, and a job that finds nothing new writes nothing.
"""

from uuid import UUID

from django.db import transaction

from jieqing.claims.parties.events import DebtorStandingChanged
from jieqing.claims.receivables import selectors as ledger
from jieqing.claims.receivables.events import (
    AccountsAppropriated,
    ChargesPosted,
    LedgerActStood,
    LedgerActTakenBack,
    LedgerImported,
    LedgerUndone,
    OverdueTermsSet,
    ReceiptPosted,
    ReceiptTakenBack,
)
from jieqing.claims.valuation.events import DebtorsMarked
from jieqing.claims.valuation.models import Run, Trigger
from jieqing.claims.valuation.selectors import last_run
from jieqing.claims.valuation.services.revaluing import lock_runs, reporting_day, revalue
from jieqing.kernel.actor import system_actor
from jieqing.plumbing.db.scopes import site_scope

LedgerNews = (
    LedgerImported
    | LedgerUndone
    | ReceiptPosted
    | ReceiptTakenBack
    | LedgerActStood
    | LedgerActTakenBack
    | ChargesPosted
    | AccountsAppropriated
    | OverdueTermsSet
)
# Up to here reading everything is quick, and the expected loss on the desk is fresh at once, not only after the night.
READ_ALL_ITEMS_MAX = 50_000
_TRIGGERS = {
    "import": Trigger.IMPORT,
    "correction": Trigger.IMPORT,
    "undo": Trigger.UNDO,
    "receipt": Trigger.PAYMENT,
    "receipt_back": Trigger.PAYMENT,
    "act": Trigger.ACT,
    "act_back": Trigger.ACT,
    "charge": Trigger.CHARGE,
    "appropriated": Trigger.PAYMENT,
    "bill": Trigger.PAYMENT,
    "bill_back": Trigger.PAYMENT,
    "late_terms": Trigger.CHANGES,
}


def hear_ledger(event: LedgerNews) -> None:
    catch_up(site_id=event.site_id)


def catch_up(*, site_id: UUID) -> Run | None:
    """Revalue what the ledger's revisions since the last run touched; None when there is nothing new.

    A new day, or a first run, revalues everybody.
    """
    actor = system_actor(site_id, "valuation")
    with site_scope(site_id), transaction.atomic():
        lock_runs(site_id)
        before, until = last_run(), ledger.last_revision()
        if before is None or before.as_of != reporting_day():
            kinds = ledger.kinds_of_revisions(before.revision if before else 0, until)
            return revalue(actor=actor, trigger=_trigger(kinds))
        if before.revision >= until:
            return None
        kinds = ledger.kinds_of_revisions(before.revision, until)
        is_small = ledger.ledger_facts().items <= READ_ALL_ITEMS_MAX
        touched = None if is_small else ledger.debtors_of_revisions(before.revision, until)
        return revalue(actor=actor, trigger=_trigger(kinds), debtors=touched)


def hear_standing(event: DebtorStandingChanged | DebtorsMarked) -> None:
    """A dispute, hardship or insolvency began or ended: whom it is about is rated anew, with what the ledger says by now."""
    with site_scope(event.site_id), transaction.atomic():
        lock_runs(event.site_id)
        catch_up(site_id=event.site_id)
        if last_run() is None:
            return
        is_small = ledger.ledger_facts().items <= READ_ALL_ITEMS_MAX
        revalue(
            actor=system_actor(event.site_id, "valuation"),
            trigger=Trigger.STANDING,
            debtors=None if is_small else event.party_ids,
        )


def _trigger(kinds: set[str]) -> Trigger:
    """Why a run happened: the one sort of news, or several; none is a new day. A sort unknown here is just a change."""
    found = {_TRIGGERS.get(kind, Trigger.CHANGES) for kind in kinds}
    if not found:
        return Trigger.NEW_DAY
    return found.pop() if len(found) == 1 else Trigger.CHANGES
