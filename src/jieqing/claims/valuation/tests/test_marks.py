"""Marks: a dispute or hardship costs points, insolvency is D; without marks nothing changes."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from jieqing.claims.receivables.engine.ledger_arrays import day_number
from jieqing.claims.valuation.engine.behaviour import behaviour, norms_of, typical_amounts
from jieqing.claims.valuation.engine.marks import Mark, marked
from jieqing.claims.valuation.engine.rating_rows import debtor_rows
from jieqing.claims.valuation.engine.scorecard import PRIOR_LINE, Grade, Scored, scored
from jieqing.claims.valuation.tests.ledgers import arrays_of

DAY = date(2026, 6, 30)


def of(*debtors: str) -> Scored:
    ledger = arrays_of(
        [(name, date(2026, 1, 5), date(2026, 2, 5), 100_00, [(date(2026, 2, 5), 100_00)]) for name in debtors]
    )
    day = day_number(DAY)
    typical = typical_amounts(ledger, day)
    seen = behaviour(ledger, day, typical)
    return scored(seen, norms_of(seen, typical), PRIOR_LINE)


def test_without_marks_the_very_same() -> None:
    plain = of("甲", "乙")
    assert marked(plain, {}, PRIOR_LINE) is plain
    assert marked(plain, {0: Mark.NONE}, PRIOR_LINE) is plain


def test_rows_carry_the_mark_behind_the_features() -> None:
    plain = of("甲", "乙")
    rows = debtor_rows(marked(plain, {1: Mark.DISPUTED}, PRIOR_LINE), ["a", "b"], DAY.isoformat())
    before = debtor_rows(plain, ["a", "b"], DAY.isoformat())
    assert rows.row(0) == before.row(0)
    assert rows["values"][1] == before["values"][1][:-1] + ",1}"
    assert rows["points"][1] == before["points"][1][:-1] + ",60}"
    assert rows["score"][1] == before["score"][1] - 60


@given(st.integers(0, 7), st.integers(0, 7))
def test_a_further_mark_never_improves_a_grade(some: int, more: int) -> None:
    plain = of("甲")
    fewer, all_of = (marked(plain, {0: Mark(mark)}, PRIOR_LINE) for mark in (some, some | more))
    assert all_of.score[0] <= fewer.score[0]
    assert all_of.grade[0] >= fewer.grade[0] and all_of.probability[0] >= fewer.probability[0]
    if more & Mark.INSOLVENT:
        assert all_of.grade[0] == Grade.D
