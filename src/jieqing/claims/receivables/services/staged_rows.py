"""Verbs of staged rows: keep them, correct one, give one up, bring the corrected ones into the ledger.

A staged row carries its cells as the file had them and every problem found. Correcting reads the row again by the same
rules as the import did; what is right then waits as *fixed* until the batch is run again, as one revision with its
own evidence entry.
"""

from collections.abc import Sequence
from typing import Any

import polars as pl
from django.db import transaction

from jieqing.claims.receivables.engine import ledger_problems as problems
from jieqing.claims.receivables.engine import ledger_types as engine
from jieqing.claims.receivables.engine.parsing import reparse_row
from jieqing.claims.receivables.models import BatchState, ImportBatch, StagedRow, StagedState
from jieqing.claims.receivables.services.entering import Entered, enter
from jieqing.claims.receivables.services.invoice_checks import check_corrected, check_for
from jieqing.claims.receivables.services.invoice_records import keep_invoices
from jieqing.claims.receivables.services.merging import Merge, open_of_site
from jieqing.claims.receivables.services.met_invoices import meet_corrected, met_invoices
from jieqing.claims.receivables.services.results import ImportOptions, ImportResult
from jieqing.claims.receivables.services.revisions import lock_ledger, next_number
from jieqing.claims.receivables.services.sources import creditor_id, creditor_mention
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

WAITING = (StagedState.OPEN, StagedState.FIXED)
REASON_CHARS_MAX = 200
CONFLICT_CODE = "row.same_key"
_INSERT_CHUNK = 2_000


def keep_staged(batch: ImportBatch, rows: Sequence[engine.StagedRow]) -> None:
    """Store the rows that wait, whole; called by the commit, inside its transaction."""
    StagedRow.objects.bulk_create(
        (
            StagedRow(
                id=new_id(),
                site_id=batch.site_id,
                batch=batch,
                line=row.line_no,
                cells=list(row.cells),
                problems=[problem.as_dict() for problem in row.problems],
                problem_code=row.problems[0].code,
            )
            for row in rows
        ),
        batch_size=_INSERT_CHUNK,
    )


def fix_staged_row(*, actor: Actor, row: StagedRow, cells: Sequence[str]) -> StagedRow:
    """Keep corrected cells and read them again: the row is *fixed* when nothing is wrong any more, else still open."""
    with site_scope(actor.own_site), transaction.atomic():
        batch = row.batch
        found = _reparsed(actor, batch, row.line, cells)
        row.cells = list(cells)
        left = () if isinstance(found, pl.DataFrame) else found
        row.problems = [problem.as_dict() for problem in left]
        row.problem_code = left[0].code if left else ""
        row.state = StagedState.OPEN if left else StagedState.FIXED
        row.save(update_fields=["cells", "problems", "problem_code", "state"])
        evidence.record(
            actor=actor,
            action="claims.receivables.staged_row_corrected",
            subject=f"claims.receivables.batch:{batch.id}",
            facts={"line": row.line, "state": str(row.state)},
        )
    return row


def discard_staged_row(*, actor: Actor, row: StagedRow, reason: str) -> StagedRow | Problem:
    """Give a row up, with a reason that stays. It can still be seen; it never enters the ledger."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    with site_scope(actor.own_site), transaction.atomic():
        row = StagedRow.objects.select_for_update(of=("self",)).select_related("batch").get(id=row.id)
        if row.state not in WAITING:
            return Problem.of(problems.ROW_RESOLVED, line=row.line)
        _resolve(actor, [row], StagedState.DISCARDED, reason.strip()[:REASON_CHARS_MAX])
        evidence.record(
            actor=actor,
            action="claims.receivables.staged_row_discarded",
            subject=f"claims.receivables.batch:{row.batch_id}",
            facts={"line": row.line},
            personal={"reason": row.reason},
        )
    return row


def rerun_staged(*, actor: Actor, batch: ImportBatch) -> ImportResult | Problem:
    """Bring every waiting row that reads well now into the ledger, as one revision of the same batch."""
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        lock_ledger(site_id)
        batch.refresh_from_db()
        if batch.state != BatchState.COMMITTED:
            return Problem.of(problems.NOT_COMMITTED, number=batch.number)
        rows = list(StagedRow.objects.filter(batch=batch, state__in=WAITING).order_by("line"))
        frames = [_reparsed(actor, batch, row.line, row.cells) for row in rows if _may_run(row)]
        good = [frame for frame in frames if isinstance(frame, pl.DataFrame)]
        if not good:
            return _result(batch, None, waiting=len(rows))
        return _merge_rows(actor, batch, rows, pl.concat(good))


def _may_run(row: StagedRow) -> bool:
    """A corrected row may; so may one that a changed mapping mended. Of rows that contradict each other a person chooses."""
    return row.state == StagedState.FIXED or row.problem_code != CONFLICT_CODE


def _merge_rows(actor: Actor, batch: ImportBatch, rows: list[StagedRow], good: pl.DataFrame) -> ImportResult:
    creditor = creditor_id(actor, ImportOptions.from_dict(batch.options), create=True)
    # Two corrected rows of one document cannot both be right: the first by line enters, the others wait on.
    good = good.sort("line_no").unique("business_key", keep="first", maintain_order=True)
    lines = good["line_no"].to_list()
    merge = Merge(
        actor=actor,
        batch=batch,
        layout=engine.Layout.from_dict(batch.mapping),
        creditor_id=creditor,
        revision=next_number(batch.site_id),
        is_file_known=False,
    )
    merge.put(good, 0)
    entered = enter(
        actor=actor,
        batch=batch,
        merge=merge,
        digests=good["row_digest"],
        action="claims.receivables.staged_rows_accepted",
        facts={"rows": len(lines)},
    )
    merge.contacts.keep(actor=actor, batch=batch, debtors=merge.debtors)
    _resolve(actor, [row for row in rows if row.line in set(lines)], StagedState.ACCEPTED, "")
    keep_invoices(batch, engine.Layout.from_dict(batch.mapping), entered.number)
    return _result(batch, entered, waiting=len(rows) - len(lines), debtors=len(merge.debtors), good=good)


def _result(
    batch: ImportBatch,
    entered: Entered | None,
    *,
    waiting: int,
    debtors: int = 0,
    good: pl.DataFrame | None = None,
) -> ImportResult:
    opened: dict[str, int] = {}
    if good is not None:
        for currency, minor in good.select(
            "currency", pl.col("amount_minor") - pl.col("paid_minor")
        ).iter_rows():
            opened[currency] = opened.get(currency, 0) + minor
    return ImportResult(
        batch_id=batch.id,
        batch_number=batch.number,
        accepted=entered.accepted if entered else 0,
        staged=waiting,
        duplicates=entered.known if entered else 0,
        updated=entered.updated if entered else 0,
        skipped=0,
        debtors=debtors,
        open_minor=opened,
        ledger_open_minor=open_of_site(batch.site_id),
        revision=entered.number if entered else None,
        entry_id=entered.entry_id if entered else None,
    )


def _resolve(actor: Actor, rows: list[StagedRow], state: StagedState, reason: str) -> None:
    now = clock.now()
    for row in rows:
        row.state, row.reason, row.resolved_at, row.resolved_by = state, reason, now, actor.id
    StagedRow.objects.bulk_update(
        rows, ["state", "reason", "resolved_at", "resolved_by"], batch_size=_INSERT_CHUNK
    )


def _reparsed(
    actor: Actor, batch: ImportBatch, line: int, cells: Sequence[str]
) -> pl.DataFrame | tuple[Any, ...]:
    options = ImportOptions.from_dict(batch.options)
    layout = engine.Layout.from_dict(batch.mapping)
    creditor = creditor_id(actor, options, create=True)
    found = reparse_row(list(cells), layout, creditor=str(creditor), line_no=line, currency=options.currency)
    check = check_for(layout, creditor, creditor_mention(actor, options).name)
    if not isinstance(found, pl.DataFrame):
        return found
    if check:
        return check_corrected(check, found)
    met = met_invoices(creditor)
    return meet_corrected(met, found) if met else found
