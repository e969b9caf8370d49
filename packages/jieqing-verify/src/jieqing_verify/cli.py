"""``jieqing-verify FILE --policy FILE [--json]``: exit 0 valid, 1 invalid, 2 incomplete or unusable input."""

import argparse
import json
import sys
from pathlib import Path

from jieqing_verify.check import verify_bundle
from jieqing_verify.policy import BadPolicy, read_policy
from jieqing_verify.result import LEVELS, Level, Verdict

_WORDS = {
    "valid": "有效 VALID",
    "invalid": "无效 INVALID",
    "incomplete": "不完整 INCOMPLETE",
}
_EPILOG = """\
退出码：0 有效，1 无效，2 不完整或输入不可用。策略文件须从独立渠道取得。
Exit codes: 0 valid, 1 invalid, 2 incomplete or unusable input. Get the policy file from an independent source.
"""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    parser = argparse.ArgumentParser(
        prog="jieqing-verify",
        description="离线核验结清存证包 / check a Jieqing evidence bundle offline",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "file", metavar="FILE", help="*.evidence.zip，或 - 表示标准输入 / or - for standard input"
    )
    parser.add_argument("--policy", required=True, metavar="FILE", help="tlog-policy 文本 / tlog-policy text")
    parser.add_argument("--json", action="store_true", dest="as_json", help="输出 JSON / print JSON")
    chosen = parser.parse_args(arguments)
    try:
        policy = read_policy(_read(chosen.policy))
        data = _read(chosen.file)
    except (OSError, BadPolicy) as error:
        return _unusable(error, chosen.as_json)
    verdict = verify_bundle(data, policy)
    _print(verdict, chosen.as_json)
    return verdict.exit_code


def _read(name: str) -> bytes:
    return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()


def _print(verdict: Verdict, as_json: bool) -> None:
    if as_json:
        lines = [json.dumps(verdict.as_json(), ensure_ascii=False)]
    else:
        levels = [(name, verdict.levels[name]) for name in LEVELS]
        lines = [f"{name} {level.state:<10} {level.zh} / {level.en}" for name, level in levels]
        lines.append(_WORDS[verdict.outcome])
    sys.stdout.write("\n".join(lines) + "\n")


def _unusable(error: Exception, as_json: bool) -> int:
    if isinstance(error, BadPolicy):
        zh, en = f"策略文件不可用：{error}", f"the policy file cannot be used: {error}"
    else:
        zh, en = f"文件无法打开：{error}", f"a file cannot be opened: {error}"
    todo = "请检查路径和策略文件后重试 / check the paths and the policy file, then try again"
    sys.stderr.write(f"{zh}\n{en}\n{todo}\n")
    if as_json:
        _print(Verdict({name: Level("absent", zh, en) for name in LEVELS}), as_json)
    return 2
