"""Ratings as rows: what stands in the table, in the digest, and what counts as the same rating as before.

The bytes of a row's digest are one line of text, fields joined by "|", named by ``ROW_FORMAT``; a verifier writes the line
from the row and hashes it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import numpy as np
import polars as pl

from jieqing.claims.valuation.engine.marks import Mark, points_of_marks
from jieqing.claims.valuation.engine.scorecard import FEATURES, Scored

ROW_FORMAT = "valuation-rating-1"
_SHARE = np.array([10_000 if name.endswith("_share") else 1 for name in FEATURES])
_DIGESTED = (
    "kind", "party", "as_of", "currency", "open_minor", "overdue_minor",
    "score", "grade", "probability_millionths", "invoices_due", "values", "points",
)  # fmt: skip


def debtor_rows(scored: Scored, ids: list[str], as_of: str) -> pl.DataFrame:
    """One row per debtor, without amounts: the caller adds them by currency."""
    values = array_texts(kept_matrix(scored.values))
    points = array_texts(scored.points)
    if scored.marks:
        values, points = (
            _extended(values, scored.marks),
            _extended(points, {place: points_of_marks(Mark(mark)) for place, mark in scored.marks.items()}),
        )
    return pl.DataFrame(
        {
            "kind": np.full(len(ids), 1, np.int16),
            "party": ids,
            "as_of": [as_of] * len(ids),
            "score": scored.score,
            "grade": scored.grade,
            "probability_millionths": np.rint(scored.probability * 1_000_000).astype(np.int64),
            "invoices_due": scored.invoices_due,
            "values": values,
            "points": points,
        }
    )


def _extended(texts: pl.Series, more: Mapping[int, int]) -> pl.Series:
    """Marks stand behind the features, in the rows of those who have any."""
    told = texts.to_list()
    for place, number in more.items():
        told[place] = f"{told[place][:-1]},{int(number)}}}"
    return pl.Series(told, dtype=pl.String)


def kept_matrix(values: np.ndarray) -> np.ndarray:
    """Features as rows keep them, all rows at once: whole days, shares in hundredths of a per cent."""
    found: np.ndarray = np.rint(values * _SHARE).astype(np.int64)
    return found


def array_texts(matrix: np.ndarray) -> pl.Series:
    """Each row as PostgreSQL writes an array: {1,2,3}."""
    frame = pl.DataFrame({str(at): matrix[:, at] for at in range(matrix.shape[1])})
    return frame.select(
        pl.concat_str(pl.lit("{"), pl.concat_str(pl.all(), separator=","), pl.lit("}"))
    ).to_series()


def digests(rows: pl.DataFrame) -> list[bytes]:
    lines = rows.select(
        pl.concat_str(
            pl.lit(ROW_FORMAT), *(pl.col(name).cast(pl.String) for name in _DIGESTED), separator="|"
        )
    ).to_series()
    return [hashlib.sha256(line.encode()).digest() for line in lines]
