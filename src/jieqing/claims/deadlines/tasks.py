"""The morning's round: alarms of every site, one job per site; a round that did not run is made up for by the next."""

from contextlib import suppress
from uuid import UUID

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from jieqing.claims.deadlines import services
from jieqing.estate.sites.selectors import all_sites

QUEUE = "deadlines"
SITE_TASK = "claims.deadlines.ring_site"


@app.task(name=SITE_TASK, queue=QUEUE, retry=RetryStrategy(max_attempts=4, exponential_wait=6))
def ring_site(site_id: str) -> None:
    """Tell a site's alarms; may run any number of times, each alarm is told once."""
    services.ring_alarms(site_id=UUID(site_id))


# Half past seven in China, before the day's work (the clock of the schedule is UTC).
@app.periodic(cron="30 23 * * *")
@app.task(name="claims.deadlines.every_morning", queue=QUEUE, queueing_lock="claims.deadlines.every_morning")
def every_morning(timestamp: int) -> None:
    for site in all_sites():
        job = app.configure_task(SITE_TASK, queue=QUEUE, queueing_lock=f"{SITE_TASK}/{site.id}")
        # Its own savepoint: a job that is queued already must not take the others with it.
        with suppress(AlreadyEnqueued), transaction.atomic():
            job.defer(site_id=str(site.id))
