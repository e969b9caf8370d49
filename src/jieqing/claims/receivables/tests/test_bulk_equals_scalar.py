"""The fast ways are only ways: whole columns equal single cells, whole slices equal single rows, any cut equals the whole."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from jieqing.claims.receivables.engine import parsing
from jieqing.claims.receivables.engine.ledger_rows import business_key, canonical_row
from jieqing.claims.receivables.engine.ledger_types import Limits, ParsedLedger, ReadFile
from jieqing.claims.receivables.engine.proposing import Hints, propose
from jieqing.claims.receivables.engine.reading import read_file
from jieqing.kernel.canonical import sha256
from jieqing.kernel.outcomes import Problem

HEADERS = "客户编码,客户名称,发票号,单据类型,开票日期,到期日,信用天数,币种,金额,已收金额,余额,收款日期,结清日期,摘要,部门,序号"
CELLS = {
    "客户编码": ["C001", "C002", "", "Ａ０１", "1.23457E+17", "123456789012345000", "x y", "12e5"],
    "客户名称": [
        "无锡宏达机械有限公司",
        "Acme (Wuxi) Ltd",
        "=1+1",
        "",
        "总计",
        "Total Energies",
        'a "b" \\c',
        "李建国",
    ],
    "发票号": ["FP1", "FP2", "FP3", "0001", "2960.0", "", "=9", "FP/4", "合计", "'007"],
    "单据类型": ["销售发票", "红字发票", "收款单", "", "Credit Note", "退货"],
    "开票日期": [
        "2026-01-05",
        "2026/1/6",
        "20260107",
        "46027",
        "",
        "2026-02-30",
        "2026-01-05 10:00:00",
        "5/6/2026",
        "1998-01-01",
    ],
    "到期日": ["2026-03-05", "", "2025-12-31", "2024-01-01", "2040-01-01", "2026年3月1日", "N/A"],
    "信用天数": ["", "30", "60天", "月结30天"],
    "币种": ["人民币", "CNY", "USD", "JPY", "", "BTC"],
    "金额": [
        "100.00",
        "1,234.50",
        "-50",
        "（20.5）",
        "0",
        "",
        "12.345",
        "5%",
        "1e3",
        "100.00 ",
        "¥9.90",
        "9999999999999",
    ],
    "已收金额": ["", "0", "100.00", "40", "-50", "200", "x"],
    "余额": ["", "0", "60", "100", "-50", "1,134.50"],
    "收款日期": ["", "2026-02-01", "2025-12-31", "2024-01-01"],
    "结清日期": ["", "", "2026-02-02", "open"],
    "摘要": ["", "货款", "=cmd", "a,b", "-", "退货 Refund"],
    "部门": ["", "销售一部", "-", "@x", "a\tb"],
    "序号": ["1", "2"],
    "借方": ["100.00", "", "-5", "0"],
    "贷方": ["", "60.00", "-1", "0"],
}
COLUMN_SETS = [
    [name for name in CELLS if name not in ("借方", "贷方")],
    ["客户名称", "发票号", "单据类型", "开票日期", "到期日", "摘要", "借方", "贷方", "结清日期"],
    ["客户名称", "发票号", "开票日期", "币种", "摘要", "借方", "贷方"],
    ["客户名称", "发票号", "开票日期", "到期日", "金额", "部门"],
    ["客户编码", "客户名称", "发票号", "开票日期", "信用天数", "币种", "余额", "已收金额"],
    ["客户名称", "开票日期", "金额", "结清日期"],
    ["客户名称", "发票号", "到期日", "金额", "余额"],
]


@st.composite
def files(draw: st.DrawFn) -> bytes:
    columns = draw(st.sampled_from(COLUMN_SETS))
    plain = {name: cells[0] for name, cells in CELLS.items()}
    rows = [",".join(columns)]
    for _ in range(draw(st.integers(1, 12))):
        cells = []
        for name in columns:
            odd = draw(st.integers(0, 3)) == 0
            cell = draw(st.sampled_from(CELLS[name])) if odd else plain[name]
            cells.append('"' + cell.replace('"', '""') + '"' if "," in cell or '"' in cell else cell)
        rows.append(",".join(cells))
    if draw(st.booleans()):
        rows.append("合计" + "," * (len(columns) - 1))
    if draw(st.booleans()):
        rows.insert(len(rows) // 2, "")
    return "\n".join(rows).encode()


def read(data: bytes, limits: Limits | None = None) -> ReadFile:
    found = read_file(data, "x.csv", limits or Limits())
    assert not isinstance(found, Problem)
    return found


def parsed(
    data: bytes, monkeypatched_bulk: bool, currency: str = "CNY", order: str = "mdy"
) -> ParsedLedger | None:
    file = read(data)
    proposal = propose(file, hints=Hints(currency=currency, date_order=order))
    if isinstance(proposal, Problem) or set(proposal.missing) - {"currency"}:
        return None
    kept = parsing.can_take
    try:
        if not monkeypatched_bulk:
            parsing.can_take = lambda plan: False
        ledger = parsing.parse(file, proposal.layout, creditor="c", currency=currency)
    finally:
        parsing.can_take = kept
    assert not isinstance(ledger, Problem)
    return ledger


@settings(max_examples=60, deadline=None)
@given(files(), st.sampled_from(["CNY", "USD", "JPY", "KWD"]))
def test_bulk_rows_equal_single_rows(data: bytes, currency: str) -> None:
    fast, slow = parsed(data, True, currency), parsed(data, False, currency)
    if fast is None or slow is None:
        assert fast is slow
        return
    assert fast.good.to_dicts() == slow.good.to_dicts()
    assert fast.staged == slow.staged
    assert fast.skipped == slow.skipped
    assert fast.totals == slow.totals


@settings(max_examples=40, deadline=None)
@given(files())
def test_nothing_is_dropped_and_the_digest_is_that_of_the_canonical_row(data: bytes) -> None:
    ledger = parsed(data, True)
    if ledger is None:
        return
    lines = data.decode().count("\n") + 1
    seen = [
        *ledger.good.get_column("line_no"),
        *(row.line_no for row in ledger.staged),
        *(row.line_no for row in ledger.skipped),
    ]
    assert sorted(seen) == list(range(1, lines + 1))
    counts = ledger.counts
    assert (counts.lines, counts.good + counts.staged + counts.skipped) == (lines, lines)
    for record in ledger.good.iter_rows(named=True):
        assert sha256(b"\x00" + canonical_row(record, creditor="c")) == record["row_digest"]
        assert business_key(record, creditor="c") == record["business_key"]


@settings(max_examples=30, deadline=None)
@given(files(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(data: bytes, shuffled) -> None:
    header, *rows = [line for line in data.decode().split("\n") if line]
    ledger = parsed("\n".join([header, *rows]).encode(), True)
    shuffled.shuffle(rows)
    other = parsed("\n".join([header, *rows]).encode(), True)
    if ledger is None or other is None:
        return
    digests = [sorted(one.good.get_column("row_digest").to_list()) for one in (ledger, other)]
    assert digests[0] == digests[1]
    assert ledger.counts == other.counts


@settings(max_examples=30, deadline=None)
@given(files(), st.integers(20, 400))
def test_any_cut_into_slices_gives_the_same_rows(data: bytes, slice_bytes: int) -> None:
    whole = read(data)
    cut = read(data, Limits(slice_bytes=slice_bytes))
    columns = [pl.concat([piece.cells for piece in file.tables[0].slices()]) for file in (whole, cut)]
    lines = [
        pl.concat([piece.line_numbers for piece in file.tables[0].slices()]).to_list()
        for file in (whole, cut)
    ]
    assert columns[0].equals(columns[1])
    assert lines[0] == lines[1]
