"""How far long work is, told while it runs: a row that a page reads, and a hint on the live channel to read it again.

The work itself is usually one long transaction that nobody sees into before it commits, so a reporter writes over a
connection of its own. A killed worker leaves a row that says *running* and grows old; ``begin`` lets the work start again
after ``STALE_SECONDS``, so that nothing stays pending for ever.

Invariant: one row per channel; ``begin`` answers True to one of two simultaneous callers only.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import psycopg
from django.db import connection, connections
from psycopg.types.json import Jsonb

from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.models import Progress, ProgressState

EVENT = "progress"
INTERVAL = timedelta(milliseconds=400)
STALE_SECONDS = 180

_BEGIN = """
INSERT INTO plumbing_progress (id, channel, state, done, total, problem, at)
VALUES (%(id)s, %(channel)s, 'running', 0, %(total)s, NULL, %(now)s)
ON CONFLICT (channel) DO UPDATE SET state = 'running', done = 0, total = %(total)s, problem = NULL, at = %(now)s
WHERE plumbing_progress.state <> 'running' OR plumbing_progress.at < %(stale)s
RETURNING id
"""
_TELL = """
UPDATE plumbing_progress SET state = %s, done = coalesce(%s, done), problem = %s, at = %s WHERE channel = %s
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a piece of work stands."""

    state: str
    done: int
    total: int
    problem: Problem | None

    @property
    def is_counted(self) -> bool:
        """All that can be counted is done; what is left shows no count."""
        return bool(self.total) and self.done >= self.total - 2  # a header and a last line end

    @property
    def is_running(self) -> bool:
        return self.state == ProgressState.RUNNING


def begin(channel: str, *, total: int) -> bool:
    """Mark the work as running, in the caller's transaction; False when it runs already."""
    now = clock.now()
    stale = now - timedelta(seconds=STALE_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(
            _BEGIN, {"id": new_id(), "channel": channel, "total": total, "now": now, "stale": stale}
        )
        return cursor.fetchone() is not None


def standing(channel: str) -> Standing | None:
    row = Progress.objects.filter(channel=channel).first()
    if row is None:
        return None
    return Standing(row.state, row.done, row.total, _problem_of(row.problem) if row.problem else None)


class Reporter:
    """Tells how far the work is, at most a few times a second."""

    def __init__(self, session: psycopg.Connection[Any], channel: str) -> None:
        self._session, self._channel = session, channel
        self._next_at = clock.now()

    def __call__(self, done: int) -> None:
        now = clock.now()
        if now >= self._next_at:
            self._next_at = now + INTERVAL
            self._tell(ProgressState.RUNNING, done, None)

    def finish(self, problem: Problem | None) -> None:
        self._tell(ProgressState.FAILED if problem else ProgressState.DONE, None, problem)

    def _tell(self, state: ProgressState, done: int | None, problem: Problem | None) -> None:
        told = Jsonb(problem.as_dict()) if problem else None
        self._session.execute(_TELL, [state.value, done, told, clock.now(), self._channel])
        self._session.execute(
            "SELECT pg_notify(%s, %s)", [self._channel, '{"event": "progress", "data": ""}']
        )


@contextmanager
def reporting(channel: str) -> Iterator[Reporter]:
    """A reporter with a connection of its own, under the same role and to the same database."""
    parameters = connections["default"].get_connection_params()
    keys = ("host", "port", "dbname", "user", "password")
    given = {key: parameters[key] for key in keys if parameters.get(key)}
    with psycopg.connect(autocommit=True, **given) as session:
        yield Reporter(session, channel)


def _problem_of(told: Mapping[str, Any]) -> Problem:
    text, todo = told["text"], told["todo"]
    return Problem(told["code"], text["zh"], text["en"], todo["zh"], todo["en"], told["details"])
