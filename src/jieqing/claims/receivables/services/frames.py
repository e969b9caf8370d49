"""Understood rows as the columns of the staging tables. The engine decides what a row posts; here it only gets its places."""

import polars as pl

from jieqing.claims.receivables.engine.accounts import (
    CONTRA,
    ITEM_KIND_CODES,
    POSTING_KIND_CODES,
)
from jieqing.claims.receivables.engine.ledger_rows import postings_of
from jieqing.claims.receivables.services.staging import Debtors, item_ids

_ITEM_KINDS = {name: kind.value for name, kind in ITEM_KIND_CODES.items()}
_POSTING_KINDS = {name: kind.value for name, kind in POSTING_KIND_CODES.items()}
_CONTRAS = {name: CONTRA[kind].value for name, kind in POSTING_KIND_CODES.items() if kind in CONTRA}


def staging_frames(
    good: pl.DataFrame, debtors: Debtors, *, first_place: int
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The items and their postings, in the column order of the staging tables.

    Shapes: good rows (rows,) in line order, placed from ``first_place`` on; postings (one to three each, never zero).
    """
    count = good.height
    placed = good.with_columns(
        pl.Series("item_id", item_ids(count, first=first_place), dtype=pl.String),
        pl.int_range(first_place, first_place + count, dtype=pl.Int32, eager=True).alias("place"),
        debtors.column(good),
    )
    items = placed.select(
        "item_id",
        pl.col("business_key").bin.encode("hex"),
        "debtor_id",
        "amount_minor",
        "place",
        "line_no",
        "invoice_on",
        "due_on",
        "posting_on",
        pl.col("kind").replace_strict(_ITEM_KINDS, return_dtype=pl.Int16),
        "currency",
        "document_number",
        pl.concat_str(pl.lit("\\x"), pl.col("row_digest").bin.encode("hex")),
    )
    postings = (
        postings_of(good)
        .join(placed.select("line_no", "item_id", "place", "currency"), on="line_no", maintain_order="left")
        .select(
            "item_id",
            "amount_minor",
            "place",
            "effective_on",
            pl.col("kind").replace_strict(_POSTING_KINDS, return_dtype=pl.Int16),
            pl.col("kind").replace_strict(_CONTRAS, return_dtype=pl.Int16).alias("contra"),
            "currency",
        )
    )
    return items, postings


def key_frame(good: pl.DataFrame, *, first_place: int) -> pl.DataFrame:
    """What matching alone needs, in the columns ``KEY_COLUMNS`` of the staging table."""
    return good.select(
        pl.col("business_key").bin.encode("hex"),
        pl.int_range(first_place, first_place + good.height, dtype=pl.Int32).alias("place"),
        pl.concat_str(pl.lit("\\x"), pl.col("row_digest").bin.encode("hex")).alias("row_digest"),
    )
