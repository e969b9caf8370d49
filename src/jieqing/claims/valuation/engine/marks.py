"""What stands about a debtor beside the way it pays: an open dispute, hardship, insolvency.

A dispute and hardship cost points, so that score, probability and grade follow as they do for late payment; insolvency is
seen default, like being far past due, and gives D (CAS 22 art. 40: significant financial difficulty and probable bankruptcy
are evidence of impairment). The points are the house's assumption: no ledger at hand tells outcomes of disputes
(docs/algorithms/rating.md).

Invariants: a mark never improves a grade; without marks nothing changes, not a bit of a row; paying later still never
improves anything, because marks do not look at payments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from enum import IntFlag

import numpy as np

from jieqing.claims.valuation.engine.scorecard import Grade, Line, Scored, grade_of, probability_of


class Mark(IntFlag):
    """Kept as one number in rows behind the features: never renumber one."""

    NONE = 0
    DISPUTED = 1
    HARDSHIP = 2
    INSOLVENT = 4


MARK_POINTS: Mapping[Mark, int] = {Mark.DISPUTED: 60, Mark.HARDSHIP: 120}


def points_of_marks(marks: Mark) -> int:
    """Example:
    >>> points_of_marks(Mark.DISPUTED | Mark.HARDSHIP | Mark.INSOLVENT)
    180
    """
    return sum(points for mark, points in MARK_POINTS.items() if mark & marks)


def marked(found: Scored, marks: Mapping[int, Mark], line: Line) -> Scored:
    """``marks`` by the debtor's place. What is not marked stays as it was."""
    places = np.array(sorted(place for place, mark in marks.items() if mark), np.int64)
    if not len(places):
        return found
    score, probability, grade = found.score.copy(), found.probability.copy(), found.grade.copy()
    own = [marks[place] for place in places.tolist()]
    score[places] = np.maximum(0, score[places] - [points_of_marks(mark) for mark in own])
    is_default = (grade[places] == Grade.D) | np.array([bool(mark & Mark.INSOLVENT) for mark in own])
    probability[places] = np.where(is_default, 1.0, probability_of(score[places], line))
    grade[places] = np.where(is_default, int(Grade.D), grade_of(probability[places]))
    return replace(
        found,
        score=score,
        probability=probability,
        grade=grade,
        marks=dict(zip(places.tolist(), own, strict=True)),
    )
