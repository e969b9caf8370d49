"""What must always hold: later is never better, order is nothing, thin is the prior, as-of is strict, no fen is lost."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from jieqing.claims.receivables.engine.ledger_arrays import day_number, sample_debtors
from jieqing.claims.valuation.engine import backtest, loss, rolls
from jieqing.claims.valuation.engine.behaviour import behaviour, norms_of, typical_amounts
from jieqing.claims.valuation.engine.forecast import PRIOR, fit, past_vintages
from jieqing.claims.valuation.engine.loss_vintages import loss_vintage, loss_vintages
from jieqing.claims.valuation.engine.models_kept import learn, read_models
from jieqing.claims.valuation.engine.scorecard import PRIOR_LINE, calibrate, scored
from jieqing.claims.valuation.tests.ledgers import Row, arrays_of, seeded

AS_OF = date(2026, 6, 30)
START = date(2025, 6, 1)


@st.composite
def books(draw: st.DrawFn) -> list[Row]:
    rows: list[Row] = []
    for number in range(draw(st.integers(1, 12))):
        invoice_on = START + timedelta(days=draw(st.integers(0, 420)))
        due_on = invoice_on + timedelta(days=draw(st.sampled_from([0, 30, 60])))
        amount = draw(st.integers(100, 10**7))
        payments = []
        if draw(st.booleans()):
            payments = [
                (invoice_on + timedelta(days=draw(st.integers(0, 300))), draw(st.integers(1, amount)))
            ]
        rows.append((f"D{number % 3}", invoice_on, due_on, amount, payments))
    return rows


@given(books(), st.integers(0, 11), st.integers(1, 200))
@settings(max_examples=150)
def test_paying_later_never_improves_score_or_grade(rows: list[Row], place: int, days: int) -> None:
    place %= len(rows)
    debtor, invoice_on, due_on, amount, payments = rows[place]
    later = [(on + timedelta(days=days), paid) for on, paid in payments]
    worse = [*rows[:place], (debtor, invoice_on, due_on, amount, later), *rows[place + 1 :]]
    day = day_number(AS_OF)
    before, after = arrays_of(rows), arrays_of(worse)
    typical = typical_amounts(before, day)
    norms = norms_of(behaviour(before, day, typical), typical)
    one = scored(behaviour(before, day, typical), norms, PRIOR_LINE)
    two = scored(behaviour(after, day, typical), norms, PRIOR_LINE)
    assert (two.score <= one.score).all()
    assert (two.grade >= one.grade).all()


@given(books(), st.randoms())
def test_the_order_of_writing_is_nothing(rows: list[Row], random: object) -> None:
    ledger = arrays_of(rows)
    day = day_number(AS_OF)
    typical = typical_amounts(ledger, day)
    seen = behaviour(ledger, day, typical)
    shuffled = [(name, a, b, c, list(reversed(paid))) for name, a, b, c, paid in rows]
    again = behaviour(arrays_of(shuffled), day, typical)
    assert (seen.late == again.late).all()
    assert (seen.open_minor == again.open_minor).all()


@given(books(), st.integers(1, 400))
def test_nothing_after_the_day_is_read(rows: list[Row], days: int) -> None:
    cut = AS_OF - timedelta(days=days)
    known = [
        (name, invoice_on, due_on, amount, [(on, paid) for on, paid in payments if on <= cut])
        for name, invoice_on, due_on, amount, payments in rows
        if invoice_on <= cut
    ]
    if len({row[0] for row in known}) < len({row[0] for row in rows}):
        return
    day = day_number(cut)
    whole, past = arrays_of(rows), arrays_of(known)
    typical = typical_amounts(past, day)
    assert typical_amounts(whole, day) == typical
    for one, two in zip(
        _columns(behaviour(whole, day, typical)), _columns(behaviour(past, day, typical)), strict=True
    ):
        assert np.allclose(one, two)
    assert rolls.rates_at(whole, cut, 0).rates == rolls.rates_at(past, cut, 0).rates


def test_a_bucket_without_items_is_the_prior_and_a_thick_one_the_ledger() -> None:
    assert (rolls.posterior(rolls.NO_ROLLS) == rolls.PRIOR_ROLLS).all()
    minor = np.zeros((5, 6), np.int64)
    minor[1, 2], minor[1, 5] = 900, 100
    thick = rolls.posterior(rolls.Rolls(minor, np.array([0, 10**9, 0, 0, 0]), 1))
    assert np.allclose(thick[1], [0, 0, 0.9, 0, 0, 0.1], atol=1e-6)
    assert (thick[0] == rolls.PRIOR_ROLLS[0]).all()
    thin = rolls.posterior(rolls.Rolls(minor, np.array([0, 1, 0, 0, 0]), 1))
    assert abs(thin[1, 2] - (0.9 + 20 * 0.30) / 21) < 1e-12


def test_the_chance_of_default_is_the_product_of_rolls_where_nothing_falls_back() -> None:
    matrix = np.zeros((5, 6))
    for at, forward in enumerate((0.2, 0.4, 0.6, 0.8)):
        matrix[at, at + 1], matrix[at, 5] = forward, 1 - forward
    matrix[4, 4] = 1
    found = rolls.chance_of_default(matrix)
    assert np.allclose(found, [0.2 * 0.4 * 0.6 * 0.8, 0.4 * 0.6 * 0.8, 0.6 * 0.8, 0.8, 1])


@given(
    st.lists(st.tuples(st.integers(-(10**15), 10**15), st.integers(0, 10**7)), min_size=5, max_size=5),
    st.integers(2, 50),
)
def test_losses_sum_to_the_fen_and_never_pass_the_amount(rows: list[tuple[int, int]], overlay: int) -> None:
    buckets = [(None, None, amount, 1) for amount, _rate in rows]
    rates = [Decimal(rate) / 10**7 for _amount, rate in rows]
    found = loss.statement(buckets, rates, overlay=Decimal(overlay) / 10)
    assert found.amount_minor == sum(amount for amount, _rate in rows)
    assert found.loss_minor == sum(line.loss_minor for line in found.lines)
    assert all(0 <= line.loss_minor <= max(0, line.amount_minor) for line in found.lines)


def test_without_outcomes_models_are_their_priors() -> None:
    line = calibrate(np.zeros(0, np.int64), np.zeros(0, bool))
    assert (round(line.intercept, 9), round(line.slope, 9)) == (PRIOR_LINE.intercept, PRIOR_LINE.slope)
    assert (fit([]).weights == PRIOR).all()


def test_models_come_back_from_their_row_and_samples_keep_debtors_whole() -> None:
    ledger = seeded(seed=3, until=AS_OF, invoices=900, debtors=40)
    models = learn(ledger, AS_OF)
    assert read_models(models.as_dict()).as_dict() == models.as_dict()
    some = sample_debtors(ledger, 10)
    day = day_number(AS_OF)
    typical = typical_amounts(ledger, day)
    kept = np.isin(ledger.debtor_keys, some.debtor_keys)
    assert (behaviour(some, day, typical).late == behaviour(ledger, day, typical).late[kept]).all()
    assert past_vintages(some, day)


def test_back_test_on_the_seeded_ledger() -> None:
    """Out of time: grades order later lateness, worse grades default more, losses within a factor of two on three vintages."""
    until = date(2026, 11, 22)
    ledger = seeded(seed=20261122, until=until, invoices=6000, debtors=200)
    day = day_number(date(2026, 5, 26))
    found = backtest.check_ratings(ledger, day, day_number(until))
    assert found.spearman > 0.55
    fresh = [line for line in found.grades if line.grade != "D"]
    assert fresh[0].came < fresh[-1].came
    alarms = backtest.check_alarms(ledger, [day - 200 + 30 * step for step in range(12)], day_number(until))
    assert alarms["brier"] < alarms["base_brier"]
    assert alarms["median_lead_days"] > 30
    vintages = loss_vintages(ledger, until, 0)
    assert len(vintages) >= 3 and all(one.decided_bp >= 9_000 for one in vintages)
    # A young book has hardly seen a default; the newest vintage is within a factor of two.
    assert 0.5 < vintages[-1].forecast_minor / vintages[-1].unpaid_minor < 2


def test_a_vintage_reads_nothing_later_than_its_day() -> None:
    """What is paid after a vintage's day moves what came, never what was forecast."""
    until = date(2026, 11, 22)
    ledger = seeded(seed=20261122, until=until, invoices=2000, debtors=60)
    vintages = loss_vintages(ledger, until, 0)
    cut = seeded(seed=20261122, until=until, invoices=2000, debtors=60)
    late = cut.posting_on > day_number(vintages[0].day)
    cut.posting_minor[late & (cut.posting_kind == 3)] = 0
    again = loss_vintage(cut, vintages[0].day, until, 0)
    assert again.forecast_minor == vintages[0].forecast_minor
    assert again.unpaid_minor >= vintages[0].unpaid_minor


def _columns(seen: object) -> list[np.ndarray]:
    return [getattr(seen, name) for name in seen.__slots__]  # type: ignore[attr-defined]
