"""``jieqing ledger schedule | unschedule``: statements of account every month, and no more of them."""

import click

from jieqing.claims.receivables.engine.ageing import parse_edges
from jieqing.claims.receivables.selectors import ItemFilter
from jieqing.claims.receivables.services import statement_schedules
from jieqing.estate.sites.services.command_actors import command_writer
from jieqing.kernel.money import known_currency
from jieqing.plumbing.cli.frame import emit_json, json_option, say, site_option, unwrap


@click.command("schedule")
@click.argument("name")
@site_option
@click.option("--day", type=click.IntRange(1, 31), required=True, help="每月哪一天 / which day of the month.")
@click.option("--debtor", "search", default="", help="名称、拼音或编码的一部分 / part of a name or code.")
@click.option("--currency", metavar="CODE", help="只列一种货币 / one currency only.")
@click.option("--edges", default="0,30,60,90", help="分段天数 / edges in days.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="对账单语言 / its language.")
@json_option
def schedule(
    name: str,
    site_slug: str,
    day: int,
    search: str,
    currency: str | None,
    edges: str,
    lang: str,
    as_json: bool,
) -> None:
    """每月自动出具对账单 / issue statements every month."""
    wanted = ItemFilter(
        search=search,
        currency=unwrap(known_currency(currency)) if currency else None,
        edges=unwrap(parse_edges(edges)),
    )
    made = unwrap(
        statement_schedules.make_schedule(
            actor=unwrap(command_writer(site_slug)), name=name, wanted=wanted, day_of_month=day, lang=lang
        )
    )
    if as_json:
        emit_json({"schedule": str(made.id), "name": made.name, "next": made.next_on.isoformat()})
    else:
        say(f"已设定，下一次 {made.next_on}。", f"Set; next on {made.next_on}.")


@click.command("unschedule")
@click.argument("name")
@site_option
@json_option
def unschedule(name: str, site_slug: str, as_json: bool) -> None:
    """停用定期对账 / end a schedule; what it made stays."""
    ended = unwrap(statement_schedules.end_schedule(actor=unwrap(command_writer(site_slug)), name=name))
    if as_json:
        emit_json({"schedule": str(ended.id), "name": ended.name, "ended": True})
    else:
        say(f"“{ended.name}”已停用。", f"“{ended.name}” is ended.")
