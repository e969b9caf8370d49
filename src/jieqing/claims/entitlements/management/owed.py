"""``jieqing owed``: what is owed, from a file of facts. Needs no database and no server."""

import sys
from datetime import date
from pathlib import Path

import click

from jieqing.claims.entitlements.engine.printing import statement_json
from jieqing.claims.entitlements.engine.reading import read_facts
from jieqing.claims.entitlements.engine.statement import Statement, draw_statement
from jieqing.kernel.money import format_amount
from jieqing.kernel.outcomes import Problem, ProblemKind, is_problem
from jieqing.plumbing.cli.frame import emit_json, fail, json_option, language

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option(
    "--facts",
    "file",
    required=True,
    metavar="FILE",
    help="事实文件（JSON），- 为标准输入 / facts as JSON; - reads standard input.",
)
@click.option("--as-of", required=True, type=DAY, help="计算到哪一天（含当日）/ the last day counted.")
@json_option
def owed(file: str, as_of: "date", as_json: bool) -> None:
    """计算应得款项 / what is owed: principal, interest, penalty and costs, each segment with its rule and article.

    事实的字段见 contracts/owed-facts.schema.json。
    """
    read = read_facts(_text(file))
    if isinstance(read, list):
        for problem in read[:-1]:
            _say(problem)
        fail(read[-1])
    # click hands over a datetime, which is a date that compares as none.
    statement = draw_statement(read.facts, date(as_of.year, as_of.month, as_of.day))
    if is_problem(statement):
        fail(statement)
    if as_json:
        emit_json(statement_json(statement, read.warnings))
    else:
        _tell(statement)
    for warning in () if as_json else (*read.warnings, *statement.warnings):
        _say(warning)


def _text(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        fail(Problem.of(UNREADABLE, file=file, why=error.strerror or type(error).__name__))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        fail(Problem.of(NOT_UTF8, file=file, offset=error.start))


def _say(problem: Problem) -> None:
    lang = language()
    click.echo(f"{problem.text(lang)} {problem.todo(lang)}", err=True)


def _tell(statement: Statement) -> None:
    lang, currency = language(), statement.facts.currency

    def money(amount_minor: int) -> str:
        return format_amount(amount_minor, currency, lang)

    zh = lang != "en"
    for segment in statement.segments:
        article = segment.rule.article if zh else segment.rule.en
        rate = f"{segment.rate.text()}/{segment.rate.day_count}"
        click.echo(
            f"{segment.item}  {segment.first} – {segment.end}  {segment.days:>5}  {money(segment.base_minor)}"
            f" × {rate} = {money(segment.amount_minor)}  {article}"
        )
    names = (
        ("本金", "利息", "违约金", "费用", "合计")
        if zh
        else ("principal", "interest", "penalty", "costs", "total")
    )
    amounts = (
        statement.principal_minor,
        statement.interest_minor,
        statement.penalty_minor,
        statement.costs_minor,
        statement.total_minor,
    )
    for name, amount in zip(names, amounts, strict=True):
        click.echo(f"{name}  {money(amount)}")


UNREADABLE = ProblemKind(
    "owed.unreadable",
    "无法读取 {file}：{why}。",
    "{file} cannot be read: {why}.",
    "请检查路径，或用 - 从标准输入读取。",
    "Check the path, or use - for standard input.",
)
NOT_UTF8 = ProblemKind(
    "owed.not_utf8",
    "{file} 不是 UTF-8 编码（第 {offset} 字节）。",
    "{file} is not UTF-8 (byte {offset}).",
    "请另存为 UTF-8 后重试。",
    "Save it as UTF-8 and try again.",
)
