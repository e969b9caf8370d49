"""Held against what happened: ratings and warnings of earlier days beside the later truth, out of time.

Everything an earlier day is judged on is computed from the ledger cut at that day; the later ledger only says what became
of it. Rank correlation is Spearman's (ranks with ties averaged), with later lateness = amount-weighted days late of what
fell due after the day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np

from jieqing.claims.receivables.engine.ledger_arrays import LedgerArrays, date_of
from jieqing.claims.valuation.engine.behaviour import (
    Floats,
    behaviour,
    item_view,
    norms_of,
    typical_amounts,
)
from jieqing.claims.valuation.engine.forecast import ALARM, Vintage, check, fit, vintage
from jieqing.claims.valuation.engine.outcomes_past import defaults_after, line_by
from jieqing.claims.valuation.engine.scorecard import Grade, grade_of, probability_of, scored

HORIZON_DAYS = 180


@dataclass(frozen=True, slots=True)
class GradeLine:
    """Debtors of a grade at the day: mean probability told, share that defaulted later, mean later days late."""

    grade: str
    debtors: int
    told: float
    came: float
    late_days: float


@dataclass(frozen=True, slots=True)
class RatingCheck:
    day: date
    debtors: int
    spearman: float
    grades: tuple[GradeLine, ...]

    def as_dict(self) -> dict[str, Any]:
        return {
            "day": self.day.isoformat(),
            "debtors": self.debtors,
            "spearman": round(self.spearman, 4),
            "grades": [
                {
                    "grade": line.grade,
                    "debtors": line.debtors,
                    "told": round(line.told, 4),
                    "came": round(line.came, 4),
                    "late_days": round(line.late_days, 2),
                }
                for line in self.grades
            ],
        }


def spearman(left: Floats, right: Floats) -> float:
    """Example:
    >>> round(spearman(np.array([1.0, 2, 3, 4]), np.array([10.0, 20, 20, 40])), 3)
    0.949
    """
    if len(left) < 3:
        return 0.0
    a, b = _ranks(left), _ranks(right)
    spread = a.std() * b.std()
    return (((a - a.mean()) * (b - b.mean())).mean() / spread).item() if spread else 0.0


def check_ratings(ledger: LedgerArrays, day: int, until: int) -> RatingCheck:
    """Debtors rated at a day, against how what fell due in (day, until] was paid by ``until``."""
    typical = typical_amounts(ledger, day)
    seen = behaviour(ledger, day, typical)
    line, _debtors = line_by(ledger, day)
    rated = scored(seen, norms_of(seen, typical), line)
    later = item_view(ledger, until, typical)
    due_later = (ledger.due_on > day) & (ledger.due_on <= until) & (ledger.invoice_on <= until)

    def total(values: Floats) -> Floats:
        found: Floats = np.bincount(
            ledger.debtor, weights=np.where(due_later, values, 0.0), minlength=ledger.debtors
        ).astype(np.float64)
        return found

    known, late = total(later.known_minor), total(later.late_minor_days)
    counts = (known > 0) & (seen.known > 0)
    lateness = late[counts] / known[counts]
    _score, fell, fresh = defaults_after(ledger, day)
    chance = probability_of(rated.score, line)
    lines = []
    for grade in Grade:
        own = counts & (rated.grade == grade)
        if own.any():
            open_to = own & fresh
            lines.append(
                GradeLine(
                    grade.name,
                    int(own.sum()),
                    chance[open_to].mean().item() if open_to.any() else 1.0,
                    fell[open_to].mean().item() if open_to.any() else 1.0,
                    (late[own].sum() / known[own].sum()).item(),
                )
            )
    # A lower score is worse, more days are worse: turned round so that agreement is positive.
    return RatingCheck(
        date_of(day),
        int(counts.sum()),
        spearman(-rated.score[counts].astype(np.float64), lateness),
        tuple(lines),
    )


def check_alarms(ledger: LedgerArrays, days: list[int], until: int) -> dict[str, Any]:
    """Walk forward: at each day the model knows earlier vintages only. Brier, precision, recall and lead time of alarms."""
    vintages = [vintage(ledger, day, until) for day in days]
    told: list[Floats] = []
    came: list[np.ndarray] = []
    first_alarm: dict[int, int] = {}
    very_late: set[int] = set()
    for at, now in enumerate(vintages):
        model = fit([_as_known(one, now.day, ledger) for one in vintages[:at]])
        chance = model.probability(now.inputs)
        told.append(chance[now.is_known])
        came.append(now.outcome[now.is_known])
        for item, one in zip(now.items[now.is_known], chance[now.is_known], strict=True):
            if one >= ALARM:
                first_alarm.setdefault(int(item), now.day)
        very_late |= {int(item) for item in now.items[now.is_known & now.outcome]}
    chance, outcome = np.concatenate(told), np.concatenate(came).astype(np.float64)
    caught = very_late & set(first_alarm)
    leads = [int(ledger.due_on[item]) + 30 - first_alarm[item] for item in sorted(caught)]
    base = outcome.mean().item() if len(outcome) else 0.0
    unseen = check(fit([_as_known(one, vintages[-1].day, ledger) for one in vintages[:-1]]), vintages[-1])
    return {
        "items": len(outcome),
        "brier": round(np.mean((chance - outcome) ** 2).item(), 4),
        "base_brier": round(base * (1 - base), 4),
        "auc": round(_auc(chance, outcome), 4),
        "alarmed": len(first_alarm),
        "precision": round(len(caught) / len(first_alarm), 4) if first_alarm else None,
        "recall": round(len(caught) / len(very_late), 4) if very_late else None,
        "median_lead_days": sorted(leads)[len(leads) // 2] if leads else None,
        "reliability": [[round(p, 3), round(q, 3), n] for p, q, n in unseen.table],
    }


def half_years_before(until: date, count: int) -> list[date]:
    return [until - timedelta(days=HORIZON_DAYS * (count - at)) for at in range(count)]


def _as_known(one: Vintage, day: int, ledger: LedgerArrays) -> Vintage:
    """A vintage as it could be seen at a later day: only outcomes that had been decided by then."""
    decided = ledger.due_on[one.items] + 30 <= day
    return Vintage(one.day, one.items, one.inputs, one.outcome, decided)


def _ranks(values: Floats) -> Floats:
    _unique, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    found: Floats = ((last - counts + 1 + last) / 2)[inverse]
    return found


def _auc(chance: Floats, outcome: Floats) -> float:
    good, bad = int((outcome == 0).sum()), int((outcome == 1).sum())
    if not good or not bad:
        return 0.5
    ranks = _ranks(chance)
    share: float = (ranks[outcome == 1].sum() - bad * (bad + 1) / 2).item() / (good * bad)
    return share


__all__ = [
    "GradeLine",
    "RatingCheck",
    "check_alarms",
    "check_ratings",
    "grade_of",
    "half_years_before",
    "spearman",
]
