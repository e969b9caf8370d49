"""An uploaded licence: a PDF, PNG or JPEG by its bytes, not by its name, within 10 MB.

It is kept as it came (it is a document, its digest stands in evidence) and only ever offered as a download, so it need not
be harmless to open in a page; it must be what it says it is.
"""

from jieqing.kernel.outcomes import Problem

BYTES_MAX = 10_000_000
_KINDS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def check_document(data: bytes) -> str | Problem:
    """The media type of these bytes.

    Example:
        >>> check_document(b"%PDF-1.7 ..."), check_document(b"MZ").code
        ('application/pdf', 'site.document_kind')
    """
    if len(data) > BYTES_MAX:
        return _refused("document_too_large", "文件超过 10 MB", "The file is larger than 10 MB")
    for start, media_type in _KINDS.items():
        if data.startswith(start):
            return media_type
    return _refused("document_kind", "文件不是 PDF、PNG 或 JPEG", "The file is neither PDF, PNG nor JPEG")


def _refused(code: str, zh: str, en: str) -> Problem:
    return Problem(
        code=f"site.{code}",
        zh=f"{zh}。",
        en=f"{en}.",
        todo_zh="请上传证照的扫描件或照片，10 MB 以内。",
        todo_en="Upload a scan or photograph of the licence, at most 10 MB.",
    )
