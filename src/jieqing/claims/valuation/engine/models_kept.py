"""What a revaluation learned and keeps with its run, so that a debtor touched tomorrow is judged like all others today.

Whole numbers only (evidence refuses floats): millionths. Learning again is due with a new month, not with every event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays, day_number, sample_debtors
from jieqing.claims.valuation.engine.behaviour import Norms, behaviour, norms_of, typical_amounts
from jieqing.claims.valuation.engine.forecast import Calibration, Forecaster, check, fit, past_vintages
from jieqing.claims.valuation.engine.outcomes_past import line_by
from jieqing.claims.valuation.engine.scorecard import Line

LEARN_DEBTORS_MAX = 10_000
_ONE = 1_000_000


@dataclass(frozen=True, slots=True)
class Models:
    """``typical_minor`` of ``norms`` stands in the order of ``currencies``."""

    learned_on: date
    currencies: tuple[str, ...]
    norms: Norms
    line: Line
    line_debtors: int
    forecaster: Forecaster
    calibration: Calibration

    def norms_for(self, currencies: tuple[str, ...]) -> Norms | None:
        """The norms in another order of currencies; None when one is new."""
        if not set(currencies) <= set(self.currencies):
            return None
        typical = tuple(self.norms.typical_minor[self.currencies.index(code)] for code in currencies)
        return Norms(typical, self.norms.late_days, self.norms.very_late_share)

    def as_dict(self) -> dict[str, Any]:
        return {
            "learned_on": self.learned_on.isoformat(),
            "currencies": list(self.currencies),
            "typical_minor": [round(value) for value in self.norms.typical_minor],
            "late_days": round(self.norms.late_days * _ONE),
            "very_late_share": round(self.norms.very_late_share * _ONE),
            "line": [round(self.line.intercept * _ONE), round(self.line.slope * _ONE)],
            "line_debtors": self.line_debtors,
            "weights": [round(value * _ONE) for value in self.forecaster.weights.tolist()],
            "centre": [round(value * _ONE) for value in self.forecaster.centre.tolist()],
            "trained_on": self.forecaster.trained_on,
            "positives": self.forecaster.positives,
            "calibration": self.calibration.as_dict(),
        }


def read_models(kept: Mapping[str, Any]) -> Models:
    """What ``as_dict`` wrote. Models are always used as read back, so that a rerun from the row gives the same grades."""
    checked = kept["calibration"]
    return Models(
        learned_on=date.fromisoformat(kept["learned_on"]),
        currencies=tuple(kept["currencies"]),
        norms=Norms(
            tuple(np.asarray(kept["typical_minor"], np.float64).tolist()),
            kept["late_days"] / _ONE,
            kept["very_late_share"] / _ONE,
        ),
        line=Line(*(value / _ONE for value in kept["line"])),
        line_debtors=kept["line_debtors"],
        forecaster=Forecaster(
            np.array(kept["weights"]) / _ONE,
            np.array(kept["centre"]) / _ONE,
            kept["trained_on"],
            kept["positives"],
        ),
        calibration=Calibration(
            checked["items"],
            checked["brier_millionths"] / _ONE,
            checked["base_brier_millionths"] / _ONE,
            tuple((p / 10_000, q / 10_000, n) for p, q, n in checked["table"]),
        ),
    )


def learn(ledger: LedgerArrays, as_of: date) -> Models:
    """Norms of all debtors; line and forecaster from a sample of debtors, which is plenty for six numbers."""
    day = day_number(as_of)
    typical = typical_amounts(ledger, day)
    norms = norms_of(behaviour(ledger, day, typical), typical)
    some = sample_debtors(ledger, LEARN_DEBTORS_MAX)
    line, line_debtors = line_by(some, day)
    vintages = past_vintages(some, day)
    calibration = (
        check(fit(vintages[:-1]), vintages[-1]) if len(vintages) > 1 else Calibration(0, 0.0, 0.0, ())
    )
    found = Models(as_of, ledger.currencies, norms, line, line_debtors, fit(vintages), calibration)
    return read_models(found.as_dict())


def is_learning_due(models: Models, as_of: date) -> bool:
    return (models.learned_on.year, models.learned_on.month) != (as_of.year, as_of.month)
