"""``jieqing ledger bank``: bank files, lines and matches. The same services as the pages and the API."""

import sys
from pathlib import Path
from uuid import UUID

import click

from jieqing.claims.receipts import access, selectors, services
from jieqing.claims.receipts.models import Match
from jieqing.claims.receipts.selectors import LineFilter, told_line, undecided_lines
from jieqing.claims.receipts.services.profile_files import bank_profiles
from jieqing.estate.sites.services.command_actors import command_reader, command_writer
from jieqing.kernel.money import known_currency, plain_amount
from jieqing.plumbing.cli.frame import EXIT_NO, emit_json, fail, json_option, say, site_option, unwrap
from jieqing.plumbing.db.scopes import site_scope


@click.group("bank")
def bank() -> None:
    """银行流水：导入、查看、核销、撤销 / bank statements, lines and matches."""


@bank.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@site_option
@click.option(
    "--account", default="", metavar="NUMBER", help="文件没有账号时使用 / where the file names none."
)
@click.option(
    "--bank", "profile", default="", metavar="CODE", help="按此银行的格式读取 / read it as this bank's."
)
@click.option(
    "--currency", default="CNY", metavar="CODE", help="文件没有币种时使用 / where the file names none."
)
@json_option
def import_(file: Path, site_slug: str, account: str, profile: str, currency: str, as_json: bool) -> None:
    """导入银行流水 / import a bank file (CSV, XLS, XLSX, camt.053, MT940; - reads standard input).

    期初加发生额不等于期末的文件整份拒收并保留；重复导入不会重复入账。
    """
    actor = unwrap(command_writer(site_slug))
    if profile and profile not in bank_profiles():
        raise click.BadParameter(", ".join(sorted(bank_profiles())), param_hint="--bank")
    code = unwrap(known_currency(currency))
    is_piped = str(file) == "-"
    if not is_piped and not file.is_file():
        raise click.BadParameter(f"没有这个文件 / no such file: {file}", param_hint="FILE")
    done = services.enter_file(
        actor=actor,
        name="stdin" if is_piped else file.name,
        source=sys.stdin.buffer.read() if is_piped else file,
        account=account,
        bank=profile,
        currency=code,
    )
    if as_json:
        emit_json(done.as_dict())
    for one in done.statements if not as_json else ():
        row = one.statement
        if one.problem is None:
            say(
                f"第 {row.number} 份流水：{row.lines_read} 行，新增 {row.lines_new} 行，自动核销 {one.matched} 行。",
                f"Statement {row.number}: {row.lines_read} lines, {row.lines_new} new, {one.matched} matched by rule.",
            )
    if done.problem:
        fail(done.problem, EXIT_NO)


@bank.command("lines")
@site_option
@click.option(
    "--state", type=click.Choice(["open", "done", "all"]), default="open", help="处理状态 / decided or not."
)
@json_option
def lines(site_slug: str, state: str, as_json: bool) -> None:
    """流水与核销建议 / lines, each with its best suggestion."""
    actor = unwrap(command_reader(site_slug))
    after: str | None = None
    with site_scope(actor.own_site):
        while True:
            page = selectors.lines_page(LineFilter(state=state), after=after)
            found = selectors.suggestions_for([row.line for row in page.rows if row.match is None])
            for row in page.rows:
                told = told_line(row, found.get(row.line.id, ()))
                if as_json:
                    emit_json(told)
                else:
                    amount = plain_amount(row.line.amount_minor, row.line.currency)
                    best = told["suggestions"][0]["score"] if told["suggestions"] else "-"
                    click.echo(
                        f"{row.line.booked_on}\t{amount}\t{row.line.counterparty_name}\t{told['state']}\t{best}\t{row.line.id}"
                    )
            after = page.next_cursor
            if not after:
                break


@bank.command("approve")
@site_option
@click.option("--certain", is_flag=True, required=True, help="核销全部确定的建议 / every certain suggestion.")
@click.option("--yes", is_flag=True, help="不再询问 / do not ask.")
@json_option
def approve(site_slug: str, certain: bool, yes: bool, as_json: bool) -> None:
    """核销全部确定的建议 / approve every certain suggestion."""
    actor = unwrap(command_writer(site_slug))
    with site_scope(actor.own_site):
        waiting = undecided_lines()
        found = selectors.suggestions_for(waiting)
        count = sum(1 for suggestions in found.values() if suggestions and suggestions[0].is_certain)
        if not yes and not click.confirm(f"核销 {count} 笔 / approve {count}?", err=True):
            sys.exit(EXIT_NO)
        done = services.approve_certain(actor=actor, lines=waiting)
    if as_json:
        emit_json({"matched": len(done.matched), "left": len(done.left)})
    else:
        say(f"已核销 {len(done.matched)} 笔。", f"{len(done.matched)} matched.")


@bank.command("undo")
@click.argument("match", type=click.UUID)
@click.option("--reason", required=True, help="原因，写入存证 / why; goes into evidence.")
@site_option
@json_option
def undo(match: UUID, reason: str, site_slug: str, as_json: bool) -> None:
    """撤销一次核销 / take one match back."""
    actor = unwrap(command_writer(site_slug))
    with site_scope(actor.own_site):
        found = unwrap(access.match_by_id(actor, match))
        done = services.unmatch(actor=actor, match=found, reason=reason)
    if not isinstance(done, Match):
        fail(done, EXIT_NO)
    if as_json:
        emit_json({"match": str(done.id), "revision": done.end_revision, "entry": str(done.end_entry_id)})
    else:
        say("已撤销，流水恢复为未处理。", "Undone; the line is open again.")


@bank.command("rule")
@click.argument("switch", type=click.Choice(["on", "off"]))
@click.option("--reason", required=True, help="原因，写入存证 / why; goes into evidence.")
@site_option
def rule(switch: str, reason: str, site_slug: str) -> None:
    """开启或关闭确定项自动核销 / match certain lines on arrival, or stop that."""
    unwrap(services.switch_rule(actor=unwrap(command_writer(site_slug)), is_on=switch == "on", reason=reason))
    word = ("已开启", "on") if switch == "on" else ("已关闭", "off")
    say(f"自动核销{word[0]}。", f"Automatic matching is {word[1]}.")
