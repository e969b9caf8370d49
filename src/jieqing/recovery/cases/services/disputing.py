"""Disputes: what the debtor contests, by code, with what it freezes; a hold stands as long as the dispute is open.

The freeze covers the whole case or the contested documents alone: those drop out of the overdue amount and the ladder, the
rest goes on. The answer is due within fifteen days; a closed dispute says how it ended. What the debtor hands in for it is kept
by ``claims.papers`` and named here.

Lost or taken back, the dispute leaves nothing: its hold ends and the ladder goes on from where it stood. Won, in whole or in
part, what it was about stays frozen by a hold of its own until somebody has put the ledger right or settled it otherwise,
and the case asks for that decision next.
"""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction

from jieqing.claims.papers.engine.files import PaperKind
from jieqing.claims.papers.services import PaperOrder, add_paper
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.codes import (
    DisputeCode,
    DisputeOutcome,
    EventKind,
    FreezeScope,
    HoldKind,
    HoldSource,
    NextAction,
)
from jieqing.recovery.cases.engine.ladder import days_later
from jieqing.recovery.cases.events import DisputeClosed, DisputeOpened
from jieqing.recovery.cases.models import Case, Dispute, DisputePaper, Hold
from jieqing.recovery.cases.selectors.case_page import item_ids_of
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.services.guards import (
    code_of,
    first_problem,
    not_to_come,
    open_and_held,
    text_problem,
)
from jieqing.recovery.cases.services.holding import end_hold, write_hold
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.cases.services.timeline import write_event

ANSWER_WITHIN_DAYS, DECIDE_WITHIN_DAYS = 15, 7
WON = (DisputeOutcome.UPHELD, DisputeOutcome.PARTLY)


def open_dispute(
    *,
    actor: Actor,
    case: Case,
    code: str,
    text: str,
    item_ids: Sequence[UUID] = (),
    amount_minor: int | None = None,
    since: date | None = None,
    papers: Sequence[tuple[str, bytes]] = (),
) -> Dispute | Problem:
    """Record a dispute: about some documents (they freeze) or about the whole case. ``since`` may have passed.

    ``papers`` are names and bytes of what the debtor handed in; a file that is refused refuses the whole.
    """
    kind = code_of(DisputeCode, code)
    with site_scope(actor.own_site), transaction.atomic():
        found, today = open_and_held(case), working_day()
        starts = since or today
        problem = first_problem([found, kind, text_problem(text), not_to_come(starts, today)])
        if problem or is_problem(found) or is_problem(kind):
            return problem or problems.UNKNOWN
        items = sorted(set(item_ids))
        if not set(items) <= set(item_ids_of(found)):
            return Problem.of(problems.OTHER_ITEMS)
        dispute = Dispute(
            id=new_id(),
            site_id=found.site_id,
            case=found,
            code=kind.value,
            freeze=(FreezeScope.ITEMS if items else FreezeScope.CASE).value,
            item_ids=items,
            amount_minor=amount_minor,
            text=text.strip(),
            owner_id=found.owner_id,
            due_on=days_later(today, ANSWER_WITHIN_DAYS),
            opened_at=clock.now(),
            opened_by=actor.id,
            opened_on=starts,
        )
        _write_dispute(actor, found, dispute)
        for name, data in papers:
            kept = _keep_paper(actor, found, dispute, name, data)
            if is_problem(kept):
                transaction.set_rollback(True)
                return kept
        found.next_action, found.next_action_on = NextAction.ANSWER_DISPUTE.value, dispute.due_on
        found.save(update_fields=["next_action", "next_action_on"])
        refresh(actor=actor, case_ids=[found.id])
    return dispute


def close_dispute(*, actor: Actor, dispute: Dispute, outcome: str, answer: str) -> Dispute | Problem:
    """Say how a dispute ended; its hold ends with it."""
    wanted = code_of(DisputeOutcome, outcome)
    with site_scope(actor.own_site), transaction.atomic():
        found = open_and_held(dispute.case)
        problem = first_problem([found, wanted, text_problem(answer)])
        if problem or is_problem(found) or is_problem(wanted):
            return problem or problems.UNKNOWN
        row = Dispute.objects.get(id=dispute.id)
        if row.closed_at is not None:
            return Problem.of(problems.ALREADY_ENDED)
        row.closed_at, row.closed_by = clock.now(), actor.id
        row.outcome, row.answer = wanted.value, answer.strip()
        is_won = wanted in WON
        facts = {"dispute": str(row.id), "code": row.code, "outcome": wanted.value, "is_frozen": is_won}
        event = write_event(
            actor=actor, case=found, kind=EventKind.DISPUTE_CLOSED, facts=facts, text=row.answer
        )
        row.end_entry_id = event.entry_id
        row.save(update_fields=["closed_at", "closed_by", "outcome", "answer", "end_entry_id"])
        for hold in Hold.objects.filter(dispute=row, released_at=None):
            end_hold(actor=actor, case=found, hold=hold, reason=row.answer)
        found.next_action, found.next_action_on = NextAction.FOLLOW_UP.value, working_day()
        if is_won:
            _freeze(actor, found, row)
        found.save(update_fields=["next_action", "next_action_on"])
        publish(
            DisputeClosed(site_id=found.site_id, case_id=found.id, dispute_id=row.id, outcome=wanted.value)
        )
        refresh(actor=actor, case_ids=[found.id])
    return row


def add_dispute_paper(*, actor: Actor, dispute: Dispute, name: str, data: bytes) -> UUID | Problem:
    """Keep one more file that the debtor hands in for an open dispute; the paper's id."""
    with site_scope(actor.own_site), transaction.atomic():
        found = open_and_held(dispute.case)
        if is_problem(found):
            return found
        row = Dispute.objects.get(id=dispute.id)
        if row.closed_at is not None:
            return Problem.of(problems.ALREADY_ENDED)
        kept = _keep_paper(actor, found, row, name, data)
        if is_problem(kept):
            transaction.set_rollback(True)
            return kept
        refresh(actor=actor, case_ids=[found.id])
    return kept


def _keep_paper(actor: Actor, case: Case, dispute: Dispute, name: str, data: bytes) -> UUID | Problem:
    item_id = dispute.item_ids[0] if len(dispute.item_ids) == 1 else None
    order = PaperOrder(case.debtor_id, item_id, PaperKind.OTHER, name, data, note="异议材料")
    paper = add_paper(actor=actor, order=order)
    if is_problem(paper):
        return paper
    facts = {"dispute": str(dispute.id), "paper": str(paper.id), "sha256": bytes(paper.file_digest).hex()}
    event = write_event(actor=actor, case=case, kind=EventKind.PAPER_ADDED, facts=facts, text=paper.file_name)
    DisputePaper.objects.create(
        id=new_id(), site_id=case.site_id, dispute=dispute, paper_id=paper.id, at=clock.now(), by=actor.id,
        entry_id=event.entry_id,
    )  # fmt: skip
    return paper.id


def _freeze(actor: Actor, case: Case, dispute: Dispute) -> None:
    """The debtor was right: what it is about rests until the ledger says so too, and somebody decides."""
    write_hold(
        actor=actor,
        case=case,
        kind=HoldKind.STALE_DATA,
        source=HoldSource.DISPUTE,
        from_on=working_day(),
        reason=dispute.answer,
        item_ids=dispute.item_ids,
    )
    case.next_action = NextAction.DECIDE.value
    case.next_action_on = days_later(working_day(), DECIDE_WITHIN_DAYS)


def _write_dispute(actor: Actor, case: Case, dispute: Dispute) -> None:
    facts = {
        "dispute": str(dispute.id),
        "code": dispute.code,
        "freeze": dispute.freeze,
        "items": [str(item_id) for item_id in dispute.item_ids],
        "minor": dispute.amount_minor,
        "due_on": dispute.due_on.isoformat(),
    }
    event = write_event(actor=actor, case=case, kind=EventKind.DISPUTED, facts=facts, text=dispute.text)
    dispute.entry_id = event.entry_id
    dispute.save(force_insert=True)
    write_hold(
        actor=actor,
        case=case,
        kind=HoldKind.DISPUTE,
        source=HoldSource.DISPUTE,
        from_on=dispute.opened_on,
        reason=dispute.text,
        item_ids=dispute.item_ids,
        dispute=dispute,
    )
    publish(
        DisputeOpened(
            site_id=case.site_id,
            case_id=case.id,
            dispute_id=dispute.id,
            code=dispute.code,
            item_ids=tuple(dispute.item_ids),
        )
    )
