"""The figures over time of one currency, for a day and as known then; a large ledger is read once per revision."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from jieqing.claims.receivables import selectors as ledger_selectors
from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays, day_number
from jieqing.claims.receivables.selectors.remembered import kept_for_revision
from jieqing.claims.valuation.engine.loss import rates_or_example, statement
from jieqing.claims.valuation.engine.rolls import rates_at
from jieqing.claims.valuation.engine.series import Point, days_of, point_at
from jieqing.claims.valuation.selectors.losses import buckets_at


def series(
    *, as_of: date, currency: str, known_at: datetime | None = None, entry_id: UUID | None = None
) -> tuple[Point, ...]:
    """Oldest first, the day itself last; nothing for a currency that the ledger does not have.

    ``entry_id`` (the newest revision's) lets a process keep the answer for as long as the ledger stands.
    """
    revision = None if known_at is None else ledger_selectors.revision_at(known_at)

    def ask() -> tuple[Point, ...]:
        ledger = ledger_selectors.ledger_arrays(revision=revision)
        if currency not in ledger.currencies:
            return ()
        place = ledger.currencies.index(currency)
        return tuple(_valued(ledger, point_at(ledger, on, place), place) for on in days_of(as_of))

    return kept_for_revision(entry_id, "valuation.series", (as_of, currency, revision), ask)


def _valued(ledger: LedgerArrays, point: Point, place: int) -> Point:
    day = day_number(point.on)
    rates, is_example = rates_or_example(rates_at(ledger, point.on, place), ledger, day, place)
    found = statement(buckets_at(ledger, ledger.open_minor(day), day, place), rates, is_example=is_example)
    return replace(point, gross_minor=found.amount_minor, loss_minor=found.loss_minor)
