"""A verdict of the site with its permit, used and settled."""

from jieqing.kernel.actor import Actor
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.compliance import services
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
