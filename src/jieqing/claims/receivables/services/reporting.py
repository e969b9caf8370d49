"""The day a site reports on: set for a replay of a past ledger, ended to come back to today."""

from datetime import date

from django.db import transaction

from jieqing.claims.receivables.models import ReportingDay
from jieqing.claims.receivables.selectors.moments import REPLAY_DAY
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.scopes import forget, site_scope
from jieqing.trust.evidence import services as evidence


def set_reporting_day(*, actor: Actor, as_of: date | None) -> ReportingDay | None:
    """Make every page of the site report as of this day; None comes back to today. The same day twice is one row."""
    if actor.site_id is None:
        raise ValueError("a reporting day belongs to a site")
    with transaction.atomic(), site_scope(actor.site_id):
        live = ReportingDay.objects.select_for_update().filter(ended_at=None).first()
        if (live.as_of if live else None) == as_of:
            return live
        now = clock.now()
        forget(REPLAY_DAY)
        if live:
            live.ended_at = now
            live.save(update_fields=["ended_at"])
        day = None
        if as_of:
            day = ReportingDay.objects.create(site_id=actor.site_id, as_of=as_of, set_at=now, set_by=actor.id)
        evidence.record(
            actor=actor,
            action="claims.receivables.reporting_day_set",
            subject=f"claims.receivables.ledger:{actor.site_id}",
            facts={"as_of": as_of.isoformat() if as_of else None},
        )
    return day
