"""Rating rows into the table, in sets: COPY into a temporary table, compare, end the old, insert the new."""

from uuid import UUID

import polars as pl
from django.db import connection

COLUMNS = [
    "kind", "party", "as_of", "currency", "open_minor", "overdue_minor", "score", "grade",
    "probability_millionths", "invoices_due", "values", "points",
]  # fmt: skip
_CREATE = """
CREATE TEMP TABLE IF NOT EXISTS valuation_staged (
    kind int2, party uuid, as_of date, currency varchar(3), open_minor bigint, overdue_minor bigint, score int2, grade int2,
    probability_millionths int, invoices_due int, "values" int[], points int[], leaf_index int, row_digest bytea
) ON COMMIT DROP
"""
# A row is news when what a reader acts on differs: grade, score, reasons or amounts. The day alone is no news.
_NEWS = """
SELECT s.leaf_index FROM valuation_staged s
LEFT JOIN valuation_rating r ON r.site_id = %(site)s AND r.kind = s.kind AND r.party_id = s.party AND r.ended_run IS NULL
WHERE r.id IS NULL OR (r.score, r.grade, r.open_minor, r.overdue_minor, r.currency, r."values", r.points)
    IS DISTINCT FROM (s.score, s.grade, s.open_minor, s.overdue_minor, s.currency, s."values", s.points)
ORDER BY 1
"""
_END = """
WITH ended AS (
    UPDATE valuation_rating r SET ended_run = %(run)s FROM valuation_staged s
    WHERE r.site_id = %(site)s AND r.kind = s.kind AND r.party_id = s.party AND r.ended_run IS NULL
    RETURNING r.kind, r.party_id, r.grade
)
INSERT INTO valuation_rating (id, site_id, kind, party_id, as_of, currency, open_minor, overdue_minor, score, grade,
    previous_grade, probability_millionths, invoices_due, "values", points, run_number, leaf_index, row_digest)
SELECT uuidv7(), %(site)s, s.kind, s.party, s.as_of, s.currency, s.open_minor, s.overdue_minor, s.score, s.grade,
    e.grade, s.probability_millionths, s.invoices_due, s."values", s.points, %(run)s, s.leaf_index, s.row_digest
FROM valuation_staged s LEFT JOIN ended e ON e.kind = s.kind AND e.party_id = s.party
"""


def changed_rows(rows: pl.DataFrame) -> pl.DataFrame:
    """Those that say something else than the current rating of the same party."""
    from jieqing.plumbing.db.scopes import active_site_id

    blank = rows.with_row_index("leaf_index").with_columns(pl.lit("").alias("row_digest"))
    _copy(blank)
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, {"site": active_site_id()})
        places = [row[0] for row in cursor.fetchall()]
    return rows[places]


def write_ratings(rows: pl.DataFrame, digests: list[bytes], *, site_id: UUID, run_number: int) -> None:
    if not rows.height:
        return
    kept = rows.with_row_index("leaf_index").with_columns(
        pl.Series("row_digest", ["\\x" + digest.hex() for digest in digests])
    )
    _copy(kept)
    with connection.cursor() as cursor:
        cursor.execute(_END, {"site": site_id, "run": run_number})


def _copy(rows: pl.DataFrame) -> None:
    names = ", ".join(f'"{name}"' for name in [*COLUMNS, "leaf_index", "row_digest"])
    text = rows.select(*COLUMNS, "leaf_index", "row_digest").write_csv(include_header=False)
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        cursor.execute("TRUNCATE valuation_staged")
        with cursor.copy(f"COPY valuation_staged ({names}) FROM STDIN (FORMAT csv)") as copy:
            copy.write(text)
        cursor.execute("ANALYZE valuation_staged")
