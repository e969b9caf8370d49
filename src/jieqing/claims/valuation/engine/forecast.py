"""How likely an item that is not due yet will be more than 30 days late.

A logistic model on the debtor's behaviour as of the day of asking, fitted to the site's own past: at earlier month ends,
the items not due then, with what became of them by now. A Gaussian prior holds the coefficients, so that a small ledger
speaks little and a large one for itself; no threshold switches models. Calibration is checked on the newest vintage, which
the fit has not seen: Brier score against the base rate, and a reliability table.

As-of is strict: features of a vintage read nothing later than its day (leak test). An alarm is a probability of at least
``ALARM``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jieqing.claims.receivables.engine.ledger_arrays import Ints, LedgerArrays
from jieqing.claims.valuation.engine.behaviour import (
    VERY_LATE_DAYS,
    Floats,
    behaviour,
    norms_of,
    typical_amounts,
)
from jieqing.claims.valuation.engine.scorecard import FEATURES, features_of

ALARM = 0.40
STILL_OPEN = 0.05
VINTAGES = 6
VINTAGE_DAYS = 30
# Days, shares and days again, brought to like size.
SCALE = np.array([30.0, 1.0, 60.0, 30.0, 1.0])
PRIOR = np.array([-2.6, 0.9, 1.8, 0.35, 0.5, 0.3])
PRIOR_SPREAD = np.array([1.0, 0.6, 1.0, 0.4, 0.5, 0.3])
CLIP_DAYS = 180.0


@dataclass(frozen=True, slots=True)
class Vintage:
    """Items not due at ``day``: their place in the ledger, scaled features, and, once known, whether they went very late."""

    day: int
    items: Ints
    inputs: Floats
    outcome: NDArray[np.bool_]
    is_known: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Forecaster:
    """Intercept and coefficients; ``centre`` is the mean input, against which contributions are told."""

    weights: Floats
    centre: Floats
    trained_on: int
    positives: int

    def probability(self, inputs: Floats) -> Floats:
        found: Floats = _chance(_design(inputs) @ self.weights)
        return found

    def contributions(self, inputs: Floats) -> Ints:
        """Hundredths of log-odds by feature, against the site's mean."""
        found: Ints = np.rint((inputs - self.centre) * self.weights[1:] * 100).astype(np.int64)
        return found


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the newest unseen vintage said: ``table`` has (mean probability, observed share, items) by band."""

    items: int
    brier: float
    base_brier: float
    table: tuple[tuple[float, float, int], ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "items": self.items,
            "brier_millionths": round(self.brier * 1_000_000),
            "base_brier_millionths": round(self.base_brier * 1_000_000),
            "table": [[round(p * 10_000), round(q * 10_000), n] for p, q, n in self.table],
        }


def vintage(ledger: LedgerArrays, day: int, known_by: int) -> Vintage:
    """Items open and not due at a day. ``known_by`` is the day from which one looks back at outcomes."""
    typical = typical_amounts(ledger, day)
    seen = behaviour(ledger, day, typical)
    values = features_of(seen, norms_of(seen, typical))
    return vintage_of(ledger, day, known_by, values)


@dataclass(frozen=True, slots=True)
class Ahead:
    """Items open and not due yet at a day: place in the ledger, what is open, scaled features of their debtors."""

    items: Ints
    open_minor: Ints
    inputs: Floats


def items_ahead(ledger: LedgerArrays, day: int, values: Floats) -> Ahead:
    """What a warning can be about; ``values`` are the debtors' features."""
    opening = ledger.open_minor(day)
    chosen = np.flatnonzero(
        (opening > 0)
        & (ledger.due_on >= day)
        & (ledger.invoice_on <= day)
        & (ledger.amount_minor > 0)
        & (ledger.kind == 1)
    )
    return Ahead(chosen, opening[chosen], scaled(values)[ledger.debtor[chosen]])


def vintage_of(ledger: LedgerArrays, day: int, known_by: int, values: Floats) -> Vintage:
    ahead = items_ahead(ledger, day, values)
    verdict_on = ledger.due_on + VERY_LATE_DAYS
    standing = np.where(ledger.posting_on <= verdict_on[ledger.posting_item], ledger.posting_minor, 0)
    late_minor = np.add.reduceat(standing, ledger.starts) if ledger.items else np.zeros(0, np.int64)
    outcome = late_minor[ahead.items] > STILL_OPEN * ledger.amount_minor[ahead.items]
    return Vintage(day, ahead.items, ahead.inputs, outcome, verdict_on[ahead.items] <= known_by)


def scaled(values: Floats) -> Floats:
    found: Floats = np.minimum(values, CLIP_DAYS) / SCALE
    return found


def past_vintages(ledger: LedgerArrays, day: int, count: int = VINTAGES) -> list[Vintage]:
    """Earlier vintages with known outcomes, oldest first; days at which nothing stood are left out."""
    days = [day - 60 - VINTAGE_DAYS * back for back in range(count)]
    found = [vintage(ledger, one, day) for one in reversed(days)]
    return [one for one in found if one.is_known.any()]


def fit(vintages: Sequence[Vintage], rounds: int = 30) -> Forecaster:
    """Most likely coefficients given the known outcomes, held by the prior (Newton)."""
    if not vintages:
        return Forecaster(PRIOR.copy(), np.zeros(len(FEATURES)), 0, 0)
    inputs = np.concatenate([one.inputs[one.is_known] for one in vintages])
    outcome = np.concatenate([one.outcome[one.is_known] for one in vintages]).astype(np.float64)
    design, weights = _design(inputs), PRIOR.copy()
    precision = np.diag(1.0 / np.square(PRIOR_SPREAD))
    for _ in range(rounds):
        chance = _chance(design @ weights)
        gradient = design.T @ (outcome - chance) - precision @ (weights - PRIOR)
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + precision
        step = np.linalg.solve(curvature, gradient)
        weights = weights + np.clip(step, -2, 2)
        if np.abs(step).max() < 1e-8:
            break
    # A coefficient that chance turned round would call good payers bad: behaviour never counts in someone's favour.
    weights[1:] = np.maximum(weights[1:], 0)
    centre = inputs.mean(axis=0) if len(inputs) else np.zeros(len(FEATURES))
    return Forecaster(weights, centre, len(outcome), int(outcome.sum()))


def check(model: Forecaster, unseen: Vintage) -> Calibration:
    """Brier score and reliability on a vintage that the model was not fitted to."""
    inputs, outcome = unseen.inputs[unseen.is_known], unseen.outcome[unseen.is_known]
    if not len(outcome):
        return Calibration(0, 0.0, 0.0, ())
    chance = model.probability(inputs)
    base = outcome.mean().item()
    edges = np.array([0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8])
    band = np.searchsorted(edges, chance)
    table = tuple(
        (chance[band == at].mean().item(), outcome[band == at].mean().item(), int((band == at).sum()))
        for at in range(len(edges) + 1)
        if (band == at).any()
    )
    return Calibration(len(outcome), np.mean((chance - outcome) ** 2).item(), base * (1 - base), table)


def _design(inputs: Floats) -> Floats:
    return np.column_stack([np.ones(len(inputs)), inputs])


def _chance(logits: Floats) -> Floats:
    found: Floats = 1.0 / (1.0 + np.exp(-np.clip(logits, -35, 35)))
    return found
