"""``jieqing ledger appropriation-order``: show the versions of the order, or set a new one."""

from datetime import datetime

import click

from jieqing.claims.entitlements.engine.rules import Part
from jieqing.claims.receivables.engine.appropriation_facts import BY_LAW, Order, Policy
from jieqing.claims.receivables.selectors.appropriation import (
    appropriation_orders,
    creditor_named,
    told_order,
)
from jieqing.claims.receivables.services.appropriation_orders import set_order
from jieqing.estate.sites.services.command_actors import command_reader, command_writer
from jieqing.kernel import clock
from jieqing.plumbing.cli.frame import emit_json, json_option, say, site_option, unwrap
from jieqing.plumbing.db.scopes import site_scope

DAY = click.DateTime(formats=["%Y-%m-%d"])
LAW = ",".join(part.name.lower() for part in BY_LAW)


@click.command("appropriation-order")
@site_option
@click.option("--between", type=click.Choice([one.value for one in Order]), help="债务之间 / between debts.")
@click.option("--within", metavar=LAW, help="一笔债之内，先后以逗号分开 / within a debt, in order.")
@click.option("--from", "since", type=DAY, help="从哪天的回款起，默认今天 / payments of this day on.")
@click.option("--creditor", metavar="NAME", help="只对一个债权人 / for one creditor only.")
@click.option("--covers-booked", is_flag=True, help="账簿所记回款也按此顺序 / payments in the books too.")
@click.option("--reason", help="依据；写了就是设定新版本 / why; with it a new version is set.")
@json_option
def appropriation_order(
    site_slug: str,
    between: str | None,
    within: str | None,
    since: datetime | None,
    creditor: str | None,
    covers_booked: bool,
    reason: str | None,
    as_json: bool,
) -> None:
    """回款抵充顺序：查看各版本，或设定新版本 / the order of appropriation: its versions, or a new one."""
    if reason is None:
        actor = unwrap(command_reader(site_slug))
        with site_scope(actor.own_site):
            rows = [told_order(one) for one in appropriation_orders()]
        for row in rows:
            if as_json:
                emit_json(row)
            else:
                click.echo(
                    "\t".join(
                        [str(row["number"]), row["effective_from"], row["between"], ",".join(row["within"])]
                    )
                )
        if not rows and not as_json:
            say("尚未设定顺序；回款不会自动抵充。", "No order is set: nothing is appropriated by itself.")
        return
    actor = unwrap(command_writer(site_slug))
    policy = Policy(Order(between or Order.CIVIL_CODE_560.value), _parts(within or LAW), covers_booked)
    with site_scope(actor.own_site):
        creditor_id = unwrap(creditor_named(creditor)) if creditor else None
    made = unwrap(
        set_order(
            actor=actor,
            policy=policy,
            effective_from=since.date() if since else clock.today(),
            reason=reason,
            creditor_id=creditor_id,
        )
    )
    if as_json:
        emit_json({**told_order(made.order), "written": made.moved.written, "ended": made.moved.ended})
    else:
        say(
            f"抵充顺序第 {made.order.number} 版已生效：写入 {made.moved.written} 笔，终止 {made.moved.ended} 笔。",
            f"Order no. {made.order.number} is in force: {made.moved.written} written, {made.moved.ended} ended.",
        )


def _parts(text: str) -> tuple[Part, ...]:
    try:
        return tuple(Part[name.strip().upper()] for name in text.split(","))
    except KeyError as unknown:
        raise click.BadParameter(f"{unknown}: {LAW}") from None
