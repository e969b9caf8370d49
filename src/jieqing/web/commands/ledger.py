"""``jieqing ledger``: the ledger's own commands and, on top, what valuation reads out of it."""

from jieqing.claims.receivables.management.cli import ledger
from jieqing.claims.valuation.management.cli import ecl, rating

ledger.add_command(rating)
ledger.add_command(ecl)

__all__ = ["ledger"]
