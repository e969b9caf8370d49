"""What time alone changes: stages climb, promises run out, holds end, documents fall due. Looked at once a day and hour.

Only cases whose ``wake_on`` has come are read, in transactions of a few thousand; missing a day changes nothing, because
the ladder walks every day in its turn.
"""

from django.db import transaction

from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.engine.codes import CaseState
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.selectors.days import working_day
from jieqing.recovery.cases.services.queue import CHUNK, refresh


def wake(*, actor: Actor) -> int:
    """Bring every case in step whose day has come; how many were read."""
    read = 0
    while True:
        with site_scope(actor.own_site), transaction.atomic():
            today = working_day()
            due = Case.objects.filter(state=CaseState.OPEN.value, wake_on__lte=today)
            ids = list(due.order_by("wake_on", "id").values_list("id", flat=True)[:CHUNK])
            if not ids:
                return read
            read += refresh(actor=actor, case_ids=ids, today=today).cases
