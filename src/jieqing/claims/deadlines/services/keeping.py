"""Record what is watched and what was done about limitation; end either with a reason. Each leaves its evidence."""

from datetime import date
from uuid import UUID

from django.db import transaction

from jieqing.claims.deadlines.engine.watched import (
    ENDED_BEFORE,
    TEXT_MISSING,
    ActFacts,
    WatchFacts,
    deadlines_of,
    limitation_of,
)
from jieqing.claims.deadlines.models import TEXT_CHARS_MAX, LimitationAct, Watch
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

TEXT_CHARS_MIN = 4


def watch(
    *, actor: Actor, debtor_id: UUID, facts: WatchFacts, note: str, item_id: UUID | None = None
) -> Watch | Problem:
    """Watch a term of a debtor, or of one document; ``note`` says on what ground the day stands."""
    problem = _text_problem(note)
    days = deadlines_of(facts)
    if problem or is_problem(days):
        return problem or days  # type: ignore[return-value]
    with site_scope(actor.own_site), transaction.atomic():
        row = Watch(
            id=new_id(),
            site_id=actor.own_site,
            debtor_id=debtor_id,
            item_id=item_id,
            kind=facts.kind,
            start_on=facts.start_on,
            guarantee_kind=facts.guarantee_kind.value if facts.guarantee_kind else "",
            agreed_until=facts.agreed_until,
            note=note.strip(),
            at=clock.now(),
            by=actor.id,
        )
        row.entry_id = evidence.record(
            actor=actor,
            action="claims.deadlines.watched",
            subject=f"claims.deadlines.watch:{row.id}",
            facts={
                "debtor": debtor_id,
                "item": item_id,
                "kind": facts.kind,
                "start": facts.start_on,
                "last_days": [one.last_day.isoformat() for one in days],
            },
            personal={"note": row.note},
        )
        row.save(force_insert=True)
    return row


def record_act(
    *, actor: Actor, item_id: UUID, due_on: date | None, facts: ActFacts, note: str
) -> LimitationAct | Problem:
    """Record an act about a document's limitation with the paper at hand; how much it proves is judged, never entered."""
    problem = _text_problem(note)
    checked = limitation_of(due_on, (), [facts])
    if problem or is_problem(checked):
        return problem or checked  # type: ignore[return-value]
    with site_scope(actor.own_site), transaction.atomic():
        row = LimitationAct(
            id=new_id(),
            site_id=actor.own_site,
            item_id=item_id,
            act=facts.act.value,
            material=facts.material.value,
            on=facts.on,
            ended_on=facts.ended_on,
            new_due_on=facts.new_due_on,
            is_pending=facts.is_pending,
            note=note.strip(),
            at=clock.now(),
            by=actor.id,
        )
        row.entry_id = evidence.record(
            actor=actor,
            action="claims.deadlines.act_recorded",
            subject=f"claims.deadlines.act:{row.id}",
            facts={
                "item": item_id,
                "act": facts.act.value,
                "material": facts.material.value,
                "on": facts.on,
                "grade": int(facts.grade),
            },
            personal={"note": row.note},
        )
        row.save(force_insert=True)
    return row


def end_record(*, actor: Actor, row: Watch | LimitationAct, reason: str) -> Watch | LimitationAct | Problem:
    """A term is done with, or an act is taken back."""
    problem = _text_problem(reason)
    if problem:
        return problem
    kind = type(row)
    is_watch = kind is Watch
    with site_scope(actor.own_site), transaction.atomic():
        held = kind.objects.select_for_update().filter(id=row.id, ended_at=None).first()
        if held is None:
            return Problem.of(ENDED_BEFORE)
        held.ended_at, held.ended_by, held.end_reason = clock.now(), actor.id, reason.strip()
        held.end_entry_id = evidence.record(
            actor=actor,
            action=f"claims.deadlines.{'watch_ended' if is_watch else 'act_withdrawn'}",
            subject=f"claims.deadlines.{'watch' if is_watch else 'act'}:{held.id}",
            facts={"what": held.kind if isinstance(held, Watch) else held.act},
            personal={"reason": held.end_reason},
        )
        held.save(update_fields=["ended_at", "ended_by", "end_reason", "end_entry_id"])
    return held


def _text_problem(text: str) -> Problem | None:
    if TEXT_CHARS_MIN <= len(text.strip()) <= TEXT_CHARS_MAX:
        return None
    return Problem.of(TEXT_MISSING, least=TEXT_CHARS_MIN, most=TEXT_CHARS_MAX)
