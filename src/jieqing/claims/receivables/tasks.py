"""Jobs of the ledger: what takes longer than a person waits."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from jieqing.claims.receivables.services import jobs, statement_runs


@app.task(name=jobs.DRAFT_TASK, queue=jobs.IMPORT_QUEUE, retry=RetryStrategy(max_attempts=2))
def work_on_draft(site_id: str, batch_id: str, actor_id: str, roles: list[str], work: str, seen: str) -> None:
    """Check or confirm a large draft; may run twice."""
    jobs.run(
        site_id=UUID(site_id),
        batch_id=UUID(batch_id),
        actor_id=UUID(actor_id),
        roles=frozenset(roles),
        work=work,
        seen=seen,
    )


@app.task(
    name=statement_runs.RUN_TASK, queue=statement_runs.STATEMENT_QUEUE, retry=RetryStrategy(max_attempts=3)
)
def make_statements(site_id: str, run_id: str, actor_id: str, roles: list[str]) -> None:
    """Make the statements of a run that are still missing; may run any number of times."""
    statement_runs.work_on_run(
        site_id=UUID(site_id), run_id=UUID(run_id), actor_id=UUID(actor_id), roles=frozenset(roles)
    )
