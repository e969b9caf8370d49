"""From behaviour to a score of 0 to 1000, its reasons, a probability of default and a grade AAA ... D.

A transparent scorecard: each feature costs points along a fixed line (``LINES``), the score is 1000 less the sum, and the
points are the reasons. Thin histories lean on the site's mean with the weight of ``PRIOR_INVOICES`` typical invoices, so
that one late payment does not make a bad payer and one prompt one no good payer.

The score becomes a probability of default (more than 90 days past due within half a year) by a logistic line fitted to the
site's own past, held by a prior (``calibrate``). Grades are bands of that probability. D is not forecast but seen: what
is more than 90 days past due now reaches a tenth of what was invoiced in a year (CAS 22 art. 53: presumed default).

Invariant (property test): paying later never improves score, probability or grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jieqing.claims.receivables.engine.ledger_arrays import Ints
from jieqing.claims.valuation.engine.behaviour import Behaviour, Floats, Norms

SCORE_MAX = 1000
PRIOR_INVOICES = 2.0
SHORT_HISTORY = 3
DEFAULT_SHARE = 0.10
REASONS_MAX = 3
REASON_POINTS_MIN = 15


class Grade(IntEnum):
    AAA = 1
    AA = 2
    A = 3
    BBB = 4
    BB = 5
    B = 6
    CCC = 7
    CC = 8
    C = 9
    D = 10


# Upper ends of the bands of probability, AAA to CC; above the last one C, and D is seen, not forecast.
BANDS = (0.005, 0.015, 0.035, 0.07, 0.13, 0.22, 0.35, 0.55)

# feature: (values, points lost): straight between, flat outside.
LINES: dict[str, tuple[tuple[float, ...], tuple[float, ...]]] = {
    "late_days": ((0, 5, 15, 30, 60, 120), (0, 40, 140, 260, 380, 480)),
    "very_late_share": ((0, 0.5, 1), (0, 90, 140)),
    "worst_days": ((0, 7, 30, 60, 90, 180), (0, 15, 60, 130, 200, 280)),
    "recent_days": ((0, 15, 45, 90), (0, 30, 80, 120)),
    "credited_share": ((0, 0.05, 0.3), (0, 0, 40)),
}
FEATURES = tuple(LINES)


@dataclass(frozen=True, slots=True)
class Line:
    """log-odds of default = intercept + slope x (500 - score) / 100."""

    intercept: float
    slope: float

    def as_dict(self) -> dict[str, Any]:
        return {
            "intercept_millionths": round(self.intercept * 1_000_000),
            "slope_millionths": round(self.slope * 1_000_000),
        }


# 900 points: 1 %; 500: 20 %; 200: 60 %. Held against the seeded ledger in docs/algorithms/rating.md.
PRIOR_LINE = Line(-1.40, 0.65)
PRIOR_SPREAD = (0.7, 0.25)


@dataclass(frozen=True, slots=True)
class Scored:
    """One entry per debtor; ``values`` and ``points`` have a column per feature (``FEATURES``); ``marks`` by place."""

    values: Floats
    points: Ints
    score: Ints
    probability: Floats
    grade: Ints
    invoices_due: Ints
    marks: Mapping[int, int] = field(default_factory=dict)


def features_of(seen: Behaviour, norms: Norms) -> Floats:
    """The features, each worse when larger; means are shrunk to the site's."""

    def shrunk(total: Floats, known: Floats, prior: float) -> Floats:
        found: Floats = (total + PRIOR_INVOICES * prior) / (known + PRIOR_INVOICES)
        return found

    return np.column_stack(
        [
            shrunk(seen.late, seen.known, norms.late_days),
            np.clip(shrunk(seen.very_late, seen.known, norms.very_late_share), 0, 1),
            seen.worst_days.astype(np.float64),
            shrunk(seen.recent_late, seen.recent_known, norms.late_days),
            np.divide(
                seen.credited,
                seen.invoiced_year,
                out=np.zeros_like(seen.credited),
                where=seen.invoiced_year > 0,
            ),
        ]
    )


def points_of(values: Floats) -> Ints:
    """Points lost by feature, whole numbers."""
    # Rounded to a millionth first: the last bits of a sum of fractions must not decide a point.
    steady = np.round(values, 6)
    columns = [np.interp(steady[:, at], *LINES[name]) for at, name in enumerate(FEATURES)]
    return np.rint(np.column_stack(columns)).astype(np.int64)


def is_defaulted(seen: Behaviour) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (seen.defaulted > 0) & (
        seen.defaulted >= DEFAULT_SHARE * np.maximum(seen.invoiced_year, 0)
    )
    return found


def probability_of(score: Ints, line: Line) -> Floats:
    found: Floats = 1.0 / (1.0 + np.exp(-(line.intercept + line.slope * (500 - score) / 100)))
    return found


def grade_of(probability: Floats) -> Ints:
    """Example:
    >>> grade_of(np.array([0.001, 0.02, 0.3, 0.9])).tolist() == [Grade.AAA, Grade.A, Grade.CCC, Grade.C]
    True
    """
    return (np.searchsorted(np.array(BANDS), probability, side="right") + 1).astype(np.int64)


def tone_of(grade: int) -> str:
    """Whether a grade is good, to be watched, or bad: to BBB, to CCC, below."""
    if grade <= Grade.BBB:
        return "good"
    return "warn" if grade <= Grade.CCC else "bad"


def scored(seen: Behaviour, norms: Norms, line: Line) -> Scored:
    values = features_of(seen, norms)
    points = points_of(values)
    score = np.maximum(0, SCORE_MAX - points.sum(axis=1))
    defaulted = is_defaulted(seen)
    probability = np.where(defaulted, 1.0, probability_of(score, line))
    grade = np.where(defaulted, int(Grade.D), grade_of(probability))
    return Scored(values, points, score, probability, grade, seen.invoices_due)


def calibrate(score: Ints, defaulted: NDArray[np.bool_], rounds: int = 25) -> Line:
    """The line most likely after seeing these outcomes, held by the prior: without outcomes it is the prior."""
    design = np.column_stack([np.ones(len(score)), (500 - score) / 100])
    prior = np.array([PRIOR_LINE.intercept, PRIOR_LINE.slope])
    precision = np.diag(1.0 / np.square(PRIOR_SPREAD))
    found = prior.copy()
    for _ in range(rounds):
        chance = 1.0 / (1.0 + np.exp(-design @ found))
        gradient = design.T @ (defaulted - chance) - precision @ (found - prior)
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + precision
        step = np.linalg.solve(curvature, gradient)
        found = found + step
        if np.abs(step).max() < 1e-9:
            break
    # A ledger in which worse scores did better says nothing that may turn grades round.
    return Line(found[0].item(), max(0.05, found[1].item()))
