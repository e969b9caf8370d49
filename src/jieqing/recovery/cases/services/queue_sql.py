"""One statement that writes the queue columns of any number of cases."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from jieqing.recovery.cases.models import Case

_COLUMNS: dict[str, str] = {
    "stage": "text",
    "stage_since": "date",
    "anchor_on": "date",
    "next_action": "text",
    "next_action_on": "date",
    "next_action_note": "text",
    "snoozed_until": "date",
    "open_minor": "bigint",
    "overdue_minor": "bigint",
    "paid_minor": "bigint",
    "oldest_due_on": "date",
    "items_open": "int",
    "items_count": "int",
    "priority": "bigint",
    "promise_on": "date",
    "promise_minor": "bigint",
    "first_response_due_at": "timestamptz",
    "clock_due_at": "timestamptz",
    "wake_on": "date",
}
# Arrays of unequal length cannot travel in an array: they go as text.
_LISTS = ("reasons", "hold_kinds")
_SET = ", ".join(
    [f"{name} = v.{name}" for name in _COLUMNS]
    + [f"{name} = coalesce(string_to_array(nullif(v.{name}, ''), ','), '{{}}')" for name in _LISTS]
)
_VALUES = ", ".join(
    ["%(id)s::uuid[]"]
    + [f"%({name})s::{kind}[]" for name, kind in _COLUMNS.items()]
    + [f"%({name})s::text[]" for name in _LISTS]
)
_WRITE = f"""
UPDATE cases_case c SET {_SET}
FROM unnest({_VALUES}) AS v(id, {", ".join([*_COLUMNS, *_LISTS])})
WHERE c.id = v.id AND c.site_id = %(site)s
"""  # noqa: S608  # constants only


def write_rows(cases: Sequence[Case]) -> None:
    """Write what a refresh computed; the caller holds the rows."""
    if not cases:
        return
    values: dict[str, Any] = {"id": [case.id for case in cases], "site": cases[0].site_id}
    values |= {name: [getattr(case, name) for case in cases] for name in _COLUMNS}
    values |= {name: [",".join(getattr(case, name)) for case in cases] for name in _LISTS}
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, values)
