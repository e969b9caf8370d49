"""Understood rows as the columns of the staging table. The engine decides what a row posts; here it only gets its places."""

import polars as pl

from jieqing.claims.receivables.engine.accounts import (
    CONTRA,
    ITEM_KIND_CODES,
    POSTING_KIND_CODES,
)
from jieqing.claims.receivables.engine.ledger_rows import planned
from jieqing.claims.receivables.services.staging import Debtors, item_ids

_ITEM_KINDS = {name: kind.value for name, kind in ITEM_KIND_CODES.items()}
_POSTING_KINDS = {name: kind.value for name, kind in POSTING_KIND_CODES.items()}
_CONTRAS = {name: CONTRA[kind].value for name, kind in POSTING_KIND_CODES.items() if kind in CONTRA}


def staging_frame(good: pl.DataFrame, debtors: Debtors, *, first_place: int) -> pl.DataFrame:
    """The items and what they post, in the column order of the staging table.

    Shapes: good rows (rows,) in line order, placed from ``first_place`` on. Rows come back by business key, because that
    index is the one whose keys come in no order: sorted, each of its pages is visited once a slice. Ids rise in the
    same order, so that their index and the postings' grow at the end.
    """
    count = good.height
    placed = (
        pl.concat([good, planned(good)], how="horizontal")
        .with_columns(pl.int_range(first_place, first_place + count, dtype=pl.Int32).alias("place"))
        .sort("business_key")
    )
    return placed.select(
        pl.Series("item_id", item_ids(count, first=first_place), dtype=pl.String),
        pl.col("business_key").bin.encode("hex"),
        debtors.column(placed),
        "amount_minor",
        "place",
        "line_no",
        "invoice_on",
        "due_on",
        "posting_on",
        pl.col("kind").replace_strict(_ITEM_KINDS, return_dtype=pl.Int16),
        "currency",
        "document_number",
        pl.concat_str(pl.lit("\\x"), pl.col("row_digest").bin.encode("hex")).alias("row_digest"),
        *_kind_and_contra("document_kind"),
        "payment_minor",
        "payment_on",
        *_kind_and_contra("payment_kind"),
    )


def key_frame(good: pl.DataFrame, *, first_place: int) -> pl.DataFrame:
    """What matching alone needs: business key, place, digest."""
    return good.select(
        pl.col("business_key").bin.encode("hex"),
        pl.int_range(first_place, first_place + good.height, dtype=pl.Int32).alias("place"),
        pl.concat_str(pl.lit("\\x"), pl.col("row_digest").bin.encode("hex")).alias("row_digest"),
    )


def _kind_and_contra(name: str) -> tuple[pl.Expr, pl.Expr]:
    return (
        pl.col(name).replace_strict(_POSTING_KINDS, return_dtype=pl.Int16),
        pl.col(name).replace_strict(_CONTRAS, return_dtype=pl.Int16).alias(name.replace("kind", "contra")),
    )
