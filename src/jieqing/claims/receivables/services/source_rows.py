"""From an item back to the row that made it: the file's own cells, and the bytes whose digest stands in evidence.

The ledger keeps no copy of rows: the file is kept, content-addressed, and read again by the layout that was confirmed
then. What comes out is compared with the item's digest, so a row that is shown is the row that was recorded.

Refuses: a row whose file is lost, and one that was added up from several lines (its digest is of the sum).
"""

from dataclasses import dataclass

import polars as pl

from jieqing.claims.receivables.engine import ledger_problems as problems
from jieqing.claims.receivables.engine.ledger_rows import LEAF_PREFIX, canonical_row
from jieqing.claims.receivables.engine.ledger_types import Layout
from jieqing.claims.receivables.engine.parsing import reparse_row, rows_at
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.models import ImportBatch, Item, StagedRow, StagedState
from jieqing.claims.receivables.services.results import ImportOptions
from jieqing.claims.receivables.services.sources import stored_bytes
from jieqing.kernel.actor import Actor
from jieqing.kernel.canonical import sha256
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.plumbing.storage import StoredFileError


@dataclass(frozen=True, slots=True)
class SourceRow:
    """``cells`` by ``headers`` as the file has them, or as a person corrected them. ``proved`` is what the digest is of."""

    batch_number: int
    file_name: str
    line: int
    is_corrected: bool
    headers: tuple[str, ...]
    cells: tuple[str, ...]
    proved: bytes


def source_row(*, actor: Actor, item: Item) -> SourceRow | Problem:
    """The row behind an item's present state; the item comes from ``access.item_by_id``."""
    with site_scope(actor.own_site):
        batch = ImportBatch.objects.filter(id=item.batch_id).first() if item.batch_id else None
        if batch is None:
            return Problem.of(problems.ROW_NOT_SHOWN, line=item.line)
        layout = Layout.from_dict(batch.mapping)
        corrected = StagedRow.objects.filter(
            batch=batch, line=item.line, state__in=(StagedState.ACCEPTED, StagedState.UNDONE)
        ).first()
        cells = tuple(corrected.cells) if corrected else _cells_of(batch, layout, item.line)
        if is_problem(cells):
            return cells
        found = reparse_row(
            list(cells),
            layout,
            creditor=str(item.creditor_id),
            line_no=item.line,
            currency=ImportOptions.from_dict(batch.options).currency,
        )
        if not isinstance(found, pl.DataFrame):
            return Problem.of(problems.ROW_NOT_SHOWN, line=item.line)
        said = canonical_row(found.row(0, named=True), creditor=str(item.creditor_id))
        proved = LEAF_PREFIX.encode() + said
        if sha256(proved) != bytes(item.row_digest):
            return Problem.of(problems.ROW_NOT_SHOWN, line=item.line)
        headers = tuple(column.header for column in layout.columns)
        return SourceRow(
            batch.number, batch.file_name, item.line, corrected is not None, headers, cells, proved
        )


def _cells_of(batch: ImportBatch, layout: Layout, line: int) -> tuple[str, ...] | Problem:
    try:
        with stored_bytes(batch.site_id, batch.file_key) as data:
            read = read_file(data, batch.file_name)
            if is_problem(read):
                return read
            return rows_at(read, layout, [line])[line]
    except (FileNotFoundError, StoredFileError, KeyError):
        return Problem.of(problems.FILE_LOST, number=batch.number)
