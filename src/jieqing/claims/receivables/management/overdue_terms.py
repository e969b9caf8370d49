"""``jieqing ledger overdue-terms``: show the versions of the terms of overdue, or set a new one."""

from datetime import datetime

import click

from jieqing.claims.receivables.engine.overdue_terms import GRACE_DAYS_MAX
from jieqing.claims.receivables.selectors.appropriation import creditor_named
from jieqing.claims.receivables.selectors.overdue_terms import overdue_terms_versions, told_terms
from jieqing.claims.receivables.services.overdue_terms import set_overdue_terms
from jieqing.estate.sites.services.command_actors import command_reader, command_writer
from jieqing.kernel import clock
from jieqing.plumbing.cli.frame import emit_json, json_option, say, site_option, unwrap
from jieqing.plumbing.db.scopes import site_scope

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("overdue-terms")
@site_option
@click.option(
    "--grace",
    "grace_days",
    type=click.IntRange(0, GRACE_DAYS_MAX),
    help="宽限天数；不写则该债权人随全站 / days of grace; left out, the creditor follows the site.",
)
@click.option("--roll", "rolls", is_flag=True, help="到期日遇休息日顺延 / roll a due day to a workday.")
@click.option("--from", "since", type=DAY, help="从哪天的报告起，默认今天 / reports of this day on.")
@click.option("--creditor", metavar="NAME", help="只对一个债权人 / for one creditor only.")
@click.option("--reason", help="依据；写了就是设定新版本 / why; with it a new version is set.")
@json_option
def overdue_terms(
    site_slug: str,
    grace_days: int | None,
    rolls: bool,
    since: datetime | None,
    creditor: str | None,
    reason: str | None,
    as_json: bool,
) -> None:
    """逾期口径（宽限与顺延）：查看各版本，或设定新版本 / when documents are late: versions, or a new one."""
    if reason is None:
        actor = unwrap(command_reader(site_slug))
        with site_scope(actor.own_site):
            rows = [_told(one) for one in overdue_terms_versions()]
        for row in rows:
            if as_json:
                emit_json(row)
            else:
                told = [
                    row["number"],
                    row["effective_from"],
                    row["grace_days"],
                    "roll" if row["rolls"] else "-",
                ]
                click.echo("\t".join(map(str, told)))
        if not rows and not as_json:
            say(
                "尚未设定：到期次日起算逾期。",
                "Not set: a document is overdue from the day after its due day.",
            )
        return
    actor = unwrap(command_writer(site_slug))
    with site_scope(actor.own_site):
        creditor_id = unwrap(creditor_named(creditor)) if creditor else None
    made = unwrap(
        set_overdue_terms(
            actor=actor,
            grace_days=grace_days,
            rolls=rolls,
            effective_from=since.date() if since else clock.today(),
            reason=reason,
            creditor_id=creditor_id,
        )
    )
    if as_json:
        emit_json(_told(made))
    else:
        say(f"逾期口径第 {made.number} 版已生效并存证。", f"Terms of overdue no. {made.number} are in force.")


def _told(one: object) -> dict[str, object]:
    row = told_terms(one)  # type: ignore[arg-type]
    return {
        key: value if value is None or isinstance(value, int) else str(value) for key, value in row.items()
    }
