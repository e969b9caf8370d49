"""After a bulk load: tell the planner how large the tables are now, before the next report is planned.

Waits for nobody: a table that is being analysed already is left to whoever does it. Small loads are left to the server.
"""

from django.db import connection, transaction

WORTH_IT_ROWS = 1_000


def take_statistics_after_commit(*tables: str, rows: int) -> None:
    """Take the statistics of these tables anew once the running transaction stands, when it wrote ``rows`` that matter."""
    if rows >= WORTH_IT_ROWS:
        transaction.on_commit(lambda: _take(tables))


def _take(tables: tuple[str, ...]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT plumbing_take_statistics(%s)", [list(tables)])
