"""The worker's part of the rental: self-tests that wait for the sequencer, proofs of own domains, the nightly walk."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jieqing.estate.sites import services
from jieqing.estate.sites.selectors import all_sites
from jieqing.estate.sites.services import domains, exporting, nightly, sign_ups, testing
from jieqing.kernel.outcomes import is_problem


class NotPublishedYet(RuntimeError):
    """The sequencer has not signed over the probe yet: the job comes back."""


@app.task(
    name=testing.SELF_TEST_TASK,
    queue=testing.RENTAL_QUEUE,
    retry=RetryStrategy(max_attempts=40, wait=1, linear_wait=1),
)
def self_test(site_id: str, probe_id: str) -> None:
    found = services.finish_self_test(site_id=UUID(site_id), probe_id=UUID(probe_id))
    if is_problem(found):
        raise NotPublishedYet(found.code)


@app.task(name=domains.CHECK_TASK, queue=testing.RENTAL_QUEUE)
def check_domain(site_id: str, domain_id: str, actor_id: str) -> None:
    """One look; what was found stands with the domain, and its owner asks again."""
    services.check_domain(site_id=UUID(site_id), domain_id=UUID(domain_id), actor_id=UUID(actor_id))


@app.periodic(cron="40 0 * * *")
@app.task(name="sites.nightly", queue=testing.RENTAL_QUEUE, queueing_lock="sites.nightly")
def every_night(timestamp: int) -> None:
    """Bill what has begun, tell of what falls due, suspend what is over, forget old exports: one site after another."""
    sign_ups.forget_old_sign_ups()
    for site in all_sites():
        nightly.walk_site(site_id=site.id)


@app.task(
    name=exporting.EXPORT_TASK, queue=testing.RENTAL_QUEUE, retry=RetryStrategy(max_attempts=3, wait=10)
)
def export(site_id: str, export_id: str) -> None:
    exporting.write_export(site_id=UUID(site_id), export_id=UUID(export_id))


@app.periodic(cron="20 1 * * *")
@app.task(name="sites.words", queue=testing.RENTAL_QUEUE, queueing_lock="sites.words")
def read_words(timestamp: int) -> None:
    """What stands in public of every site is read again: the lexicon grows, and what it finds is the operator's to see."""
    for site in all_sites():
        services.read_standing_words(site_id=site.id)
