"""Take back a bulk change as a whole: whoever did it may, and whoever gives cases out."""

from django.db import transaction

from jieqing.estate.accounts.access import check
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import problems
from jieqing.recovery.cases.models import BulkChange
from jieqing.recovery.cases.services.assigning import undo_assign
from jieqing.recovery.cases.services.bulk_working import SNOOZE, STAGE, undo_work
from jieqing.recovery.cases.sight import ASSIGN, WORK


def undo_bulk(*, actor: Actor, change: BulkChange) -> BulkChange | Problem:
    """Put back what the change did, case by case where nobody has changed it since; once."""
    with site_scope(actor.own_site), transaction.atomic():
        row = BulkChange.objects.select_for_update().get(id=change.id)
        is_own_work = row.kind in (SNOOZE, STAGE) and row.by == actor.id
        denied = check(actor, WORK if is_own_work else ASSIGN)
        if denied:
            return denied
        if row.undone_at is not None:
            return Problem.of(problems.ALREADY_ENDED)
        if row.kind in (SNOOZE, STAGE):
            undo_work(actor, row)
        else:
            undo_assign(actor, row)
    return row
