"""Things of the recovery wing: a placement in force with its debts and its check."""

from jieqing.claims.receivables.models import Item
from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.placements.tests.placing import active


def fill_recovery(actor: Actor) -> None:
    with site_scope(actor.own_site):
        item = Item.objects.get(document_number="LATE-1", withdrawn_rev=None)
    active(actor, [item.id])
