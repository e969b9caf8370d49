"""Give up several staged rows at once, with one reason and one evidence entry that names their lines."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from jieqing.claims.receivables.engine import ledger_problems as problems
from jieqing.claims.receivables.models import ImportBatch, StagedRow, StagedState
from jieqing.claims.receivables.services.sources import site_of
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

REASON_CHARS_MAX = 200
LINES_NAMED_MAX = 1_000


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
    with site_scope(site_of(actor)), transaction.atomic():
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
