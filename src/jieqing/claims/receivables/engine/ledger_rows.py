"""The rows an import yields: their columns, their canonical form, their key and digest, the postings they plan.

A row's canonical form is the RFC 8785 JSON of what it says, without its line number: the same document in another
order of the file is the same row. Its digest is the RFC 6962 leaf hash SHA-256(0x00 || JSON), so that a bulk evidence
entry can take the digests as leaves of its tree. Its business key (16 bytes) is what makes it the same document when
its content changes: creditor, debtor, kind, document number, currency.

Flags are remarks for the reader and stand outside the digest.
Units: amounts in minor units; amount_minor is signed, paid_minor has the sign of the amount it settles.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import polars as pl

from jieqing.claims.parties.engine.names import name_key
from jieqing.claims.receivables.engine.ledger_types import (
    KIND_CREDIT_NOTE,
    KIND_UNAPPLIED_PAYMENT,
    ROW_DIGEST_FORMAT,
)
from jieqing.claims.receivables.engine.row_plan import RowPlan
from jieqing.kernel.canonical import canonical_bytes

BUSINESS_KEY_BYTES = 16
LEAF_PREFIX = "\x00"

ROW_SCHEMA: dict[str, pl.DataType] = {
    "line_no": pl.Int64(),
    "debtor_code": pl.String(),
    "debtor_name": pl.String(),
    "document_number": pl.String(),
    "kind": pl.String(),
    "currency": pl.String(),
    "amount_minor": pl.Int64(),
    "invoice_on": pl.Date(),
    "due_on": pl.Date(),
    "posting_on": pl.Date(),
    "due_is_fallback": pl.Boolean(),
    "settled_on": pl.Date(),
    "paid_minor": pl.Int64(),
    "paid_on": pl.Date(),
    "memo": pl.String(),
    "extras": pl.String(),
    "flags": pl.String(),
    "written_minor": pl.Int64(),
}
GOOD_SCHEMA: dict[str, pl.DataType] = {
    **{name: kind for name, kind in ROW_SCHEMA.items() if name != "written_minor"},
    "debtor_key": pl.String(),
    "business_key": pl.Binary(),
    "row_digest": pl.Binary(),
}
TEXT_KEYS = ("currency", "debtor_code", "debtor_name", "document_number", "kind", "memo")
DATE_KEYS = ("due_on", "invoice_on", "paid_on", "posting_on", "settled_on")
NUMBER_KEYS = ("amount_minor", "paid_minor")


@lru_cache(maxsize=200_000)
def debtor_key(code: str | None, name: str) -> str:
    """Return what identifies a debtor within a source: its code, else the key of its name."""
    return f"code:{code}" if code else f"name:{name_key(name) or name}"


def sealed(rows: pl.DataFrame, plan: RowPlan) -> pl.DataFrame:
    """Return rows with debtor_key, business_key and row_digest; rows without a number of their own get one."""
    if rows.is_empty():
        return pl.DataFrame(schema={**GOOD_SCHEMA, "written_minor": pl.Int64()})
    names = rows.get_column("debtor_name")
    unique = names.unique().to_list()
    keys = [debtor_key(None, name) for name in unique]
    rows = rows.with_columns(
        pl.when(pl.col("debtor_code").is_not_null())
        .then("code:" + pl.col("debtor_code"))
        .otherwise(
            names.replace_strict(unique, keys, return_dtype=pl.String) if unique else pl.lit(None, pl.String)
        )
        .alias("debtor_key")
    )
    if rows.get_column("document_number").null_count():
        rows = _with_made_numbers(rows)
    bodies = rows.select(_row_json(rows, plan)).to_series().cast(pl.Binary).to_list()
    places = rows.select(_key_json(rows, plan)).to_series().cast(pl.Binary).to_list()
    sha256 = hashlib.sha256
    return rows.with_columns(
        pl.Series(
            "business_key",
            [sha256(text).digest()[:BUSINESS_KEY_BYTES] for text in places],
            dtype=pl.Binary,
        ),
        pl.Series("row_digest", [sha256(text).digest() for text in bodies], dtype=pl.Binary),
    )


def canonical_row(record: Mapping[str, Any], *, creditor: str, salt: str | None = None) -> bytes:
    """Return the JSON whose leaf hash is row_digest, from one record of the good rows.

    Example: sha256(b"\\x00" + canonical_row(good.row(0, named=True), creditor=c)) equals its row_digest.
    """
    value: dict[str, Any] = {name: record[name] for name in (*TEXT_KEYS, *NUMBER_KEYS)}
    value |= {name: None if record[name] is None else record[name].isoformat() for name in DATE_KEYS}
    value |= {"creditor": creditor, "extras": json.loads(record["extras"]), "format": ROW_DIGEST_FORMAT}
    if salt is not None:
        value["salt"] = salt
    return canonical_bytes(value)


def business_key(record: Mapping[str, Any], *, creditor: str) -> bytes:
    """Return the 16 bytes that name a document, from one record of the good rows."""
    place = [creditor, record["debtor_key"], record["kind"], record["document_number"], record["currency"]]
    return hashlib.sha256(canonical_bytes(place)).digest()[:BUSINESS_KEY_BYTES]


def planned(good: pl.DataFrame) -> pl.DataFrame:
    """Return what each row posts on the receivable account, side by side: the document itself and what was paid of it.

    Shapes: document_kind (invoice, credit_note, payment) for amount_minor on invoice_on; payment_kind (payment,
    adjustment), payment_minor (0 when nothing was paid), payment_on. One row for each good row, in their order.
    A paid part whose day the file does not tell is an adjustment on the day of the document.
    """
    return good.select(
        pl.when(pl.col("kind") == KIND_UNAPPLIED_PAYMENT)
        .then(pl.lit("payment"))
        .when(pl.col("kind") == KIND_CREDIT_NOTE)
        .then(pl.lit("credit_note"))
        .otherwise(pl.lit("invoice"))
        .alias("document_kind"),
        pl.when(pl.col("paid_on").is_null())
        .then(pl.lit("adjustment"))
        .otherwise(pl.lit("payment"))
        .alias("payment_kind"),
        (-pl.col("paid_minor")).alias("payment_minor"),
        pl.coalesce("paid_on", "invoice_on").alias("payment_on"),
    )


def postings_of(good: pl.DataFrame) -> pl.DataFrame:
    """Return the same plan as a list of postings, never zero.

    Shapes: line_no, kind (invoice, credit_note, payment, adjustment), amount_minor, effective_on.
    """
    plan = pl.concat([good.select("line_no", "amount_minor", "invoice_on"), planned(good)], how="horizontal")
    documents = plan.select(
        "line_no",
        pl.col("document_kind").alias("kind"),
        "amount_minor",
        pl.col("invoice_on").alias("effective_on"),
    )
    paid = plan.select(
        "line_no",
        pl.col("payment_kind").alias("kind"),
        pl.col("payment_minor").alias("amount_minor"),
        pl.col("payment_on").alias("effective_on"),
    )
    return (
        pl.concat([documents, paid]).filter(pl.col("amount_minor") != 0).sort("line_no", maintain_order=True)
    )


def json_text(column: pl.Expr, is_plain: bool) -> pl.Expr:
    """Return a text column as JSON strings. Cells hold no control characters, so two escapes are all there are."""
    if not is_plain:
        column = column.str.replace_all("\\", "\\\\", literal=True).str.replace_all('"', '\\"', literal=True)
    return pl.concat_str(pl.lit('"'), column, pl.lit('"'))


def needs_escape(column: pl.Series) -> bool:
    return bool(column.str.contains(r'["\\]').any())


Part = str | pl.Expr


def _quoted(rows: pl.DataFrame, name: str) -> list[Part]:
    """Return a text or date column as JSON: quotes go into the literals around it unless some of its cells are null."""
    column = rows.get_column(name)
    if column.null_count() == rows.height:
        return ["null"]
    written = pl.col(name).cast(pl.String)
    if column.dtype == pl.String and needs_escape(column):
        written = written.str.replace_all("\\", "\\\\", literal=True).str.replace_all(
            '"', '\\"', literal=True
        )
    if column.null_count():
        return [pl.concat_str(pl.lit('"'), written, pl.lit('"')).fill_null("null")]
    return ['"', written, '"']


def _joined(parts: Sequence[Part]) -> pl.Expr:
    """Return one text expression; neighbouring literals become one, because each part costs a pass over the rows."""
    merged: list[Part] = []
    for part in parts:
        if isinstance(part, str) and merged and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return pl.concat_str([pl.lit(part) if isinstance(part, str) else part for part in merged])


def _row_json(rows: pl.DataFrame, plan: RowPlan) -> pl.Expr:
    values: dict[str, list[Part]] = {name: _quoted(rows, name) for name in (*TEXT_KEYS, *DATE_KEYS)}
    values |= {name: [pl.col(name).cast(pl.String)] for name in NUMBER_KEYS}
    values["extras"] = [pl.col("extras")]
    constants = {"creditor": plan.creditor, "format": ROW_DIGEST_FORMAT}
    if plan.salt is not None:
        constants["salt"] = plan.salt
    values |= {name: [canonical_bytes(text).decode()] for name, text in constants.items()}
    parts: list[Part] = [LEAF_PREFIX, "{"]
    for place, name in enumerate(sorted(values)):
        parts += [f',"{name}":' if place else f'"{name}":', *values[name]]
    return _joined([*parts, "}"])


def _key_json(rows: pl.DataFrame, plan: RowPlan) -> pl.Expr:
    parts: list[Part] = ["[", canonical_bytes(plan.creditor).decode()]
    for name in ("debtor_key", "kind", "document_number", "currency"):
        parts += [",", *_quoted(rows, name)]
    return _joined([*parts, "]"])


def _with_made_numbers(rows: pl.DataFrame) -> pl.DataFrame:
    """Number documents by what they say: the same document gets the same number in every export."""
    numbers = []
    said = ("debtor_key", "kind", "currency", "amount_minor", "invoice_on", "due_on", "memo")
    for record in rows.select("document_number", *said).iter_rows(named=True):
        number = record["document_number"]
        if number is None:
            text = canonical_bytes([None if record[name] is None else str(record[name]) for name in said])
            number = "无号-" + hashlib.sha256(text).hexdigest()[:12]
        numbers.append(number)
    return rows.with_columns(pl.Series("document_number", numbers, dtype=pl.String))
