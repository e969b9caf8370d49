"""OFD invoices (GB/T 33190): the attached invoice XML where there is one, else what the page itself says.

Three places, first hit wins for each field: the attachment ``Doc_0/Attachs/*.xml`` (the tax data themselves); the tags
that name page objects (``Tags/CustomTag.xml`` says that object 39 is the buyer's name); the document's own custom data.

The electronic seal (``Signs/``, SM2 over SM3) is not verified here, and every OFD invoice says so: whether an invoice is
genuine is asked of the tax authority's verification service, not of its looks.
"""

from __future__ import annotations

from dataclasses import replace

from jieqing.claims.receivables.engine.invoice_archives import Member, members_of
from jieqing.claims.receivables.engine.invoice_chinese import chinese_invoice, original_of
from jieqing.claims.receivables.engine.invoice_types import (
    NOT_VERIFIED,
    UNSIGNED,
    Invoice,
    InvoiceFault,
    plain_amount,
    plain_day,
)
from jieqing.claims.receivables.engine.ledger_types import Limits
from jieqing.claims.receivables.engine.xml_trees import BrokenXml, local_name, parse_tree
from jieqing.kernel.outcomes import Problem


def ofd_invoice(data: bytes, place: str, limits: Limits) -> Invoice | InvoiceFault:
    """The invoice of an OFD file."""
    members = members_of(data, limits)
    if isinstance(members, Problem):
        is_bomb = members.code == "file.zip_bomb"
        return InvoiceFault("invoice.too_big" if is_bomb else "invoice.damaged", place)
    seal = NOT_VERIFIED if any("/Signs/" in f"/{member.name}" for member in members) else UNSIGNED
    unsafe: InvoiceFault | None = None
    for member in members:
        if "/Attachs/" in f"/{member.name}" and member.name.lower().endswith(".xml"):
            root = parse_tree(member.data)
            if isinstance(root, BrokenXml):
                unsafe = (
                    InvoiceFault("invoice.unsafe", f"{place} › {member.name}") if root.is_unsafe else unsafe
                )
                continue
            invoice = chinese_invoice(root, place)
            if invoice is not None:
                return replace(invoice, kind=f"{invoice.kind}（OFD）", signature=seal)
    if unsafe:
        return unsafe
    return _from_page(members, place, seal)


def _from_page(members: list[Member], place: str, seal: str) -> Invoice | InvoiceFault:
    texts: dict[str, str] = {}
    tags: dict[str, list[str]] = {}
    custom: dict[str, str] = {}
    for member in members:
        if member.fault or not member.name.lower().endswith(".xml"):
            continue
        base = member.name.rsplit("/", 1)[-1]
        if base not in ("OFD.xml", "CustomTag.xml", "Content.xml"):
            continue
        root = parse_tree(member.data)
        if isinstance(root, BrokenXml):
            code = "invoice.unsafe" if root.is_unsafe else "invoice.broken"
            return InvoiceFault(code, f"{place} › {member.name}")
        for node in root.iter():
            name = local_name(node)
            if base == "OFD.xml" and name == "CustomData":
                custom[node.get("Name", "")] = (node.text or "").strip()
            elif base == "Content.xml" and name == "TextObject":
                codes = (child.text or "" for child in node.iter("{*}TextCode"))
                texts[node.get("ID", "")] = "".join(codes).strip()
            elif base == "CustomTag.xml" and name == "ObjectRef":
                parent = node.getparent()
                if parent is not None:
                    tags.setdefault(local_name(parent), []).append((node.text or "").strip())
    return _read(tags, texts, custom, place, seal)


def _read(
    tags: dict[str, list[str]], texts: dict[str, str], custom: dict[str, str], place: str, seal: str
) -> Invoice | InvoiceFault:
    def said(tag: str, name: str = "") -> str:
        shown = "".join(texts.get(one, "") for one in tags.get(tag, ()))
        return shown or custom.get(name, "")

    remark = said("Note", "备注")
    invoice = Invoice(
        kind="电子发票（OFD 版面）",
        number=said("InvoiceNo", "发票号码") or said("InvoiceNumber"),
        code=said("InvoiceCode", "发票代码"),
        issued_on=plain_day(said("IssueDate", "开票日期") or said("IssueTime")),
        buyer_name=said("BuyerName", "购买方名称"),
        buyer_tax_id=said("BuyerTaxID", "购买方纳税人识别号"),
        seller_name=said("SellerName", "销售方名称"),
        seller_tax_id=said("SellerTaxID", "销售方纳税人识别号"),
        net=plain_amount(said("TaxExclusiveTotalAmount", "合计金额")),
        tax=plain_amount(said("TaxTotalAmount", "合计税额")),
        total=plain_amount(said("TaxInclusiveTotalAmount", "价税合计")),
        original=original_of(remark),
        remark=remark[:200],
        signature=seal,
        place=place,
    )
    return invoice if invoice.number or invoice.total else InvoiceFault("invoice.ofd", place)
