"""A debtor's limits and where the exposure stands against them; runs inside ``site_scope``."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from jieqing.claims.receivables import selectors as ledger
from jieqing.claims.valuation.engine import limits as engine
from jieqing.claims.valuation.engine.limits import LimitState, Term
from jieqing.claims.valuation.models import CustomerLimit, LimitKind
from jieqing.kernel import clock


def limit_state(
    debtor_id: UUID,
    *,
    currency: str,
    as_of: date | None = None,
    known_at: datetime | None = None,
    more_minor: int = 0,
) -> LimitState:
    """Whether the debtor's exposure, with ``more_minor`` to be added, stays within the limit: never without an answer."""
    day = as_of or ledger.replay_day() or clock.today()
    sums = ledger.debtor_exposures(debtor_id, as_of=day, known_at=known_at)
    return _state(live_limits(debtor_id), currency, day, sums.get(currency, (0, 0)), more_minor)


def limit_states(debtor_id: UUID, *, as_of: date, known_at: datetime | None = None) -> list[LimitState]:
    """One answer for each currency in which the debtor owes or has a limit, the largest exposure first."""
    sums = ledger.debtor_exposures(debtor_id, as_of=as_of, known_at=known_at)
    rows = live_limits(debtor_id)
    currencies = {row.currency for row in rows} | set(sums)
    found = [_state(rows, code, as_of, sums.get(code, (0, 0)), 0) for code in sorted(currencies)]
    return sorted(found, key=lambda state: (-state.exposure_minor, state.currency))


def live_limits(debtor_id: UUID) -> list[CustomerLimit]:
    return list(CustomerLimit.objects.filter(debtor_id=debtor_id, ended_at=None).order_by("currency", "kind"))


def limit_history(debtor_id: UUID, *, limit: int = 100) -> list[CustomerLimit]:
    """Limits and overrides of a debtor, newest first, ended ones too."""
    return list(CustomerLimit.objects.filter(debtor_id=debtor_id).order_by("-at", "-id")[:limit])


def _state(
    rows: Iterable[CustomerLimit], currency: str, day: date, sums: tuple[int, int], more_minor: int
) -> LimitState:
    own = {
        row.kind: Term(row.amount_minor, row.from_on, row.to_on) for row in rows if row.currency == currency
    }
    exposure_minor, credit_minor = sums
    return engine.limit_state(
        currency=currency,
        day=day,
        exposure_minor=exposure_minor,
        credit_minor=credit_minor,
        more_minor=more_minor,
        limit=own.get(LimitKind.LIMIT.value),
        override=own.get(LimitKind.OVERRIDE.value),
    )
