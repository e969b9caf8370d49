"""The empty form a creditor may fill in: the columns we read best, each explained, with three example rows.

Offered as CSV and XLSX. Whatever is filled into it reads without a question; the tests import it to prove that.
"""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

FIXED_TIME = datetime(2026, 1, 1, tzinfo=UTC).replace(
    tzinfo=None
)  # a workbook says when it was made; ours says always the same

# header, how to fill it in, required, three examples
FORM: tuple[tuple[str, str, bool, tuple[str, str, str]], ...] = (
    ("客户编码", "贵司系统中的客户编号，同一客户始终相同", False, ("K1001", "K1002", "K1001")),
    ("客户名称", "工商登记的全称", True, ("无锡示例机械有限公司", "苏州示例电机有限公司", "无锡示例机械有限公司")),
    ("单据类型", "销售发票、红字发票、收款单；可空，负数即红字", False, ("销售发票", "销售发票", "红字发票")),
    ("发票号", "发票或单据号码，请设为文本格式，避免末尾变成 0", True, ("26322000000000000011", "26322000000000000012", "26322000000000000013")),
    ("开票日期", "2026-01-05 这样的写法", True, ("2026-01-05", "2026-02-10", "2026-02-20")),
    ("到期日", "可空；空则用信用天数", False, ("2026-03-06", "", "")),
    ("信用天数", "到期日为空时使用", False, ("", "60", "")),
    ("币种", "人民币、USD 等；可空，空则导入时询问一次", False, ("人民币", "人民币", "人民币")),
    ("价税合计", "含税金额，红字填负数", True, ("12800.00", "5600.50", "-300.00")),
    ("已收金额", "可空", False, ("5000.00", "0.00", "")),
    ("收款日期", "最近一次收款的日期；可空", False, ("2026-03-01", "", "")),
    ("备注", "可空", False, ("轴承货款", "", "退货")),
)  # fmt: skip
SHEET, HELP_SHEET = "应收明细", "填写说明"


def template_csv() -> bytes:
    """Return the form as CSV in UTF-8 with BOM, which every Excel opens as text it can read."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([header for header, *_ in FORM])
    writer.writerows([examples[row] for *_, examples in FORM] for row in range(3))
    return stream.getvalue().encode("utf-8-sig")


def template_xlsx() -> bytes:
    """Return the form as XLSX: identifiers as text, days as days, amounts as numbers, and a sheet that explains."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    bold, shade = Font(bold=True), PatternFill("solid", fgColor="E5E6EB")
    for column, (header, _, required, examples) in enumerate(FORM, start=1):
        top = sheet.cell(1, column, header)
        top.font, top.fill = bold, shade if required else PatternFill()
        for row, text in enumerate(examples, start=2):
            _fill(sheet.cell(row, column), header, text)
        sheet.column_dimensions[get_column_letter(column)].width = (
            24 if header in ("客户名称", "发票号") else 14
        )
    sheet.freeze_panes = "A2"
    help_sheet = book.create_sheet(HELP_SHEET)
    help_sheet.append(["列", "必填", "怎么填"])
    for header, how, required, _ in FORM:
        help_sheet.append([header, "是" if required else "否", how])
    help_sheet.column_dimensions["C"].width = 60
    for row_cells in help_sheet.iter_rows():
        for cell in row_cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    book.properties.created = book.properties.modified = FIXED_TIME
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _fill(cell: object, header: str, text: str) -> None:
    if not text:
        return
    value: object = text
    style = "@"
    if header in ("开票日期", "到期日", "收款日期"):
        value, style = date.fromisoformat(text), "yyyy-mm-dd"
    elif header in ("价税合计", "已收金额"):
        value, style = Decimal(text), "#,##0.00"
    elif header == "信用天数":
        value, style = int(text), "0"
    cell.value, cell.number_format = value, style  # type: ignore[attr-defined]
