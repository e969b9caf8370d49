"""数电票: the tax platform's XML, and the older VAT e-invoice XML that OFD files carry as their attachment.

The XML is the legal original; its own signature, where one stands, is not verified here and every invoice says so.
A red invoice names its blue one in ``RedEInvoice/OriginalInvoiceCode``; older ones only in the remark.
"""

from __future__ import annotations

import re

from lxml import etree

from jieqing.claims.receivables.engine.invoice_types import (
    NOT_VERIFIED,
    UNSIGNED,
    Invoice,
    plain_amount,
    plain_day,
)
from jieqing.claims.receivables.engine.xml_trees import anywhere, local_name, text_at

ROOTS = frozenset({"EInvoice", "eInvoice"})
_ORIGINAL = re.compile(
    r"(?:被红冲蓝字(?:数电)?(?:票|发票)|对应(?:正数|蓝字)发票)(?:代码[:：]\s*\d+\s*)?\s*号码?[:：]\s*(\d{8,20})"
)
REMARK_CHARS_MAX = 200
KINDS = {"01": "增值税专用发票", "02": "普通发票"}


def chinese_invoice(root: etree._Element, place: str) -> Invoice | None:
    """The invoice of a root element of ours, else None."""
    if local_name(root) not in ROOTS:
        return None
    remark = text_at(root, "EInvoiceData/AdditionalInformation/Remark") or anywhere(root, "Remark", "Note")
    number = text_at(root, "TaxSupervisionInfo/InvoiceNumber") or anywhere(
        root, "InvoiceNumber", "InvoiceNo", "EIid"
    )
    return Invoice(
        kind=kind_of(root),
        number=number,
        code=anywhere(root, "InvoiceCode"),
        issued_on=plain_day(anywhere(root, "IssueTime", "IssueDate", "RequestTime")),
        buyer_name=anywhere(root, "BuyerName"),
        buyer_tax_id=anywhere(root, "BuyerIdNum", "BuyerTaxID"),
        seller_name=anywhere(root, "SellerName"),
        seller_tax_id=anywhere(root, "SellerIdNum", "SellerTaxID"),
        net=plain_amount(anywhere(root, "TotalAmWithoutTax", "TaxExclusiveTotalAmount")),
        tax=plain_amount(anywhere(root, "TotalTaxAm", "TaxTotalAmount")),
        total=plain_amount(anywhere(root, "TotalTax-includedAmount", "TaxInclusiveTotalAmount")),
        original=anywhere(root, "OriginalInvoiceCode", "OriginalInvoiceNumber") or original_of(remark),
        remark=remark[:REMARK_CHARS_MAX],
        signature=NOT_VERIFIED if anywhere(root, "SignatureValue", "Signature") else UNSIGNED,
        place=place,
    )


def original_of(remark: str) -> str:
    """The blue invoice that a remark names.

    Example: original_of("被红冲蓝字数电票号码：24112000000135114086 红字发票信息确认单编号：1") == "24112000000135114086"
    """
    found = _ORIGINAL.search(remark)
    return found.group(1) if found else ""


def kind_of(root: etree._Element) -> str:
    special = text_at(root, "Header/InherentLabel/GeneralOrSpecialVAT/LabelName")
    code = text_at(root, "Header/InherentLabel/GeneralOrSpecialVAT/LabelCode")
    return f"数电票 {KINDS.get(code) or special}".strip() if local_name(root) == "EInvoice" else "电子发票"
