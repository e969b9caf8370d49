"""What the operator's upkeep came to: backups, checks, drills, restores, newest first.

Rows, not a file, so that every web process of every machine shows the same on the health page. They carry counts,
sizes and digests, never a path (which may name a person) and nothing of any site.
"""

import json
from typing import Any

from django.db import connection

from jieqing.kernel import clock
from jieqing.kernel.ids import new_id
from jieqing.plumbing.models import Upkeep, UpkeepKind

_NOTE = "INSERT INTO plumbing_upkeep (id, kind, at, is_ok, facts) VALUES (%s, %s, %s, %s, %s)"


def note(kind: UpkeepKind, *, is_ok: bool, facts: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_NOTE, [new_id(), kind.value, clock.now(), is_ok, json.dumps(facts)])


def last(kind: UpkeepKind) -> Upkeep | None:
    """The newest one, good or bad."""
    return Upkeep.objects.filter(kind=kind.value).order_by("-at").first()


def last_good(kind: UpkeepKind) -> Upkeep | None:
    return Upkeep.objects.filter(kind=kind.value, is_ok=True).order_by("-at").first()
