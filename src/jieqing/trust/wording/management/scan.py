"""``jieqing scan``: one text a line in, its verdict and findings out. Needs no database and no server.

Offsets count code points of the line as given. A line that is no text is blocked with a finding that says so, and the
command ends with 2; the lines after it are read all the same.
"""

import sys
from pathlib import Path
from typing import IO

import click

from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.plumbing.cli.frame import EXIT_BAD_INPUT, emit_json, fail, json_option, language
from jieqing.trust.wording.engine.scanner import Context, Finding, ScanResult
from jieqing.trust.wording.library import scanner

UNREADABLE = ProblemKind(
    "wording.unreadable",
    "无法读取文件 {file}：{why}。",
    "The file {file} cannot be read: {why}.",
    "请检查路径和权限，或用 - 从标准输入读取。",
    "Check the path and your rights, or read standard input with -.",
)
NOT_UTF8 = ProblemKind(
    "wording.not_utf8",
    "第 {line} 行不是 UTF-8 文本（第 {offset} 字节）。",
    "Line {line} is not UTF-8 text (byte {offset}).",
    "请把文件转换为 UTF-8 后重试。",
    "Convert the file to UTF-8 and try again.",
)
_NAMES = {
    "zh": {"clean": "通过", "needs_approval": "需人工审核", "block": "拦截"},
    "en": {"clean": "clean", "needs_approval": "needs approval", "block": "block"},
}


@click.command()
@click.argument("file", default="-", metavar="[FILE]")
@click.option(
    "--direction",
    type=click.Choice(("out", "in")),
    default="out",
    help="out 我方发出（默认）；in 对方发来 / out: what we say; in: what the other side says.",
)
@click.option(
    "--document", "documents", multiple=True, help="案件所附法院文书 / a court paper linked to the case."
)
@click.option("--site-kind", default="", help="机构类型，如 law_firm / the kind of the site, as law_firm.")
@json_option
def scan(file: str, direction: str, documents: tuple[str, ...], site_kind: str, as_json: bool) -> None:
    """措辞扫描：每行一段文本，指出违法措辞、依据和合法改写 / scan texts, one a line: what may not be said, why, and what may.

    FILE 省略或为 - 时读标准输入。全部读完退出码为 0（无论结论）；有无法读取的行为 2。
    对方发来的文本结论总是通过；其中的发现说明我方应当做什么（退订、异议、困难、投诉等）。
    """
    bad = 0
    context = Context(direction, documents, site_kind)
    with _opened(file) as stream:
        for number, data in enumerate(stream, 1):
            try:
                text = data.removeprefix(b"\xef\xbb\xbf").decode("utf-8").rstrip("\r\n")
            except UnicodeDecodeError as error:
                bad += 1
                problem = Problem.of(NOT_UTF8, line=number, offset=error.start)
                click.echo(problem.text(language()), err=True)
                if as_json:
                    emit_json({"verdict": "block", "findings": [], "problem": problem.as_dict()})
                continue
            _answer(text, scanner().scan(text, context), as_json)
    if bad:
        sys.exit(EXIT_BAD_INPUT)


def _opened(file: str) -> IO[bytes]:
    if file == "-":
        return sys.stdin.buffer
    try:
        return Path(file).open("rb")
    except OSError as error:
        fail(Problem.of(UNREADABLE, file=file, why=error.strerror or type(error).__name__))


def _answer(text: str, result: ScanResult, as_json: bool) -> None:
    if as_json:
        emit_json({"verdict": result.verdict, "findings": [one.as_dict() for one in result.findings]})
        return
    lang = language()
    click.echo(f"{_NAMES[lang][result.verdict]}  {text}")
    for one in result.findings:
        click.echo(_line(text, one, lang))


def _line(text: str, one: Finding, lang: str) -> str:
    at = 1 if lang == "en" else 0
    return (
        f"    {one.rule}  {text[one.start : one.end]}  {one.why[at]}  {'; '.join(one.articles)}\n"
        f"        → {one.instead[at]}"
    )
