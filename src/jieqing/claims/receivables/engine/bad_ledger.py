"""A ledger in which every row has one thing wrong or odd: to try the import, and to see its sentences.

The note of each row says what is the matter with it. A few rows look odd and are read all the same; two rows are plainly
good, one of them repeated and once contradicted.
"""

from __future__ import annotations

from collections.abc import Sequence

from jieqing.claims.receivables.engine.synthetic import COLUMNS, LABEL, csv_file

WRONG = (
    ("到期日", "2026-13-01", "没有十三月"),
    ("开票日期", "2026-02-30", "没有二月三十日"),
    ("开票日期", "05/06/2026", "月和日分不清"),
    ("开票日期", "26-8-3", "两位年份"),
    ("到期日", "9999-12-31", "不是真的到期日"),
    ("价税合计", "一万二千八", "金额写成汉字"),
    ("价税合计", "13%", "百分数"),
    ("价税合计", "12800.005", "小数位过多"),
    ("价税合计", "", "金额为空，按已收加余额推出"),
    ("未收余额", "9999.00", "三个金额不符"),
    ("发票号", "2.63220000001E+19", "被 Excel 改成科学计数"),
    ("发票号", "26322000000123400000", "被 Excel 截成十五位"),
    ("发票号", "", "没有发票号"),
    ("客户名称", "=HYPERLINK(\"http://example.invalid\",\"点我\")", "公式注入，已加撇号"),
    ("币种", "金圆券", "不认识的币种"),
    ("价税合计", "＄12,800.00", "金额里的币种与本行不同"),
    ("开票日期", "#REF!", "Excel 错误值"),
    ("价税合计", "１２，８００．００", "全角数字，可以读"),
    ("价税合计", "¥12,800.00", "带货币符号，可以读"),
)  # fmt: skip


def bad_rows() -> bytes:
    """Return a small file with one thing wrong (or odd) in each row, and two good rows to show the difference."""
    rows: list[Sequence[str]] = [(f"{LABEL}：每行一个问题，用来试导入", *("",) * (len(COLUMNS) - 1)), COLUMNS]
    good = (
        "K2001", "无锡宏达机械有限公司", "销售发票", "26322000000123450001", "2026-08-03", "2026-10-02", "人民币",
        "12800.00", "0.00", "12800.00", "", "周敏", "销售一部", "好的一行",
    )  # fmt: skip
    rows.append(good)
    for serial, (column, cell, note) in enumerate(WRONG, start=2):
        cells = dict(zip(COLUMNS, good, strict=True)) | {
            "发票号": f"2632200000012345{serial:04d}",
            "备注": note,
        }
        cells |= {column: cell}
        rows.append(tuple(cells[name] for name in COLUMNS))
    rows.append((*good[:3], "26322000000123450099", *good[4:13], "又一行好的"))
    rows += [good, (*good[:7], "13800.00", "0.00", "13800.00", *good[10:13], "与好的一行同号，金额不同")]
    return csv_file(rows)
