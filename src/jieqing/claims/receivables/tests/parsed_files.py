"""Small ledgers as text, parsed: what the tests of rows start from."""

from typing import Any

from jieqing.claims.receivables.engine.ledger_types import Layout, Limits, ParsedLedger, ReadFile
from jieqing.claims.receivables.engine.parsing import parse
from jieqing.claims.receivables.engine.proposing import Hints, propose
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.kernel.outcomes import Problem

HEADER = "客户名称,发票号,开票日期,到期日,金额\n"
TABLE = [
    ["客户名称", "发票号", "开票日期", "金额"],
    ["无锡宏达机械有限公司", "FP001", "2026-01-05", "1234.50"],
]


def opened(text: str, limits: Limits | None = None, **hints: object) -> tuple[ReadFile, Layout]:
    read = read_file(text.encode(), "x.csv", limits or Limits())
    assert isinstance(read, ReadFile)
    proposal = propose(read, hints=Hints(**{"currency": "CNY", **hints}))  # type: ignore[arg-type]
    assert not isinstance(proposal, Problem), proposal
    return read, proposal.layout


def ledger_of(text: str, **hints: object) -> ParsedLedger:
    read, layout = opened(text, **hints)
    ledger = parse(read, layout, creditor="c")
    assert isinstance(ledger, ParsedLedger), ledger
    return ledger


def first(ledger: ParsedLedger) -> dict[str, Any]:
    assert not ledger.staged, ledger.staged
    return ledger.good.row(0, named=True)


def codes_of(ledger: ParsedLedger) -> list[str]:
    return [problem.code for row in ledger.staged for problem in row.problems]


def rows_of(data: bytes, name: str = "ledger", limits: Limits | None = None) -> list[list[str]]:
    read = read_file(data, name, limits or Limits())
    assert isinstance(read, ReadFile), read
    return [list(cells) for piece in read.tables[0].slices() for cells in piece.cells.rows()]


def code_of(data: bytes, limits: Limits | None = None) -> str:
    found = read_file(data, "ledger.xlsx", limits or Limits())
    assert isinstance(found, Problem), found
    assert found.zh
    assert found.todo_zh
    return found.code
