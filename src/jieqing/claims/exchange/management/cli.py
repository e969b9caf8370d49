"""``jieqing ledger rate`` and ``total``: enter a rate, and the portfolio in one currency with the rates it rests on."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

import click

from jieqing.claims.exchange import selectors, services
from jieqing.estate.sites.services.command_actors import command_reader, command_writer
from jieqing.kernel import clock
from jieqing.kernel.money import format_amount
from jieqing.plumbing.cli.frame import (
    EXIT_NO,
    emit_json,
    fail,
    json_option,
    language,
    say,
    site_option,
    unwrap,
)
from jieqing.plumbing.db.scopes import site_scope

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("rate")
@click.argument("pair", metavar="USD/CNY")
@click.argument("rate")
@site_option
@click.option("--on", type=DAY, help="哪一天的汇率，默认今天 / of which day, default today.")
@click.option("--source", required=True, help="来源 / where it comes from.")
@json_option
def rate(pair: str, rate: str, site_slug: str, on: datetime | None, source: str, as_json: bool) -> None:
    """登记汇率：1 单位前一种货币等于多少后一种 / enter a rate: how much of the second one of the first is."""
    base, _slash, quote = pair.partition("/")
    try:
        exact = Decimal(rate)
    except InvalidOperation:
        raise click.BadParameter(f"{rate!r}") from None
    made = unwrap(
        services.enter_rate(
            actor=unwrap(command_writer(site_slug)),
            base=base,
            quote=quote,
            on=on.date() if on else clock.today(),
            rate=exact,
            source=source,
        )
    )
    if as_json:
        emit_json(selectors.told_rate(made))
    else:
        say(
            f"已登记 {made.on} {made.base}/{made.quote} {made.rate}。",
            f"Entered: {made.base}/{made.quote} {made.rate}.",
        )


@click.command("total")
@site_option
@click.option("--as-of", type=DAY, help="截至日期，默认今天 / default today.")
@click.option("--currency", metavar="CODE", help="先设定报告币种 / set the reporting currency first.")
@json_option
def total(site_slug: str, as_of: datetime | None, currency: str | None, as_json: bool) -> None:
    """多币种合计，写明所用汇率 / the total over currencies, naming its rates; exit 1 while one is missing."""
    if currency:
        actor = unwrap(command_writer(site_slug))
        unwrap(services.set_reporting_currency(actor=actor, currency=currency))
    actor = unwrap(command_reader(site_slug))
    with site_scope(actor.own_site):
        found = unwrap(selectors.portfolio_total(as_of=as_of.date() if as_of else clock.today()))
    if as_json:
        emit_json(selectors.told_total(found))
    else:
        for one in found.parts:
            by = f" × {one.rate.rate} ({one.rate.on}, {one.rate.source})" if one.rate else ""
            click.echo(f"{one.currency}\t{format_amount(one.amount_minor, one.currency, language())}{by}")
        if found.total_minor is not None:
            click.echo(f"={found.currency}\t{format_amount(found.total_minor, found.currency, language())}")
    if found.problem:
        fail(found.problem, EXIT_NO)
