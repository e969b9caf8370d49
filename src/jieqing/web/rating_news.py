"""What a rating must know of disputes: cases keep them above, valuation reads its own marks; this file carries the news down.

Handlers run inside the dispute's transaction. Hardship and insolvency reach valuation as debtor events of ``parties``.
"""

from jieqing.claims.valuation.services import end_marks, mark_disputed
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import unwrap
from jieqing.recovery.cases import access as cases
from jieqing.recovery.cases.events import CaseClosed, HoldPlaced, HoldReleased

DISPUTE = "dispute"


def note_dispute(event: HoldPlaced) -> None:
    """An open dispute holds its case; its debtor is marked."""
    if event.kind != DISPUTE:
        return
    actor = system_actor(event.site_id, "valuation")
    case = unwrap(cases.case_by_id(actor, event.case_id))
    mark_disputed(
        actor=actor,
        debtor_id=case.debtor_id,
        source_id=event.hold_id,
        case_id=event.case_id,
        from_on=event.from_on,
    )


def end_dispute(event: HoldReleased) -> None:
    if event.kind == DISPUTE:
        end_marks(actor=system_actor(event.site_id, "valuation"), source_ids=[event.hold_id])


def end_disputes_of_cases(event: CaseClosed) -> None:
    """A closed case has no open dispute."""
    end_marks(actor=system_actor(event.site_id, "valuation"), case_ids=event.case_ids)
