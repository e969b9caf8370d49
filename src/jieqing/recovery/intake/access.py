"""The only door from an id in a request to a check."""

from uuid import UUID

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.recovery.intake.engine import problems
from jieqing.recovery.intake.models import LegalityCheck


def check_by_id(actor: Actor, check_id: UUID) -> LegalityCheck | Problem:
    found = LegalityCheck.objects.select_related("item", "debtor", "placement", "decision")
    return found.filter(pk=check_id, site_id=actor.own_site).first() or Problem.of(problems.CHECK_UNKNOWN)
