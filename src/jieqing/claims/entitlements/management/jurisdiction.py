"""``jieqing jurisdiction``: which courts can be asked, best first, with reasons. Needs no database and no server."""

import sys
from pathlib import Path

import click

from jieqing.claims.entitlements.engine.deadlines import Reason
from jieqing.claims.entitlements.engine.jurisdiction import suggest_courts
from jieqing.claims.entitlements.engine.jurisdiction_answers import Suggestion
from jieqing.claims.entitlements.engine.jurisdiction_reading import read_jurisdiction_facts
from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.plumbing.cli.frame import emit_json, fail, json_option, language, unwrap

UNREADABLE = ProblemKind(
    "jurisdiction.unreadable",
    "无法读取 {file}：{why}。",
    "{file} cannot be read: {why}.",
    "请检查路径和编码（UTF-8），或用 - 从标准输入读取。",
    "Check the path and the encoding (UTF-8), or use - for standard input.",
)


@click.command("jurisdiction")
@click.option(
    "--facts",
    "file",
    required=True,
    metavar="FILE",
    help="事实文件（JSON），- 表示标准输入 / the facts, - reads standard input.",
)
@json_option
def jurisdiction(file: str, as_json: bool) -> None:
    """管辖建议：可以向哪些法院提出，依据和还缺什么 / which courts can be asked, and why.

    事实的字段见 contracts/jurisdiction-facts.schema.json。
    """
    found = suggest_courts(unwrap(read_jurisdiction_facts(_text(file))))
    if as_json:
        emit_json(found.as_dict())
    else:
        _tell(found)
    if not found.forums:
        sys.exit(1)


def _text(file: str) -> str:
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig")
    except OSError as error:
        fail(Problem.of(UNREADABLE, file=file, why=error.strerror or type(error).__name__))
    except UnicodeDecodeError:
        fail(Problem.of(UNREADABLE, file=file, why="UTF-8"))


def _tell(found: Suggestion) -> None:
    zh = language() == "zh"
    for place, forum in enumerate(found.forums, start=1):
        where = forum.place or ("地点待查" if zh else "place to be found")
        click.echo(f"{place}. {where}  {forum.level.value if forum.level else ''}".rstrip())
        for reason in forum.reasons:
            click.echo(f"   {_said(reason)}")
    for head_zh, head_en, reasons in (
        ("排除", "ruled out", found.ruled_out),
        ("还缺", "missing", found.missing),
        ("注意", "watch", found.warnings),
    ):
        for reason in reasons:
            click.echo(f"{head_zh if zh else head_en}: {_said(reason)}", err=reasons is found.warnings)


def _said(reason: Reason) -> str:
    article = reason.citation.text(language()) if reason.citation else ""
    return f"{reason.text(language())}  {article}".rstrip()
