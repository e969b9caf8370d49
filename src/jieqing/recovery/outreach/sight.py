"""Which approvals somebody sees: leaders and readers of all cases see every one, whoever works on cases their own."""

from django.db.models import QuerySet

from jieqing.estate.accounts.access import check
from jieqing.kernel.actor import Actor
from jieqing.recovery.outreach.models import ApprovalRequest

APPROVES, WORKS = "cases.assign", "cases.work"


def may_approve(actor: Actor) -> bool:
    return check(actor, APPROVES) is None


def approvals_of(actor: Actor) -> QuerySet[ApprovalRequest]:
    """The requests that somebody may see, with their answers and uses."""
    rows = ApprovalRequest.objects.filter(site_id=actor.own_site).select_related("answer", "use", "case")
    if may_approve(actor) or check(actor, WORKS) is not None:
        return rows
    return rows.filter(asked_by=actor.id)
