"""The self-test of evidence for a site: record an entry, let the sequencer publish it, take the proof, verify it.

It runs the whole way that a court would: the bundle leaves through the same function as any export and is judged by
``jieqing-verify`` with nothing but the log's policy. What was found is a row with its levels. When all else holds, the site
goes live in the same transaction.
"""

from uuid import UUID

from django.db import transaction
from procrastinate.contrib.django import app

from jieqing.estate.sites.engine.states import Cause, Mover
from jieqing.estate.sites.engine.tenancy import SiteState
from jieqing.estate.sites.models import SelfTest, Site
from jieqing.estate.sites.services.moving import move_site
from jieqing.estate.sites.services.renting import begin_rent, bill
from jieqing.kernel import clock
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import selectors as log
from jieqing.trust.evidence import services as evidence

SELF_TEST_TASK, RENTAL_QUEUE = "sites.self_test", "rental"


def begin_self_test(*, site: Site) -> UUID:
    """Record the probe and leave the rest to the worker, which waits for the sequencer."""
    with transaction.atomic(), site_scope(site.id):
        probe_id = evidence.record(
            actor=system_actor(site.id, "rental"),
            action="estate.sites.self_test_begun",
            subject=f"estate.sites.site:{site.id}",
            facts={"probe": True},
        )
        # By name, not by import: the tasks import the services. The job is a row of this same transaction.
        job = app.configure_task(SELF_TEST_TASK, queue=RENTAL_QUEUE)
        job.defer(site_id=str(site.id), probe_id=str(probe_id))
    return probe_id


def finish_self_test(*, site_id: UUID, probe_id: UUID) -> SelfTest | Problem:
    """Verify the probe's proof and keep what was found; a Problem while the log has not signed over it yet."""
    from jieqing_verify import read_policy, verify_bundle  # a package of its own, needed here only

    with transaction.atomic(), site_scope(site_id):
        site = Site.objects.select_for_update().get(pk=site_id)
        done = SelfTest.objects.filter(probe_id=probe_id).first()
        if done:
            return done
        bundle, policy = log.proof_bundle(probe_id), log.policy_text()
        if is_problem(bundle):
            return bundle
        if is_problem(policy):
            return policy
        verdict = verify_bundle(bundle, read_policy(policy.encode()))
        levels = {name: level.state for name, level in verdict.levels.items()}
        actor = system_actor(site_id, "rental")
        entry_id = evidence.record(
            actor=actor,
            action="estate.sites.self_tested",
            subject=f"estate.sites.site:{site_id}",
            facts={"probe": probe_id, "outcome": verdict.outcome, "levels": levels},
        )
        test = SelfTest.objects.create(
            site_id=site_id,
            probe_id=probe_id,
            is_passed=verdict.outcome == "valid",
            levels=levels,
            at=clock.now(),
            entry_id=entry_id,
        )
        if site.state == SiteState.FILED:
            go_live_if_ready(site=site)
    return test


def go_live_if_ready(*, site: Site) -> Site | Problem:
    """Take a filed site live when nothing is missing; rent begins that day."""
    actor = system_actor(site.id, "rental")
    with transaction.atomic(), site_scope(site.id):
        moved = move_site(
            actor=actor, site_id=site.id, to=SiteState.LIVE, mover=Mover.PLATFORM, cause=Cause.READY
        )
        if not is_problem(moved):
            begin_rent(actor=actor, site=moved)
            bill(actor=actor, site=moved)
    return moved
