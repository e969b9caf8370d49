"""Jobs of the ledger: what takes longer than a person waits. A job written by an older release names no kind: a person."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jieqing.claims.receivables.services import jobs, statement_runs, statement_schedules
from jieqing.estate.sites.selectors import all_sites
from jieqing.kernel.actor import Actor, ActorKind


@app.task(name=jobs.DRAFT_TASK, queue=jobs.IMPORT_QUEUE, retry=RetryStrategy(max_attempts=2))
def work_on_draft(
    site_id: str,
    batch_id: str,
    actor_id: str,
    roles: list[str],
    work: str,
    seen: str,
    actor_kind: str = ActorKind.PERSON.value,
) -> None:
    """Check or confirm a large draft; may run twice."""
    actor = _actor(site_id, actor_id, actor_kind, roles)
    jobs.run(actor=actor, batch_id=UUID(batch_id), work=work, seen=seen)


@app.task(
    name=statement_runs.RUN_TASK, queue=statement_runs.STATEMENT_QUEUE, retry=RetryStrategy(max_attempts=3)
)
def make_statements(
    site_id: str, run_id: str, actor_id: str, roles: list[str], actor_kind: str = ActorKind.PERSON.value
) -> None:
    """Make the statements of a run that are still missing; may run any number of times."""
    actor = _actor(site_id, actor_id, actor_kind, roles)
    statement_runs.work_on_run(actor=actor, run_id=UUID(run_id))


def _actor(site_id: str, actor_id: str, kind: str, roles: list[str]) -> Actor:
    """Whoever asked for the work, as they were then."""
    return Actor(UUID(actor_id), ActorKind(kind), UUID(site_id), frozenset(roles))


# After midnight in China, so that the day before is over.
@app.periodic(cron="10 22 * * *")
@app.task(
    name="claims.receivables.run_schedules",
    queue=statement_runs.STATEMENT_QUEUE,
    queueing_lock="claims.receivables.run_schedules",
)
def run_schedules(timestamp: int) -> None:
    """Start the monthly statements that are due, one site after another."""
    for site in all_sites():
        statement_schedules.run_due_schedules(site_id=site.id)
