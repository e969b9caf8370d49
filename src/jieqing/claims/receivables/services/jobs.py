"""Drafts too large to check or confirm while a page waits: the same verbs, as a job with its progress told.

The job acts as whoever asked, a person or a program, with the roles or scopes of that moment; a site that was suspended
since takes no writes from it either. It may run twice (a worker died): checking writes only
what it found, and a second commit gives the first one's answer.
"""

from pathlib import Path
from uuid import UUID

from django.db import transaction

from jieqing.claims.receivables.engine.proposing import Hints
from jieqing.claims.receivables.models import BatchState, ImportBatch
from jieqing.claims.receivables.selectors.drafts import read_draft, seen_digest
from jieqing.claims.receivables.services.batches import not_ready, open_batch
from jieqing.claims.receivables.services.committing import commit_batch
from jieqing.claims.receivables.services.drafts import check_draft, commit_draft
from jieqing.claims.receivables.services.results import ImportOptions, ImportResult
from jieqing.estate.sites.selectors import check_writing
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, ProblemKind, is_problem
from jieqing.plumbing import progress
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.logs.jobs import deferring
from jieqing.plumbing.sse import channel_name

DRAFT_TASK, IMPORT_QUEUE = "claims.receivables.work_on_draft", "imports"
LARGE_ROWS, LARGE_BYTES = 30_000, 16 << 20
CHECK, COMMIT = "check", "commit"


def is_large(batch: ImportBatch) -> bool:
    """Whether a person would wait: many rows, or many bytes when the rows were not counted."""
    rows = batch.options.get("row_count")
    return batch.file_bytes > LARGE_BYTES or (rows or 0) > LARGE_ROWS


def channel_of(batch: ImportBatch) -> str:
    return channel_name(batch.site_id, f"import:{batch.id}")


def start(*, actor: Actor, batch: ImportBatch, work: str, seen: str = "") -> bool:
    """Queue the work in the caller's transaction; False when it runs already."""
    rows = int(batch.options.get("row_count") or 0)
    if not progress.begin(channel_of(batch), total=rows):
        return False
    # By name, not by import: tasks stand above services.
    deferring(DRAFT_TASK, queue=IMPORT_QUEUE).defer(
        site_id=str(batch.site_id),
        batch_id=str(batch.id),
        actor_id=str(actor.id),
        actor_kind=actor.kind.value,
        roles=[*sorted(actor.roles)],
        work=work,
        seen=seen,
    )
    return True


def import_or_start(
    *,
    actor: Actor,
    name: str,
    source: Path | bytes,
    hints: Hints,
    options: ImportOptions,
    is_waiting: bool = True,
) -> ImportResult | ImportBatch | Problem:
    """Import a file in one go; one too large to wait for (or when nobody waits) as a job: then the draft at work."""
    with site_scope(actor.own_site), transaction.atomic():
        opened = open_batch(actor=actor, name=name, source=source, hints=hints, options=options)
        problem = opened if is_problem(opened) else not_ready(opened.proposal)
        if is_problem(opened) or problem:
            transaction.set_rollback(True)
            return problem  # type: ignore[return-value]  # one of the two
        batch = opened.batch
        draft = read_draft(batch)
        if not is_problem(draft):
            batch.options = {**batch.options, "row_count": draft.table.row_count}
            batch.save(update_fields=["options"])
        if is_waiting and not is_large(batch):
            done = commit_batch(actor=actor, batch=batch)
            if is_problem(done):
                transaction.set_rollback(True)
            return done
        start(actor=actor, batch=batch, work=COMMIT, seen=seen_digest(batch))
        return batch


def run(*, actor: Actor, batch_id: UUID, work: str, seen: str) -> None:
    """The job itself; what went wrong stays readable with the batch, and a bug still fails the job."""
    site_id = actor.own_site
    with site_scope(site_id):
        batch = ImportBatch.objects.get(id=batch_id)
    with progress.reporting(channel_of(batch)) as report:
        try:
            with site_scope(site_id):
                problem = check_writing(site_id) or _work(actor, batch, work, seen, report)
        except Exception:
            report.finish(Problem.of(BROKE_OFF))
            raise
        report.finish(problem)


def standing(batch: ImportBatch) -> progress.Standing | None:
    return progress.standing(channel_of(batch))


def is_running(batch: ImportBatch) -> bool:
    found = standing(batch)
    return bool(found and found.is_running) and batch.state == BatchState.DRAFT


def failure(batch: ImportBatch) -> Problem | None:
    found = standing(batch)
    return found.problem if found else None


def _work(
    actor: Actor, batch: ImportBatch, work: str, seen: str, report: progress.Reporter
) -> Problem | None:
    if work == CHECK:
        found = check_draft(actor=actor, batch=batch, progress=report)
        return found if is_problem(found) else None
    result = commit_draft(actor=actor, batch=batch, seen=seen, progress=report)
    return result if is_problem(result) else None


BROKE_OFF = ProblemKind(
    "ledger.work_broke_off",
    "处理中断，账本没有任何改动，文件和已填的内容都保留着。",
    "The work broke off; the ledger is unchanged, the file and your answers are kept.",
    "请重试；如果再次中断，请把本页的编号告诉平台运营。",
    "Try again; if it breaks off again, tell the platform operator the number on this page.",
)
