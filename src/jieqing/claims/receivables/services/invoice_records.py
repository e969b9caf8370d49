"""Keep each e-invoice's own file with its item, and what only the invoice says: net, tax, and which invoice it takes back.

Called by the import inside its transaction. Where an invoice came in a zip, its member is stored alone, so that a court gets
the one file it asks for; the zip stays with the batch.
"""

from uuid import UUID

from jieqing.claims.receivables.engine.invoice_tables import bytes_by_place, is_invoice_layout
from jieqing.claims.receivables.engine.invoice_types import (
    HEADERS,
    NOT_VERIFIED,
    PLACE_COLUMN,
    decimal_of,
)
from jieqing.claims.receivables.engine.ledger_types import Layout
from jieqing.claims.receivables.engine.parsing import rows_at
from jieqing.claims.receivables.engine.reading import DEFAULT_LIMITS, read_file
from jieqing.claims.receivables.models import EInvoice, ImportBatch, Item, StagedRow
from jieqing.claims.receivables.services.sources import stored_bytes
from jieqing.kernel.ids import new_id
from jieqing.kernel.money import to_minor
from jieqing.kernel.outcomes import is_problem
from jieqing.plumbing import storage


def keep_invoices(batch: ImportBatch, layout: Layout, revision: int | None) -> None:
    """Write the rows of the items that ``revision`` brought; nothing for tables that are no e-invoices."""
    if revision is None or not is_invoice_layout(layout):
        return
    items = {item.line: item for item in Item.objects.filter(batch=batch, recorded_rev=revision)}
    with stored_bytes(batch.site_id, batch.file_key) as data:
        read = read_file(data, batch.file_name)
        if is_problem(read):
            return
        cells = rows_at(read, layout, items)
        files = (
            dict(bytes_by_place(bytes(data), batch.file_name, DEFAULT_LIMITS))
            if read.kind == "einvoice"
            else {}
        )
    corrected = StagedRow.objects.filter(batch=batch, line__in=list(items)).values_list("line", "cells")
    cells |= {line: tuple(told) for line, told in corrected}
    EInvoice.objects.bulk_create(
        [
            _row(batch, items[line], dict(zip(HEADERS, told, strict=False)), files, revision)
            for line, told in cells.items()
        ]
    )


def _row(
    batch: ImportBatch, item: Item, told: dict[str, str], files: dict[str, bytes], revision: int
) -> EInvoice:
    place = told.get(HEADERS[PLACE_COLUMN], "")
    data = files.get(place)
    return EInvoice(
        id=new_id(),
        site_id=batch.site_id,
        item=item,
        batch=batch,
        number=item.document_number,
        original_number=told.get("对应蓝字发票", "")[:120],
        kind=told.get("发票种类", "")[:60],
        seller_name=told.get("销售方名称", "")[:200],
        seller_tax_id=told.get("销售方税号", "")[:60],
        buyer_tax_id=told.get("购买方税号", "")[:60],
        net_minor=_minor(told.get("不含税金额", ""), item.currency),
        tax_minor=_minor(told.get("税额", ""), item.currency),
        signature=NOT_VERIFIED if told.get("签章") else "",
        file_name=place.rsplit("/", 1)[-1][:255],
        file_key=storage.store_bytes(batch.site_id, data) if data else "",
        entered_rev=revision,
    )


def _minor(text: str, currency: str) -> int | None:
    amount = decimal_of(text) if text else None
    found = None if amount is None else to_minor(amount, currency)
    return found if isinstance(found, int) else None


def invoice_file(site_id: UUID, invoice: EInvoice) -> bytes:
    """The invoice's own file, checked against its digest."""
    return storage.open_stored(site_id, invoice.file_key)
