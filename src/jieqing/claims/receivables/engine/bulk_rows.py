"""Whole slices of rows as items, where nothing is unusual; every other row is handed back for `row_rules`.

A row is taken here only when all its cells are clean and it needs no judgement: known currency of two decimals, one
amount column (or plain sides, `bulk_amounts`), paid part consistent and not above the amount, days in their natural order. For
such rows the rules of `row_rules` reduce to the expressions below; the property test compares both on generated files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

import polars as pl

from jieqing.claims.receivables.engine import column_kernels as kernels
from jieqing.claims.receivables.engine.bulk_amounts import with_amounts
from jieqing.claims.receivables.engine.column_kernels import Column, TextCache
from jieqing.claims.receivables.engine.ledger_rows import ROW_SCHEMA, json_text, needs_escape
from jieqing.claims.receivables.engine.row_plan import RowPlan
from jieqing.claims.receivables.engine.row_rules import DUE_LATEST
from jieqing.claims.receivables.engine.vocabulary import AMOUNT_FIELDS, DATE_FIELDS
from jieqing.kernel.canonical import canonical_bytes
from jieqing.kernel.currencies import EXPONENTS


@dataclass(frozen=True)
class Taken:
    """rows: ROW_SCHEMA of the rows taken; rest: True for each row of the slice that the scalar rules must read."""

    rows: pl.DataFrame
    rest: pl.Series


def can_take(plan: RowPlan) -> bool:
    """Say whether the layout is one the bulk path knows at all."""
    if not plan.has("amount", "balance", "debit", "credit") or not plan.has("debtor_code", "debtor_name"):
        return False
    if plan.has("direction"):
        return False
    if plan.has("currency"):
        return True
    return plan.currency is not None and EXPONENTS[plan.currency] == 2


def take_rows(line_numbers: pl.Series, cells: pl.DataFrame, plan: RowPlan, cache: TextCache) -> Taken:
    """Return the plain rows of a slice as items."""
    columns = _read_columns(cells, plan, cache)
    extras, extras_clean = _extras(cells, plan, cache)
    frame = pl.DataFrame(
        [
            line_numbers.alias("line_no"),
            *(column.values.alias(name) for name, column in columns.items()),
            extras,
        ]
    )
    cleans = [column.clean for column in columns.values()] + [extras_clean, _no_overflow(cells, plan)]
    clean = reduce(lambda left, right: left & right, cleans)
    for name, kind in (*ROW_SCHEMA.items(), ("balance", pl.Int64()), ("credit_days", pl.Int64())):
        if name not in frame.columns and name not in ("line_no", "paid_minor", "written_minor"):
            frame = frame.with_columns(pl.lit(None, dtype=kind).alias(name))
    for name in ("amount", "paid", "debit", "credit"):
        if name not in frame.columns:
            frame = frame.with_columns(pl.lit(None, dtype=pl.Int64).alias(name))
    frame = with_amounts(frame.with_columns(clean.alias("clean")), cells, plan)
    if not plan.has("currency"):
        frame = frame.with_columns(pl.lit(plan.currency).alias("currency"))
    frame = _days(frame, plan)
    frame = _paid(frame)
    usual = pl.col("clean") & _usual(plan)
    frame = frame.with_columns(usual.fill_null(False).alias("usual"))
    rows = frame.filter("usual").with_columns(
        pl.coalesce("debtor_name", "debtor_code").alias("debtor_name"),
        pl.col("due_on").is_null().alias("due_is_fallback"),
    )
    return Taken(
        rows.select([pl.col(name).cast(kind) for name, kind in ROW_SCHEMA.items()]),
        ~frame.get_column("usual"),
    )


def _read_columns(cells: pl.DataFrame, plan: RowPlan, cache: TextCache) -> dict[str, Column]:
    columns: dict[str, Column] = {}
    for name, use in plan.fields.items():
        column = (
            cells.get_column(f"c{use.index}")
            if use.index < cells.width
            else pl.Series([""]).new_from_index(0, cells.height)
        )
        if name in DATE_FIELDS:
            columns[name] = kernels.date_column(column, use, plan, cache)
        elif name in AMOUNT_FIELDS:
            columns[name] = kernels.amount_column(column, use, plan, cache)
        elif name in ("debtor_code", "document_number"):
            columns[name] = kernels.identifier_column(column, name, plan, cache)
        elif name in ("debtor_name", "memo"):
            columns[name] = kernels.text_column(column, name, cache)
        elif name == "currency":
            columns[name] = kernels.currency_column(column, plan, cache)
        elif name == "credit_days":
            columns[name] = kernels.days_column(column, cache)
    return columns


def _extras(cells: pl.DataFrame, plan: RowPlan, cache: TextCache) -> tuple[pl.Series, pl.Series]:
    """Return the extras of each row as canonical JSON, and which rows have only clean extras."""
    clean = pl.Series([True]).new_from_index(0, cells.height)
    if not plan.extras:
        return pl.Series("extras", ["{}"]).new_from_index(0, cells.height), clean
    kept: list[pl.Series] = []
    parts: list[pl.Expr] = []
    for index, key in plan.extras:
        name = f"c{index}"
        column = kernels.extra_column(cells.get_column(name), key, cache)
        clean = clean & column.clean
        values = column.values.fill_null("")
        kept.append(values.alias(name))
        written = json_text(pl.col(name), not needs_escape(values))
        label = canonical_bytes(key).decode()
        parts.append(
            pl.when(pl.col(name) == "")
            .then(pl.lit(""))
            .otherwise(pl.concat_str(pl.lit(f",{label}:"), written))
        )
    joined = pl.concat_str(*parts).str.strip_prefix(",")
    return pl.DataFrame(kept).select(
        pl.concat_str(pl.lit("{"), joined, pl.lit("}")).alias("extras")
    ).to_series(), clean


def _no_overflow(cells: pl.DataFrame, plan: RowPlan) -> pl.Series:
    beyond = [name for index, name in enumerate(cells.columns) if index >= plan.named_width]
    if not beyond:
        return pl.Series([True]).new_from_index(0, cells.height)
    return cells.select(
        pl.all_horizontal(pl.col(name).str.strip_chars() == "" for name in beyond)
    ).to_series()


def _days(frame: pl.DataFrame, plan: RowPlan) -> pl.DataFrame:
    if not plan.has("invoice_on"):
        stand_in = "posting_on" if plan.has("posting_on") else "due_on"
        frame = frame.with_columns(pl.col(stand_in).alias("invoice_on"))
    if not plan.has("credit_days"):
        return frame.with_columns(pl.lit("").alias("flags"))
    from_days = pl.col("due_on").is_null() & pl.col("credit_days").is_not_null()
    days_on = pl.col("invoice_on") + pl.duration(days=pl.col("credit_days"))
    return frame.with_columns(
        pl.when(from_days).then(days_on).otherwise(pl.col("due_on")).alias("due_on"),
        pl.when(from_days).then(pl.lit("due_from_credit_days")).otherwise(pl.lit("")).alias("flags"),
    )


def _paid(frame: pl.DataFrame) -> pl.DataFrame:
    day = pl.coalesce("paid_on", "settled_on")
    paid = pl.coalesce(
        pl.col("sum_paid"), pl.when(day.is_not_null()).then(pl.col("amount_minor")).otherwise(0)
    )
    frame = frame.with_columns(day.alias("paid_day"), paid.alias("paid_minor"))
    return frame.with_columns(
        pl.when(pl.col("paid_minor") != 0).then("paid_day").otherwise(None).alias("paid_on")
    )


def _usual(plan: RowPlan) -> pl.Expr:
    """The conditions under which no rule of `row_rules` has more to say."""
    amount, paid = pl.col("amount_minor"), pl.col("paid_minor")
    ordered_due = pl.col("due_on").is_null() | (pl.col("due_on") - pl.col("invoice_on")).is_between(
        pl.duration(), DUE_LATEST
    )
    ordered_paid = pl.col("paid_on").is_null() | (pl.col("paid_on") >= pl.col("invoice_on"))
    within = (paid.abs() <= amount.abs()) & ((paid == 0) | (paid < 0).eq(amount < 0))
    open_though_settled = pl.col("sum_paid").eq(0) & pl.col("settled_on").is_not_null() & (amount != 0)
    conditions = [
        pl.col("debtor_code").is_not_null() | pl.col("debtor_name").is_not_null(),
        pl.col("currency").is_not_null(),
        amount.is_not_null(),
        pl.col("agrees"),
        pl.col("invoice_on").is_not_null(),
        ordered_due,
        ordered_paid,
        within,
        ~open_though_settled.fill_null(False),
    ]
    if plan.has("document_number"):
        conditions.append(pl.col("document_number").is_not_null())
    return pl.all_horizontal(conditions)
