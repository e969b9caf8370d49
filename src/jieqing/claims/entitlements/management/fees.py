"""``jieqing fees``: what a step at court costs, with its brackets. Needs no database and no server."""

import sys

import click

from jieqing.claims.entitlements.engine.fees import Fee, court_fee, parse_kind
from jieqing.claims.entitlements.engine.fees_tables import FeeKind
from jieqing.kernel.money import format_amount
from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.plumbing.cli.frame import emit_json, json_option, language, unwrap

AMOUNT_UNREADABLE = ProblemKind(
    "fees.amount_unreadable",
    "“{text}”不是以分计的整数金额。",
    "“{text}” is not a whole number of fen.",
    "请填写整数，单位为分：10 万元写作 10000000；“-”表示从标准输入读取。",
    "Give a whole number of fen: ¥100,000 is 10000000; “-” reads it from standard input.",
)


@click.command("fees")
@click.option(
    "--kind",
    required=True,
    metavar="|".join(kind.value for kind in FeeKind),
    help="费用种类 / which fee.",
)
@click.option(
    "--amount-fen",
    "amount_text",
    required=True,
    metavar="N",
    help="标的额（分），- 表示标准输入 / the amount in fen, - reads standard input.",
)
@json_option
def fees(kind: str, amount_text: str, as_json: bool) -> None:
    """诉讼费用与风险代理上限 / court fees and the cap of a success fee."""
    which = unwrap(parse_kind(kind))
    amount = unwrap(_read_amount(amount_text))
    fee = unwrap(court_fee(which, amount))
    if as_json:
        emit_json(fee.as_dict())
    else:
        _tell(fee)


def _read_amount(text: str) -> int | Problem:
    if text == "-":
        text = sys.stdin.readline()
    digits = text.strip()
    # Not int(): it takes underscores, and a dot would be somebody's yuan.
    if not digits.removeprefix("-").isascii() or not digits.removeprefix("-").isdigit() or len(digits) > 40:
        return Problem.of(AMOUNT_UNREADABLE, text=digits[:40])
    return int(digits)


def _tell(fee: Fee) -> None:
    zh = language() == "zh"
    for step in fee.steps:
        amount = format_amount(step.amount_fen, "CNY", language())
        click.echo(f"{amount:>20}  {step.zh if zh else step.en}  {step.citation.text(language())}")
    total = format_amount(fee.fee_fen, "CNY", language())
    click.echo(f"{total:>20}  {'合计' if zh else 'in all'}  {fee.citation.text(language())}")
    for note_zh, note_en, citation in fee.notes:
        click.echo(f"· {note_zh if zh else note_en} {citation.text(language())}", err=True)
