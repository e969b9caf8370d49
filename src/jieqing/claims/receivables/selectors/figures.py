"""The figures of a desk: outstanding, overdue, movement, and what falls due soon; one row for each currency."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from jieqing.claims.receivables.engine.accounts import PostingKind
from jieqing.claims.receivables.selectors.moments import revision_at
from jieqing.claims.receivables.selectors.statements import fetch, open_items, parameters
from jieqing.kernel.money import round_ratio


@dataclass(frozen=True, slots=True)
class CurrencyFigures:
    """One currency at a day. Shares are basis points (2,680 = 26.8 %); ``None`` where there is nothing to divide by.

    ``previous_*`` is the end of the month before, as known now; ``collected_minor`` is what was paid since then.
    ``outstanding_before_minor`` is the same day as known before the ledger's last revision.
    """

    currency: str
    outstanding_minor: int
    overdue_minor: int
    items: int
    overdue_items: int
    debtors: int
    credit_minor: int
    credit_items: int
    previous_on: date
    previous_outstanding_minor: int
    previous_overdue_minor: int
    collected_minor: int
    outstanding_before_minor: int

    @property
    def overdue_share_bp(self) -> int | None:
        return _share(self.overdue_minor, self.outstanding_minor)

    @property
    def previous_overdue_share_bp(self) -> int | None:
        return _share(self.previous_overdue_minor, self.previous_outstanding_minor)

    @property
    def movement_minor(self) -> int:
        """How much outstanding has moved since the end of the month before."""
        return self.outstanding_minor - self.previous_outstanding_minor

    @property
    def revision_movement_minor(self) -> int:
        """How much the last revision (import, undo, correction) moved this day's outstanding."""
        return self.outstanding_minor - self.outstanding_before_minor


@dataclass(frozen=True, slots=True)
class DueSoon:
    """What falls due after ``as_of`` and by ``until``; items due on ``as_of`` itself count as due today."""

    currency: str
    until: date
    amount_minor: int
    items: int
    due_today_minor: int
    due_today_items: int


def portfolio(*, as_of: date, known_at: datetime | None = None) -> list[CurrencyFigures]:
    """The desk's first line, largest number of items first; currencies with nothing open now or before are left out."""
    revision = None if known_at is None else revision_at(known_at)
    previous_on = as_of.replace(day=1) - timedelta(days=1)
    now = _levels(as_of, revision)
    previous = _levels(previous_on, revision)
    collected = _collected(previous_on, as_of, revision)
    before = _outstanding_before_last_revision(as_of, revision)
    found = []
    for currency in sorted({*now, *previous}):
        levels = now.get(currency, _NOTHING)
        previous_outstanding, previous_overdue, *_rest = previous.get(currency, _NOTHING)
        found.append(
            CurrencyFigures(
                currency,
                *levels,
                previous_on,
                previous_outstanding,
                previous_overdue,
                collected.get(currency, 0),
                before.get(currency, 0),
            )
        )
    return sorted(found, key=lambda row: (-row.items, row.currency))


def due_within(*, as_of: date, days: int = 30, known_at: datetime | None = None) -> list[DueSoon]:
    """What falls due within ``days`` days, for each currency; items without a due date cannot be foreseen."""
    revision = None if known_at is None else revision_at(known_at)
    until = as_of + timedelta(days=days)
    rows = fetch(
        f"""
        WITH {open_items(revision)}
        SELECT i.currency,
               coalesce(sum(o.open_minor) FILTER (WHERE i.due_on > %(as_of)s), 0)::bigint,
               count(*) FILTER (WHERE i.due_on > %(as_of)s),
               coalesce(sum(o.open_minor) FILTER (WHERE i.due_on = %(as_of)s), 0)::bigint,
               count(*) FILTER (WHERE i.due_on = %(as_of)s)
        FROM open_item o JOIN item_state i ON i.id = o.item_id
        WHERE i.due_on BETWEEN %(as_of)s AND %(until)s
        GROUP BY 1 ORDER BY 3 DESC, 1
        """,  # noqa: S608  # constants only
        parameters(as_of=as_of, revision=revision, until=until),
        large=True,
    )
    return [DueSoon(row[0], until, *row[1:]) for row in rows]


# outstanding, overdue, items, overdue items, debtors, credit amount, credit items
_Levels = tuple[int, int, int, int, int, int, int]
_NOTHING: _Levels = (0, 0, 0, 0, 0, 0, 0)


def _levels(as_of: date, revision: int | None) -> dict[str, _Levels]:
    rows = fetch(
        f"""
        WITH {open_items(revision)}
        SELECT i.currency, sum(o.open_minor)::bigint,
               coalesce(sum(o.open_minor) FILTER (WHERE i.late_after < %(as_of)s), 0)::bigint,
               count(*),
               count(*) FILTER (WHERE i.late_after < %(as_of)s),
               count(DISTINCT i.debtor_id),
               coalesce(sum(o.open_minor) FILTER (WHERE o.open_minor < 0), 0)::bigint,
               count(*) FILTER (WHERE o.open_minor < 0)
        FROM open_item o JOIN item_state i ON i.id = o.item_id
        GROUP BY 1
        """,  # noqa: S608  # constants only
        parameters(as_of=as_of, revision=revision),
        large=True,
    )
    return {row[0]: (row[1], row[2], row[3], row[4], row[5], row[6], row[7]) for row in rows}


def _collected(after: date, until: date, revision: int | None) -> dict[str, int]:
    rows = fetch(
        """
        SELECT currency, -sum(amount_minor)::bigint FROM receivables_posting
        WHERE site_id = %(site)s AND kind = %(payment)s AND effective_on > %(after)s AND effective_on <= %(as_of)s
          AND (%(revision)s::int IS NULL OR recorded_rev <= %(revision)s)
          AND (voided_rev IS NULL OR voided_rev > %(revision)s)
        GROUP BY 1
        """,
        parameters(as_of=until, revision=revision, after=after, payment=PostingKind.PAYMENT.value),
    )
    return {row[0]: row[1] for row in rows}


def _outstanding_before_last_revision(as_of: date, revision: int | None) -> dict[str, int]:
    rows = fetch(
        """
        WITH last AS (
            SELECT coalesce(%(revision)s::int, max(number)) - 1 AS number FROM receivables_revision
            WHERE site_id = %(site)s
        )
        SELECT currency, sum(amount_minor)::bigint FROM receivables_posting, last
        WHERE site_id = %(site)s AND effective_on <= %(as_of)s
          AND recorded_rev <= last.number AND (voided_rev IS NULL OR voided_rev > last.number)
        GROUP BY 1
        """,
        parameters(as_of=as_of, revision=revision),
    )
    return {row[0]: row[1] for row in rows}


def _share(part: int, whole: int) -> int | None:
    return None if whole <= 0 else round_ratio(part * 10_000, whole)
