"""Looking and holding by hand, as `mint` does with a verdict in between."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from jieqing.kernel import clock
from jieqing.trust.compliance.engine.slots import Wanted
from jieqing.trust.compliance.services.slot_table import HOLD, hold_parameters, is_held, look


def taken(wanted: Sequence[Wanted]) -> dict[str, int]:
    """How many of these slots are taken; of no site, so by the shipped packs."""
    (counts,), _packs = look([wanted], UUID(int=0), clock.now())
    return counts


def hold(permit_id: UUID, wanted: Sequence[Wanted], seconds: int = 60) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {HOLD}", hold_parameters(permit_id, wanted, taken(wanted), seconds))
        row = cursor.fetchone()
    return is_held(row and row[0])
