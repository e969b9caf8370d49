"""``jieqing cases``: open by rule, list, export, import. The same services as the pages and the API."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from jieqing.estate.sites.services.command_actors import command_reader, command_writer
from jieqing.kernel.money import plain_amount
from jieqing.plumbing.cli.frame import emit_json, json_option, say, site_option, unwrap
from jieqing.plumbing.db.scopes import site_scope
from jieqing.recovery.cases import selectors, services
from jieqing.recovery.cases.models import Case

STATES = click.Choice(["queue", "waiting", "open", "closed", "all"])


@click.group()
def cases() -> None:
    """案件：按规则立案、列表、导出、导入 / cases: open by rule, list, export, import."""


@cases.command("open-by-rule")
@site_option
@json_option
def open_by_rule(site_slug: str, as_json: bool) -> None:
    """按本站点的立案规则立案 / open what the site's rule says; run twice, it opens nothing twice."""
    run = services.open_by_rule(actor=unwrap(command_writer(site_slug)))
    told: dict[str, Any] = asdict(run) | {"opened": len(run.opened), "joined": len(run.joined)}
    if as_json:
        emit_json(told)
    say(
        f"立案 {told['opened']} 件，并入 {told['joined']} 件；{run.unplaced} 张单据没有委案，{run.refused} 张未通过审查。",
        f"Opened {told['opened']}, joined {told['joined']}; {run.unplaced} unplaced, {run.refused} not passed.",
    )


@cases.command("list")
@site_option
@click.option("--state", type=STATES, default="queue", help="案件状态 / which cases.")
@click.option("--limit", type=click.IntRange(1, 500), default=50, help="最多几件 / how many at most.")
@json_option
def list_(site_slug: str, state: str, limit: int, as_json: bool) -> None:
    """工作清单，按预期价值排序 / the worklist, by expected value."""
    actor = unwrap(command_reader(site_slug))
    with site_scope(actor.own_site):
        page = selectors.cases_page(actor, selectors.CaseFilter(state=state), limit=limit)
    for case in page.rows:
        if as_json:
            emit_json(_told(case))
        else:
            click.echo(
                f"{case.number}\t{case.debtor_name}\t{plain_amount(case.overdue_minor, case.currency)}\t{case.stage}"
                f"\t{case.next_action}\t{case.next_action_on or ''}"
            )


@cases.command("export")
@site_option
@click.option("--state", type=STATES, default="open", help="案件状态 / which cases.")
@click.option(
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="CSV 或 XLSX 文件 / CSV or XLSX file.",
)
def export(site_slug: str, state: str, out: Path) -> None:
    """把案件导出为 CSV 或 XLSX（看扩展名）/ write cases to a CSV or XLSX file, by its suffix."""
    actor = unwrap(command_reader(site_slug))
    kind = "xlsx" if out.suffix.lower() == ".xlsx" else "csv"
    out.write_bytes(services.export_cases(actor=actor, wanted=selectors.CaseFilter(state=state), kind=kind))
    say(f"已导出 {out}。", f"Exported {out}.")


@cases.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@site_option
@json_option
def import_(file: Path, site_slug: str, as_json: bool) -> None:
    """从 CSV 或 XLSX 立案 / open cases from a file (columns: 单据号, 案件, 债务人, 承办人, 办理方式, 备注).

    同一文件再次导入不会重复立案；有问题的行逐行说明。
    """
    actor = unwrap(command_writer(site_slug))
    is_piped = str(file) == "-"
    if not is_piped and not file.is_file():
        raise click.BadParameter(f"没有这个文件 / no such file: {file}", param_hint="FILE")
    data = sys.stdin.buffer.read() if is_piped else file.read_bytes()
    done = unwrap(services.import_cases(actor=actor, name="stdin" if is_piped else file.name, data=data))
    if as_json:
        emit_json(done.as_dict())
    say(
        f"{done.lines} 行：立案 {done.opened} 件，已在办 {done.already} 行，有问题 {len(done.problems)} 行。",
        f"{done.lines} lines: {done.opened} cases opened, {done.already} under work, {len(done.problems)} with problems.",
    )


def _told(case: Case) -> dict[str, Any]:
    return {
        "id": str(case.id),
        "number": case.number,
        "debtor": case.debtor_name,
        "currency": case.currency,
        "open_fen": case.open_minor,
        "overdue_fen": case.overdue_minor,
        "stage": case.stage,
        "priority": case.priority,
        "reasons": case.reasons,
        "next_action": case.next_action,
        "next_action_on": case.next_action_on.isoformat() if case.next_action_on else None,
    }
