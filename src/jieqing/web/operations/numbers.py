"""What the database knows of the platform's state, asked over a connection of its own with short limits.

Not over the request's connection: a health check must answer, and say "no", when that one hangs. Every number is the platform's
as a whole; none belongs to a site.
"""

from dataclasses import dataclass
from datetime import datetime

import psycopg
from django.db.migrations.loader import MigrationLoader
from psycopg.rows import args_row

from jieqing.plumbing.postgres import APP, connection_url

CONNECT_S, STATEMENT_MS = 2, 2000
_NUMBERS = """
WITH due AS (
  SELECT j.id, greatest(j.scheduled_at, (
    SELECT max(e.at) FROM procrastinate_events e
    WHERE e.job_id = j.id AND e.type IN ('deferred', 'deferred_for_retry'))) AS since
  FROM procrastinate_jobs j WHERE j.status = 'todo' AND coalesce(j.scheduled_at, now()) <= now()
)
SELECT clock_timestamp(), current_setting('server_version'),
  (SELECT count(*) FROM due), (SELECT min(since) FROM due),
  (SELECT count(*) FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'failed'
     WHERE j.status = 'failed' AND e.at > now() - interval '1 day'),
  (SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute'),
  (SELECT max(last_heartbeat) FROM procrastinate_workers),
  evidence_backlog(), (SELECT count(*) FROM evidence_writer), (SELECT max(signed_at) FROM evidence_checkpoint),
  (SELECT max(id) FROM evidence_checkpoint),
  (SELECT count(*) FROM notices_queue), (SELECT min(due_at) FROM notices_queue WHERE due_at <= now()),
  (SELECT max(at) FROM plumbing_upkeep WHERE kind = 'backup' AND is_ok),
  (SELECT max(at) FROM plumbing_upkeep WHERE kind = 'drill' AND is_ok),
  (SELECT is_ok FROM plumbing_upkeep WHERE kind = 'drill' ORDER BY at DESC LIMIT 1),
  (SELECT is_ok FROM plumbing_upkeep WHERE kind = 'check' ORDER BY at DESC LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The answer, in the order of the question."""

    now: datetime
    server_version: str
    jobs_due: int
    jobs_oldest_at: datetime | None
    jobs_failed: int
    workers_alive: int
    worker_beat_at: datetime | None
    evidence_waiting: int
    logs_begun: int
    signed_at: datetime | None
    signed_entries: int | None
    notices_waiting: int
    notices_oldest_due_at: datetime | None
    backup_at: datetime | None
    drill_at: datetime | None
    is_last_drill_good: bool | None
    is_last_check_good: bool | None


def ask() -> Numbers:
    """Errors: psycopg.Error, also when the schema is older than the program."""
    with (
        psycopg.connect(
            connection_url(APP), connect_timeout=CONNECT_S, options=f"-c statement_timeout={STATEMENT_MS}"
        ) as connection,
        connection.cursor(row_factory=args_row(Numbers)) as cursor,
    ):
        found = cursor.execute(_NUMBERS).fetchone()
    assert found is not None
    return found


def pending_migrations() -> int:
    """How many migrations the program has that the database has not. Errors: psycopg.Error."""
    with psycopg.connect(
        connection_url(APP), connect_timeout=CONNECT_S, options=f"-c statement_timeout={STATEMENT_MS}"
    ) as connection:
        applied = set(connection.execute("SELECT app, name FROM django_migrations").fetchall())
    wanted = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    # A squashed migration counts as applied when those it replaces are.
    return sum(
        1
        for key, migration in wanted.items()
        if key not in applied and not (migration.replaces and set(map(tuple, migration.replaces)) <= applied)
    )
