"""Ring alarms: whoever keeps deadlines of a site is told by mail, once for each alarm, one mail for all of a morning.

An alarm that was missed (no worker ran) is told the next time, together with the newer ones, as long as the last day has not
passed. The mail is a fixed notice to members: it names a number and a day, never a debtor.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from jieqing.claims.deadlines.models import Rung
from jieqing.claims.deadlines.selectors import DayRow, near_days
from jieqing.estate.accounts.engine.roles import INVITABLE, Role, allows
from jieqing.estate.accounts.selectors import people_of_site
from jieqing.estate.sites.selectors import sites_by_ids
from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence
from jieqing.trust.notices.engine.kinds import NoticeKind, RecipientKind
from jieqing.trust.notices.services import send_notice

PERMISSION = "deadlines.manage"
Key = tuple[UUID | None, UUID | None, str, date, date]


def ring_alarms(*, site_id: UUID, today: date | None = None) -> int:
    """Tell what rings by today and was not told; returns how many alarms."""
    actor, day = system_actor(site_id, "deadlines"), today or clock.today()
    with site_scope(site_id), transaction.atomic():
        due = _ringing(near_days(as_of=day), day)
        told = set(
            Rung.objects.filter(last_day__gte=day).values_list(
                "watch_id", "item_id", "code", "last_day", "alarm_on"
            )
        )
        fresh = {key: row for key, row in due.items() if key not in told}
        if not fresh:
            return 0
        first = min(row.deadline.last_day for row in fresh.values())
        people = [
            person.user.email
            for person in people_of_site()
            if person.user.email and _keeps_days([one.role for one in person.memberships])
        ]
        entry_id = evidence.record(
            actor=actor,
            action="claims.deadlines.rung",
            subject="claims.deadlines.watch:several",
            facts={"alarms": len(fresh), "first_day": first, "people": len(people)},
        )
        Rung.objects.bulk_create(
            Rung(
                id=new_id(),
                site_id=site_id,
                watch_id=watch_id,
                item_id=item_id,
                code=code,
                last_day=last_day,
                alarm_on=alarm_on,
                told=len(people),
                at=clock.now(),
                entry_id=entry_id,
            )
            for watch_id, item_id, code, last_day, alarm_on in fresh
        )
        name = sites_by_ids([site_id])[0].name
        matters = len({key[:4] for key in fresh})
        for address in people:
            sent = send_notice(
                actor=actor,
                kind=NoticeKind.DEADLINES_NEAR,
                recipient=RecipientKind.MEMBER,
                address=address,
                values={"site": name, "count": matters, "day": first},
            )
            if is_problem(sent):
                raise RuntimeError(sent.code)
    return len(fresh)


def _ringing(rows: list[DayRow], day: date) -> dict[Key, DayRow]:
    """Alarms whose day has come, of days that have not passed."""
    return {
        (
            row.watch_id,
            row.item_id if row.watch_id is None else None,
            row.deadline.code,
            row.deadline.last_day,
            alarm.on,
        ): row
        for row in rows
        if row.deadline.last_day >= day
        for alarm in row.countdown.alarms
        if alarm.on <= day
    }


def _keeps_days(roles: list[str]) -> bool:
    return any(Role(role) in INVITABLE for role in roles) and allows(roles, PERMISSION)
