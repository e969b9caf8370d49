"""Verbs on the LPR: propose a publication, confirm it. A correction is a new proposal for the same month."""

from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction

from jieqing.claims.entitlements.access import check_operator
from jieqing.claims.entitlements.engine.lpr import FIRST_DAY
from jieqing.claims.entitlements.models import LprMonth, LprMonthState, LprState
from jieqing.claims.entitlements.selectors import months_in_force
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.ids import new_id
from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.trust.evidence.services import record

HIGHEST = Decimal("0.2")
PLACES = 7
FIRST_OF_MONTH = 20


@transaction.atomic
def propose(
    *, actor: Actor, published_on: date, one_year: Decimal, five_year: Decimal, source: str
) -> LprMonth | Problem:
    """Enter a publication as somebody read it; nothing uses it before it is confirmed.

    Units: rates are fractions of one.
    """
    found = check_operator(actor) or _wrong(published_on, one_year, five_year, source)
    if found:
        return found
    row = LprMonth.objects.create(
        id=new_id(),
        published_on=published_on,
        one_year_rate=one_year,
        five_year_rate=five_year,
        source=source.strip(),
    )
    _state(actor, row, LprState.PROPOSED, source.strip())
    return row


def confirm(*, actor: Actor, publication: LprMonth, why: str) -> LprMonth | Problem:
    """Vouch for a publication: from now on calculators and statements of every site use it."""
    if refused := check_operator(actor):
        return refused
    if not why.strip():
        return Problem.of(WHY_MISSING)
    try:
        with transaction.atomic():
            _state(actor, publication, LprState.CONFIRMED, why.strip())
    except IntegrityError:
        return Problem.of(CONFIRMED_ALREADY, month=publication.month)
    return publication


def _state(actor: Actor, row: LprMonth, state: LprState, why: str) -> None:
    entry = record(
        actor=actor,
        action=f"claims.entitlements.lpr_{state.value}",
        subject=f"claims.entitlements.lpr_month:{row.id}",
        facts={
            "published_on": row.published_on.isoformat(),
            "one_year_rate": format(row.one_year_rate, "f"),
            "five_year_rate": format(row.five_year_rate, "f"),
            "source": row.source,
            "why": why[:200],
        },
    )
    LprMonthState.objects.create(
        id=new_id(),
        publication=row,
        state=state,
        at=clock.now(),
        by_id=actor.id,
        why=why[:200],
        entry_id=entry,
    )


def _wrong(published_on: date, one_year: Decimal, five_year: Decimal, source: str) -> Problem | None:
    day = published_on.isoformat()
    if published_on < FIRST_DAY or published_on > clock.today() or published_on.day < FIRST_OF_MONTH:
        return Problem.of(WRONG_DAY, day=day)
    for rate in (one_year, five_year):
        exponent = rate.as_tuple().exponent if rate.is_finite() else None
        if not (isinstance(exponent, int) and exponent >= -PLACES and 0 < rate < HIGHEST):
            return Problem.of(WRONG_RATE, rate=str(rate))
    if not source.strip():
        return Problem.of(SOURCE_MISSING)
    known = months_in_force().get((published_on.year, published_on.month))
    if known and (known.day, known.one_year, known.five_year) == (published_on, one_year, five_year):
        return Problem.of(CONFIRMED_ALREADY, month=f"{published_on:%Y-%m}")
    return None


WRONG_DAY = ProblemKind(
    "lpr.wrong_day",
    "{day} 不是LPR的公布日：每月20日或其后首个工作日，自2019年8月20日起，且不晚于今天。",
    "{day} is no day of publication: the 20th of a month or the next working day, since 2019-08-20, no later than today.",
    "请照公告填写公布日期。",
    "Give the day printed on the publication.",
)
WRONG_RATE = ProblemKind(
    "lpr.wrong_rate",
    "{rate} 不是合理的利率。",
    "{rate} is no plausible rate.",
    "请填写百分数，例如 3.00。",
    "Give percent, for example 3.00.",
)
SOURCE_MISSING = ProblemKind(
    "lpr.source_missing",
    "没有写明来源。",
    "The source is missing.",
    "请写明公告的网址或名称。",
    "Name the publication or its address.",
)
WHY_MISSING = ProblemKind(
    "lpr.why_missing",
    "没有写明核实依据。",
    "What the confirmation rests on is missing.",
    "请写明您看到的公告。",
    "Say which publication you read.",
)
CONFIRMED_ALREADY = ProblemKind(
    "lpr.confirmed_already",
    "{month} 的这个报价已经核实。",
    "This publication of {month} is confirmed already.",
    "无需再次操作；要更正请登记不同的数值。",
    "Nothing to do; to correct it, propose another value.",
)
