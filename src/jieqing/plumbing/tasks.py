"""The queue's own tasks. Jobs are rows of the same PostgreSQL, written in the caller's transaction.

A worker that dies in the middle of a job leaves the row marked as running; ``retry_stalled`` gives such jobs back
as soon as the dead worker's heartbeat is too old. So every handler may run more than once and must stand it.
"""

from typing import Any

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.manager import JobManager

from jieqing.plumbing import events

HEARTBEAT_AGE_SECONDS_MAX = 30.0


@app.task(
    name=events.DELIVER_TASK,
    queue=events.EVENT_QUEUE,
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def deliver_event(event_name: str, handler_name: str, payload: dict[str, Any]) -> None:
    events.deliver(event_name, handler_name, payload)


@app.periodic(cron="* * * * *")
@app.task(
    name="plumbing.retry_stalled",
    queue="housekeeping",
    queueing_lock="plumbing.retry_stalled",
    pass_context=True,
)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    await give_back_stalled(context.app.job_manager)


async def give_back_stalled(
    jobs: JobManager, heartbeat_age_seconds_max: float = HEARTBEAT_AGE_SECONDS_MAX
) -> int:
    """Return the jobs of dead workers to the queue and say how many there were."""
    stalled = list(await jobs.get_stalled_jobs(seconds_since_heartbeat=heartbeat_age_seconds_max))
    for job in stalled:
        await jobs.retry_job(job)
    return len(stalled)
