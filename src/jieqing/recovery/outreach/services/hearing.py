"""What a hold of one case says about the person stands in every case: who is represented here is represented everywhere.

Wired ``now`` in ``web/subscriptions.py``: the hold and the event stand in one transaction. The hold's own row is the event's
source, so that the same news told twice is one event and the release ends the right one.
"""

from jieqing.claims.parties import access as parties
from jieqing.claims.parties.engine.standing import EventKind
from jieqing.claims.parties.selectors import debtor_events_of
from jieqing.claims.parties.services import end_debtor_event, record_debtor_event
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import unwrap
from jieqing.recovery.cases import access as cases
from jieqing.recovery.cases.events import HoldPlaced, HoldReleased

SOURCE = "cases"
# What is about the person. A dispute, a complaint, stale data are about one debt: the case's own holds say them.
_ABOUT_THE_PERSON = {
    "deceased": EventKind.DECEASED,
    "represented": EventKind.REPRESENTED,
    "insolvency": EventKind.INSOLVENCY,
    "hardship": EventKind.HARDSHIP,
    "legal_stay": EventKind.LEGAL_STAY,
}


def hear_hold(event: HoldPlaced) -> None:
    """Record what a hold says about its debtor."""
    kind = _ABOUT_THE_PERSON.get(event.kind)
    if kind is None:
        return
    actor = _actor(event)
    hold = unwrap(cases.hold_by_id(actor, event.hold_id))
    case = unwrap(cases.case_by_id(actor, event.case_id))
    unwrap(
        record_debtor_event(
            actor=actor,
            party=unwrap(parties.party_by_id(actor, case.debtor_id)),
            kind=kind,
            from_on=event.from_on,
            to_on=hold.to_on,
            reason=hold.reason,
            source=SOURCE,
            source_id=event.hold_id,
        )
    )


def hear_release(event: HoldReleased) -> None:
    """End what the hold had said."""
    if event.kind not in _ABOUT_THE_PERSON:
        return
    actor = _actor(event)
    case = unwrap(cases.case_by_id(actor, event.case_id))
    for row in debtor_events_of([case.debtor_id])[case.debtor_id]:
        if row.source == SOURCE and row.source_id == event.hold_id and row.ended_at is None:
            unwrap(
                end_debtor_event(
                    actor=actor, event=row, to_on=max(clock.today(), row.from_on), reason="hold released"
                )
            )


def _actor(event: HoldPlaced | HoldReleased) -> Actor:
    return system_actor(event.site_id, "outreach")
