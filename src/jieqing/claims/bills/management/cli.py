"""``jieqing ledger bills`` and ``bill-step``: the bills of a site, and the next step of one."""

from datetime import datetime

import click

from jieqing.claims.bills import selectors, services
from jieqing.claims.bills.engine.bills import BILL_UNKNOWN, Step
from jieqing.estate.sites.services.command_actors import command_reader, command_writer
from jieqing.kernel import clock
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.cli.frame import emit_json, fail, json_option, say, site_option, unwrap
from jieqing.plumbing.db.scopes import site_scope

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("bills")
@site_option
@json_option
def bills(site_slug: str, as_json: bool) -> None:
    """承兑汇票，先到期的在前 / acceptance bills, the first due first."""
    with site_scope(unwrap(command_reader(site_slug)).own_site):
        for one in selectors.bills():
            told = selectors.told_bill(one, selectors.steps_of(one))
            if as_json:
                emit_json(told)
            else:
                click.echo(
                    "\t".join(
                        str(told[key]) for key in ("number", "state", "due_on", "amount_fen", "acceptor")
                    )
                )


@click.command("bill-step")
@click.argument("number")
@site_option
@click.option(
    "--step",
    type=click.Choice([one.value for one in Step if one is not Step.RECEIVED]),
    required=True,
    help="做到哪一步 / the step that was taken.",
)
@click.option("--on", type=DAY, help="日期，默认今天 / default today.")
@click.option("--note", default="", help="原因或对方 / why or to whom.")
@json_option
def bill_step(number: str, site_slug: str, step: str, on: datetime | None, note: str, as_json: bool) -> None:
    """登记汇票的下一步 / the next step of a bill's life."""
    actor = unwrap(command_writer(site_slug))
    with site_scope(actor.own_site):
        found = next((one for one in reversed(selectors.bills()) if one.number == number), None)
        if found is None:
            fail(Problem.of(BILL_UNKNOWN))
        day = on.date() if on else clock.today()
        done = unwrap(services.take_step(actor=actor, bill=found, step=Step(step), on=day, note=note))
    if as_json:
        emit_json(
            {"bill": str(found.id), "step": done.step, "on": done.on.isoformat(), "revision": done.revision}
        )
    else:
        say(f"已登记：{number} {step}。", f"Entered: {number} {step}.")
