"""Roll rates: how amounts moved between ageing buckets from month end to month end, and what that makes probable.

Simplified approach of CAS 22 art. 63: lifetime loss of trade receivables from the ledger's own history. The states are the
five buckets of art. 53's presumption (more than 90 days past due is default) and "paid". A month's row of the matrix is
the share of a bucket's open amount that stood in each bucket a month later; the rest was paid.

Thin buckets lean on a prior. A row seen in n items counts n, the house prior counts ``PRIOR_ITEMS``: the posterior mean of
a Dirichlet distribution whose evidence is weighted by items, because fen are not independent. Without a single item the
row is the prior; with many it is the ledger.

The chance to reach default from a bucket solves the chain (first-step equations): p = r + Q p, with r the month's rolls
into default and Q the rolls among the other buckets. Loss rate = p x LGD; LGD is the mean of a Beta distribution: the
unrecovered share of what entered default at least 90 days ago, counted in items, over a prior of 45 %.

Sources of the priors: LGD 45 % is the supervisory value for senior unsecured corporate claims (Basel framework CRE 32);
the prior matrix is the house's own assumption for trade credit, told on the page, because no public labelled ledger of
collections exists (docs/algorithms/ecl.md).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import numpy as np
from numpy.typing import NDArray

from jieqing.claims.receivables.engine.ledger_arrays import Ints, LedgerArrays, day_number

Floats = NDArray[np.float64]

EDGES = (0, 30, 60, 90)
BUCKETS = 5
DEFAULT = 4
PAID = 5
MONTHS = 12
PRIOR_ITEMS = 20
RATE_STEP = Decimal("0.0000001")
# From not due, 1-30, 31-60, 61-90, >90 to the same five and paid.
PRIOR_ROLLS: Floats = np.array(
    [
        [0.50, 0.12, 0.00, 0.00, 0.00, 0.38],
        [0.00, 0.02, 0.30, 0.00, 0.00, 0.68],
        [0.00, 0.00, 0.02, 0.45, 0.00, 0.53],
        [0.00, 0.00, 0.00, 0.02, 0.58, 0.40],
        [0.00, 0.00, 0.00, 0.00, 1.00, 0.00],
    ]
)
LGD_PRIOR_MEAN = 0.45
LGD_PRIOR_ITEMS = 10
# How long a defaulted amount is watched before what is still open counts as lost.
RECOVERY_DAYS = 90


@dataclass(frozen=True, slots=True)
class Rolls:
    """What was counted: ``minor[b, s]`` of bucket ``b`` stood in state ``s`` a month later; ``items[b]`` documents."""

    minor: Ints
    items: Ints
    months: int

    def __add__(self, other: Rolls) -> Rolls:
        return Rolls(self.minor + other.minor, self.items + other.items, self.months + other.months)


@dataclass(frozen=True, slots=True)
class Recovery:
    """Of what entered default and was watched long enough: how much, how much is still open, how many items."""

    defaulted_minor: int = 0
    lost_minor: int = 0
    items: int = 0

    @property
    def lgd(self) -> float:
        share = self.lost_minor / self.defaulted_minor if self.defaulted_minor else 0.0
        return (self.items * share + LGD_PRIOR_ITEMS * LGD_PRIOR_MEAN) / (self.items + LGD_PRIOR_ITEMS)


@dataclass(frozen=True, slots=True)
class LossRates:
    """The matrix as used, the chance of default and the loss rate of each bucket, before the overlay."""

    rolls: Rolls
    recovery: Recovery
    matrix: Floats
    default: Floats
    rates: tuple[Decimal, ...]
    month_ends: tuple[date, ...] = field(default=())

    @property
    def has_history(self) -> bool:
        return bool(self.rolls.items.sum())


NO_ROLLS = Rolls(np.zeros((BUCKETS, BUCKETS + 1), np.int64), np.zeros(BUCKETS, np.int64), 0)


def month_ends(as_of: date, months: int = MONTHS) -> tuple[date, ...]:
    """The last ``months`` + 1 month ends on or before a day, oldest first."""
    found = []
    first = (as_of + timedelta(days=1)).replace(day=1)
    for _ in range(months + 1):
        found.append(first - timedelta(days=1))
        first = (first - timedelta(days=1)).replace(day=1)
    return tuple(reversed(found))


def bucket_of(days_past_due: Ints) -> Ints:
    """Example:
    >>> bucket_of(np.array([-3, 0, 1, 30, 31, 90, 91])).tolist()
    [0, 0, 1, 1, 2, 3, 4]
    """
    found: Ints = np.zeros(len(days_past_due), np.int64)
    for edge in EDGES:
        # Five buckets: four comparisons are quicker than a search.
        found += days_past_due > edge
    return found


def rolls_between(
    ledger: LedgerArrays, before: date, after: date, currency: int, opening: Ints, closing: Ints
) -> Rolls:
    """One month of rolls of a currency: only what was a debt (credits are no exposure)."""
    first, last = day_number(before), day_number(after)
    chosen = np.flatnonzero((opening > 0) & (ledger.invoice_on <= first))
    if len(ledger.currencies) > 1:
        chosen = chosen[ledger.currency[chosen] == currency]
    opening = opening[chosen]
    closing = np.clip(closing[chosen], 0, opening)
    due_on = ledger.due_on[chosen]
    was = bucket_of(first - due_on)
    now = bucket_of(last - due_on)
    minor = np.zeros(BUCKETS * (BUCKETS + 1), np.int64)
    np.add.at(minor, was * (BUCKETS + 1) + now, closing)
    np.add.at(minor, was * (BUCKETS + 1) + PAID, opening - closing)
    return Rolls(minor.reshape(BUCKETS, BUCKETS + 1), np.bincount(was, minlength=BUCKETS).astype(np.int64), 1)


def recovery_by(ledger: LedgerArrays, as_of: date, currency: int) -> Recovery:
    """What was open on the day each item passed 90 days, and what of it is open 90 days later."""
    today = day_number(as_of)
    entered_on = ledger.due_on + EDGES[-1] + 1
    watched = (
        (ledger.currency == currency) & (entered_on + RECOVERY_DAYS <= today) & (ledger.amount_minor > 0)
    )
    if not watched.any():
        return Recovery()
    at_entry = _open_at_own_day(ledger, entered_on)
    later = _open_at_own_day(ledger, entered_on + RECOVERY_DAYS)
    chosen = watched & (at_entry > 0)
    lost = np.clip(later[chosen], 0, at_entry[chosen])
    return Recovery(int(at_entry[chosen].sum()), int(lost.sum()), int(chosen.sum()))


def loss_rates(rolls: Rolls, recovery: Recovery, ends: Sequence[date] = ()) -> LossRates:
    matrix = posterior(rolls)
    default = chance_of_default(matrix)
    lgd = Decimal(repr(recovery.lgd))
    rates = tuple(
        (Decimal(repr(chance)) * lgd).quantize(RATE_STEP, rounding=ROUND_HALF_UP)
        for chance in default.tolist()
    )
    return LossRates(rolls, recovery, matrix, default, rates, tuple(ends))


def posterior(rolls: Rolls) -> Floats:
    """Each row: (n x seen + prior items x prior) / (n + prior items). Default is absorbing."""
    matrix = PRIOR_ROLLS.copy()
    for bucket in range(DEFAULT):
        seen_minor, items = rolls.minor[bucket], int(rolls.items[bucket])
        total = int(seen_minor.sum())
        if items and total:
            matrix[bucket] = (items * (seen_minor / total) + PRIOR_ITEMS * PRIOR_ROLLS[bucket]) / (
                items + PRIOR_ITEMS
            )
    return matrix


def chance_of_default(matrix: Floats) -> Floats:
    """The chance to reach more than 90 days past due from each bucket, 1 from default itself."""
    among, into = matrix[:DEFAULT, :DEFAULT], matrix[:DEFAULT, DEFAULT]
    found: Floats = np.ones(BUCKETS)
    found[:DEFAULT] = np.clip(np.linalg.solve(np.eye(DEFAULT) - among, into), 0.0, 1.0)
    return found


def monthly_rolls(
    ledger: LedgerArrays, as_of: date, currency: int, months: int = MONTHS
) -> Iterator[tuple[date, date, Rolls]]:
    """Each month of the past year with what was counted in it."""
    ends = month_ends(as_of, months)
    standing = itertools.pairwise(ledger.open_at_each([day_number(end) for end in ends]))
    for (before, after), (opening, closing) in zip(itertools.pairwise(ends), standing, strict=True):
        yield before, after, rolls_between(ledger, before, after, currency, opening, closing)


def rates_at(ledger: LedgerArrays, as_of: date, currency: int, months: int = MONTHS) -> LossRates:
    """The rates that the ledger up to a day supports: nothing later than ``as_of`` is read."""
    total = NO_ROLLS
    for _before, _after, month in monthly_rolls(ledger, as_of, currency, months):
        if month.items.any():
            total = total + month
    return loss_rates(total, recovery_by(ledger, as_of, currency), month_ends(as_of, months))


def _open_at_own_day(ledger: LedgerArrays, days: Ints) -> Ints:
    """What is open of each item at the end of its own day."""
    standing = np.where(ledger.posting_on <= days[ledger.posting_item], ledger.posting_minor, 0)
    return np.add.reduceat(standing, ledger.starts)
