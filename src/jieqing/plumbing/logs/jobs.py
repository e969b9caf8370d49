"""A job's lines carry the id of the request that queued it.

``deferring`` configures a job with the id among its arguments, under a name no task has; the worker takes it out again
before the task runs (``within_job``, set for every worker in the settings) and binds it. A job that no request
queued gets an id of its own. Each job ends with one line: task, queue, attempts, duration and, when it failed, the kinds
of error; never its arguments.
"""

import time
from typing import Any
from uuid import uuid4

import structlog
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import JobDeferrer

from jieqing.plumbing import metrics
from jieqing.plumbing.logs.lines import bound, current_request_id

_CARRIED = "_request_id"
_log = structlog.get_logger("jieqing.job")


def deferring(task: str, *, queue: str) -> JobDeferrer:
    """``app.configure_task`` for code that runs in a request; call ``defer`` on what comes back."""
    request_id = current_request_id()
    return app.configure_task(task, queue=queue, task_kwargs={_CARRIED: request_id} if request_id else None)


async def within_job(call_next: Any, context: JobContext, worker: Any) -> Any:
    """Around every job of every worker."""
    job = context.job
    request_id = job.task_kwargs.pop(_CARRIED, None) or uuid4().hex
    started = time.monotonic()
    with bound(request_id=str(request_id), task=job.task_name, queue=job.queue, job=str(job.id)):
        try:
            done = await call_next()
        except Exception:
            _tell(job, started, "failed", exc_info=True)
            raise
        _tell(job, started, "done")
        return done


def _tell(job: Any, started: float, state: str, **extra: Any) -> None:
    duration_s = time.monotonic() - started
    metrics.JOBS.labels(job.task_name, state).inc()
    metrics.JOB_SECONDS.labels(job.task_name).observe(duration_s)
    level = _log.info if state == "done" else _log.error
    level("job", state=state, duration_ms=round(duration_s * 1000, 1), attempts=job.attempts, **extra)
