"""The invoice XML inside a Factur-X / ZUGFeRD PDF.

A PDF/A-3 carries the XML as an embedded file. The standard keeps every stream a plain object of the file, never packed
into another (ISO 32000-1, 7.5.7), and PDF/A forbids encryption; so the embedded files are found by reading objects in
order, and the one that is a CII invoice is taken, of several versions the last. No page is rendered, no script is run.

Refuses: a PDF without such a file (a picture of an invoice is not its data), and a stream that inflates beyond bounds.
Source: Factur-X 1.07, chapter 6; decision 0100 says why no PDF library is needed for this.
"""

from __future__ import annotations

import re
import zlib

XML_BYTES_MAX = 16 * 1024 * 1024
STREAMS_MAX = 200
_STREAM = re.compile(rb"/EmbeddedFile\b[^\0]{0,2000}?\bstream\r?\n", re.S)
_FLATE = re.compile(rb"/Filter\s*\[?\s*/(FlateDecode|Fl)\b")
_CII = b"CrossIndustryInvoice"


def xml_in_pdf(data: bytes) -> bytes | None:
    """The bytes of the embedded invoice, None when there is none."""
    found: bytes | None = None
    for count, match in enumerate(_STREAM.finditer(data)):
        if count >= STREAMS_MAX:
            break
        # The dictionary may name the type after the filter: take it from where its object begins.
        opened = data.rfind(b" obj", max(0, match.start() - 2_000), match.start())
        head = data[opened if opened >= 0 else match.start() : match.end()]
        body = _body(data, match.end(), head)
        if body is not None and _CII in body[:4_096]:
            found = body
    return found


def _body(data: bytes, start: int, head: bytes) -> bytes | None:
    if b"/Filter" in head and not _FLATE.search(head):
        return None
    if b"/Filter" not in head:
        end = data.find(b"endstream", start, start + XML_BYTES_MAX)
        return data[start:end].rstrip(b"\r\n") if end >= 0 else None
    inflater = zlib.decompressobj()
    try:
        body = inflater.decompress(data[start : start + XML_BYTES_MAX], XML_BYTES_MAX)
    except zlib.error:
        return None
    return body if inflater.eof else None
