"""Templates to fill in: the columns we know, three examples, and in the workbook a sheet that explains each column.

Made when asked for, in the reader's language, from the same table of field names that reads files: a template cannot ask
for a column that the import does not know.
"""

import csv
import io
from datetime import date
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from openpyxl import Workbook
from openpyxl.styles import Font, PatternFill

from jieqing.claims.receivables.pages.import_words import field_title

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# field, what to write there
COLUMNS = (
    ("debtor_code", gettext_noop("您给客户的编码；没有就留空")),
    ("debtor_name", gettext_noop("客户全称，必填")),
    ("document_number", gettext_noop("发票号或单据号；同一客户不重复。以文本保存，长号码才不会被改成 15 位")),
    ("invoice_on", gettext_noop("开票或立账的日期，例如 2026-05-31，必填")),
    ("due_on", gettext_noop("约定的付款到期日；没有就留空")),
    ("amount", gettext_noop("价税合计；贷项通知单写负数，必填")),
    ("paid", gettext_noop("已收到的部分；没有就留空")),
    ("currency", gettext_noop("CNY、USD 等；必填")),
    ("memo", gettext_noop("备注，可留空")),
)
EXAMPLES = (
    ("C001", "示例客户甲有限公司", "INV-2026-0001", date(2026, 5, 4), date(2026, 6, 3), "12800.00", "", "CNY", "轴承 200 套"),
    ("C001", "示例客户甲有限公司", "INV-2026-0002", date(2026, 5, 18), date(2026, 6, 17), "3600.50", "1600.50", "CNY", ""),
    ("C002", "示例客户乙（个体工商户）", "CN-2026-0007", date(2026, 5, 20), None, "-420.00", "", "CNY", "退货"),
)  # fmt: skip
TEXT_FORMAT, WIDTH = "@", 22


def template_csv() -> HttpResponse:
    """With a byte order mark, so that Excel shows Chinese."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([field_title(name) for name, _why in COLUMNS])
    writer.writerows(
        [cell.isoformat() if isinstance(cell, date) else cell or "" for cell in row] for row in EXAMPLES
    )
    return _download(("\ufeff" + text.getvalue()).encode(), "text/csv; charset=utf-8", "ledger-template.csv")


def template_xlsx() -> HttpResponse:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = _("应收明细")
    sheet.append([field_title(name) for name, _why in COLUMNS])
    for row in EXAMPLES:
        sheet.append(
            [
                Decimal(str(cell)) if name in ("amount", "paid") and cell else cell
                for (name, _why), cell in zip(COLUMNS, row, strict=True)
            ]
        )
    for place, (name, _why) in enumerate(COLUMNS, start=1):
        head = sheet.cell(1, place)
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="E8F0FF")
        sheet.column_dimensions[head.column_letter].width = WIDTH
        if name in ("debtor_code", "document_number"):
            for line in range(2, 500):
                sheet.cell(line, place).number_format = TEXT_FORMAT
    sheet.freeze_panes = "A2"
    notes = book.create_sheet(_("填写说明"))
    notes.append([_("列"), _("说明")])
    for name, why in COLUMNS:
        notes.append([field_title(name), _(why)])
    notes.append(["", _("导入前请删除三行示例。")])
    notes.column_dimensions["B"].width = WIDTH * 3
    made = io.BytesIO()
    book.save(made)
    return _download(made.getvalue(), XLSX, "ledger-template.xlsx")


def _download(body: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
