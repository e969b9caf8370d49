"""Small e-invoices for tests, written as the platforms write them, and files that mean harm."""

import io
import struct
import zipfile
import zlib

SELLER, SELLER_ID = "江南轴承（无锡）有限公司", "91320200MA1XXXXX1A"
BUYER, BUYER_ID = "宏达机械有限公司", "91320200MA1YYYYY2B"


def digital(
    number: str = "26322000000012345678",
    *,
    net: str = "10000.00",
    tax: str = "1300.00",
    total: str = "11300.00",
    day: str = "2026-05-08",
    buyer: str = BUYER,
    seller: str = SELLER,
    original: str = "",
    head: str = "",
) -> bytes:
    """数电票 XML; ``original`` makes it a red one."""
    red = (
        f"<SpecificInformation><RedEInvoice><OriginalInvoiceCode>{original}</OriginalInvoiceCode></RedEInvoice>"
        f"</SpecificInformation><AdditionalInformation><Remark>被红冲蓝字数电发票号码：{original}</Remark></AdditionalInformation>"
        if original
        else ""
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<EInvoice><Header><EIid>{number}</EIid><InherentLabel>'
        "<GeneralOrSpecialVAT><LabelCode>01</LabelCode></GeneralOrSpecialVAT></InherentLabel></Header><EInvoiceData>"
        f"<SellerInformation><SellerIdNum>{SELLER_ID}</SellerIdNum><SellerName>{seller}</SellerName></SellerInformation>"
        f"<BuyerInformation><BuyerIdNum>{BUYER_ID}</BuyerIdNum><BuyerName>{buyer}</BuyerName></BuyerInformation>"
        f"<BasicInformation><TotalAmWithoutTax>{net}</TotalAmWithoutTax><TotalTaxAm>{tax}</TotalTaxAm>"
        f"<TotalTax-includedAmount>{total}</TotalTax-includedAmount></BasicInformation>{red}</EInvoiceData>"
        f"<TaxSupervisionInfo><InvoiceNumber>{number}</InvoiceNumber><IssueTime>{day}</IssueTime></TaxSupervisionInfo>"
        "</EInvoice>"
    ).encode()


OLD_VAT = f"""<?xml version="1.0" encoding="utf-8"?>
<fp:eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019"><fp:InvoiceCode>032002000111</fp:InvoiceCode>
<fp:InvoiceNo>12345678</fp:InvoiceNo><fp:IssueDate>2026年05月08日</fp:IssueDate>
<fp:Buyer><fp:BuyerName>{BUYER}</fp:BuyerName><fp:BuyerTaxID>{BUYER_ID}</fp:BuyerTaxID></fp:Buyer>
<fp:Seller><fp:SellerName>{SELLER}</fp:SellerName><fp:SellerTaxID>{SELLER_ID}</fp:SellerTaxID></fp:Seller>
<fp:TaxInclusiveTotalAmount>113.00</fp:TaxInclusiveTotalAmount>
<fp:TaxExclusiveTotalAmount>100.00</fp:TaxExclusiveTotalAmount><fp:TaxTotalAmount>13.00</fp:TaxTotalAmount>
</fp:eInvoice>""".encode()

OFD_HEAD = """<?xml version="1.0" encoding="UTF-8"?><ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016"><ofd:DocBody><ofd:DocInfo>
<ofd:CustomDatas><ofd:CustomData Name="发票号码">26322000000012345678</ofd:CustomData>
<ofd:CustomData Name="合计金额">10000.00</ofd:CustomData>
<ofd:CustomData Name="合计税额">1300.00</ofd:CustomData></ofd:CustomDatas></ofd:DocInfo></ofd:DocBody></ofd:OFD>"""
OFD_TAGS = """<?xml version="1.0"?><fp:eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019"
 xmlns:ofd="http://www.ofdspec.org/2016">
<fp:BuyerName><ofd:ObjectRef PageRef="1">39</ofd:ObjectRef></fp:BuyerName>
<fp:SellerName><ofd:ObjectRef PageRef="1">40</ofd:ObjectRef></fp:SellerName>
<fp:IssueDate><ofd:ObjectRef PageRef="1">41</ofd:ObjectRef></fp:IssueDate>
<fp:TaxInclusiveTotalAmount><ofd:ObjectRef PageRef="1">42</ofd:ObjectRef></fp:TaxInclusiveTotalAmount></fp:eInvoice>"""


def page_texts(**texts: str) -> str:
    shown = "".join(
        f'<ofd:TextObject ID="{key[1:]}"><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject>'
        for key, text in texts.items()
    )
    return f'<?xml version="1.0"?><ofd:Page xmlns:ofd="http://www.ofdspec.org/2016"><ofd:Layer>{shown}</ofd:Layer></ofd:Page>'


def ofd(attached: bytes | None = OLD_VAT, *, sealed: bool = True) -> bytes:
    """An OFD with its tax data attached, or with nothing but a page and its tags."""
    parts: dict[str, bytes | str] = {"OFD.xml": OFD_HEAD, "Doc_0/Document.xml": "<a/>"}
    if attached is not None:
        parts["Doc_0/Attachs/Attachments.xml"] = "<a/>"
        parts["Doc_0/Attachs/original_invoice.xml"] = attached
    else:
        parts["Doc_0/Tags/CustomTag.xml"] = OFD_TAGS
        parts["Doc_0/Pages/Page_0/Content.xml"] = page_texts(
            i39=BUYER, i40=SELLER, i41="2026年05月08日", i42="¥11300.00"
        )
    if sealed:
        parts["Doc_0/Signs/Sign_0/SignedValue.dat"] = b"\x30\x00"
    return zipped(parts)


def zipped(parts: dict[str, bytes | str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


UBL = f"""<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
 xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
 xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
<cbc:ID>RE-2026-77</cbc:ID><cbc:IssueDate>2026-05-08</cbc:IssueDate><cbc:DueDate>2026-06-07</cbc:DueDate>
<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode><cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
<cac:AccountingSupplierParty><cac:Party><cac:PartyTaxScheme><cbc:CompanyID>DE123456789</cbc:CompanyID></cac:PartyTaxScheme>
<cac:PartyLegalEntity><cbc:RegistrationName>{SELLER}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
</cac:AccountingSupplierParty><cac:AccountingCustomerParty><cac:Party>
<cac:PartyLegalEntity><cbc:RegistrationName>Müller Maschinen GmbH</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>
</cac:AccountingCustomerParty>
<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">190.00</cbc:TaxAmount></cac:TaxTotal>
<cac:LegalMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">1000.00</cbc:LineExtensionAmount>
<cbc:TaxExclusiveAmount currencyID="EUR">1000.00</cbc:TaxExclusiveAmount>
<cbc:TaxInclusiveAmount currencyID="EUR">1190.00</cbc:TaxInclusiveAmount>
<cbc:PrepaidAmount currencyID="EUR">190.00</cbc:PrepaidAmount>
<cbc:PayableAmount currencyID="EUR">1000.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
</Invoice>""".encode()

CII = f"""<?xml version='1.0' encoding='UTF-8'?>
<rsm:CrossIndustryInvoice xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
 xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
 xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
<rsm:ExchangedDocument><ram:ID>GS-2026-5</ram:ID><ram:TypeCode>381</ram:TypeCode>
<ram:IssueDateTime><udt:DateTimeString format="102">20260601</udt:DateTimeString></ram:IssueDateTime></rsm:ExchangedDocument>
<rsm:SupplyChainTradeTransaction><ram:ApplicableHeaderTradeAgreement>
<ram:SellerTradeParty><ram:Name>{SELLER}</ram:Name></ram:SellerTradeParty>
<ram:BuyerTradeParty><ram:Name>Müller Maschinen GmbH</ram:Name></ram:BuyerTradeParty></ram:ApplicableHeaderTradeAgreement>
<ram:ApplicableHeaderTradeSettlement><ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
<ram:SpecifiedTradeSettlementHeaderMonetarySummation><ram:TaxBasisTotalAmount>100.00</ram:TaxBasisTotalAmount>
<ram:TaxTotalAmount currencyID="EUR">19.00</ram:TaxTotalAmount><ram:GrandTotalAmount>119.00</ram:GrandTotalAmount>
<ram:DuePayableAmount>119.00</ram:DuePayableAmount></ram:SpecifiedTradeSettlementHeaderMonetarySummation>
<ram:InvoiceReferencedDocument><ram:IssuerAssignedID>RE-2026-77</ram:IssuerAssignedID></ram:InvoiceReferencedDocument>
</ram:ApplicableHeaderTradeSettlement></rsm:SupplyChainTradeTransaction></rsm:CrossIndustryInvoice>""".encode()


def factur_x(xml: bytes = CII) -> bytes:
    """A PDF with the XML embedded as PDF/A-3 writers do: type before the filter, compressed."""
    body = zlib.compress(xml)
    return (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n7 0 obj\n<< /Type /EmbeddedFile /Subtype /text#2Fxml"
        b" /Filter /FlateDecode /Length "
        + str(len(body)).encode()
        + b" >>\nstream\n"
        + body
        + b"\nendstream\nendobj\n%%EOF\n"
    )


XXE = digital(head='<!DOCTYPE x [<!ENTITY e SYSTEM "file:/etc/hostname">]>', buyer="&e;")
LAUGHS = digital(head='<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>', buyer="&b;")


def lying_zip() -> bytes:
    """A zip whose directory says that its member has ten bytes, and whose data are sixty megabytes of nothing."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = body.compress(b" " * (60 << 20)) + body.flush()
    name = b"a.xml"
    head = struct.pack("<HHHHHIIIHH", 20, 0x800, 8, 0, 0, 0, len(packed), 10, len(name), 0)
    local = b"PK\x03\x04" + head + name + packed
    central = b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, 0) + name
    end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 1, 1, len(central), len(local), 0)
    return local + central + end
