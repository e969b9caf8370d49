"""Ratings: computed at the moment of asking, or as rows keep them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import numpy as np

from jieqing.claims.receivables import selectors as ledger_selectors
from jieqing.claims.receivables.engine.ledger_arrays import day_number
from jieqing.claims.valuation.engine.behaviour import behaviour
from jieqing.claims.valuation.engine.marks import Mark, marked, points_of_marks
from jieqing.claims.valuation.engine.models_kept import Models, is_learning_due, learn, read_models
from jieqing.claims.valuation.engine.reasons import kept_values
from jieqing.claims.valuation.engine.scorecard import Scored, scored
from jieqing.claims.valuation.models import Run
from jieqing.claims.valuation.selectors.marks import marks_by_place


@dataclass(frozen=True, slots=True)
class RatingNow:
    """A debtor's rating as computed now; ``values`` and ``points`` as rows keep them."""

    party_id: UUID
    score: int
    grade: int
    probability_millionths: int
    invoices_due: int
    values: tuple[int, ...]
    points: tuple[int, ...]


def ratings_now(as_of: date) -> list[RatingNow]:
    """Every debtor's rating at a day, worst first; nothing is written."""
    ledger = ledger_selectors.ledger_arrays()
    if not ledger.items:
        return []
    models = models_for(as_of)
    norms = models.norms_for(ledger.currencies) if models else None
    if models is None or norms is None:
        models = learn(ledger, as_of)
        norms = models.norms
    found = scored(behaviour(ledger, day_number(as_of), norms.typical_minor), norms, models.line)
    found = marked(found, marks_by_place(ledger, as_of), models.line)
    ids = ledger_selectors.party_keys()
    order = np.lexsort((ledger.debtor_keys, found.score, -found.grade))
    return [
        RatingNow(
            UUID(ids[int(ledger.debtor_keys[at])]),
            int(found.score[at]),
            int(found.grade[at]),
            round(float(found.probability[at]) * 1_000_000),
            int(found.invoices_due[at]),
            (*kept_values(found.values[at]), *_marks(found, int(at))[0]),
            (*(int(value) for value in found.points[at]), *_marks(found, int(at))[1]),
        )
        for at in order
    ]


def _marks(found: Scored, place: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """What rows keep behind the features: the marks and their points, of those who have any."""
    mark = Mark(found.marks.get(place, 0))
    return ((int(mark),), (points_of_marks(mark),)) if mark else ((), ())


def models_for(as_of: date) -> Models | None:
    """The models of the last run, where they are of the day's own month."""
    last = Run.objects.order_by("-number").first()
    if last is None:
        return None
    found = read_models(last.norms)
    return None if is_learning_due(found, as_of) else found
