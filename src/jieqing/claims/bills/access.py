"""The only door from an id in a request to a bill."""

from uuid import UUID

from jieqing.claims.bills.engine.bills import BILL_UNKNOWN
from jieqing.claims.bills.models import Bill
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem


def bill_by_id(actor: Actor, bill_id: UUID) -> Bill | Problem:
    found = Bill.objects.select_related("debtor").filter(id=bill_id, site_id=actor.own_site).first()
    return found or Problem.of(BILL_UNKNOWN)
