"""Warnings: what is not due yet and likely to be more than 30 days late. One current row per item; ended, not deleted."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

import numpy as np
import polars as pl
from django.db import connection

from jieqing.claims.receivables import selectors as ledger_selectors
from jieqing.claims.receivables.engine.ledger_arrays import day_number
from jieqing.claims.valuation.engine.forecast import ALARM, items_ahead
from jieqing.claims.valuation.engine.rating_rows import array_texts, kept_matrix
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


def write_alarms(
    valued: Valued,
    as_of: date,
    parties: Mapping[int, str],
    *,
    site_id: UUID,
    run_number: int,
    is_full: bool,
) -> int:
    """End the warnings of whom this run read, write the new ones; the most likely first where there are very many."""
    ledger, day = valued.ledger, day_number(as_of)
    now = items_ahead(ledger, day, valued.scored.values)
    chance = valued.models.forecaster.probability(now.inputs)
    alarms = np.flatnonzero(chance >= ALARM)
    alarms = alarms[np.argsort(-chance[alarms], kind="stable")][:ROWS_MAX]
    items = now.items[alarms]
    keys = [int(key) for key in ledger.item_key[items]]
    by_key = ledger_selectors.items_of_keys(keys)
    ids = [by_key[key] for key in keys]
    current = Alarm.objects.filter(ended_run=None)
    if not is_full:
        current = current.filter(debtor_id__in=[parties[key] for key in ledger.debtor_keys.tolist()])
    first_seen = dict(current.values_list("item_id", "first_on"))
    current.update(ended_run=run_number)
    rows = pl.DataFrame(
        {
            "item_id": [str(item_id) for item_id in ids],
            "debtor_id": [parties[key] for key in ledger.debtor_keys[ledger.debtor[items]].tolist()],
            "open_minor": now.open_minor[alarms],
            "due_on": ledger.due_on[items],
            "first_on": [first_seen.get(item_id, as_of) for item_id in ids],
            "probability_millionths": np.rint(chance[alarms] * 1_000_000).astype(np.int64),
            "currency": [ledger.currencies[at] for at in ledger.currency[items]],
            "values": array_texts(kept_matrix(valued.scored.values[ledger.debtor[items]])),
            "points": array_texts(valued.models.forecaster.contributions(now.inputs[alarms])),
        }
    ).with_columns(pl.col("due_on").cast(pl.Int32).cast(pl.Date))
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)
        with cursor.copy(f"COPY valuation_alarm_staged ({_COLUMNS}) FROM STDIN (FORMAT csv)") as copy:
            copy.write(rows.write_csv(include_header=False))
        cursor.execute(_INSERT, {"site": site_id, "as_of": as_of, "run": run_number})
    return len(items)
