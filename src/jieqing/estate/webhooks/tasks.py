"""Jobs of webhooks: one delivery, and the nightly forgetting."""

from uuid import UUID

from procrastinate.contrib.django import app

from jieqing.estate.sites.selectors import all_sites
from jieqing.estate.webhooks import services
from jieqing.estate.webhooks.services.sending import DELIVER_TASK, WEBHOOK_QUEUE


@app.task(name=DELIVER_TASK, queue=WEBHOOK_QUEUE)
def deliver(site_id: str, delivery_id: str) -> None:
    """Try one delivery; what fails is queued again by the attempt itself."""
    services.deliver(site_id=UUID(site_id), delivery_id=UUID(delivery_id))


@app.periodic(cron="40 3 * * *")
@app.task(name="webhooks.forget", queue="housekeeping", queueing_lock="webhooks.forget")
def forget(timestamp: int) -> None:
    for site in all_sites():
        services.forget_old(site.id)
