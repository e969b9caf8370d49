"""Rows that say the same thing twice, and rows that say different things about one document.

Identical rows (same digest) count once; the others are skipped as duplicates of the first. Rows with one business key
and different content are all staged, because nothing in the file says which is right. When a person says that such
rows are lines of one document, they are added up instead: amounts and paid parts summed, days equal or else staged.
The order of the rows decides nothing but which twin's line number is kept: the lowest.
"""

from __future__ import annotations

import polars as pl

from jieqing.claims.receivables.engine.ledger_rows import sealed
from jieqing.claims.receivables.engine.row_plan import RowPlan

LINES_SHOWN = 6
SAME_IN_A_DOCUMENT = (
    "debtor_code",
    "debtor_name",
    "invoice_on",
    "due_on",
    "posting_on",
    "settled_on",
    "paid_on",
)


def split_duplicates(
    good: pl.DataFrame, plan: RowPlan
) -> tuple[pl.DataFrame, dict[int, int], dict[int, list[int]]]:
    """Return the rows that stay, twin line -> first line, and conflicting line -> the other lines of its document."""
    good = good.sort("line_no", maintain_order=True)
    if plan.layout.multi_line == "sum":
        good, conflicts = _summed(good, plan)
        return good, {}, conflicts
    keys = good.get_column("business_key")
    if keys.n_unique() == good.height:
        return good, {}, {}
    repeated = good.filter(pl.col("business_key").is_duplicated())
    firsts = repeated.group_by("business_key", "row_digest").agg(pl.col("line_no").min().alias("first"))
    joined = repeated.join(firsts, on=["business_key", "row_digest"])
    twins = joined.filter(pl.col("line_no") != pl.col("first"))
    duplicates = dict(
        zip(twins.get_column("line_no").to_list(), twins.get_column("first").to_list(), strict=True)
    )
    contents = (
        firsts.group_by("business_key").agg(pl.col("first").sort()).filter(pl.col("first").list.len() > 1)
    )
    conflicts = _others(contents.get_column("first").to_list())
    gone = [*duplicates, *conflicts]
    return good.filter(~pl.col("line_no").is_in(gone)), duplicates, conflicts


def _others(groups: list[list[int]]) -> dict[int, list[int]]:
    return {
        line: [other for other in lines if other != line][:LINES_SHOWN] for lines in groups for line in lines
    }


def _summed(good: pl.DataFrame, plan: RowPlan) -> tuple[pl.DataFrame, dict[int, list[int]]]:
    repeated = good.filter(pl.col("business_key").is_duplicated())
    if repeated.is_empty():
        return good, {}
    groups = repeated.group_by("business_key", maintain_order=True).agg(
        pl.struct(SAME_IN_A_DOCUMENT).n_unique().alias("contents"), pl.col("line_no").alias("lines")
    )
    apart = groups.filter(pl.col("contents") > 1)
    conflicts = _others(apart.get_column("lines").to_list())
    together = repeated.filter(~pl.col("line_no").is_in(list(conflicts)))
    first = [pl.col(name).first() for name in good.columns if name not in ("business_key", "row_digest")]
    sums = ("amount_minor", "paid_minor")
    merged = together.group_by("business_key", maintain_order=True).agg(
        *[column for column in first if column.meta.output_name() not in (*sums, "memo", "flags")],
        *[pl.col(name).sum() for name in sums],
        pl.col("memo")
        .drop_nulls()
        .unique(maintain_order=True)
        .str.join("；")
        .str.slice(0, 2000)
        .alias("memo"),
        pl.concat_str(pl.lit("lines_summed "), pl.col("flags").str.join(" "))
        .first()
        .str.strip_chars()
        .alias("flags"),
    )
    merged = merged.with_columns(
        pl.when(pl.col("memo") == "").then(None).otherwise(pl.col("memo")).alias("memo")
    )
    merged = sealed(merged.drop("business_key", "debtor_key"), plan).select(good.columns)
    alone = good.filter(~pl.col("business_key").is_duplicated())
    return pl.concat([alone, merged]).sort("line_no"), conflicts
