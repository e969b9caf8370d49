"""``jieqing ledger charge-terms`` and ``accrue``: what runs on late items, and charging it up to a day."""

from datetime import datetime
from decimal import Decimal, InvalidOperation

import click

from jieqing.claims.entitlements.engine.facts import ClaimKind, RateBasis
from jieqing.claims.receivables.engine.accruing import ChargeMode, Terms
from jieqing.claims.receivables.services import charges
from jieqing.estate.sites.services.command_actors import command_writer
from jieqing.kernel import clock
from jieqing.kernel.money import format_amount
from jieqing.plumbing.cli.frame import emit_json, json_option, language, say, site_option, unwrap

DAY = click.DateTime(formats=["%Y-%m-%d"])
KINDS = [
    one.value for one in (ClaimKind.SALE, ClaimKind.SERVICE, ClaimKind.SME_SUPPLY, ClaimKind.CONSTRUCTION)
]


class Exact(click.ParamType):
    name = "rate"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            self.fail(f"{value!r}", param, ctx)
        if not 0 <= found <= 10:
            self.fail(f"{value!r}", param, ctx)
        return found


@click.command("charge-terms")
@site_option
@click.option(
    "--mode",
    type=click.Choice([one.value for one in ChargeMode]),
    required=True,
    help="accrue 计提；threat_only 仅提示不计提；none 不计 / accrue, threat only, or none.",
)
@click.option("--kind", type=click.Choice(KINDS), default="sale", help="债权种类 / the kind of claim.")
@click.option("--rate", type=Exact(), help="约定逾期利率 / agreed late interest, as a fraction.")
@click.option("--penalty-rate", type=Exact(), help="约定违约金率 / agreed penalty, as a fraction.")
@click.option(
    "--rate-basis", type=click.Choice([one.value for one in RateBasis]), help="按年或按日 / a year or a day."
)
@click.option("--multiple", type=Exact(), help="无约定时 LPR 的倍数 / LPR multiple where nothing was agreed.")
@click.option("--reason", required=True, help="依据，例如合同条款 / why, such as the clause of the contract.")
@json_option
def charge_terms(
    site_slug: str,
    mode: str,
    kind: str,
    rate: Decimal | None,
    penalty_rate: Decimal | None,
    rate_basis: str | None,
    multiple: Decimal | None,
    reason: str,
    as_json: bool,
) -> None:
    """设定逾期息费的条款 / say what runs on late items."""
    terms = Terms(
        ChargeMode(mode),
        ClaimKind(kind),
        rate=rate,
        penalty_rate=penalty_rate,
        rate_basis=RateBasis(rate_basis) if rate_basis else None,
        late_multiple=multiple,
    )
    made = unwrap(
        charges.set_charge_terms(actor=unwrap(command_writer(site_slug)), terms=terms, reason=reason)
    )
    if as_json:
        emit_json({"number": made.number, "mode": made.mode, "entry": str(made.entry_id)})
    else:
        say(f"息费条款第 {made.number} 版已生效并存证。", f"Terms of charges no. {made.number} are in force.")


@click.command("accrue")
@site_option
@click.option("--until", type=DAY, help="计提到哪一天（含），默认今天 / up to the end of this day.")
@json_option
def accrue(site_slug: str, until: datetime | None, as_json: bool) -> None:
    """计提逾期息费；同一天再次计提不会重复 / charge what ran up; the same day again changes nothing."""
    day = until.date() if until else clock.today()
    told = unwrap(charges.accrue_charges(actor=unwrap(command_writer(site_slug)), until=day))
    if as_json:
        emit_json(
            {
                "until": day.isoformat(),
                "written": told.written,
                "ended": told.ended,
                "revision": told.revision,
                "would_fen": told.would_minor,
            }
        )
    elif told.would_minor:
        shown = ", ".join(format_amount(minor, code, language()) for code, minor in told.would_minor.items())
        say(f"条款为仅提示：未计提；若计提为 {shown}。", f"Threat only: nothing posted; it would be {shown}.")
    else:
        say(f"写入 {told.written} 笔，终止 {told.ended} 笔。", f"{told.written} written, {told.ended} ended.")
