"""``jieqing-sendlog check LOG --register FILE [--json]``: exit 0 no violation, 1 violations, 2 unusable input."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from jieqing_sendlog.checking import check
from jieqing_sendlog.finding import Finding
from jieqing_sendlog.reading import BadInput, read_log, read_register

_EPILOG = """\
退出码：0 无违规，1 有违规，2 输入不可用。
Exit codes: 0 no violation, 1 violations, 2 the input cannot be used.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="jieqing-sendlog",
        description="离线检查实际触达日志 / check offline what was really sent",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    checking = commands.add_parser("check", help="找出违规触达 / find contacts that broke a rule")
    checking.add_argument(
        "log", metavar="LOG", help="每行一次触达的 JSON，或 - / one JSON line per contact, or -"
    )
    checking.add_argument(
        "--register", required=True, metavar="FILE", help="登记册 / the register of standing facts"
    )
    checking.add_argument(
        "--json", action="store_true", dest="as_json", help="每行一条 JSON / one JSON line each"
    )
    chosen = parser.parse_args(arguments)
    try:
        register = read_register(Path(chosen.register).read_bytes())
        with _opened(chosen.log) as lines:
            contacts = list(read_log(lines, register))
    except (OSError, UnicodeDecodeError, BadInput) as error:
        return _unusable(error)
    found = list(check(contacts, register))
    _print(found, len(contacts), chosen.as_json)
    return 1 if found else 0


@contextmanager
def _opened(name: str) -> Iterator[TextIO]:
    if name == "-":
        yield sys.stdin
        return
    with Path(name).open(encoding="utf-8") as lines:
        yield lines


def _print(found: list[Finding], contacts: int, as_json: bool) -> None:
    for finding in found:
        told = finding.as_dict()
        if as_json:
            sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
        else:
            sys.stdout.write(
                f"{told['at']}  {told['contact']}  {told['rule']} ({told['reading']})  {told['text_zh']} / {told['text_en']}"
                f"  [{told['article']}]  {told['detail']}\n"
            )
    if not as_json:
        sys.stdout.write(
            f"触达 {contacts}，违规 {len(found)} / {contacts} contacts, {len(found)} violations\n"
        )


def _unusable(error: Exception) -> int:
    if isinstance(error, BadInput):
        zh, en = f"输入不可用：{error.zh}", f"the input cannot be used: {error.en}"
    else:
        zh, en = f"文件无法打开：{error}", f"a file cannot be opened: {error}"
    todo = "格式见 contracts/send-log.md / see contracts/send-log.md for the form"
    sys.stderr.write(f"{zh}\n{en}\n{todo}\n")
    return 2
