"""An e-invoice as its own data say it, whichever format carried it; and the sentence of one that cannot be taken.

Amounts stay text as written (a sign and digits), because the rules of the ledger read them like any other cell; here only
the invoice's own sum is checked: total = net + tax, exactly. A red invoice is negative in all three.

A `InvoiceFault` is about one invoice of a file that may hold many: it becomes a staged row with its sentence, so that
nothing that was sent is lost and the other invoices go on.

Source: 国家税务总局 全面数字化的电子发票 XML (EInvoice), GB/T 33190 (OFD), UBL 2.1, UN/CEFACT CII, EN 16931.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

# What the file carries as a signature, and what we did about it: nothing is said to be verified that was not.
UNSIGNED, NOT_VERIFIED = "", "not_verified"

# header -> the field it is, None for what is kept beside the item under its own name: an invoice as a row of a table
COLUMNS: dict[str, str | None] = {
    "发票号码": "document_number", "购买方名称": "debtor_name", "开票日期": "invoice_on", "到期日": "due_on",
    "价税合计": "amount", "已付金额": "paid", "币种": "currency", "不含税金额": None, "税额": None, "购买方税号": "credit_code",
    "销售方名称": None, "销售方税号": None, "发票种类": None, "发票代码": None, "对应蓝字发票": None, "备注": None,
    "签章": None, "来源文件": None, "未能读入": None,
}  # fmt: skip
HEADERS = tuple(COLUMNS)
FAULT_COLUMN = HEADERS.index("未能读入")
PLACE_COLUMN = HEADERS.index("来源文件")
TOTAL_COLUMN = HEADERS.index("价税合计")

_DAY = re.compile(r"(\d{4})\s*[-/年.]?\s*(\d{1,2})\s*[-/月.]?\s*(\d{1,2})")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class InvoiceFault:
    """``code`` of row_problems.SENTENCES, and what the sentence shows."""

    code: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Invoice:
    """One e-invoice. ``place`` is its file (within the zip); ``original`` the blue invoice that a red one takes back."""

    kind: str
    number: str
    issued_on: str
    buyer_name: str
    seller_name: str
    total: str
    net: str = ""
    tax: str = ""
    currency: str = "CNY"
    code: str = ""
    due_on: str = ""
    paid: str = ""
    buyer_tax_id: str = ""
    seller_tax_id: str = ""
    original: str = ""
    remark: str = ""
    signature: str = UNSIGNED
    place: str = ""


def checked(invoice: Invoice) -> Invoice | InvoiceFault:
    """The invoice when it holds together: it names itself, and total = net + tax to the last digit."""
    if not invoice.number or not invoice.total:
        return InvoiceFault("invoice.no_data", invoice.place)
    if invoice.currency and not _CURRENCY.fullmatch(invoice.currency):
        return InvoiceFault("invoice.no_data", f"{invoice.place} {invoice.currency[:10]}")
    wrong = sum_fault(invoice.net, invoice.tax, invoice.total)
    return wrong or invoice


def sum_fault(net: str, tax: str, total: str) -> InvoiceFault | None:
    """Why the three amounts cannot be true together; an empty tax is none (tax-free invoices write ``*`` or nothing)."""
    amounts = [decimal_of(text) for text in (net, plain_amount(tax) or "0", total)]
    if amounts[2] is None or (net and amounts[0] is None) or amounts[1] is None:
        return InvoiceFault("invoice.amounts", f"{net} + {tax} = {total}")
    if net and amounts[0] + amounts[1] != amounts[2]:  # type: ignore[operator]
        return InvoiceFault("invoice.sum", f"{net} + {tax or '0'} ≠ {total}")
    return None


def decimal_of(text: str) -> Decimal | None:
    try:
        found = Decimal(plain_amount(text))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def plain_amount(text: str) -> str:
    """An amount without its currency mark, thousands commas and the stars of a tax-free line; red ones may be bracketed."""
    bare = re.sub(r"[¥￥,，\s*]|CNY|圆整?", "", text.replace("－", "-").replace("−", "-"))
    if bare.startswith(("(", "（")):
        return "-" + bare.strip("()（）").lstrip("-")
    return bare


def plain_day(text: str) -> str:
    """A day as ISO text; what is no day stays as it is written, for the row's own sentence.

    Example: plain_day("2024年01月09日"), plain_day("20240109"), plain_day("2024-01-09T10:00:00") all give "2024-01-09"
    """
    found = _DAY.match(text.strip())
    if not found:
        return text.strip()
    try:
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return text.strip()


def negated(amount: str) -> str:
    """The same amount with the other sign: a credit note of UBL or CII writes what it gives back as positive."""
    bare = plain_amount(amount)
    if not bare or decimal_of(bare) in (None, Decimal(0)):
        return bare
    return bare[1:] if bare.startswith("-") else f"-{bare}"
