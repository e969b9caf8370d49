"""What the amount columns of a whole slice say: the rules of `row_amounts` as expressions, for rows without a doubt.

Every function adds amount_minor, sum_paid (null when no column tells), kind, written_minor and `agrees`; a row that does
not agree, for whatever reason, is left to `row_amounts`.
"""

from __future__ import annotations

import polars as pl

from jieqing.claims.receivables.engine import vocabulary
from jieqing.claims.receivables.engine.ledger_types import (
    KIND_CREDIT_NOTE,
    KIND_INVOICE,
    KIND_UNAPPLIED_PAYMENT,
)
from jieqing.claims.receivables.engine.row_amounts import INVOICE, document_sort
from jieqing.claims.receivables.engine.row_plan import RowPlan

MEMO_OF_A_NOTE = f"(?i){vocabulary.CREDIT_TYPES}"


def with_amounts(frame: pl.DataFrame, cells: pl.DataFrame, plan: RowPlan) -> pl.DataFrame:
    """Return the frame with its amounts and kinds."""
    frame = frame.with_columns(_sorts(cells, plan))
    if plan.has("amount", "balance"):
        return _one_sided(frame, plan)
    return _two_sided(frame)


def _sorts(cells: pl.DataFrame, plan: RowPlan) -> list[pl.Series]:
    """Return what each row's document type says (sort), and what it makes of a credit (note, payment or "" = the memo)."""
    use = plan.fields.get("document_type")
    if use is None:
        blank = pl.Series([""]).new_from_index(0, cells.height)
        return [blank.alias("sort"), blank.alias("credit_as")]
    types = cells.get_column(f"c{use.index}")
    known = types.unique().to_list()
    sorts = [document_sort(text) for text in known]
    credit_as = [
        "" if not text.strip() else "note" if sort == "credit" or INVOICE.search(text.strip()) else "payment"
        for text, sort in zip(known, sorts, strict=True)
    ]
    return [
        types.replace_strict(known, sorts, return_dtype=pl.String).alias("sort"),
        types.replace_strict(known, credit_as, return_dtype=pl.String).alias("credit_as"),
    ]


def _one_sided(frame: pl.DataFrame, plan: RowPlan) -> pl.DataFrame:
    written = pl.coalesce("amount", "balance")
    has_amount = pl.col("amount").is_not_null()
    amount = (
        pl.when(has_amount).then(pl.col("amount")).otherwise(pl.col("balance") + pl.col("paid").fill_null(0))
    )
    paid = (
        pl.when(has_amount & pl.col("balance").is_not_null())
        .then(pl.col("amount") - pl.col("balance"))
        .otherwise(pl.col("paid"))
    )
    agrees = (
        ~has_amount
        | pl.col("balance").is_null()
        | pl.col("paid").is_null()
        | (pl.col("amount") - pl.col("paid") == pl.col("balance"))
    )
    from_balance = ~has_amount & pl.lit(plan.has("amount"))
    frame = frame.with_columns(
        written.alias("written_minor"), amount.alias("sum"), paid.alias("sum_paid"),
        (agrees & ~from_balance).alias("agrees"),
    )  # fmt: skip
    flipped = (pl.col("sort") != "") & (pl.col("sum") > 0)
    frame = frame.with_columns(
        pl.when(flipped).then(-pl.col("sum")).otherwise(pl.col("sum")).alias("amount_minor"),
        pl.when(flipped).then(-pl.col("sum_paid")).otherwise(pl.col("sum_paid")).alias("sum_paid"),
    )
    negative = (
        pl.when(pl.col("sort") == "payment")
        .then(pl.lit(KIND_UNAPPLIED_PAYMENT))
        .otherwise(pl.lit(KIND_CREDIT_NOTE))
    )
    return frame.with_columns(
        pl.when(pl.col("amount_minor") >= 0).then(pl.lit(KIND_INVOICE)).otherwise(negative).alias("kind")
    )


def _two_sided(frame: pl.DataFrame) -> pl.DataFrame:
    debit, credit = pl.col("debit").fill_null(0), pl.col("credit").fill_null(0)
    filled = pl.col("debit").is_not_null() | pl.col("credit").is_not_null()
    plain = filled & (credit >= 0) & ~((debit < 0) & (credit != 0))
    by_memo = (
        (debit == 0)
        & (credit > 0)
        & (pl.col("credit_as") == "")
        & pl.col("memo").str.contains(MEMO_OF_A_NOTE).fill_null(False)
    )
    of_credit = (
        pl.when(pl.col("credit_as") == "note")
        .then(pl.lit(KIND_CREDIT_NOTE))
        .otherwise(pl.lit(KIND_UNAPPLIED_PAYMENT))
    )
    kind = pl.when(debit > 0).then(pl.lit(KIND_INVOICE)).when(debit < 0).then(pl.lit(KIND_CREDIT_NOTE))
    return frame.with_columns(
        pl.when(debit != 0).then(debit).otherwise(-credit).alias("amount_minor"),
        pl.when((debit != 0) & (credit != 0)).then(credit).otherwise(None).alias("sum_paid"),
        kind.when(credit > 0).then(of_credit).otherwise(pl.lit(KIND_INVOICE)).alias("kind"),
        debit.alias("written_minor"),
        (plain & ~by_memo).alias("agrees"),
    )
