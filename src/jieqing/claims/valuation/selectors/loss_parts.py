"""What a loss is made of, month by month, and how earlier forecasts did; a large ledger is read once per revision."""

from datetime import date
from uuid import UUID

from jieqing.claims.receivables import selectors as ledger_selectors
from jieqing.claims.receivables.selectors.remembered import kept_for_revision
from jieqing.claims.valuation.engine.loss_vintages import LossVintage, loss_vintages
from jieqing.claims.valuation.engine.rolls import Rolls, monthly_rolls


def rolls_by_month(
    *, as_of: date, currency: str, entry_id: UUID | None = None
) -> tuple[tuple[date, date, Rolls], ...]:
    """The months behind the matrix, oldest first; nothing for a currency that the ledger does not have."""

    def ask() -> tuple[tuple[date, date, Rolls], ...]:
        ledger = ledger_selectors.ledger_arrays()
        if currency not in ledger.currencies:
            return ()
        return tuple(monthly_rolls(ledger, as_of, ledger.currencies.index(currency)))

    return kept_for_revision(entry_id, "valuation.rolls", (as_of, currency), ask)


def loss_backtest(*, as_of: date, currency: str, entry_id: UUID | None = None) -> tuple[LossVintage, ...]:
    """Earlier month ends that can be judged by ``as_of``, oldest first."""

    def ask() -> tuple[LossVintage, ...]:
        ledger = ledger_selectors.ledger_arrays()
        if currency not in ledger.currencies:
            return ()
        return loss_vintages(ledger, as_of, ledger.currencies.index(currency))

    return kept_for_revision(entry_id, "valuation.vintages", (as_of, currency), ask)
