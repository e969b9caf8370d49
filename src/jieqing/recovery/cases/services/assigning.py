"""Give cases to somebody: one, those that were picked, or all that match; counted beforehand, undone as one.

"All that match" is the filter itself, read again under the actor's own rights when the deed is done. The preview states a
count, the confirmation carries it, and another count changes nothing. Each case's former owner is kept, so that an undo
gives back what nobody has given on since. Set-based: ten thousand cases are a handful of statements and one entry.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.events import publish
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.engine.codes import CaseState, EventKind
from jieqing.recovery.cases.events import CasesAssigned
from jieqing.recovery.cases.models import BulkChange, BulkChangeRow, Case
from jieqing.recovery.cases.selectors.staff import may_own
from jieqing.recovery.cases.selectors.worklist import CaseFilter, filtered
from jieqing.recovery.cases.services.bulk_sql import write_change_rows
from jieqing.recovery.cases.services.timeline import SINGLE_MAX, NewEvent, write_events, write_events_as_one
from jieqing.recovery.cases.sight import visible

Target = CaseFilter | Sequence[UUID]
ASSIGN = "assign"

_GIVE = """
UPDATE cases_case c SET owner_id = v.owner,
    reasons = CASE WHEN v.owner IS NULL THEN array_append(array_remove(c.reasons, 'unassigned'), 'unassigned')
                   ELSE array_remove(c.reasons, 'unassigned') END
FROM unnest(%(ids)s::uuid[], %(owners)s::uuid[]) AS v(id, owner)
WHERE c.id = v.id AND c.site_id = %(site)s
"""
# Giving a case to somebody stops its first clock: the next one that runs is shown.
_CLOCKS = """
UPDATE cases_case c SET clock_due_at = k.due_at
FROM (SELECT case_id, min(due_at) FILTER (WHERE met_at IS NULL AND stopped_at IS NULL) AS due_at
      FROM cases_clock WHERE site_id = %(site)s AND case_id = ANY(%(ids)s)
        AND case_id IN (SELECT id FROM cases_case WHERE id = ANY(%(ids)s) AND track = 'rapid')
      GROUP BY case_id) k
WHERE c.track = 'rapid' AND c.id = k.case_id AND c.site_id = %(site)s AND c.clock_due_at IS DISTINCT FROM k.due_at
"""


def preview_assign(*, actor: Actor, target: Target, owner_id: UUID | None) -> int | Problem:
    """How many cases would change hands; writes nothing."""
    with site_scope(actor.own_site):
        if owner_id is not None and not may_own(owner_id):
            return Problem.of(problems.UNKNOWN_OWNER)
        return _targeted(actor, target, owner_id).count()


def assign(
    *, actor: Actor, target: Target, owner_id: UUID | None, expected: int | None = None, reason: str = ""
) -> BulkChange | Problem:
    """Give open cases to a member, or (``owner_id`` None) to nobody. ``expected``: the count that was confirmed."""
    with site_scope(actor.own_site), transaction.atomic():
        if owner_id is not None and not may_own(owner_id):
            return Problem.of(problems.UNKNOWN_OWNER)
        rows = list(
            _targeted(actor, target, owner_id)
            .order_by("id")
            .select_for_update(of=("self",))
            .values_list("id", "owner_id")
        )
        if expected is not None and len(rows) != expected:
            return Problem.of(problems.COUNT_CHANGED, expected=expected, found=len(rows))
        if not rows:
            return Problem.of(problems.NOTHING_MATCHES)
        change = BulkChange(
            id=new_id(),
            site_id=actor.own_site,
            kind=ASSIGN,
            owner_id=owner_id,
            wanted=target.as_words() if isinstance(target, CaseFilter) else {},
            count=len(rows),
            reason=reason.strip()[:400],
            at=clock.now(),
            by=actor.id,
        )
        change.entry_id = _give(actor, change.id, [(case_id, before, owner_id) for case_id, before in rows])
        change.save(force_insert=True)
        write_change_rows(site_id=change.site_id, change_id=change.id, rows=rows)
        publish(
            CasesAssigned(
                site_id=actor.own_site, case_ids=tuple(case_id for case_id, _ in rows), owner_id=owner_id
            )
        )
    return change


def assign_case(*, actor: Actor, case: Case, owner_id: UUID | None, reason: str = "") -> Case | Problem:
    """Give one case."""
    done = assign(actor=actor, target=[case.id], owner_id=owner_id, reason=reason)
    if is_problem(done) and done.code != problems.NOTHING_MATCHES.code:
        return done
    with site_scope(actor.own_site):
        case.refresh_from_db()
    if is_problem(done) and case.state != CaseState.OPEN:
        return Problem.of(problems.CLOSED, number=case.number)
    return case


def take_case(*, actor: Actor, case: Case) -> Case | Problem:
    """Take a case that nobody has: what a specialist may do without the right to give cases out."""
    with site_scope(actor.own_site), transaction.atomic():
        found = Case.objects.select_for_update().filter(id=case.id).first()
        if found is None or found.owner_id not in (None, actor.id):
            return problems.UNKNOWN
        return assign_case(actor=actor, case=found, owner_id=actor.id)


def undo_assign(actor: Actor, row: BulkChange) -> None:
    """Give cases back to whoever had them; the caller holds the change. What was given on since, or is closed, stays."""
    before = dict(BulkChangeRow.objects.filter(change=row).values_list("case_id", "before_id"))
    still = (
        Case.objects.filter(id__in=list(before), owner_id=row.owner_id, state=CaseState.OPEN.value)
        .order_by("id")
        .select_for_update(of=("self",))
        .values_list("id", flat=True)
    )
    moves = [(case_id, row.owner_id, before[case_id]) for case_id in still]
    row.undone_at, row.undone_by, row.undone_count = clock.now(), actor.id, len(moves)
    row.undo_entry_id = _give(actor, row.id, moves, is_undo=True) if moves else None
    row.save(update_fields=["undone_at", "undone_by", "undone_count", "undo_entry_id"])
    if moves:
        publish(
            CasesAssigned(
                site_id=actor.own_site, case_ids=tuple(case_id for case_id, *_ in moves), owner_id=None
            )
        )


def _targeted(actor: Actor, target: Target, owner_id: UUID | None) -> "QuerySet[Case]":
    if isinstance(target, CaseFilter):  # noqa: SIM108  # one line of it would be unreadable
        rows = filtered(actor, target)
    else:
        rows = visible(actor, Case.objects.filter(id__in=list(target)))
    rows = rows.filter(state=CaseState.OPEN.value)
    return rows.exclude(owner_id=owner_id) if owner_id else rows.filter(owner_id__isnull=False)


def _give(
    actor: Actor,
    change_id: UUID,
    moves: Sequence[tuple[UUID, UUID | None, UUID | None]],
    *,
    is_undo: bool = False,
) -> UUID:
    """Write the owners and what happened; returns the entry that proves it."""
    about = {"change": str(change_id), "is_undo": is_undo}
    events = [
        NewEvent(
            case_id,
            EventKind.ASSIGNED,
            {"from": str(old) if old else None, "to": str(new) if new else None, **about},
        )
        for case_id, old, new in moves
    ]
    if len(events) > SINGLE_MAX:
        entry_id = write_events_as_one(actor=actor, events=events, about=about)
    else:
        entry_id = write_events(actor=actor, events=events)[0].entry_id
    ids = [case_id for case_id, *_ in moves]
    values: dict[str, Any] = {"ids": ids, "owners": [new for *_, new in moves], "site": actor.own_site}
    with connection.cursor() as cursor:
        cursor.execute(_GIVE, values)
        cursor.execute(_CLOCKS, values)
    return entry_id
