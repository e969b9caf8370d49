"""The row behind an item, read again from the file as it came.

The ledger keeps what it understood; the stored file keeps what was said. This reads one line of it again, with the
layout that a person confirmed, and rebuilds the canonical row whose digest stands in the evidence: so a proof can
show the row itself, not only its digest. A row that a person corrected is read from its corrected cells.

Returns None where the row cannot be shown as it was: the file is gone or too large to read for one line, or several lines
were added up into one document. The proof by digest stands all the same.
"""

from dataclasses import dataclass
from hashlib import sha256

import polars as pl

from jieqing.claims.receivables.engine.ledger_rows import LEAF_PREFIX, canonical_row
from jieqing.claims.receivables.engine.ledger_types import Layout
from jieqing.claims.receivables.engine.parsing import reparse_row, rows_at
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.claims.receivables.models import ImportBatch, Item, StagedRow, StagedState
from jieqing.claims.receivables.services.results import ImportOptions
from jieqing.claims.receivables.services.sources import stored_bytes
from jieqing.kernel.outcomes import is_problem

# Reading a worksheet of this size takes about a second; larger files are offered for download instead.
READ_BYTES_MAX = 8 << 20


@dataclass(frozen=True, slots=True)
class RowAsRead:
    """A line of the file: header and text of each cell.

    ``canonical`` are the bytes that the evidence speaks of: a zero byte, then the canonical JSON of the row.
    """

    line: int
    cells: tuple[tuple[str, str], ...]
    canonical: bytes | None
    is_corrected: bool


def row_as_read(item: Item) -> RowAsRead | None:
    """The line that made the item's present state; the item comes from ``access.item_by_id``."""
    batch = item.batch
    if batch is None:
        return None
    layout = Layout.from_dict(batch.mapping)
    corrected = StagedRow.objects.filter(
        batch_id=batch.id, line=item.line, state=StagedState.ACCEPTED
    ).first()
    cells = corrected.cells if corrected else _cells_of(batch, layout, item.line)
    if cells is None:
        return None
    headers = {column.index: column.header for column in layout.columns}
    return RowAsRead(
        line=item.line,
        cells=tuple((headers.get(index, ""), text) for index, text in enumerate(cells)),
        canonical=_canonical(item, layout, cells),
        is_corrected=corrected is not None,
    )


def _cells_of(batch: ImportBatch, layout: Layout, line: int) -> list[str] | None:
    if batch.file_bytes > READ_BYTES_MAX:
        return None
    try:
        with stored_bytes(batch.site_id, batch.file_key) as data:
            read = read_file(data, batch.file_name)
            if is_problem(read):
                return None
            found = rows_at(read, layout, [line]).get(line)
    except FileNotFoundError:
        return None
    return None if found is None else list(found)


def _canonical(item: Item, layout: Layout, cells: list[str]) -> bytes | None:
    """The row's canonical bytes, only when they are the ones recorded."""
    creditor = str(item.creditor_id)
    currency = ImportOptions.from_dict(item.batch.options if item.batch else {}).currency
    found = reparse_row(cells, layout, creditor=creditor, line_no=item.line, currency=currency)
    if not isinstance(found, pl.DataFrame):
        return None
    text = LEAF_PREFIX.encode() + canonical_row(found.row(0, named=True), creditor=creditor)
    return text if sha256(text).digest() == bytes(item.row_digest) else None
