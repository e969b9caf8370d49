"""The worker's part: a message leaves right after its transaction, the mailbox is read, what got stuck is called uncertain."""

from uuid import UUID

from procrastinate.contrib.django import app

from jieqing.estate.sites.selectors import all_sites
from jieqing.recovery.channels import services
from jieqing.recovery.channels.services.mailbox import read_mailbox
from jieqing.recovery.channels.services.sending import DELIVER_TASK, QUEUE


# No retry: a message that was claimed is never handed over again.
@app.task(name=DELIVER_TASK, queue=QUEUE)
def deliver(site_id: str, message_id: str) -> None:
    services.deliver(UUID(site_id), UUID(message_id))


@app.periodic(cron="*/2 * * * *")
@app.task(name="channels.read_mailbox", queue=QUEUE, queueing_lock="channels.read_mailbox")
def poll(timestamp: int) -> None:
    read_mailbox()


@app.periodic(cron="*/10 * * * *")
@app.task(name="channels.find_stuck", queue=QUEUE, queueing_lock="channels.find_stuck")
def find_stuck(timestamp: int) -> None:
    for site in all_sites():
        services.find_stuck(site.id)
