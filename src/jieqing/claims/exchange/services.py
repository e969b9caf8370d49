"""Set the reporting currency and enter rates: rows and evidence in one transaction."""

from datetime import date
from decimal import Decimal

from django.db import transaction

from jieqing.claims.exchange.engine.converting import check_rate
from jieqing.claims.exchange.models import ExchangeRate, ReportingCurrency
from jieqing.kernel import clock
from jieqing.kernel.actor import Actor
from jieqing.kernel.money import known_currency
from jieqing.kernel.outcomes import Problem, is_problem
from jieqing.plumbing.db.scopes import site_scope
from jieqing.trust.evidence import services as evidence

SOURCE_CHARS_MAX = 120


def set_reporting_currency(*, actor: Actor, currency: str) -> ReportingCurrency | Problem:
    """From now on totals are in this currency; figures in their own currencies stay as they are."""
    code = known_currency(currency)
    if is_problem(code):
        return code
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        entry_id = evidence.record(
            actor=actor,
            action="claims.exchange.currency_set",
            subject=f"claims.exchange.rates:{site_id}",
            facts={"currency": code},
        )
        return ReportingCurrency.objects.create(
            site_id=site_id, currency=code, set_at=clock.now(), set_by=actor.id, entry_id=entry_id
        )


def enter_rate(
    *, actor: Actor, base: str, quote: str, on: date, rate: Decimal, source: str
) -> ExchangeRate | Problem:
    """Enter the rate of a day; entered again it corrects what was entered before, which stays."""
    codes = known_currency(base), known_currency(quote)
    for code in codes:
        if is_problem(code):
            return code
    one, other = str(codes[0]), str(codes[1])
    problem = check_rate(one, other, rate, on, source, clock.today())
    if problem:
        return problem
    site_id = actor.own_site
    with site_scope(site_id), transaction.atomic():
        entry_id = evidence.record(
            actor=actor,
            action="claims.exchange.rate_entered",
            subject=f"claims.exchange.rates:{site_id}",
            facts={
                "base": one,
                "quote": other,
                "on": on.isoformat(),
                "rate": str(rate),
                "source": source.strip(),
            },
        )
        return ExchangeRate.objects.create(
            site_id=site_id,
            base=one,
            quote=other,
            on=on,
            rate=rate,
            source=source.strip()[:SOURCE_CHARS_MAX],
            entered_at=clock.now(),
            entered_by=actor.id,
            entry_id=entry_id,
        )
