"""Keep a verdict with everything it does in one statement: its row, its entry, the slots it holds, the permit it gives.

One statement because every round trip of a busy floor is waited for by somebody who holds locks on a debtor's slots. All of it stands
or falls with the caller's transaction.

Refuses, as an exception because only a caller without the locks could meet it: slots whose counts moved since they were looked at.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from jieqing.trust.compliance.engine.permits import Permit
from jieqing.trust.compliance.engine.slots import Wanted
from jieqing.trust.compliance.services.slot_table import HOLD, hold_parameters, is_held
from jieqing.trust.evidence.services import Step

DECISION_COLUMNS = (
    "id",
    "site_id",
    "at",
    "actor_id",
    "contact",
    "channel",
    "purpose",
    "verdict",
    "rules",
    "not_before",
    "facts",
    "facts_digest",
    "pack_digest",
    "approved_by",
    "entry_id",
)
PERMIT_COLUMNS = ("id", "site_id", "decision_id", "issued_at", "expires_at", "body", "signature")


def _inserted(table: str, columns: Sequence[str]) -> str:
    places = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"  # noqa: S608 - constants of ours


_DECIDED = _inserted("compliance_decision", DECISION_COLUMNS)
_PERMITTED = _inserted("compliance_permit", PERMIT_COLUMNS)


@dataclass(frozen=True, slots=True)
class Decided:
    """One verdict as it is kept; `facts` is JSON text."""

    id: UUID
    site_id: UUID
    at: datetime
    actor_id: UUID
    contact: str
    channel: str
    purpose: str
    verdict: str
    rules: list[str]
    not_before: datetime | None
    facts: str
    facts_digest: str
    pack_digest: str
    approved_by: UUID | None
    entry_id: UUID


def keep_refusal(decided: Decided, step: Step) -> None:
    """Keep a verdict that gives no permit, and its entry."""
    with connection.cursor() as cursor:
        cursor.execute(f"WITH decided AS ({_DECIDED}) SELECT {step.call}", [*_row(decided), *step.parameters])


def keep_permit(
    decided: Decided,
    step: Step,
    permit: Permit,
    slots: Sequence[Wanted],
    counts: Mapping[str, int],
    seconds: int,
) -> None:
    """Keep a verdict, its entry and its permit, and hold the permit's slots."""
    row = (
        permit.id,
        permit.site_id,
        decided.id,
        permit.issued_at,
        permit.expires_at,
        json.dumps(permit.body(), ensure_ascii=False),
        permit.signature,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH decided AS ({_DECIDED}), permitted AS ({_PERMITTED}) SELECT {HOLD}, {step.call}",
            [*_row(decided), *row, *hold_parameters(permit.id, slots, counts, seconds), *step.parameters],
        )
        found = cursor.fetchone()
    if not is_held(found[0] if found else None):
        raise RuntimeError("slots changed under their lock")


def _row(decided: Decided) -> list[Any]:
    return [getattr(decided, name) for name in DECISION_COLUMNS]
