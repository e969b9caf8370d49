"""Deal with staged rows by their kind: accept a way of writing that is right after all, or give rows up with one reason.

Accepting is for problems that may well be true (an invoice paid more than in full): it is remembered for the source, as it
is when accepted before the commit, and the rows run again at once. Giving up leaves one evidence entry that names the lines.
"""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from jieqing.claims.receivables.engine import ledger_problems as problems
from jieqing.claims.receivables.engine.ledger_types import Layout
from jieqing.claims.receivables.engine.row_problems import CONFIRMABLE
from jieqing.claims.receivables.models import BatchState, ImportBatch, StagedRow, StagedState
from jieqing.claims.receivables.services.results import ImportResult
from jieqing.claims.receivables.services.sources import remember_layout
from jieqing.claims.receivables.services.staged_rows import rerun_staged
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MAX = 200
LINES_NAMED_MAX = 1_000


def accept_kind(*, actor: Actor, batch: ImportBatch, code: str) -> ImportResult | Problem:
    """Accept one confirmable kind of problem for this batch and its source, then run the waiting rows again."""
    with site_scope(actor.own_site), transaction.atomic():
        locked = ImportBatch.objects.select_for_update().get(id=batch.id)
        if locked.state != BatchState.COMMITTED:
            return Problem.of(problems.NOT_COMMITTED, number=locked.number)
        layout = Layout.from_dict(locked.mapping)
        if code.removeprefix("row.") in CONFIRMABLE or code in CONFIRMABLE:
            layout = replace(layout, accepts=layout.accepts | {code})
            locked.mapping = layout.as_dict()
            locked.save(update_fields=["mapping"])
            remember_layout(actor, layout, locked.file_name)
            evidence.record(
                actor=actor,
                action="claims.receivables.staged_kind_accepted",
                subject=f"claims.receivables.batch:{locked.id}",
                facts={"code": code},
            )
        return rerun_staged(actor=actor, batch=locked)


def discard_staged_rows(
    *,
    actor: Actor,
    batch: ImportBatch,
    reason: str,
    ids: Iterable[UUID] | None = None,
    code: str | None = None,
    field: str | None = None,
) -> int | Problem:
    """Discard the waiting rows with these ids, or all of one kind; returns how many. The rows stay readable."""
    if not reason.strip():
        return Problem.of(problems.REASON_MISSING)
    with site_scope(actor.own_site), transaction.atomic():
        rows = StagedRow.objects.filter(batch=batch, state__in=(StagedState.OPEN, StagedState.FIXED))
        rows = rows.filter(id__in=list(ids)) if ids is not None else rows.filter(problem_code=code or "")
        if field and ids is None:
            rows = rows.filter(problems__0__details__field=field)
        lines = sorted(rows.select_for_update().values_list("line", flat=True))
        if not lines:
            return 0
        shown = reason.strip()[:REASON_CHARS_MAX]
        rows.update(state=StagedState.DISCARDED, reason=shown, resolved_at=clock.now(), resolved_by=actor.id)
        evidence.record(
            actor=actor,
            action="claims.receivables.staged_rows_discarded",
            subject=f"claims.receivables.batch:{batch.id}",
            facts={"rows": len(lines), "lines": lines[:LINES_NAMED_MAX]},
            personal={"reason": shown},
        )
        return len(lines)
