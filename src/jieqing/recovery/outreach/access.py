"""The only door from an id in a request to an approval; who sees what stands in ``sight``."""

from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.recovery.outreach.models import ApprovalRequest
from jieqing.recovery.outreach.problems import APPROVAL_UNKNOWN
from jieqing.recovery.outreach.sight import approvals_of


def approval_by_id(actor: Actor, approval_id: UUID) -> ApprovalRequest | Problem:
    return approvals_of(actor).filter(pk=approval_id).first() or Problem.of(APPROVAL_UNKNOWN)
