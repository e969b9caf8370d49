"""Verbs of tenants and operators on a site's state: submit, take back, return, file, suspend, lift, leave.

After filing the platform tries its evidence on the site (``testing``) and takes it live by itself; nobody needs to press a
second button.
"""

from uuid import UUID

from django.db import transaction

from jieqing.estate.sites.engine.states import Cause, Mover
from jieqing.estate.sites.engine.tenancy import SiteState
from jieqing.estate.sites.models import Operator, Site
from jieqing.estate.sites.selectors import papers_of, waiting_filing
from jieqing.estate.sites.services.moving import move_site
from jieqing.estate.sites.services.papers import confirm_filing
from jieqing.estate.sites.services.renting import end_rent
from jieqing.estate.sites.services.testing import begin_self_test
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor, system_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import selectors as log
from jieqing.trust.evidence import services as evidence

TENANTS = {
    "submit": (SiteState.SUBMITTED, Cause.SUBMITTED),
    "withdraw": (SiteState.DRAFT, Cause.WITHDRAWN),
    "leave": (SiteState.CLOSED, Cause.LEFT),
}
OPERATORS = {
    "return": (SiteState.DRAFT, Cause.RETURNED),
    "file": (SiteState.FILED, Cause.FILED),
    "suspend": (SiteState.SUSPENDED, Cause.DECISION),
    "lift": (SiteState.LIVE, Cause.DECISION),
    "close": (SiteState.CLOSED, Cause.DECISION),
}


def tenant_step(
    *, actor: Actor, site: Site, step: str, reason: str = "", expected: str = ""
) -> Site | Problem:
    """What an owner may do about their own site's state."""
    to, cause = TENANTS[step]
    with transaction.atomic(), site_scope(site.id):
        problem = papers_of(site).check_complete() if step == "submit" else None
        if problem:
            return problem
        return _step(actor, site.id, Mover.TENANT, to, cause, reason, expected)


def operator_step(
    *, actor: Actor, site_id: UUID, step: str, reason: str, expected: str = ""
) -> Site | Problem:
    """What the platform's operator decides, with a reason, on the state that they saw."""
    to, cause = OPERATORS[step]
    with transaction.atomic(), site_scope(site_id):
        moved = _step(actor, site_id, Mover.OPERATOR, to, cause, reason, expected)
        if is_problem(moved) or step != "file":
            return moved
        filing = waiting_filing(moved)
        if filing:
            confirm_filing(actor=actor, site=moved, filing=filing)
        begin_self_test(site=moved)
    return moved


def confirm_renewal(*, actor: Actor, site: Site) -> bool:
    """Confirm the renewed filing of a site that works already; lifts a suspension that was about the filing."""
    with transaction.atomic(), site_scope(site.id):
        filing = waiting_filing(site)
        if filing is None or site.state not in {SiteState.LIVE, SiteState.SUSPENDED}:
            return False
        confirm_filing(actor=actor, site=site, filing=filing)
    lift_if_cured(site_id=site.id, cause=Cause.FILING_RENEWED)
    return True


def lift_if_cured(*, site_id: UUID, cause: Cause) -> None:
    """Open a suspended site again when what it was suspended for is over; otherwise nothing."""
    actor = system_actor(site_id, "rental")
    move_site(actor=actor, site_id=site_id, to=SiteState.LIVE, mover=Mover.PLATFORM, cause=cause)


def appoint_operator(*, actor: Actor, user_id: UUID, reason: str) -> Operator:
    """Let a person run the platform; done on the machine itself. Twice changes nothing."""
    with transaction.atomic():
        found = Operator.objects.filter(user_id=user_id, ended_at=None).first()
        if found:
            return found
        appointed = Operator.objects.create(
            user_id=user_id, reason=reason[:200], appointed_at=clock.now(), appointed_by=actor.id
        )
        evidence.record(
            actor=actor,
            action="estate.sites.operator_appointed",
            subject=f"estate.accounts.user:{user_id}",
            facts={"operator": appointed.id},
            personal={"reason": reason[:200]},
        )
    return appointed


def note_review(*, actor: Actor, site: Site) -> None:
    """Write into the site's own evidence that the platform's operator read its papers: once a day and person."""
    subject = f"estate.sites.review:{clock.today().isoformat()}.{actor.id}"
    with transaction.atomic(), site_scope(site.id):
        if not log.entries_for_subject(subject, limit=1):
            evidence.record(
                actor=actor,
                action="estate.sites.reviewed",
                subject=subject,
                facts={"by": "platform_operator"},
            )


def _step(
    actor: Actor, site_id: UUID, mover: Mover, to: SiteState, cause: Cause, reason: str, expected: str
) -> Site | Problem:
    moved = move_site(
        actor=actor, site_id=site_id, to=to, mover=mover, cause=cause, reason=reason, expected=expected
    )
    if not is_problem(moved) and to is SiteState.CLOSED:
        end_rent(actor=actor, site=moved)
    return moved
