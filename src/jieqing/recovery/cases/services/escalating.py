"""Tell who answers for it that a clock of a case has run out: once for each clock, by a notice of fixed form.

The owner is told of their own cases, the leads of all of them; each gets one notice for everything that ran out since the
last look, so that a bad night is one mail and not fifty. That it was told, and to whom, stands on the case's timeline. A
member without a mailbox still sees it under the bell and on the page of clocks.
"""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from jieqing.estate.sites.selectors import sites_by_ids
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.engine.codes import CaseState, EventKind
from jieqing.recovery.cases.models import CaseClock
from jieqing.recovery.cases.selectors.days import working_moment
from jieqing.recovery.cases.selectors.staff import Worker, workers
from jieqing.recovery.cases.services.timeline import NewEvent, write_events
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.services import send_notice

CHUNK, NUMBER_MAX = 2_000, 9_999


def escalate(*, actor: Actor) -> int:
    """Tell of every clock that ran out and was not told yet; how many there were."""
    told = 0
    while True:
        with site_scope(actor.own_site), transaction.atomic():
            rows = list(
                CaseClock.objects.select_for_update(of=("self",), skip_locked=True)
                .filter(
                    met_at=None,
                    stopped_at=None,
                    escalated_at=None,
                    due_at__lt=working_moment(),
                    case__state=CaseState.OPEN.value,
                )
                .select_related("case")
                .order_by("due_at", "id")[:CHUNK]
            )
            if not rows:
                return told
            _tell(actor, rows)
            told += len(rows)


def _tell(actor: Actor, rows: Sequence[CaseClock]) -> None:
    people = {worker.user_id: worker for worker in workers()}
    leads = [worker for worker in people.values() if worker.is_lead]
    theirs: dict[UUID, list[CaseClock]] = defaultdict(list)
    events = []
    for row in rows:
        owner = people.get(row.case.owner_id) if row.case.owner_id else None
        told = {worker.user_id for worker in leads} | ({owner.user_id} if owner else set())
        for user_id in told:
            theirs[user_id].append(row)
        facts = {
            "milestone": row.milestone,
            "due_at": row.due_at.isoformat(),
            "told": sorted(str(one) for one in told),
        }
        events.append(NewEvent(row.case_id, EventKind.ESCALATED, facts))
    CaseClock.objects.filter(id__in=[row.id for row in rows]).update(escalated_at=clock.now())
    write_events(actor=actor, events=events)
    for user_id, clocks in theirs.items():
        _notice(actor, people[user_id], clocks)


def _notice(actor: Actor, worker: Worker, clocks: Sequence[CaseClock]) -> None:
    if not worker.email:
        return
    [site] = sites_by_ids([actor.own_site])
    first = min(clocks, key=lambda row: row.due_at)
    # A site's name that no notice can carry must not stop the clockwork, so a refusal is left at that.
    send_notice(
        actor=actor,
        kind=NoticeKind.CLOCK_OVERRUN,
        recipient=RecipientKind.MEMBER,
        address=worker.email,
        values={
            "site": site.name,
            "count": min(len(clocks), NUMBER_MAX),
            "reference": f"C-{first.case.number:06d}",
            "at": first.due_at,
        },
    )
