"""The one door to the reservation table: the database function ``compliance_slots``.

``look`` locks the keys until the transaction ends and counts; ``hold`` counts again and takes the slots only when the counts are
those the verdict was made on; ``redeem`` turns a live hold into use; ``settle`` keeps what the outcome used and gives the rest
back. A worker that dies with its transaction leaves nothing; one that dies holding a permit leaves a hold that ends by itself;
one that dies after redeeming leaves slots that count as used.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from jieqing.plumbing import keys
from jieqing.plumbing.paths import data_dir
from jieqing.trust.compliance.engine.packs import PackSet
from jieqing.trust.compliance.engine.slots import Wanted
from jieqing.trust.compliance.selectors.overlays import IN_FORCE, packs_with

_NOBODY = UUID(int=0)
# The locks of ``compliance_slots``, named by the same words and taken in the same order.
_IN_ORDER = """
SELECT count(pg_advisory_xact_lock(lock)) AS locks
FROM (SELECT DISTINCT hashtextextended(name, 0) AS lock FROM unnest(%s::text[]) AS name ORDER BY 1) AS ordered
"""


def slots_secret() -> bytes:
    """The platform's key of the slots' keys."""
    return _seed(str(data_dir()), "compliance.slots")


def permit_seed() -> bytes:
    """The platform's signing seed of permits."""
    return _seed(str(data_dir()), "compliance.permits")


@lru_cache(maxsize=8)
def _seed(_folder: str, name: str) -> bytes:
    return keys.seed(name)


def look(
    many: Sequence[Sequence[Wanted]], site_id: UUID, at: datetime
) -> tuple[list[dict[str, int]], PackSet]:
    """Lock the keys of these subjects until the transaction ends and return how many slots of each are taken.

    One statement; answers in the order asked. Of several subjects all locks are taken first, in the one order that every step
    keeps: a page of many people would else wait for a permit that waits for the page. The same statement tells by which packs
    the site decides.
    """
    asked = [json.dumps([_as_json(one) for one in wanted]) for wanted in many]
    together = sorted({f"{one.slot.name} {one.key.hex()}" for wanted in many for one in wanted})
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT place, compliance_slots('look', %s, w, 0), ARRAY({IN_FORCE})"  # noqa: S608 - a constant of ours
            f" FROM ({_IN_ORDER}) AS locked, unnest(%s::jsonb[]) WITH ORDINALITY AS t(w, place)",
            [_NOBODY, site_id, at, at, together if len(many) > 1 else [], asked],
        )
        rows = cursor.fetchall()
    found: list[dict[str, int]] = [{} for _one in many]
    for place, answer, _overlays in rows:
        counts = _read(answer)["counts"]
        assert isinstance(counts, Mapping)
        found[place - 1] = {str(name): int(count) for name, count in counts.items()}
    return found, packs_with(rows[0][2])


HOLD = "compliance_slots('hold', %s, %s::jsonb, %s)"
"""Hold slots for a permit, if the counts are still these: takes `hold_parameters`, answers what `is_held` reads."""


def hold_parameters(
    permit_id: UUID, wanted: Sequence[Wanted], counts: Mapping[str, int], seconds: int
) -> list[Any]:
    slots = [_as_json(one) | {"expected": counts[one.slot.name]} for one in wanted]
    return [permit_id, json.dumps(slots), seconds]


def is_held(answer: object) -> bool:
    return _read(answer)["done"] is True


def redeem_hold(permit_id: UUID) -> bool:
    """Turn a permit's live hold into use; False when it has ended or is used already."""
    return _call("redeem", permit_id, [], 0)["done"] is True


def settle_slots(permit_id: UUID, returned: Sequence[str]) -> None:
    """Keep a permit's slots as used but for those given back."""
    _call("settle", permit_id, [{"slot": name} for name in returned], 0)


def _as_json(one: Wanted) -> dict[str, object]:
    return {
        "slot": one.slot.name,
        "key": one.key.hex(),
        "at": one.at.isoformat(),
        "day": one.day.isoformat(),
        "by_day": one.slot.by_day,
    }


def _call(
    step: str, permit_id: UUID, slots: Sequence[Mapping[str, object]], seconds: int
) -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT compliance_slots(%s, %s, %s::jsonb, %s)", [step, permit_id, json.dumps(slots), seconds]
        )
        row = cursor.fetchone()
    return _read(row[0] if row else {})


def _read(answer: object) -> dict[str, object]:
    found: dict[str, object] = json.loads(answer) if isinstance(answer, str) else answer  # type: ignore[assignment]
    return found
