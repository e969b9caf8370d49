"""The late-after day in SQL: what ``engine.overdue_terms`` says, for statements that read many items.

``LATE_TERMS`` is a common table expression of the versions that hold for a report (parameters ``site``, ``as_of`` and
``revision``); ``LATE_AFTER`` an expression over the columns of an item. Both are part of ``statements.open_items``, so that
no reading can forget them. A site without terms pays for one comparison a row: every subquery here is asked once a
statement, and lazily.
"""

from jieqing.claims.receivables.engine.overdue_terms import CALENDAR_FROM

LATE_TERMS = """
late_terms AS MATERIALIZED (
    SELECT * FROM (
        SELECT DISTINCT ON (creditor_id) creditor_id, number, grace_days, cardinality(shifts) > 0 AS rolls, shifts
        FROM receivables_overdue_terms
        WHERE site_id = %(site)s AND effective_from <= %(as_of)s
          AND (%(revision)s::int IS NULL OR recorded_rev <= %(revision)s)
        ORDER BY creditor_id, number DESC) newest
    WHERE grace_days IS NOT NULL
)"""
_DUE = "coalesce(due_on, invoice_on)"
_OWN = "FROM late_terms WHERE creditor_id IS NOT NULL ORDER BY creditor_id"
_PLACE = f"array_position(ARRAY(SELECT creditor_id {_OWN}), creditor_id)"


def _own_or_sites(column: str) -> str:
    """The creditor's own value, else the site's."""
    return f"""coalesce((ARRAY(SELECT {column} {_OWN}))[{_PLACE}],
        (SELECT {column} FROM late_terms WHERE creditor_id IS NULL))"""  # noqa: S608  # constants only


# Copied out of its row once: a long array would otherwise be unpacked again for every item.
_SHIFTS = """ARRAY(SELECT unnest(newest.shifts) FROM
    (SELECT shifts FROM late_terms WHERE rolls ORDER BY number DESC LIMIT 1) newest)"""
LATE_AFTER = f"""CASE WHEN NOT EXISTS (SELECT FROM late_terms) THEN {_DUE} ELSE {_DUE}
    + CASE WHEN {_own_or_sites("rolls")}
      THEN coalesce(({_SHIFTS})[{_DUE} - DATE '{CALENDAR_FROM.isoformat()}' + 1], 0) ELSE 0 END
    + coalesce({_own_or_sites("grace_days")}, 0) END"""  # constants only
