"""European e-invoices: UBL 2.1 Invoice and CreditNote, and UN/CEFACT Cross Industry Invoice (CII, the XML of Factur-X).

Both carry the semantic model of EN 16931, so the fields are few and certain. The debt is the total with tax (BT-112);
what was paid in advance (BT-113) is its paid part. A credit note writes positive amounts: here they turn negative.
"""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from jieqing.claims.receivables.engine.invoice_types import (
    NOT_VERIFIED,
    UNSIGNED,
    Invoice,
    negated,
    plain_day,
)
from jieqing.claims.receivables.engine.xml_trees import anywhere, local_name, nodes_at, text_at

# UNTDID 1001: the codes of a document that gives back.
CREDIT_CODES = frozenset({"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"})
UBL_SCHEMA = "urn:oasis:names:specification:ubl:schema:xsd:"
CII_SCHEMA = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:"


def european_invoice(root: etree._Element, place: str) -> Invoice | None:
    """The invoice of a UBL or CII root, else None."""
    namespace = etree.QName(root).namespace or ""
    if namespace.startswith(UBL_SCHEMA) and local_name(root) in ("Invoice", "CreditNote"):
        return _ubl(root, place)
    if namespace.startswith(CII_SCHEMA):
        return _cii(root, place)
    return None


def _ubl(root: etree._Element, place: str) -> Invoice:
    currency = text_at(root, "DocumentCurrencyCode")
    is_credit = local_name(root) == "CreditNote" or text_at(root, "InvoiceTypeCode") in CREDIT_CODES
    totals = "LegalMonetaryTotal/"
    invoice = Invoice(
        kind="UBL 2.1",
        number=text_at(root, "ID"),
        issued_on=plain_day(text_at(root, "IssueDate")),
        due_on=plain_day(text_at(root, "DueDate") or text_at(root, "PaymentMeans/PaymentDueDate")),
        buyer_name=_ubl_name(root, "AccountingCustomerParty"),
        buyer_tax_id=_ubl_tax_id(root, "AccountingCustomerParty"),
        seller_name=_ubl_name(root, "AccountingSupplierParty"),
        seller_tax_id=_ubl_tax_id(root, "AccountingSupplierParty"),
        currency=currency,
        net=text_at(root, totals + "TaxExclusiveAmount"),
        tax=_tax_of(nodes_at(root, "TaxTotal/TaxAmount"), currency),
        total=text_at(root, totals + "TaxInclusiveAmount") or text_at(root, totals + "PayableAmount"),
        paid=text_at(root, totals + "PrepaidAmount"),
        original=text_at(root, "BillingReference/InvoiceDocumentReference/ID"),
        remark=text_at(root, "Note")[:200],
        signature=NOT_VERIFIED if anywhere(root, "SignatureValue") else UNSIGNED,
        place=place,
    )
    return _credited(invoice) if is_credit else invoice


def _ubl_name(root: etree._Element, side: str) -> str:
    return text_at(root, f"{side}/Party/PartyLegalEntity/RegistrationName") or text_at(
        root, f"{side}/Party/PartyName/Name"
    )


def _ubl_tax_id(root: etree._Element, side: str) -> str:
    return text_at(root, f"{side}/Party/PartyTaxScheme/CompanyID") or text_at(
        root, f"{side}/Party/PartyLegalEntity/CompanyID"
    )


def _cii(root: etree._Element, place: str) -> Invoice:
    deal = "SupplyChainTradeTransaction/ApplicableHeader"
    sides, money = f"{deal}TradeAgreement/", f"{deal}TradeSettlement/"
    sums = money + "SpecifiedTradeSettlementHeaderMonetarySummation/"
    currency = text_at(root, money + "InvoiceCurrencyCode")
    invoice = Invoice(
        kind="CII",
        number=text_at(root, "ExchangedDocument/ID"),
        issued_on=plain_day(text_at(root, "ExchangedDocument/IssueDateTime")),
        due_on=plain_day(text_at(root, money + "SpecifiedTradePaymentTerms/DueDateDateTime")),
        buyer_name=text_at(root, sides + "BuyerTradeParty/Name"),
        buyer_tax_id=text_at(root, sides + "BuyerTradeParty/SpecifiedTaxRegistration/ID"),
        seller_name=text_at(root, sides + "SellerTradeParty/Name"),
        seller_tax_id=text_at(root, sides + "SellerTradeParty/SpecifiedTaxRegistration/ID"),
        currency=currency,
        net=text_at(root, sums + "TaxBasisTotalAmount"),
        tax=_tax_of(nodes_at(root, sums + "TaxTotalAmount"), currency),
        total=text_at(root, sums + "GrandTotalAmount"),
        paid=text_at(root, sums + "TotalPrepaidAmount"),
        original=text_at(root, money + "InvoiceReferencedDocument/IssuerAssignedID"),
        remark=text_at(root, "ExchangedDocument/IncludedNote/Content")[:200],
        place=place,
    )
    return _credited(invoice) if text_at(root, "ExchangedDocument/TypeCode") in CREDIT_CODES else invoice


def _tax_of(amounts: list[etree._Element], currency: str) -> str:
    """The tax in the invoice's own currency: a second one may stand beside it in the currency of accounting (BT-111)."""
    own = [node for node in amounts if node.get("currencyID", currency) == currency]
    return "".join(str(part) for part in own[0].itertext()).strip() if own else ""


def _credited(one: Invoice) -> Invoice:
    return replace(
        one, net=negated(one.net), tax=negated(one.tax), total=negated(one.total), paid=negated(one.paid)
    )
