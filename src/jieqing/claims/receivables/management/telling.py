"""How the ledger's commands tell people what happened; JSON is the same facts for programs."""

from typing import Any

import click

from jieqing.claims.receivables import services
from jieqing.claims.receivables.engine.ageing import AgeingReport, Basis
from jieqing.kernel.money import format_amount
from jieqing.plumbing.cli.frame import emit_json, language, say


def tell_preview(found: services.Preview, as_json: bool) -> None:
    told: dict[str, Any] = {
        "rows": found.rows,
        "accepted": found.accepted,
        "staged": found.staged,
        "duplicates": found.duplicates,
        "updated": found.updated,
        "debtors": found.debtors,
        "open_fen": found.open_minor,
        "batch": None,
        "skipped": found.skipped,
        "notices": [notice.as_dict() for notice in found.notices],
        "problems": [
            {"code": group.code, "rows": group.rows, "first_line": group.first_line}
            for group in found.problems
        ],
    }
    if as_json:
        emit_json(told)
        return
    tell_result(told)
    for group in found.problems:
        click.echo(f"  {group.rows} × {group.sample['text'][language()]}", err=True)


def tell_result(told: dict[str, Any]) -> None:
    opened = (
        ", ".join(format_amount(minor, code, language()) for code, minor in told["open_fen"].items()) or "0"
    )
    say(
        f"共 {told['rows']} 行：入账 {told['accepted']}，暂存 {told['staged']}，重复 {told['duplicates']}，"
        f"更新 {told['updated']}；债务人 {told['debtors']}；未结 {opened}。",
        f"{told['rows']} rows: {told['accepted']} in, {told['staged']} staged, {told['duplicates']} known, "
        f"{told['updated']} updated; {told['debtors']} debtors; open {opened}.",
    )
    for notice in told.get("notices", ()):
        click.echo(f"  {notice['text'][language()]}{notice['todo'][language()]}", err=True)


def tell_report(report: AgeingReport, basis: Basis) -> None:
    lang = language()
    click.echo(f"{report.currency}  {report.as_of.isoformat()}  {basis.value}")
    for bucket, row in zip(report.buckets, report.sums, strict=True):
        amount = format_amount(row.amount_minor, report.currency, lang)
        click.echo(f"  {bucket.label(lang, basis)}\t{row.items}\t{amount}")
    click.echo(
        f"  {'合计' if lang == 'zh' else 'Total'}\t{report.items}\t{format_amount(report.total_minor, report.currency, lang)}"
    )
