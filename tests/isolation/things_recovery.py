"""Things of the recovery wing: a placement in force, its declaration, a check and a lawyer's decision."""

from jieqing.claims.receivables.models import Item
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.intake import services as intake
from jieqing.recovery.intake.tests.asking import TRADE
from jieqing.recovery.placements.tests.placing import active


def fill_recovery(actor: Actor) -> None:
    with site_scope(actor.own_site):
        item = Item.objects.get(document_number="LATE-1", withdrawn_rev=None)
    placement = active(actor, [item.id])
    with site_scope(actor.own_site):
        said = intake.declare_origin(
            actor=actor, placement_id=placement.id, answers=TRADE | {"basis": "invoice_only"}
        )
        assert not is_problem(said), said
        check = intake.check_legality(actor=actor, item_ids=[item.id])[item.id]
        decided = intake.decide_amber(actor=actor, check=check, is_allowed=True, reason="单据相互印证")
    assert not is_problem(decided), decided
