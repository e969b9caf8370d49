"""``jieqing ledger rating`` and ``jieqing ledger ecl``: computed from the ledger at the moment of asking, nothing written."""

import sys
from datetime import datetime
from uuid import UUID

import click

from jieqing.claims.parties import selectors as parties
from jieqing.claims.receivables import selectors as ledger_selectors
from jieqing.claims.valuation import selectors
from jieqing.claims.valuation.engine.reasons import reasons_of
from jieqing.claims.valuation.engine.scorecard import Grade
from jieqing.estate.sites.engine.tenancy import unknown_site
from jieqing.estate.sites.selectors import site_by_slug
from jieqing.kernel import clock
from jieqing.kernel.money import format_amount, known_currency
from jieqing.plumbing.cli.frame import emit_json, fail, json_option, language, say, site_option, unwrap
from jieqing.plumbing.db.scopes import site_scope

DAY = click.DateTime(formats=["%Y-%m-%d"])
_AS_OF = click.option(
    "--as-of", type=DAY, help="截至日期，默认今天或回放日 / default today or the replay day."
)


@click.command()
@site_option
@_AS_OF
@json_option
def rating(site_slug: str, as_of: datetime | None, as_json: bool) -> None:
    """债务人评级，每个债务人一行 / ratings, one line per debtor."""
    lang = language()
    with site_scope(_site(site_slug)):
        day = as_of.date() if as_of else ledger_selectors.replay_day() or clock.today()
        rows = selectors.ratings_now(day)
        names = parties.names_of([row.party_id for row in rows])
    if not rows:
        say("台账还没有往来项目。", "The ledger has no items yet.")
    for row in rows:
        reasons = reasons_of(row.values, row.points, row.grade, row.invoices_due)
        told = {
            "debtor": names[row.party_id].name or names[row.party_id].code,
            "grade": Grade(row.grade).name,
            "score": row.score,
            "reasons": [reason.as_dict(lang) for reason in reasons],
            "as_of": day.isoformat(),
            "debtor_id": str(row.party_id),
            "code": names[row.party_id].code,
            "probability_of_default": f"{row.probability_millionths / 1_000_000:.6f}",
        }
        if as_json:
            emit_json(told)
        else:
            words = "；".join(reason.short(lang) for reason in reasons)
            click.echo(f"{told['grade']}\t{told['score']}\t{told['debtor']}\t{words}")


@click.command()
@site_option
@_AS_OF
@click.option("--currency", metavar="CODE", help="只看一种货币 / one currency only.")
@json_option
def ecl(site_slug: str, as_of: datetime | None, currency: str | None, as_json: bool) -> None:
    """预期信用损失（企业会计准则第22号，简化方法），每种货币一行 / expected credit loss."""
    code = unwrap(known_currency(currency)) if currency else None
    with site_scope(_site(site_slug)):
        day = as_of.date() if as_of else ledger_selectors.replay_day() or clock.today()
        found = selectors.losses(as_of=day, currency=code)
    if not found:
        say("这一天没有未结应收。", "Nothing is open on that day.")
    for one in found.values():
        statement = one.statement
        if statement.is_example:
            say(
                "台账没有迁徙历史：损失率为示例。",
                "The ledger has no history of rolls: the rates are an example.",
            )
        if as_json:
            emit_json(
                {
                    "as_of": day.isoformat(),
                    "currency": one.currency,
                    "buckets": [line.as_dict() for line in statement.lines],
                    "total_loss_fen": statement.loss_minor,
                    "total_fen": statement.amount_minor,
                    "overlay": str(statement.overlay),
                    "is_example": statement.is_example,
                }
            )
            continue
        for line in statement.lines:
            low, high = line.from_days, line.to_days
            span = f"<= {high}" if low is None else f"{low}-{high}" if high is not None else f">= {low}"
            amounts = (
                format_amount(minor, one.currency, language())
                for minor in (line.amount_minor, line.loss_minor)
            )
            click.echo("\t".join((span, *amounts, str(line.rate))))
        click.echo(format_amount(statement.loss_minor, one.currency, language()))


def _site(slug: str) -> UUID:
    site = site_by_slug(slug)
    if site is None:
        fail(unknown_site(slug))
        sys.exit(2)
    return site.id
