"""``jieqing ledger``: import, ageing, batches, undo, staged rows. The same services as the pages and the API."""

import sys
from datetime import datetime
from pathlib import Path
from uuid import UUID

import click

from jieqing.claims.receivables import access, selectors, services
from jieqing.claims.receivables.engine.ageing import parse_basis, parse_edges
from jieqing.claims.receivables.engine.proposing import Hints
from jieqing.claims.receivables.management.appropriation import appropriation_order
from jieqing.claims.receivables.management.charges import accrue, charge_terms
from jieqing.claims.receivables.management.currency import settle_currency
from jieqing.claims.receivables.management.overdue_terms import overdue_terms
from jieqing.claims.receivables.management.statement import statement
from jieqing.claims.receivables.management.statement_schedules import schedule, unschedule
from jieqing.claims.receivables.management.telling import tell_preview, tell_report, tell_result
from jieqing.estate.sites.services.command_actors import command_reader, command_writer
from jieqing.kernel import clock
from jieqing.kernel.money import known_currency
from jieqing.kernel.outcomes import Problem
from jieqing.plumbing.cli.frame import (
    EXIT_NO,
    emit_json,
    fail,
    json_option,
    language,
    progress,
    say,
    site_option,
    unwrap,
)
from jieqing.plumbing.db.scopes import site_scope

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def ledger() -> None:
    """应收账本：导入、账龄、批次、撤销、暂存行、对账单 / the receivables ledger."""


ledger.add_command(statement)
ledger.add_command(charge_terms)
ledger.add_command(accrue)
ledger.add_command(appropriation_order)
ledger.add_command(overdue_terms)
ledger.add_command(schedule)
ledger.add_command(unschedule)


@ledger.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@site_option
@click.option("--currency", metavar="CODE", help="文件没有币种时使用 / where the file names none.")
@click.option(
    "--creditor", metavar="NAME", help="债权人；不写即站点自身 / whose claims; the site itself by default."
)
@click.option(
    "--date-order",
    type=click.Choice(["ymd", "mdy", "dmy"]),
    help="日期顺序不明时使用 / where dates are ambiguous.",
)
@click.option("--sheet", metavar="NAME", help="工作表 / which worksheet.")
@click.option(
    "--sum-lines", is_flag=True, help="合并同一单据的多行明细 / add up several lines of one document."
)
@click.option("--dry-run", is_flag=True, help="只检查，不写入 / check, write nothing.")
@click.option("--yes", is_flag=True, help="不再询问 / do not ask.")
@json_option
def import_(
    file: Path,
    site_slug: str,
    currency: str | None,
    creditor: str | None,
    date_order: str | None,
    sheet: str | None,
    sum_lines: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """把账本或电子发票导入站点 / import a ledger (CSV, TSV, XLSX, XLS) or e-invoices (XML, OFD, UBL, CII, Factur-X, ZIP; - reads standard input).

    有问题的行会暂存，不会丢失；同一文件再次导入不会重复入账。
    """
    actor = unwrap(command_writer(site_slug))
    hints = Hints(sheet=sheet, date_order=date_order, multi_line="sum" if sum_lines else None)
    name, source = _source(file)
    if dry_run or not yes:

        def look(code: str | None) -> services.Preview | Problem:
            options = services.ImportOptions(currency=code, creditor=creditor)
            return services.preview_file(actor=actor, name=name, source=source, hints=hints, options=options)

        tell_preview(settle_currency(look, currency), as_json and dry_run)
        if dry_run:
            return
        if not click.confirm("入账 / commit?", err=True):
            sys.exit(EXIT_NO)
    with progress("导入 / importing") as advance:

        def enter(code: str | None) -> services.ImportResult | Problem:
            return services.import_file(
                actor=actor,
                name=name,
                source=source,
                hints=hints,
                options=services.ImportOptions(currency=code, creditor=creditor),
                progress=lambda lines: advance(completed=lines),
            )

        result = settle_currency(enter, currency)
    if as_json:
        emit_json(result.as_dict())
    else:
        tell_result(result.as_dict())


@ledger.command()
@site_option
@click.option("--as-of", type=DAY, help="截至日期，默认今天 / default today.")
@click.option("--basis", default="due", metavar="due|invoice|posting", help="账龄口径 / what items age from.")
@click.option("--edges", default="0,30,60,90", help="分段天数 / edges in days.")
@click.option("--currency", metavar="CODE", help="只看一种货币 / one currency only.")
@click.option("--known-at", metavar="INSTANT", help="按当时已知（ISO 时刻）/ as known at an ISO instant.")
@json_option
def ageing(
    site_slug: str,
    as_of: datetime | None,
    basis: str,
    edges: str,
    currency: str | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    """账龄表 / the ageing report, one line per currency."""
    actor = unwrap(command_reader(site_slug))
    chosen = unwrap(parse_basis(basis))
    cuts = unwrap(parse_edges(edges))
    code = unwrap(known_currency(currency)) if currency else None
    moment = _instant(known_at) if known_at else None
    with site_scope(actor.own_site):
        reports = selectors.ageing(
            as_of=as_of.date() if as_of else clock.today(),
            basis=chosen,
            edges=cuts,
            currency=code,
            known_at=moment,
        )
    if not reports:
        say("这一天没有未结应收。", "Nothing is open on that day.")
    for report in reports:
        if as_json:
            emit_json(report.as_dict())
        else:
            tell_report(report, chosen)


@ledger.command()
@site_option
@json_option
def batches(site_slug: str, as_json: bool) -> None:
    """导入批次，新的在前 / imports, newest first."""
    with site_scope(unwrap(command_reader(site_slug)).own_site):
        rows = selectors.batches(limit=500)
    for row in rows:
        told = {
            "batch": str(row.id),
            "number": row.number,
            "file": row.file_name,
            "state": row.state,
            "created_at": row.created_at.isoformat(),
            "accepted": row.counts.get("accepted", 0),
            "updated": row.counts.get("updated", 0),
            "duplicates": row.counts.get("duplicates", 0),
            "waiting": row.waiting,
        }
        if as_json:
            emit_json(told)
        else:
            click.echo(
                "\t".join(
                    str(told[key]) for key in ("number", "state", "accepted", "waiting", "file", "batch")
                )
            )


@ledger.command()
@click.argument("batch", type=click.UUID)
@click.option("--reason", required=True, help="原因，写入存证 / why; goes into evidence.")
@site_option
@json_option
def undo(batch: UUID, reason: str, site_slug: str, as_json: bool) -> None:
    """整批撤销一次导入 / take one import back as a whole."""
    actor = unwrap(command_writer(site_slug))
    with site_scope(actor.own_site):
        found = unwrap(access.batch_by_id(actor, batch))
        result = services.undo_batch(actor=actor, batch=found, reason=reason)
    if not isinstance(result, services.UndoResult):
        fail(result, EXIT_NO)
    if as_json:
        emit_json(result.as_dict())
    else:
        say(
            f"第 {result.batch_number} 批已撤销：撤回 {result.withdrawn} 笔，恢复 {result.restored} 笔。",
            f"Import {result.batch_number} undone: {result.withdrawn} withdrawn, {result.restored} restored.",
        )


@ledger.command()
@click.argument("batch", type=click.UUID)
@site_option
@json_option
def staged(batch: UUID, site_slug: str, as_json: bool) -> None:
    """一个批次里待处理的行 / rows of a batch that wait."""
    actor = unwrap(command_reader(site_slug))
    after = 0
    with site_scope(actor.own_site):
        unwrap(access.batch_by_id(actor, batch))
        while rows := selectors.staged_rows(batch, after_line=after, limit=500):
            for row in rows:
                if as_json:
                    emit_json(
                        {"line": row.line, "cells": row.cells, "problems": row.problems, "state": row.state}
                    )
                else:
                    sentences = [problem["text"][language()] for problem in row.problems]
                    click.echo(f"{row.line}\t{'; '.join(sentences)}")
            after = rows[-1].line


@ledger.command()
@click.argument("batch", type=click.UUID)
@site_option
@json_option
def rerun(batch: UUID, site_slug: str, as_json: bool) -> None:
    """把已修正的暂存行入账 / bring corrected staged rows into the ledger."""
    actor = unwrap(command_writer(site_slug))
    with site_scope(actor.own_site):
        found = unwrap(access.batch_by_id(actor, batch))
        result = unwrap(services.rerun_staged(actor=actor, batch=found))
    if as_json:
        emit_json(result.as_dict())
    else:
        tell_result(result.as_dict())


def _source(file: Path) -> tuple[str, Path | bytes]:
    if str(file) == "-":
        return "stdin", sys.stdin.buffer.read()
    return file.name, file


def _instant(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise click.BadParameter(
            "ISO 时刻，例如 / an ISO instant such as 2026-06-30T23:59:59+08:00"
        ) from None
    if moment.tzinfo is None:
        raise click.BadParameter("时刻要带时区 / the instant needs a time zone, e.g. +08:00")
    return moment
