"""A debtor of the site with a contact point, what was chosen and agreed, a guarantor and an event."""

from jieqing.claims.parties import services
from jieqing.claims.parties.engine.choices import ChoiceSource, Hours
from jieqing.claims.parties.engine.contact_points import PointKind
from jieqing.claims.parties.engine.mentions import IdentifierMention
from jieqing.claims.parties.engine.standing import EventKind, GuaranteeKind
from jieqing.claims.parties.models import Party
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope


def fill_parties(actor: Actor) -> None:
    said = {"source": ChoiceSource.CALL, "reason": "来电说明"}
    with site_scope(actor.own_site):
        party, guarantor = Party.objects.order_by("id")[:2]
        point = services.add_contact_point(
            actor=actor, party=party, kind=PointKind.MOBILE, value="13812345678"
        )
        assert not is_problem(point), point
        done = (
            services.import_contacts(
                actor=actor,
                batch_id=party.id,
                subject=f"claims.parties.party:{party.id}",
                points=[],
                identifiers=[IdentifierMention(party.id, "91350100M000100Y43")],
            ),
            services.mark_invalid(actor=actor, point=point, reason="空号"),
            services.record_opt_out(actor=actor, party=party, point=point, **said),
            services.agree_hours(actor=actor, party=party, hours=Hours(1140, 1290), **said),
            services.link_guarantor(
                actor=actor,
                guarantor=guarantor,
                debtor=party,
                kind=GuaranteeKind.JOINT,
                reason="保证合同",
            ),
            services.record_debtor_event(
                actor=actor, party=party, kind=EventKind.HARDSHIP, from_on=clock.today(), reason="来信说明"
            ),
        )
    assert not [one for one in done if is_problem(one)], done
