"""A site whose people may really be reached: live with papers, a case on a trade debt, a number, a cleared person."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from tests.cast import Cast

from jieqing.claims.parties import services as parties
from jieqing.claims.parties.engine.contact_points import PointKind
from jieqing.claims.parties.models import ContactPoint, Party
from jieqing.estate.accounts.engine.clearances import ClearanceKind
from jieqing.estate.accounts.models import Membership
from jieqing.estate.accounts.services import attest_clearance
from jieqing.estate.sites import selectors as sites
from jieqing.estate.sites.engine.agreement import CURRENT
from jieqing.estate.sites.services import accept_agreement, confirm_filing, set_filing
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases.models import Case
from jieqing.recovery.cases.tests.books import import_books, opened
from jieqing.recovery.outreach.engine.contents import Content

CLEARED = frozenset({"pledge", "background", "exam", "level_basic", "annual_training"})
SAID = Content(
    discloses_debt=False,
    threatens_suit=False,
    identity_verified=False,
    ai_label=True,
    recording_notice=True,
    script_filed=True,
    scan_verdict="clean",
)
MOBILE = "13812345678"


def cleared(cast: Cast, name: str = "owner") -> Actor:
    return replace(cast.actor(name), clearances=CLEARED)


def ready_site(actor: Actor, *, agrees: bool = True) -> None:
    """Filing confirmed and agreement accepted (or not)."""
    site = sites.sites_by_ids([actor.own_site])[0]
    with site_scope(site.id):
        given = set_filing(
            actor=actor, site=site, number="苏备-1", authority="某局", from_on=clock.today(), until_on=None
        )
        assert not is_problem(given), given
        filing = sites.waiting_filing(site)
        assert filing is not None
        confirm_filing(actor=actor, site=site, filing=filing)
        if not agrees:
            return
        agreed = accept_agreement(actor=actor, site=site, version=CURRENT.version, lang="zh")
        assert not is_problem(agreed), agreed


def attested(actor: Actor, user_id: UUID, kind: str, to_on: date) -> None:
    """A clearance of a member, from a month before its last day."""
    with site_scope(actor.own_site):
        done = attest_clearance(
            actor=actor,
            membership=Membership.objects.get(user_id=user_id),
            kind=ClearanceKind(kind),
            from_on=to_on - timedelta(days=30),
            to_on=to_on,
            source_digest=bytes(32),
            reason="已核对原件",
        )
    assert not is_problem(done), done


def ready_case(actor: Actor, *, agrees: bool = True) -> tuple[Case, ContactPoint]:
    """A case of a company on a trade debt, and its mobile number."""
    ready_site(actor, agrees=agrees)
    import_books(actor)
    case = opened(actor, "INV-001")
    return case, add_point(actor, case.debtor_id)


def add_point(
    actor: Actor, party_id: UUID, value: str = MOBILE, kind: str = "mobile", **more
) -> ContactPoint:
    with site_scope(actor.own_site):
        point = parties.add_contact_point(
            actor=actor, party=Party.objects.get(pk=party_id), kind=PointKind(kind), value=value, **more
        )
    assert not is_problem(point), point
    return point
