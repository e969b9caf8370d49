"""Rating rows into the table, in sets: COPY into a temporary table, find what is news, keep the past, write the present.

A row is news when what a reader acts on differs: grade, score, reasons or amounts. The day alone is no news. What is news
gets its place in the evidence entry (``leaf_index``) in the order in which the rows came.
"""

from uuid import UUID

import numpy as np
import polars as pl
from django.db import connection

COLUMNS = [
    "kind", "party", "as_of", "currency", "open_minor", "overdue_minor", "score", "grade",
    "probability_millionths", "invoices_due", "values", "points",
]  # fmt: skip
# What a run says of a party; the same names in the present, the past and the temporary tables.
_STATE = [
    "as_of", "currency", "open_minor", "overdue_minor", "score", "grade", "probability_millionths", "invoices_due",
    '"values"', "points", "row_digest",
]  # fmt: skip
_KEPT = [*_STATE, "previous_grade", "run_number", "leaf_index"]
_CREATE = """
CREATE TEMP TABLE IF NOT EXISTS valuation_staged (
    kind int2, party uuid, as_of date, currency varchar(3), open_minor bigint, overdue_minor bigint, score int2, grade int2,
    probability_millionths int, invoices_due int, "values" int[], points int[], place int, row_digest bytea
) ON COMMIT DROP;
TRUNCATE valuation_staged;
DROP TABLE IF EXISTS valuation_news
"""
_NEWS = f"""
CREATE TEMP TABLE valuation_news ON COMMIT DROP AS
SELECT s.*, r.id AS rating_id, {", ".join(f"r.{name} AS old_{name.strip(chr(34))}" for name in _KEPT)},
       (row_number() OVER (ORDER BY s.place) - 1)::int AS leaf_index
FROM valuation_staged s
LEFT JOIN valuation_rating r ON r.site_id = %(site)s AND r.kind = s.kind AND r.party_id = s.party
WHERE r.id IS NULL OR (r.score, r.grade, r.open_minor, r.overdue_minor, r.currency, r."values", r.points)
    IS DISTINCT FROM (s.score, s.grade, s.open_minor, s.overdue_minor, s.currency, s."values", s.points)
"""  # noqa: S608  # constants only
_PLACES = "SELECT string_agg(place::text, ',' ORDER BY leaf_index) FROM valuation_news"
_KEEP_PAST = f"""
INSERT INTO valuation_rating_past (id, site_id, kind, party_id, {", ".join(_KEPT)}, ended_run)
SELECT uuidv7(), %(site)s, kind, party, {", ".join(f"old_{name.strip(chr(34))}" for name in _KEPT)}, %(run)s
FROM valuation_news WHERE rating_id IS NOT NULL
"""  # noqa: S608
_CHANGE = f"""
UPDATE valuation_rating r
SET {", ".join(f"{name} = n.{name}" for name in _STATE)}, previous_grade = r.grade, run_number = %(run)s,
    leaf_index = n.leaf_index
FROM valuation_news n WHERE r.id = n.rating_id
"""  # noqa: S608
_ADD = f"""
INSERT INTO valuation_rating (id, site_id, kind, party_id, run_number, leaf_index, {", ".join(_STATE)})
SELECT uuidv7(), %(site)s, kind, party, %(run)s, leaf_index, {", ".join(_STATE)}
FROM valuation_news WHERE rating_id IS NULL
"""  # noqa: S608


def stage_ratings(rows: pl.DataFrame, digests: list[bytes], *, site_id: UUID) -> list[int]:
    """Bring the rows to the database; which of them (by place) say something else than what stands, in leaf order."""
    digest_texts = pl.Series("row_digest", ["\\x" + digest.hex() for digest in digests], dtype=pl.String)
    kept = rows.select(COLUMNS).with_row_index("place").with_columns(digest_texts)
    names = ", ".join(f'"{name}"' for name in kept.columns)
    text = kept.write_csv(include_header=False)
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        with cursor.copy(f"COPY valuation_staged ({names}) FROM STDIN (FORMAT csv)") as copy:
            copy.write(text)
        cursor.execute(_NEWS, {"site": site_id})
        cursor.execute(_PLACES)
        found = cursor.fetchone()[0]
    return np.array(found.split(","), dtype=np.int64).tolist() if found else []


def write_ratings(*, site_id: UUID, run_number: int) -> None:
    """Write what ``stage_ratings`` found to be news: the past first, then the present."""
    values: dict[str, UUID | int] = {"site": site_id, "run": run_number}
    with connection.cursor() as cursor:
        for statement in (_KEEP_PAST, _CHANGE, _ADD):
            cursor.execute(statement, values)
