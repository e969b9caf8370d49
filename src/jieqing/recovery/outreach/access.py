"""The only door from an id in a request to an approval: leaders and readers of all cases see every one, others their own."""

from uuid import UUID

from django.db.models import QuerySet

from jieqing.estate.accounts.access import check
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.recovery.outreach.models import ApprovalRequest
from jieqing.recovery.outreach.problems import APPROVAL_UNKNOWN

APPROVES, WORKS = "cases.assign", "cases.work"


def may_approve(actor: Actor) -> bool:
    return check(actor, APPROVES) is None


def approvals_of(actor: Actor) -> QuerySet[ApprovalRequest]:
    """The requests that somebody may see, with their answers and uses."""
    rows = ApprovalRequest.objects.filter(site_id=actor.own_site).select_related("answer", "use", "case")
    if may_approve(actor) or check(actor, WORKS) is not None:
        return rows
    return rows.filter(asked_by=actor.id)


def approval_by_id(actor: Actor, approval_id: UUID) -> ApprovalRequest | Problem:
    return approvals_of(actor).filter(pk=approval_id).first() or Problem.of(APPROVAL_UNKNOWN)
