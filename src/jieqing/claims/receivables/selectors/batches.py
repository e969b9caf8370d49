"""Batches and their waiting rows, for the import pages and commands."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min

from jieqing.claims.receivables.models import ImportBatch, MappingProfile, StagedRow, StagedState

PAGE_ROWS_MAX = 500
WAITING = (StagedState.OPEN, StagedState.FIXED)


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch in a list. ``waiting`` rows are staged and neither corrected into the ledger nor discarded."""

    id: UUID
    number: int
    file_name: str
    state: str
    created_at: datetime
    created_by: UUID
    counts: dict[str, Any]
    waiting: int
    committed_rev: int | None
    undone_rev: int | None


@dataclass(frozen=True, slots=True)
class StagedGroup:
    """Rows of one kind of problem: what a person mends together."""

    code: str
    rows: int
    first_line: int
    last_line: int
    sample: dict[str, Any]


@dataclass(frozen=True, slots=True)
class StagedRowView:
    id: UUID
    line: int
    cells: list[str]
    problems: list[dict[str, Any]]
    state: str
    reason: str


def batches(*, limit: int = 50) -> list[BatchRow]:
    """The newest batches first."""
    found = list(ImportBatch.objects.order_by("-number")[: max(1, min(limit, PAGE_ROWS_MAX))])
    waiting = _waiting_of([batch.id for batch in found])
    return [_row(batch, waiting.get(batch.id, 0)) for batch in found]


def batch_detail(batch: ImportBatch) -> BatchRow:
    """One batch; it comes from ``access.batch_by_id``."""
    return _row(batch, _waiting_of([batch.id]).get(batch.id, 0))


def staged_groups(batch_id: UUID) -> list[StagedGroup]:
    """Waiting rows of a batch by kind of problem, largest group first, each with one row's problem as its sample."""
    waiting = StagedRow.objects.filter(batch_id=batch_id, state__in=WAITING)
    groups = (
        waiting.values("problem_code")
        .annotate(rows=Count("id"), first=Min("line"), last=Max("line"))
        .order_by("-rows", "problem_code")
    )
    found = []
    for group in groups:
        sample = waiting.filter(problem_code=group["problem_code"], line=group["first"]).get()
        problem = sample.problems[0] if sample.problems else {}
        found.append(
            StagedGroup(group["problem_code"], group["rows"], group["first"], group["last"], problem)
        )
    return found


def staged_rows(
    batch_id: UUID, *, code: str | None = None, after_line: int = 0, limit: int = 50
) -> list[StagedRowView]:
    """Waiting rows in line order; the next page starts after the last line shown."""
    rows = StagedRow.objects.filter(batch_id=batch_id, state__in=WAITING, line__gt=after_line)
    if code:
        rows = rows.filter(problem_code=code)
    return [
        StagedRowView(row.id, row.line, row.cells, row.problems, row.state, row.reason)
        for row in rows.order_by("line")[: max(1, min(limit, PAGE_ROWS_MAX))]
    ]


def profiles() -> list[MappingProfile]:
    """Remembered sources, most recently used first."""
    return list(MappingProfile.objects.order_by("-used_at"))


def _waiting_of(batch_ids: list[UUID]) -> dict[UUID, int]:
    rows = (
        StagedRow.objects.filter(batch_id__in=batch_ids, state__in=WAITING)
        .values("batch_id")
        .annotate(rows=Count("id"))
    )
    return {row["batch_id"]: row["rows"] for row in rows}


def _row(batch: ImportBatch, waiting: int) -> BatchRow:
    return BatchRow(
        id=batch.id,
        number=batch.number,
        file_name=batch.file_name,
        state=batch.state,
        created_at=batch.created_at,
        created_by=batch.created_by,
        counts=batch.counts,
        waiting=waiting,
        committed_rev=batch.committed_rev,
        undone_rev=batch.undone_rev,
    )
