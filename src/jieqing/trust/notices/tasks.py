"""The worker's part: a notice leaves right after its transaction committed, and again when its next time has come."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jieqing.trust.notices import services


@app.task(
    name=services.DELIVER_TASK,
    queue=services.NOTICE_QUEUE,
    retry=RetryStrategy(max_attempts=5, exponential_wait=4),
)
def deliver(notice_id: str) -> None:
    services.deliver_due(UUID(notice_id))


@app.periodic(cron="* * * * *")
@app.task(name="notices.deliver_due", queue=services.NOTICE_QUEUE, queueing_lock="notices.deliver_due")
def deliver_due(timestamp: int) -> None:
    services.deliver_due()
