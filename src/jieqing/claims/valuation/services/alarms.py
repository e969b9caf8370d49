"""Warnings: what is not due yet and likely to be more than 30 days late. One current row per item; ended, not deleted."""

from datetime import date
from uuid import UUID

import numpy as np
from django.db import connection

from jieqing.claims.receivables import selectors as ledger_selectors
from jieqing.claims.receivables.engine.ledger_arrays import date_of, day_number
from jieqing.claims.valuation.engine.forecast import ALARM, vintage_of
from jieqing.claims.valuation.engine.reasons import kept_values
from jieqing.claims.valuation.models import Alarm
from jieqing.claims.valuation.services.valuing import Valued

_COLUMNS = (
    'item_id, debtor_id, open_minor, due_on, first_on, probability_millionths, currency, "values", points'
)
_CREATE = """
CREATE TEMP TABLE IF NOT EXISTS valuation_alarm_staged (
    item_id uuid, debtor_id uuid, open_minor bigint, due_on date, first_on date, probability_millionths int, currency varchar(3),
    "values" int[], points int[]
) ON COMMIT DROP;
TRUNCATE valuation_alarm_staged
"""
_INSERT = f"""
INSERT INTO valuation_alarm (id, site_id, as_of, run_number, {_COLUMNS})
SELECT uuidv7(), %(site)s, %(as_of)s, %(run)s, {_COLUMNS} FROM valuation_alarm_staged
"""  # noqa: S608  # constants only
ROWS_MAX = 5_000


def write_alarms(valued: Valued, as_of: date, *, site_id: UUID, run_number: int, is_full: bool) -> int:
    """End the warnings of whom this run read, write the new ones; the most likely first where there are very many."""
    ledger, day = valued.ledger, day_number(as_of)
    now = vintage_of(ledger, day, day, valued.scored.values)
    chance = valued.models.forecaster.probability(now.inputs)
    alarms = np.flatnonzero(chance >= ALARM)
    alarms = alarms[np.argsort(-chance[alarms], kind="stable")][:ROWS_MAX]
    points = valued.models.forecaster.contributions(now.inputs[alarms])
    items = now.items[alarms]
    ids = ledger_selectors.items_of_keys([int(key) for key in ledger.item_key[items]])
    parties = ledger_selectors.party_keys() if len(items) or not is_full else {}
    current = Alarm.objects.filter(ended_run=None)
    if not is_full:
        current = current.filter(debtor_id__in=[parties[int(key)] for key in ledger.debtor_keys])
    first_seen = dict(current.values_list("item_id", "first_on"))
    current.update(ended_run=run_number)
    opening = ledger.open_minor(day)
    rows = [
        (
            ids[int(ledger.item_key[item])],
            parties[int(ledger.debtor_keys[ledger.debtor[item]])],
            int(opening[item]),
            date_of(ledger.due_on[item]),
            first_seen.get(ids[int(ledger.item_key[item])], as_of),
            round(float(chance[alarm]) * 1_000_000),
            ledger.currencies[ledger.currency[item]],
            kept_values(valued.scored.values[ledger.debtor[item]]),
            row.tolist(),
        )
        for alarm, item, row in zip(alarms, items, points, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        with cursor.copy(f"COPY valuation_alarm_staged ({_COLUMNS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(_INSERT, {"site": site_id, "as_of": as_of, "run": run_number})
    return len(items)
