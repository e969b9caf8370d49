"""``jieqing ledger deadlines``: the days of a site that come near or have passed lately, soonest first."""

from datetime import datetime

import click

from jieqing.claims.deadlines import selectors
from jieqing.claims.receivables.selectors import replay_day
from jieqing.estate.sites.services.command_actors import command_reader
from jieqing.kernel import clock
from jieqing.plumbing.cli.frame import emit_json, json_option, language, say, site_option, unwrap
from jieqing.plumbing.db.scopes import site_scope

DAYS_MAX = 3_650


@click.command("deadlines")
@site_option
@click.option(
    "--within",
    "within_days",
    type=click.IntRange(0, DAYS_MAX),
    default=selectors.NEAR_DAYS,
    help="看多少天内，默认 180 / how many days ahead, 180 by default.",
)
@click.option(
    "--as-of",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    help="从哪天看，默认今天 / as of a day, today by default.",
)
@json_option
def deadlines(site_slug: str, within_days: int, as_of: datetime | None, as_json: bool) -> None:
    """时效和登记的期限，先届满的在前 / limitation and watched terms, soonest first."""
    with site_scope(unwrap(command_reader(site_slug)).own_site):
        day = as_of.date() if as_of else replay_day() or clock.today()
        rows = selectors.near_days(as_of=day, within_days=within_days)
    for row in rows:
        told = selectors.told_day(row)
        if as_json:
            emit_json(told)
        else:
            name = told["name"][language()]
            click.echo(
                "\t".join([told["last_day"], str(told["days_left"]), name, told["debtor"], told["document"]])
            )
    if not rows and not as_json:
        say("这段时间里没有届满的期限。", "No deadline ends in this time.")
