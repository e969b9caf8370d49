"""Jobs of valuation: every night each site's ledger is valued as of the new day, one job per site.

A site's job is queued once at most; one that a dead worker left comes back with the queue's own means. A site whose news
already brought the new day finds nothing to do.
"""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from jieqing.claims.valuation import services
from jieqing.estate.sites.selectors import all_sites

QUEUE = "valuation"
SITE_TASK = "claims.valuation.value_site"


@app.task(name=SITE_TASK, queue=QUEUE, retry=RetryStrategy(max_attempts=4, exponential_wait=6))
def value_site(site_id: str) -> None:
    """Bring a site's grades, warnings and losses to today; may run any number of times."""
    services.catch_up(site_id=UUID(site_id))


# Just after midnight in China (the clock of the schedule is UTC).
@app.periodic(cron="10 16 * * *")
@app.task(name="claims.valuation.every_night", queue=QUEUE, queueing_lock="claims.valuation.every_night")
def every_night(timestamp: int) -> None:
    for site in all_sites():
        job = app.configure_task(SITE_TASK, queue=QUEUE, queueing_lock=f"{SITE_TASK}/{site.id}")
        # Its own savepoint: a job that is queued already must not take the others with it.
        with suppress(AlreadyEnqueued), transaction.atomic():
            job.defer(site_id=str(site.id))
