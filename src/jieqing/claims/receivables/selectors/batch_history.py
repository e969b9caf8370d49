"""What has become of a batch: its steps with who and when, its staged rows by state, what an undo would take back."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, F, Min, Q
from django.db.models.fields.json import KT

from jieqing.claims.receivables.models import (
    BatchState,
    ImportBatch,
    Item,
    LedgerRevision,
    RevisionKind,
    StagedRow,
    StagedState,
)
from jieqing.claims.receivables.selectors.keyset import Cursor, cursor_text, read_cursor

WAITING = (StagedState.OPEN, StagedState.FIXED)
BATCHES_A_PAGE = 50
EXPORT_BATCHES_MAX = 5_000


@dataclass(frozen=True, slots=True)
class BatchesPage:
    rows: tuple[ImportBatch, ...]
    total: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class BatchStep:
    """One write of the ledger that this batch made: its import, a run of staged rows, its undo."""

    number: int
    kind: str
    at: datetime
    actor_id: UUID
    entry_id: UUID


@dataclass(frozen=True, slots=True)
class StagedKind:
    """Waiting rows with the same kind of problem in the same field."""

    code: str
    field: str
    rows: int
    first_line: int


def batches_list(
    *,
    state: str = "",
    search: str = "",
    sort: str = "number",
    is_reversed: bool = True,
    after: str | None = None,
    limit: int = BATCHES_A_PAGE,
) -> BatchesPage:
    """A page of batches, newest first unless asked otherwise (``sort``: number, file), and how many match."""
    rows = ImportBatch.objects.all()
    if state in BatchState.values:
        rows = rows.filter(state=state)
    if search:
        rows = rows.filter(file_name__icontains=search)
    total = rows.count()
    key, key_type = ("file_name", str) if sort == "file" else ("number", int)
    cursor_sort = f"{key}-" if is_reversed else key
    cursor = read_cursor(after, cursor_sort, key_type)
    if cursor:
        beyond = "lt" if is_reversed else "gt"
        same = Q(**{key: cursor.key, f"id__{beyond}": cursor.id})
        rows = rows.filter(Q(**{f"{key}__{beyond}": cursor.key}) | same)
    way = "-" if is_reversed else ""
    found = list(rows.order_by(f"{way}{key}", f"{way}id")[: min(limit, EXPORT_BATCHES_MAX) + 1])
    shown = tuple(found[:limit])
    more = len(found) > limit
    return BatchesPage(
        shown,
        total,
        cursor_text(Cursor(cursor_sort, getattr(shown[-1], key), shown[-1].id)) if more else None,
    )


def waiting_batches(*, limit: int) -> list[tuple[ImportBatch, int | None]]:
    """What waits for a hand, newest first: drafts (None), and confirmed batches with the number of their waiting rows."""
    open_rows = StagedRow.objects.filter(state__in=WAITING, batch__state=BatchState.COMMITTED)
    counted = dict(open_rows.values_list("batch_id").annotate(rows=Count("id")).order_by("batch_id"))
    found = ImportBatch.objects.filter(Q(state=BatchState.DRAFT) | Q(id__in=list(counted)))
    return [
        (batch, None if batch.state == BatchState.DRAFT else counted[batch.id])
        for batch in found.order_by("-number")[:limit]
    ]


def steps_of_batch(batch: ImportBatch) -> list[BatchStep]:
    rows = LedgerRevision.objects.filter(batch=batch).order_by("number")
    return [BatchStep(row.number, row.kind, row.at, row.actor_id, row.entry_id) for row in rows]


def staged_counts(batch_ids: list[UUID]) -> dict[UUID, dict[str, int]]:
    """Staged rows by state, for several batches at once."""
    rows = (
        StagedRow.objects.filter(batch_id__in=batch_ids)
        .values("batch_id", "state")
        .annotate(rows=Count("id"))
    )
    found: dict[UUID, dict[str, int]] = {}
    for row in rows:
        found.setdefault(row["batch_id"], {})[row["state"]] = row["rows"]
    return found


def items_standing(batch: ImportBatch) -> int:
    """Items whose present state this batch wrote: what its undo would withdraw or set back."""
    revisions = LedgerRevision.objects.filter(batch=batch, kind=RevisionKind.IMPORT).values("number")
    return Item.objects.filter(batch=batch, withdrawn_rev=None, recorded_rev__in=revisions).count()


def staged_kinds(batch_id: UUID) -> list[StagedKind]:
    """Waiting rows by kind, largest first; corrected rows that wait for their run have an empty code."""
    groups = (
        StagedRow.objects.filter(batch_id=batch_id, state__in=WAITING)
        .annotate(field=KT("problems__0__details__field"))
        .values("problem_code", "field")
        .annotate(rows=Count("id"), first=Min("line"))
        .order_by("-rows", "problem_code", F("field").asc(nulls_last=True))
    )
    return [
        StagedKind(group["problem_code"], group["field"] or "", group["rows"], group["first"])
        for group in groups
    ]


def staged_of_kind(
    batch_id: UUID, *, code: str | None, field: str | None, after_line: int = 0, limit: int = 50
) -> list[StagedRow]:
    """Waiting rows in line order, one more than ``limit`` when there are more; None does not narrow."""
    rows = StagedRow.objects.filter(batch_id=batch_id, state__in=WAITING, line__gt=after_line)
    if code is not None:
        rows = rows.filter(problem_code=code)
    if field:
        rows = rows.filter(problems__0__details__field=field)
    return list(rows.order_by("line")[: limit + 1])


def settled_rows(batch_id: UUID, *, limit: int = 50) -> list[StagedRow]:
    """Staged rows that have been dealt with, latest first: who brought them in or gave them up, and why."""
    done = StagedRow.objects.filter(batch_id=batch_id).exclude(state__in=WAITING)
    return list(done.order_by("-resolved_at", "line")[:limit])


def waiting_by_ids(batch_id: UUID, ids: list[UUID]) -> list[StagedRow]:
    rows = StagedRow.objects.filter(batch_id=batch_id, id__in=ids, state__in=WAITING)
    return list(rows.select_related("batch").order_by("line"))
