"""A debt that the law no longer lets be collected stops its case; one that it does again lets it go on.

Heard inside the transaction of the check. The hold covers the refused documents, or the whole case where all are refused;
it carries the reason with its article, and only the next check ends it (or a person, who says why).
"""

from collections.abc import Collection
from uuid import UUID

from jieqing.kernel.actor import Actor, system_actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.engine.codes import CaseState, HoldKind, HoldSource, NextAction
from jieqing.recovery.cases.engine.ladder import days_later
from jieqing.recovery.cases.models import Case, CaseItem, Hold
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.services.closing import cases_of_items
from jieqing.recovery.cases.services.holding import end_hold, write_hold
from jieqing.recovery.cases.services.queue import refresh
from jieqing.recovery.intake.events import LegalityTurned
from jieqing.recovery.intake.selectors import Standing, newest_checks, standing_of

DECIDE_WITHIN_DAYS = 7
_CLEARED = "立案审查已不再拒绝，恢复办理"


def hear_legality(event: LegalityTurned) -> None:
    """Bring the holds of the touched cases in step with their checks."""
    actor = system_actor(event.site_id, "cases")
    with site_scope(event.site_id):
        ids = cases_of_items([*event.refused, *event.cleared])
        rows = Case.objects.select_for_update().filter(id__in=ids, state=CaseState.OPEN.value).order_by("id")
        touched = list(rows)
        for case in touched:
            _in_step(actor, case)
        refresh(actor=actor, case_ids=[case.id for case in touched])


def _in_step(actor: Actor, case: Case) -> None:
    items = set(CaseItem.objects.filter(case=case, until_at=None).values_list("item_id", flat=True))
    refused, reason = _refused(items)
    scope = set() if refused == items else refused
    kept = False
    for hold in Hold.objects.filter(case=case, source=HoldSource.CHECK.value, released_at=None):
        if refused and set(hold.item_ids) == scope:
            kept = True
        else:
            end_hold(actor=actor, case=case, hold=hold, reason=_CLEARED)
    if not refused or kept:
        return
    write_hold(
        actor=actor,
        case=case,
        kind=HoldKind.STALE_DATA,
        source=HoldSource.CHECK,
        from_on=working_day(),
        reason=reason,
        item_ids=sorted(scope),
    )
    case.next_action = NextAction.DECIDE.value
    case.next_action_on = days_later(working_day(), DECIDE_WITHIN_DAYS)
    case.save(update_fields=["next_action", "next_action_on"])


def _refused(items: Collection[UUID]) -> tuple[set[UUID], str]:
    """Those that may not be collected, and the strongest reason with its article."""
    rows = {
        item_id: row for item_id, row in newest_checks(items).items() if standing_of(row) is Standing.REFUSED
    }
    told = next((row.reasons[0] for row in rows.values() if row.reasons), None)
    why = f"：{told['text']['zh']}（{told['article']['zh']}）" if told else ""
    return set(rows), f"立案审查转为不能办理{why}"
