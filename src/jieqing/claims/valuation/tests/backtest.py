"""``python -m jieqing.claims.valuation.tests.backtest [ibm_ar.csv]``: the figures of docs/algorithms/rating.md and ecl.md."""

import json
import sys
from datetime import date
from pathlib import Path

from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays, day_number
from jieqing.claims.valuation.engine.backtest import check_alarms, check_ratings
from jieqing.claims.valuation.engine.loss_vintages import as_dicts, loss_vintages
from jieqing.claims.valuation.tests.ledgers import ibm_ar, seeded

SEED, INVOICES, DEBTORS = 20261122, 12_000, 300
UNTIL = date(2026, 11, 22)


def tell(name: str, ledger: LedgerArrays, day: date, until: date, first: int, count: int) -> None:
    days = [first + 30 * step for step in range(count)]
    found = {
        "data": name,
        "ratings": check_ratings(ledger, day_number(day), day_number(until)).as_dict(),
        "warnings": check_alarms(ledger, days, day_number(until)),
    }
    print(json.dumps(found))


def main() -> None:
    ledger = seeded(seed=SEED, until=UNTIL, invoices=INVOICES, debtors=DEBTORS)
    day = date(2026, 5, 26)
    tell("seeded", ledger, day, UNTIL, day_number(day) - 200, 12)
    print(json.dumps({"losses": as_dicts(loss_vintages(ledger, UNTIL, 0))}))
    if len(sys.argv) > 1:
        public = ibm_ar(Path(sys.argv[1]))
        print(
            json.dumps({"data": "ibm_ar", "losses": as_dicts(loss_vintages(public, date(2013, 12, 31), 0))})
        )
        tell("ibm_ar", public, date(2013, 6, 30), date(2013, 12, 31), day_number(date(2012, 6, 30)), 16)


if __name__ == "__main__":
    main()
