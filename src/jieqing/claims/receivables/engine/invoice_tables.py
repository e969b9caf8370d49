"""E-invoices as a table of the import: one row an invoice, so that everything after reading is the one import there is.

Mapping, staging, duplicates, evidence and undo see a table like any other whose columns are already named; only a person
may name them otherwise. An invoice that cannot be taken is a row too: it waits with its sentence, the others go on.

A single file that holds no invoice at all is refused as a file. What is read: 数电票 XML, OFD, UBL 2.1, CII, a Factur-X
PDF, and a zip of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from jieqing.claims.receivables.engine import file_problems as problems
from jieqing.claims.receivables.engine.grids import GridTable, grid_table
from jieqing.claims.receivables.engine.invoice_archives import (
    MEMBER_BYTES_MAX,
    SUFFIXES,
    Member,
    members_of,
    names_in,
)
from jieqing.claims.receivables.engine.invoice_chinese import chinese_invoice
from jieqing.claims.receivables.engine.invoice_european import european_invoice
from jieqing.claims.receivables.engine.invoice_ofd import ofd_invoice
from jieqing.claims.receivables.engine.invoice_pdfs import xml_in_pdf
from jieqing.claims.receivables.engine.invoice_problems import refusal
from jieqing.claims.receivables.engine.invoice_types import (
    COLUMNS,
    FAULT_COLUMN,
    HEADERS,
    PLACE_COLUMN,
    Invoice,
    InvoiceFault,
    checked,
)
from jieqing.claims.receivables.engine.ledger_types import Layout, Limits, RawSlice, ReadFile
from jieqing.claims.receivables.engine.mapping import fingerprint_of
from jieqing.claims.receivables.engine.xml_trees import BrokenXml, local_name, parse_tree
from jieqing.kernel.outcomes import Problem

KIND = "einvoice"
SIGNATURES = {"": "", "not_verified": "有签章，未验证"}


def read_invoices(data: bytes, name: str, digest: bytes, limits: Limits) -> ReadFile | Problem | None:
    """The invoices of a file as a table, the sentence that refuses it, or None when it is something else."""
    if data.startswith(b"PK"):
        names = names_in(data)
        if names is None or not _holds_invoices(names):
            return None
        if "OFD.xml" in names:
            return _table([Member(name, data)], name, digest, limits)
        members = members_of(data, limits)
        return members if isinstance(members, Problem) else _table(members, name, digest, limits)
    return _table([Member(name, data)], name, digest, limits)


def _holds_invoices(names: Sequence[str]) -> bool:
    """Whether an archive is for us: not a workbook or a document of another program, and with files we could read."""
    known = {"xl/workbook.xml", "xl/workbook.bin", "content.xml", "word/document.xml", "ppt/presentation.xml"}
    if known & set(names):
        return False
    return "OFD.xml" in names or any(one.lower().endswith(SUFFIXES) for one in names)


def _table(members: Sequence[Member], name: str, digest: bytes, limits: Limits) -> ReadFile | Problem:
    found, twins = _without_twins([(member, invoice_of(member, limits)) for member in members])
    if len(found) == 1 and isinstance(found[0][1], InvoiceFault):
        return refusal(found[0][1].code, found[0][1].shown)
    if not found:
        return Problem.of(problems.NO_INVOICE)
    rows: list[tuple[str, ...]] = [HEADERS]
    odd: dict[int, tuple[str, tuple[str, ...]]] = {}
    for member, one in found:
        cells = _cells(one) if isinstance(one, Invoice) else _blank(member.name, one.shown)
        verdict = checked(one) if isinstance(one, Invoice) else one
        if isinstance(verdict, InvoiceFault):
            cells = (*cells[:FAULT_COLUMN], verdict.shown)
            odd[len(rows) + 1] = (verdict.code, cells)
        rows.append(cells)
    table = _with_odd(grid_table("电子发票", False, len(HEADERS), rows, limits.slice_rows), odd)
    notices = (Problem.of(problems.INVOICE_TWINS, count=twins),) if twins else ()
    return ReadFile(name, KIND, digest, (table,), notices=notices, fields=COLUMNS)


Read = tuple[Member, Invoice | InvoiceFault]


def _without_twins(found: Sequence[Read]) -> tuple[list[Read], int]:
    """One row for an invoice that came as XML, OFD and PDF together; versions that contradict each other all stay."""
    kept: dict[tuple[str, ...], int] = {}
    stems = {_stem(member.name) for member, one in found if isinstance(one, Invoice)}
    result: list[Read] = []
    twins = 0
    for member, one in found:
        if isinstance(one, InvoiceFault):
            is_picture = one.code == "invoice.pdf" and _stem(member.name) in stems
            twins += is_picture
            result += [] if is_picture else [(member, one)]
            continue
        key = (one.number, one.issued_on, one.buyer_name, one.total, one.currency)
        at = kept.setdefault(key, len(result))
        if at == len(result):
            result.append((member, one))
            continue
        twins += 1
        if "OFD" in result[at][1].kind and "OFD" not in one.kind:  # type: ignore[union-attr]
            result[at] = (member, one)
    return result, twins


def _stem(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def invoice_of(member: Member, limits: Limits) -> Invoice | InvoiceFault:
    """What one file says: told by its bytes, whatever it is called."""
    if member.fault is not None:
        return member.fault
    data, place = member.data, member.name
    if data.startswith(b"PK"):
        names = names_in(data)
        if names is not None and "OFD.xml" in names:
            return ofd_invoice(data, place, limits)
        return InvoiceFault("invoice.nested" if names is not None else "invoice.damaged", place)
    if data.startswith(b"%PDF"):
        inner = xml_in_pdf(data)
        if inner is None:
            return InvoiceFault("invoice.pdf", place)
        data = inner
    if len(data) > MEMBER_BYTES_MAX:
        return InvoiceFault("invoice.too_big", place)
    root = parse_tree(data)
    if isinstance(root, BrokenXml) and not data.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return InvoiceFault("invoice.unknown", place)
    if isinstance(root, BrokenXml):
        return (
            InvoiceFault("invoice.unsafe", place)
            if root.is_unsafe
            else InvoiceFault("invoice.broken", f"{place}：{root.reason}")
        )
    found = chinese_invoice(root, place) or european_invoice(root, place)
    return found or InvoiceFault("invoice.unknown", f"{place} <{local_name(root)[:40]}>")


def bytes_by_place(data: bytes, name: str, limits: Limits) -> Iterator[tuple[str, bytes]]:
    """Each invoice's own file, by what its row calls it."""
    names = names_in(data) if data.startswith(b"PK") else None
    if names is None or "OFD.xml" in names:
        yield name, data
        return
    members = members_of(data, limits)
    for member in [] if isinstance(members, Problem) else members:
        yield member.name, member.data


@lru_cache(maxsize=1)
def fingerprint() -> str:
    return fingerprint_of(HEADERS)


def is_invoice_layout(layout: Layout) -> bool:
    """Whether rows of this layout are e-invoices, today or when a staged row of them is read again."""
    return layout.fingerprint == fingerprint()


def _cells(one: Invoice) -> tuple[str, ...]:
    return (
        one.number, one.buyer_name, one.issued_on, one.due_on, one.total, one.paid, one.currency, one.net, one.tax,
        one.buyer_tax_id, one.seller_name, one.seller_tax_id, one.kind, one.code, one.original, one.remark,
        SIGNATURES[one.signature], one.place, "",
    )  # fmt: skip


def _blank(place: str, shown: str) -> tuple[str, ...]:
    cells = [""] * len(HEADERS)
    cells[PLACE_COLUMN], cells[FAULT_COLUMN] = place, shown
    return tuple(cells)


def _with_odd(table: GridTable, odd: dict[int, tuple[str, tuple[str, ...]]]) -> GridTable:
    pieces = tuple(
        RawSlice(
            piece.line_numbers,
            piece.cells,
            {line: told for line, told in odd.items() if line in set(piece.line_numbers.to_list())},
        )
        for piece in table.pieces
    )
    return replace(table, pieces=pieces)
