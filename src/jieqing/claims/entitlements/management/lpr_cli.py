"""``jieqing lpr``: list, propose and confirm what the interbank centre published; the machine's operator runs it."""

from datetime import date
from decimal import Decimal, InvalidOperation

import click

from jieqing.claims.entitlements import selectors, services
from jieqing.claims.entitlements.access import UNKNOWN_PUBLICATION
from jieqing.kernel.actor import system_actor
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.cli.frame import emit_json, fail, json_option, say, unwrap

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def lpr() -> None:
    """LPR月度报价 / the published loan prime rate."""


@lpr.command("list")
@json_option
def list_months(as_json: bool) -> None:
    """列出登记过的报价 / list every publication entered, those that wait first, then newest first."""
    for found in selectors.publications():
        row = found["row"]
        state = "used" if found["is_used"] else "corrected" if found["is_confirmed"] else "proposed"
        if as_json:
            emit_json(
                {
                    "month": row.month,
                    "published_on": row.published_on.isoformat(),
                    "one_year": format(row.one_year_rate, "f"),
                    "five_year": format(row.five_year_rate, "f"),
                    "source": row.source,
                    "state": state,
                    "states": [
                        {"state": step.state, "at": step.at.isoformat(), "why": step.why}
                        for step in found["states"]
                    ],
                }
            )
        else:
            one, five = (
                format((rate * 100).normalize(), "f") for rate in (row.one_year_rate, row.five_year_rate)
            )
            click.echo(f"{row.published_on}\t{one}%\t{five}%\t{state}\t{row.source}")


@lpr.command()
@click.argument("published", type=DAY)
@click.option("--one-year", required=True, help="一年期，百分数 / one year, in percent: 3.00")
@click.option("--five-year", required=True, help="五年期以上，百分数 / five years and more, in percent: 3.50")
@click.option("--source", required=True, help="公告的网址或名称 / the publication or its address.")
@json_option
def propose(published: date, one_year: str, five_year: str, source: str, as_json: bool) -> None:
    """登记一期报价，核实后才使用 / enter a publication; nothing uses it before it is confirmed."""
    row = unwrap(
        services.propose(
            actor=system_actor(None, "command-line"),
            published_on=date(published.year, published.month, published.day),
            one_year=_rate(one_year),
            five_year=_rate(five_year),
            source=source,
        )
    )
    if as_json:
        emit_json({"month": row.month, "publication": str(row.id), "state": "proposed"})
    else:
        say(f"{row.month} 已登记，待核实", f"{row.month} proposed")


@lpr.command()
@click.argument("month")
@click.option("--why", required=True, help="核实依据 / what the confirmation rests on.")
@json_option
def confirm(month: str, why: str, as_json: bool) -> None:
    """核实一个月的报价（例如 2026-09）/ confirm the newest proposal of a month."""
    row = selectors.proposed_of_month(month)
    if row is None:
        fail(UNKNOWN_PUBLICATION)
    unwrap(services.confirm(actor=system_actor(None, "command-line"), publication=row, why=why))
    if as_json:
        emit_json({"month": row.month, "publication": str(row.id), "state": "confirmed"})
    else:
        say(f"{row.month} 已核实", f"{row.month} confirmed")


def _rate(text: str) -> Decimal:
    try:
        return Decimal(text.strip().removesuffix("%")) / 100
    except InvalidOperation:
        fail(Problem.of(services.WRONG_RATE, rate=text[:20]))
