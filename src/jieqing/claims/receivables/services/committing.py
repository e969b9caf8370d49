"""Commit a batch: all or nothing.

Items, postings, staged rows, revision and evidence entry stand in one transaction under the site's ledger lock, and the
batch turns committed in the same breath. A worker that dies leaves a draft that can be committed again; a second worker
that comes for the same batch finds it committed and gives the same answer; two workers with the same file in two
batches queue, and the second finds every row known.
"""

from pathlib import Path
from typing import Any

from django.db import transaction

from jieqing.claims.receivables.engine import ledger_problems as problems
from jieqing.claims.receivables.engine.ledger_types import ROW_DIGEST_FORMAT, Layout
from jieqing.claims.receivables.engine.proposing import Hints
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.models import BatchState, ImportBatch
from jieqing.claims.receivables.services.batches import (
    is_file_known,
    lines_waiting_before,
    not_ready,
    open_batch,
)
from jieqing.claims.receivables.services.entering import Entered, enter
from jieqing.claims.receivables.services.invoice_records import keep_invoices
from jieqing.claims.receivables.services.loading import Progress, Staged, read_into
from jieqing.claims.receivables.services.merging import Merge, open_of_site
from jieqing.claims.receivables.services.results import ImportOptions, ImportResult
from jieqing.claims.receivables.services.revisions import lock_ledger, next_number
from jieqing.claims.receivables.services.sources import (
    creditor_id,
    creditor_mention,
    remember_layout,
    stored_bytes,
)
from jieqing.claims.receivables.services.staged_rows import keep_staged
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing import metrics
from jieqing.plumbing.db.scopes import site_scope


class _Abandoned(Exception):
    """Carries a Problem out of the transaction, so that everything before it is rolled back."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def commit_batch(
    *,
    actor: Actor,
    batch: ImportBatch,
    layout: Layout | None = None,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> ImportResult | Problem:
    """Bring a draft into the ledger. Committing it again gives the first answer; an undone batch stays undone."""
    site_id = actor.own_site
    try:
        # A savepoint of our own: inside a request, a refused commit must not leave its first half to the request.
        with site_scope(site_id), transaction.atomic():
            lock_ledger(site_id)
            batch.refresh_from_db()
            if batch.state == BatchState.COMMITTED:
                return ImportResult.from_batch(batch)
            if batch.state == BatchState.UNDONE:
                return Problem.of(problems.ALREADY_UNDONE, number=batch.number)
            if batch.state != BatchState.DRAFT:
                return Problem.of(problems.NOT_A_DRAFT, number=batch.number)
            batch.mapping = layout.as_dict() if layout else batch.mapping
            batch.options = options.as_dict() if options else batch.options
            return _commit(actor, batch, progress)
    except _Abandoned as abandoned:
        return abandoned.problem


def import_file(
    *,
    actor: Actor,
    name: str,
    source: Path | bytes,
    hints: Hints | None = None,
    options: ImportOptions | None = None,
    progress: Progress | None = None,
) -> ImportResult | Problem:
    """Open and commit in one transaction: for commands and other systems. What is not clear is asked, never guessed."""
    try:
        with site_scope(actor.own_site), transaction.atomic():
            opened = open_batch(actor=actor, name=name, source=source, hints=hints, options=options)
            if is_problem(opened):
                return opened
            problem = not_ready(opened.proposal)
            if problem:
                raise _Abandoned(problem)
            found = commit_batch(actor=actor, batch=opened.batch, progress=progress)
            if is_problem(found):
                raise _Abandoned(found)
            return found
    except _Abandoned as abandoned:
        return abandoned.problem


def _commit(actor: Actor, batch: ImportBatch, progress: Progress | None) -> ImportResult:
    site_id = actor.own_site
    options = ImportOptions.from_dict(batch.options)
    layout = Layout.from_dict(batch.mapping)
    is_known = is_file_known(bytes(batch.file_digest), but=batch.id)
    merge = Merge(
        actor=actor,
        batch=batch,
        layout=layout,
        creditor_id=creditor_id(actor, options, create=True),
        revision=next_number(site_id),
        is_file_known=is_known,
    )
    with stored_bytes(site_id, batch.file_key) as data:
        read = read_file(data, batch.file_name)
        if is_problem(read):
            raise _Abandoned(read)
        if read.digest != bytes(batch.file_digest):
            raise _Abandoned(Problem.of(problems.FILE_LOST, number=batch.number))
        staged = read_into(
            merge,
            read,
            layout,
            creditor=str(merge.creditor_id),
            currency=options.currency,
            progress=progress,
            creditor_name=creditor_mention(actor, options).name,
        )
    if is_problem(staged):
        raise _Abandoned(staged)
    before = lines_waiting_before(bytes(batch.file_digest)) if is_known else set()
    waiting = [row for row in staged.waiting if row.line_no not in before]
    counts = {
        "accepted": merge.entered - merge.changed,
        "staged": len(waiting),
        "duplicates": merge.known + staged.twins + len(staged.waiting) - len(waiting),
        "updated": merge.changed,
        "skipped": len(staged.skipped) - staged.twins,
        "debtors": len(staged.debtors),
    }
    entered = enter(
        actor=actor,
        batch=batch,
        merge=merge,
        digests=staged.digests,
        action="claims.receivables.imported",
        facts=_facts(batch, staged, counts),
    )
    contacts = merge.contacts.keep(actor=actor, batch=batch, debtors=merge.debtors)
    if contacts:
        counts |= {"contact_points": contacts.added, "contacts_unread": contacts.unread}
    keep_staged(batch, waiting)
    keep_invoices(batch, layout, entered.number)
    remember_layout(actor, layout, batch.file_name)
    _conclude(batch, staged, entered, counts)
    for outcome in ("accepted", "staged", "duplicates", "updated"):
        metrics.IMPORT_ROWS.labels(outcome).inc(counts[outcome])
    return ImportResult.from_batch(batch)


def _facts(batch: ImportBatch, staged: Staged, counts: dict[str, int]) -> dict[str, Any]:
    return {
        "file_sha256": bytes(batch.file_digest).hex(),
        "row_format": ROW_DIGEST_FORMAT,
        "counts": counts,
        "amount_minor": staged.amounts(),
        "open_minor": staged.open_amounts(),
    }


def _conclude(batch: ImportBatch, staged: Staged, entered: Entered, counts: dict[str, int]) -> None:
    """The batch's new state and the answer that it will always give."""
    batch.state = BatchState.COMMITTED
    batch.committed_rev = entered.number
    batch.fingerprint = batch.mapping["fingerprint"]
    batch.counts = {
        **counts,
        "open_fen": staged.open_amounts(),
        "ledger_open_fen": open_of_site(batch.site_id),
        "revision": entered.number,
        "entry": str(entered.entry_id),
        "totals": [
            {"line": check.line_no, "matches": check.matches, "zh": check.zh, "en": check.en}
            for check in staged.totals
        ],
        "notices": [notice.as_dict() for notice in staged.notices],
    }
    batch.save(update_fields=["state", "committed_rev", "fingerprint", "mapping", "options", "counts"])
