"""Moving a site from state to state: one door, one lock, one transaction.

The site's row is locked first, so two operators who decide at once are heard one after the other; the second decided on a
state that is gone and is told so. The row of the change, its evidence, the mirror in the directory and the word to the
tenant come into being together or not at all.
"""

from uuid import UUID

from django.db import transaction

from jieqing.estate.sites.engine.states import Cause, Mover, Readiness, check_step
from jieqing.estate.sites.engine.tenancy import SiteState
from jieqing.estate.sites.models import Site, StateChange
from jieqing.estate.sites.selectors import readiness_of, suspended_for
from jieqing.estate.sites.services.telling import tell_of_state
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

MOVED_MEANWHILE = Problem(
    code="site.moved_meanwhile",
    zh="站点状态刚刚被他人改变，您的决定没有执行。",
    en="Somebody else has just changed the site's state; your decision was not carried out.",
    todo_zh="请查看最新状态后再决定。",
    todo_en="Look at the present state and decide again.",
)


def move_site(
    *,
    actor: Actor,
    site_id: UUID,
    to: SiteState,
    mover: Mover,
    cause: Cause,
    reason: str = "",
    expected: str = "",
) -> Site | Problem:
    """Take one step; ``expected`` is the state that the mover saw."""
    with transaction.atomic(), site_scope(site_id):
        site = Site.objects.select_for_update().get(pk=site_id)
        if expected and site.state != expected:
            return MOVED_MEANWHILE
        before = SiteState(site.state)
        readiness = readiness_of(site) if to is SiteState.LIVE else None
        problem = check_step(
            before,
            to,
            mover=mover,
            cause=cause,
            reason=reason,
            readiness=readiness,
            suspended_for=suspended_for() if before is SiteState.SUSPENDED else None,
        )
        if problem:
            return problem
        entry_id = _record(actor, site, before, to, cause, reason, readiness)
        write_state(site, actor, before=before, after=to, cause=cause, reason=reason, entry_id=entry_id)
        if mover is not Mover.TENANT:
            tell_of_state(actor, site)
    return site


def write_state(
    site: Site, actor: Actor, *, before: str, after: SiteState, cause: Cause, reason: str, entry_id: UUID
) -> None:
    """The row of the change and its mirror in the directory."""
    newest = StateChange.objects.order_by("-number").first()
    StateChange.objects.create(
        site_id=site.id,
        number=newest.number + 1 if newest else 1,
        before=before,
        after=after.value,
        cause=cause.value,
        reason=reason.strip()[:300],
        at=clock.now(),
        by=actor.id,
        entry_id=entry_id,
    )
    if site.state != after.value:
        site.state = after.value
        site.save(update_fields=["state"])


def _record(
    actor: Actor,
    site: Site,
    before: SiteState,
    after: SiteState,
    cause: Cause,
    reason: str,
    readiness: Readiness | None,
) -> UUID:
    facts: dict[str, object] = {"from": before.value, "to": after.value, "cause": cause.value}
    if readiness:
        facts["ready"] = ["filing", "agreement", "licence", "self_test"]
    return evidence.record(
        actor=actor,
        action="estate.sites.state_changed",
        subject=f"estate.sites.site:{site.id}",
        facts=facts,
        personal={"reason": reason.strip()[:300]} if reason.strip() else None,
    )
