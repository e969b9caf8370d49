"""A verdict of the site with its permit, used and settled; an overlay that was adopted and hits nothing the cast does."""

from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.compliance import services
from jieqing.trust.compliance.engine.overlays import Barred, overlay_document
from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.engine.slots import Outcome, Subject
from jieqing.trust.compliance.tests.contacts import contact


def fill_gate(actor: Actor) -> None:
    subject = Subject(person=f"person of {actor.own_site}", creditor="creditor", debt="debt")
    with site_scope(actor.own_site):
        permit = services.mint(actor=actor, subject=subject, contact="point:1", facts=contact(channel="sms"))
        assert isinstance(permit, Permit), permit
        assert services.redeem(actor=actor, permit=permit, channel="sms", contact="point:1") is None
        assert services.settle(actor=actor, permit_id=permit.id, outcome=Outcome.CONVERSATION) is None
        document = overlay_document(
            "cast", {"zh": "本站附加规则", "en": "Of this site"}, [Barred({"debt_kind": ("judgment",)})]
        )
        overlay = services.propose_overlay(actor=actor, overlay=document, why="试用")
        assert not isinstance(overlay, Problem), overlay
        found = services.adopt_overlay(actor=actor, overlay_id=overlay.pk, why="试用")
        assert not isinstance(found, Problem), found
