"""``jieqing gate``: verdicts from facts, and recorded verdicts computed again. Needs no database and no server.

One line in, one line out. A line that cannot be read is answered by a denial that says so, the lines after it are judged
all the same, and the command ends with 2.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from jieqing.kernel.outcomes import Problem, ProblemKind
from jieqing.plumbing.cli.frame import EXIT_BAD_INPUT, EXIT_NO, emit_json, fail, json_option, language
from jieqing.trust.compliance.engine.archiving import Archive
from jieqing.trust.compliance.engine.compiler import compile_packs
from jieqing.trust.compliance.engine.facts import ReadFacts, read_facts
from jieqing.trust.compliance.engine.interpreter import judge as judge_by_reference
from jieqing.trust.compliance.engine.pack_reading import read_pack
from jieqing.trust.compliance.engine.pack_text import NotAPack
from jieqing.trust.compliance.engine.packs import PacksClash, PackSet, pack_set
from jieqing.trust.compliance.engine.replaying import Recorded, compare, read_facts_free, recorded_from
from jieqing.trust.compliance.engine.verdicts import Verdict
from jieqing.trust.compliance.library import PACKS, packs_in

packs_option = click.option(
    "--packs",
    "folder",
    metavar="DIR",
    help="改用此目录中的规则包 / decide by the packs of this folder instead.",
)
overlay_option = click.option(
    "--overlay",
    "overlays",
    multiple=True,
    metavar="FILE",
    help="站点附加规则（只能收紧）/ a site's overlay (it can only tighten).",
)


@click.group()
def gate() -> None:
    """触达合规闸门：能不能联系、何时可以、依据哪一条 / the compliance gate: may this contact be made, when, by which article."""


@gate.command()
@click.option(
    "--facts",
    "file",
    required=True,
    metavar="FILE",
    help="每行一个 JSON 对象，- 为标准输入 / one JSON object a line; - reads standard input.",
)
@packs_option
@overlay_option
@json_option
def decide(file: str, folder: str | None, overlays: tuple[str, ...], as_json: bool) -> None:
    """逐行裁决 / judge each line of facts. The keys are in contracts/gate-facts.schema.json.

    全部裁决完毕退出码为 0（无论结论）；有无法读取的行为 2。
    """
    packs = _packs(folder, overlays)
    judge = compile_packs(packs)
    lines = bad = 0
    for number, text in _lines(file):
        lines += 1
        read = read_facts(text) if isinstance(text, str) else text
        if isinstance(read, ReadFacts):
            _warn(number, read)
            _answer(judge(read.facts), as_json)
        else:
            bad += 1
            _say(number, read)
            _answer_unread(number, read, packs, as_json)
    if not lines:
        fail(Problem.of(EMPTY, file=file))
    if bad:
        sys.exit(EXIT_BAD_INPUT)


@gate.command()
@click.argument("file", metavar="FILE")
@packs_option
@overlay_option
@json_option
def replay(file: str, folder: str | None, overlays: tuple[str, ...], as_json: bool) -> None:
    """重算已记录的裁决 / compute recorded verdicts again, offline, by the reference interpreter.

    每行是 decide --json 或 export 的一行输出（含 facts）；export 附带当时的规则包，按摘要取用。全部一致退出码为 0，
    有不一致（或规则包被改动）为 1，有无法读取的行为 2。
    """
    archive = Archive(_packs(folder, overlays))
    lines = bad = differing = 0
    for number, text in _lines(file):
        lines += 1
        line = read_facts_free(text) if isinstance(text, str) else text
        if not isinstance(line, Problem) and "pack_set" in line:
            problem = archive.take(line)
            if problem:
                differing += 1
                _say(number, problem)
            continue
        read = recorded_from(line) if not isinstance(line, Problem) else line
        if not isinstance(read, Recorded):
            bad += 1
            _say(number, read)
            if as_json:
                emit_json({"line": number, "same": False, "problem": read.as_dict()})
            continue
        found = judge_by_reference(archive.set_for(read.answer), read.facts)
        differences = compare(read, found)
        differing += bool(differences)
        if as_json:
            emit_json(
                {
                    "line": number,
                    "same": not differences,
                    "differences": differences,
                    "verdict": found.verdict,
                    "facts_digest": found.facts_digest,
                    "pack_digest": found.pack_digest,
                }
            )
        else:
            zh = "一致" if not differences else "不一致：" + "、".join(differences)
            en = "same" if not differences else "differs: " + ", ".join(differences)
            click.echo(f"{number}  {en if language() == 'en' else zh}")
    if not lines:
        fail(Problem.of(EMPTY, file=file))
    if bad or differing:
        sys.exit(EXIT_BAD_INPUT if bad else EXIT_NO)


def _packs(folder: str | None, overlays: tuple[str, ...]) -> PackSet:
    try:
        packs = packs_in(Path(folder) if folder else PACKS)
        added = tuple(read_pack(Path(name).read_text(encoding="utf-8")) for name in overlays)
        if not packs:
            fail(Problem.of(BAD_PACKS, why=f"{folder}: *.yaml"))
        loose = [pack.id for pack in added if not pack.overlay]
        if loose:
            fail(Problem.of(BAD_PACKS, why=f"{', '.join(loose)}: overlay: true"))
        return pack_set((*packs, *added))
    except (NotAPack, PacksClash, OSError, UnicodeDecodeError) as error:
        fail(Problem.of(BAD_PACKS, why=str(error)))


def _lines(file: str) -> Iterator[tuple[int, str | Problem]]:
    with _opened(file) as stream:
        for number, line in enumerate(stream, 1):
            data = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if not data.strip():
                continue
            try:
                yield number, data.decode("utf-8")
            except UnicodeDecodeError as error:
                yield number, Problem.of(NOT_UTF8, offset=error.start)


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    if file == "-":
        yield sys.stdin.buffer
        return
    try:
        with Path(file).open("rb") as stream:
            yield stream
    except OSError as error:
        fail(Problem.of(UNREADABLE, file=file, why=error.strerror or type(error).__name__))


def _answer(verdict: Verdict, as_json: bool) -> None:
    if as_json:
        emit_json(verdict.as_dict() | {"facts": verdict.facts})
        return
    lang = language()
    names = _VERDICTS_EN if lang == "en" else _VERDICTS_ZH
    when = f"  {verdict.not_before.isoformat()}" if verdict.not_before else ""
    click.echo(f"{names[verdict.verdict]}{when}")
    for reason in verdict.reasons:
        click.echo(f"    {reason.rule.id}  {reason.rule.article.text(lang)}  {reason.text(lang)}")


def _answer_unread(number: int, problem: Problem, packs: PackSet, as_json: bool) -> None:
    """What cannot be read is not allowed, and keeps its place among the answers."""
    if not as_json:
        click.echo(_VERDICTS_EN["deny"] if language() == "en" else _VERDICTS_ZH["deny"])
        return
    reason: dict[str, Any] = {
        "rule": "GATE-00",
        "article": "平台规则 0",
        "pack": "gate",
        "text": problem.zh + problem.todo_zh,
        "text_en": f"{problem.en} {problem.todo_en}",
        "verdict": "deny",
    }
    emit_json(
        {
            "verdict": "deny",
            "not_before": None,
            "reasons": [reason],
            "facts_digest": None,
            "pack_digest": packs.digest,
            "line": number,
            "problem": problem.as_dict(),
        }
    )


def _say(number: int, problem: Problem) -> None:
    lang = language()
    place = f"line {number}: " if lang == "en" else f"第 {number} 行："
    click.echo(f"{place}{problem.text(lang)} {problem.todo(lang)}", err=True)


def _warn(number: int, read: ReadFacts) -> None:
    if read.unknown_keys:
        keys = json.dumps(list(read.unknown_keys), ensure_ascii=False)
        _say(number, Problem.of(UNKNOWN_KEYS, keys=keys))


_VERDICTS_ZH = {"allow": "可以触达", "needs_approval": "需要审批", "deny": "不得触达"}
_VERDICTS_EN = {"allow": "allowed", "needs_approval": "needs approval", "deny": "denied"}

EMPTY = ProblemKind(
    "gate.empty",
    "{file} 中没有任何事实。",
    "{file} holds no facts.",
    "每行写一个 JSON 对象。",
    "Write one JSON object a line.",
)
UNREADABLE = ProblemKind(
    "gate.unreadable",
    "无法读取 {file}：{why}。",
    "{file} cannot be read: {why}.",
    "请检查路径，或用 - 从标准输入读取。",
    "Check the path, or use - for standard input.",
)
NOT_UTF8 = ProblemKind(
    "gate.not_utf8",
    "这一行不是 UTF-8 编码（第 {offset} 字节）。",
    "This line is not UTF-8 (byte {offset}).",
    "请另存为 UTF-8 后重试。",
    "Save it as UTF-8 and try again.",
)
BAD_PACKS = ProblemKind(
    "gate.bad_packs",
    "规则包无法使用：{why}",
    "The packs cannot be used: {why}",
    "请按 docs/law/packs.md 更正。",
    "Mend them by docs/law/packs.md.",
)
UNKNOWN_KEYS = ProblemKind(
    "gate.unknown_keys",
    "不认识的键：{keys}；未参与裁决，仅计入摘要。",
    "Unknown keys: {keys}; they took no part in the verdict, only in the digest.",
    "请检查拼写。",
    "Check the spelling.",
)
