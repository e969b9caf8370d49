"""Warnings: what is not due yet and likely to be more than 30 days late. One current row per item; ended, not deleted."""

from datetime import date
from uuid import UUID

import numpy as np

from jieqing.claims.receivables import selectors as ledger_selectors
from jieqing.claims.receivables.engine.ledger_arrays import date_of, day_number
from jieqing.claims.valuation.engine.forecast import ALARM, vintage_of
from jieqing.claims.valuation.engine.reasons import kept_values
from jieqing.claims.valuation.models import Alarm
from jieqing.claims.valuation.services.valuing import Valued
from jieqing.kernel.ids import new_id

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
    Alarm.objects.bulk_create(
        [
            Alarm(
                id=new_id(),
                site_id=site_id,
                item_id=ids[int(ledger.item_key[item])],
                debtor_id=parties[int(ledger.debtor_keys[ledger.debtor[item]])],
                open_minor=int(opening[item]),
                due_on=date_of(ledger.due_on[item]),
                as_of=as_of,
                first_on=first_seen.get(ids[int(ledger.item_key[item])], as_of),
                run_number=run_number,
                probability_millionths=round(float(chance[alarm]) * 1_000_000),
                currency=ledger.currencies[ledger.currency[item]],
                values=kept_values(valued.scored.values[ledger.debtor[item]]),
                points=[int(value) for value in row],
            )
            for alarm, item, row in zip(alarms, items, points, strict=True)
        ],
        batch_size=2_000,
    )
    return len(items)
