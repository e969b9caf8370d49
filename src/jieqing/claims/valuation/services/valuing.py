"""Read the ledger and compute a revaluation; nothing is written here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from jieqing.claims.receivables import selectors as ledger_selectors
from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays, day_number
from jieqing.claims.valuation.engine.behaviour import Behaviour, behaviour
from jieqing.claims.valuation.engine.marks import marked
from jieqing.claims.valuation.engine.models_kept import Models, is_learning_due, learn
from jieqing.claims.valuation.engine.scorecard import Scored, scored
from jieqing.claims.valuation.selectors.marks import marks_by_place


@dataclass(frozen=True, slots=True)
class Valued:
    """A computed revaluation before it is written."""

    ledger: LedgerArrays
    seen: Behaviour
    scored: Scored
    models: Models


def value_ledger(day: date, models: Models | None, *, debtors: Sequence[UUID] | None = None) -> Valued | None:
    """Read and compute, write nothing. A currency that the models have not seen, or a new month, learns anew."""
    ledger = ledger_selectors.ledger_arrays(debtors=debtors)
    if not ledger.items:
        return None
    norms = models.norms_for(ledger.currencies) if models else None
    if models is None or norms is None or (debtors is None and is_learning_due(models, day)):
        if debtors is not None:
            return value_ledger(day, None)
        models = learn(ledger, day)
        norms = models.norms
    seen = behaviour(ledger, day_number(day), norms.typical_minor)
    found = marked(scored(seen, norms, models.line), marks_by_place(ledger, day), models.line)
    return Valued(ledger, seen, found, models)
