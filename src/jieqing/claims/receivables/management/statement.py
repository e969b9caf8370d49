"""``jieqing ledger statement``: issue a statement of account and lay its files into a folder."""

from datetime import datetime
from pathlib import Path
from uuid import UUID

import click

from jieqing.claims.parties.selectors import parties_called
from jieqing.claims.receivables.engine.account_statement import Terms
from jieqing.claims.receivables.engine.ageing import parse_basis, parse_edges
from jieqing.claims.receivables.services import account_statements
from jieqing.claims.receivables.services.account_statements import FILES, PDF, StatementOrder
from jieqing.estate.sites.services.command_actors import command_writer
from jieqing.kernel import clock
from jieqing.kernel.money import known_currency
from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.plumbing.cli.frame import emit_json, json_option, say, site_option, unwrap
from jieqing.plumbing.db.scopes import site_scope

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command("statement")
@site_option
@click.option("--debtor", required=True, metavar="NAME|CODE|ID", help="债务人 / whose account.")
@click.option("--as-of", type=DAY, help="截至日期，默认今天 / default today.")
@click.option(
    "--from", "from_on", type=DAY, help="期间起始日；不写即未清单据 / a period; open items otherwise."
)
@click.option("--currency", metavar="CODE", help="只列一种货币 / one currency only.")
@click.option("--basis", default="due", metavar="due|invoice|posting", help="账龄口径 / what items age from.")
@click.option("--edges", default="0,30,60,90", help="分段天数 / edges in days.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="对账单语言 / its language.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="放文件的目录，默认当前目录 / where the files go.",
)
@json_option
def statement(
    site_slug: str,
    debtor: str,
    as_of: datetime | None,
    from_on: datetime | None,
    currency: str | None,
    basis: str,
    edges: str,
    lang: str,
    out: Path,
    as_json: bool,
) -> None:
    """出具对账单（PDF 与 XLSX）/ issue a statement of account as PDF and XLSX.

    编号、存证；不会发送给任何人。
    """
    actor = unwrap(command_writer(site_slug))
    terms = Terms(
        as_of=as_of.date() if as_of else clock.today(),
        from_on=from_on.date() if from_on else None,
        currency=unwrap(known_currency(currency)) if currency else None,
        basis=unwrap(parse_basis(basis)),
        edges=unwrap(parse_edges(edges)),
    )
    with site_scope(actor.own_site):
        order = StatementOrder(unwrap(_debtor(debtor)), terms, lang=lang)
        made = unwrap(account_statements.issue_statement(actor=actor, order=order))
        number = account_statements.number_of(made)
        out.mkdir(parents=True, exist_ok=True)
        files = {file: out / f"{number}.{file}" for file in FILES}
        for file, path in files.items():
            path.write_bytes(account_statements.take_statement_file(actor=actor, statement=made, file=file))
    if as_json:
        emit_json(
            {
                "number": number,
                "statement": str(made.id),
                "as_of": terms.as_of.isoformat(),
                "closing_fen": made.closing,
                "files": {file: str(path) for file, path in files.items()},
                "content_sha256": bytes(made.content_digest).hex(),
                "pdf_sha256": made.pdf_key.rsplit("/", 1)[1],
                "entry": str(made.entry_id),
            }
        )
    else:
        say(f"已出具 {number}：{files[PDF]}", f"{number} issued: {files[PDF]}")


def _debtor(text: str) -> UUID | Problem:
    found = parties_called(text)
    if len(found) == 1:
        return found[0]
    return Problem.of(AMBIGUOUS if found else UNKNOWN, debtor=text[:80], count=len(found))


UNKNOWN = ProblemKind(
    "statement.debtor_unknown",
    "没有叫“{debtor}”的债务人。",
    "There is no debtor called “{debtor}”.",
    "请使用完整名称、客户编码或编号。",
    "Give the full name, the customer code or the id.",
)
AMBIGUOUS = ProblemKind(
    "statement.debtor_ambiguous",
    "有 {count} 个债务人符合“{debtor}”。",
    "{count} debtors match “{debtor}”.",
    "请使用客户编码或编号。",
    "Give the customer code or the id.",
)
