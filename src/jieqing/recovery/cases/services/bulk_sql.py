"""Many rows in one statement each: timeline rows of one entry, rows of a bulk change, clocks that a step stops."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

_EVENTS = """
INSERT INTO cases_event (id, site_id, case_id, kind, at, actor_id, facts, text, entry_id, row_index)
SELECT uuidv7(), %(site)s, v.case_id, v.kind, %(at)s, %(actor)s, v.facts, '', %(entry)s, v.place - 1
FROM unnest(%(cases)s::uuid[], %(kinds)s::text[], %(facts)s::text[]::jsonb[]) WITH ORDINALITY AS v(case_id, kind, facts, place)
"""
_CHANGE_ROWS = """
INSERT INTO cases_bulk_change_row (id, site_id, change_id, case_id, row_index, before_id, before)
SELECT uuidv7(), %(site)s, %(change)s, v.case_id, v.place - 1, v.before_id, v.before
FROM unnest(%(cases)s::uuid[], %(owners)s::uuid[], %(before)s::text[]::jsonb[])
    WITH ORDINALITY AS v(case_id, before_id, before, place)
"""
_STOP = """
UPDATE cases_clock SET met_at = %(at)s, met_by = %(actor)s
WHERE site_id = %(site)s AND case_id = ANY(%(cases)s) AND milestone = ANY(%(milestones)s) AND met_at IS NULL
"""


def write_many_events(
    *, site_id: UUID, actor_id: UUID, at: datetime, entry_id: UUID, events: Sequence[tuple[UUID, str, Any]]
) -> None:
    """Timeline rows that one entry proves, in the order of its rows: case, kind, facts."""
    _execute(
        _EVENTS,
        {
            "site": site_id,
            "actor": actor_id,
            "at": at,
            "entry": entry_id,
            "cases": [case_id for case_id, _kind, _facts in events],
            "kinds": [kind for _case_id, kind, _facts in events],
            "facts": [json.dumps(facts, ensure_ascii=False) for _case_id, _kind, facts in events],
        },
    )


def write_change_rows(
    *,
    site_id: UUID,
    change_id: UUID,
    rows: Sequence[tuple[UUID, UUID | None]],
    before: Sequence[dict[str, Any]] | None = None,
) -> None:
    """The cases of a bulk change with whoever had them (or how they stood) before, in the order of the entry's rows."""
    _execute(
        _CHANGE_ROWS,
        {
            "site": site_id,
            "change": change_id,
            "cases": [case_id for case_id, _before in rows],
            "owners": [owner_id for _case_id, owner_id in rows],
            "before": [json.dumps(one, ensure_ascii=False) for one in before or [{}] * len(rows)],
        },
    )


def stop_clocks(
    *, site_id: UUID, actor_id: UUID, at: datetime, case_ids: Sequence[UUID], milestones: Sequence[str]
) -> int:
    """Stop what still runs of these clocks; how many did."""
    return _execute(
        _STOP,
        {
            "site": site_id,
            "actor": actor_id,
            "at": at,
            "cases": list(case_ids),
            "milestones": list(milestones),
        },
    )


def _execute(sql: str, values: dict[str, Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)
