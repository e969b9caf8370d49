"""Cautions: what a statement says about its facts before any rule runs, because the law reads more into them.

None of them changes an amount. A due day that falls on a day off may be the end of a period (民法典 203); a signed
account or repayment deal may have fixed or waived late payment (买卖合同解释 18(3)); an operator's LPR may differ from the
shipped one.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from jieqing.claims.entitlements.engine import disputed
from jieqing.claims.entitlements.engine.facts import ClaimKind
from jieqing.claims.entitlements.engine.ground import Ground, percent
from jieqing.claims.entitlements.engine.lpr import LprTable
from jieqing.kernel.dates import roll_forward

RECONCILIATIONS = frozenset({"reconciliation", "repayment_agreement", "settlement", "plan"})
"""Kinds of notice that record what both sides agreed on."""


def caution(ground: Ground, shipped: LprTable) -> None:
    """Leave the warnings that follow from the facts alone."""
    _due_on_holiday(ground)
    facts = ground.facts
    if facts.kind in (ClaimKind.SALE, ClaimKind.SERVICE):
        for notice in facts.notices:
            if notice.kind in RECONCILIATIONS:
                ground.warn(disputed.RECONCILED, day=notice.day.isoformat())
    for told in facts.lpr_confirmed:
        known = shipped.of_month(told.day)
        if known is not None and known.one_year != told.one_year:
            ground.warn(
                disputed.LPR_CORRECTED,
                month=f"{told.day:%Y-%m}",
                who=told.source,
                rate=percent(told.one_year),
                shipped=percent(known.one_year),
            )


def _due_on_holiday(ground: Ground) -> None:
    facts, as_of = ground.facts, ground.as_of
    days = [(item.due, item.id) for item in facts.items if item.due is not None]
    if facts.judgment is not None:
        days += [(part.due, "1") for part in facts.judgment.instalments]
        if facts.judgment.perform_by is not None:
            days.append((facts.judgment.perform_by, "1"))
    found = sorted(
        (day, name) for day, name in days if day < as_of and (moved := _moved(day)) and moved > day
    )
    if found:
        day, name = found[0]
        moved = _moved(day)
        assert moved is not None, "asked for above"
        ground.warn(
            disputed.DUE_ON_HOLIDAY,
            count=len(found),
            item=name,
            day=day.isoformat(),
            next_day=moved.isoformat(),
        )


@lru_cache(maxsize=8192)
def _moved(day: date) -> date | None:
    """The first working day from a day on, or None where no calendar says so."""
    rolled = roll_forward(day)
    return rolled.day if rolled.is_certain else None
